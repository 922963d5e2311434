"""Viterbi on vocabularies small enough to work out by hand."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.attention.encoders.unigram import META, Unigram

PIECES = ["<unk>", "▁", "a", "b", "ab", "▁ab", "ba"]
SCORES = [0.0, -1.0, -2.0, -2.0, -3.0, -5.0, -1.5]
SMALL = Unigram(PIECES, SCORES, unknown=0, normal={"Ａ": "a", "㋀": "ab", "\x01": "", "\t": " "})


def spelt(text):
    return [cut.piece for cut in SMALL.cut(text)]


def test_the_likeliest_cut_wins_not_the_longest_piece():
    # ▁ + ab = −4 beats ▁ab = −5 and ▁ + a + b = −5.
    assert spelt("ab") == ["▁", "ab"]
    # ▁ + a + ba = −4.5 beats ▁ + ab + a = −6.
    assert spelt("aba") == ["▁", "a", "ba"]


def test_an_unknown_character_is_one_piece_of_its_own():
    cuts = SMALL.cut("aZZb")
    assert [(c.id, c.piece) for c in cuts] == [(1, "▁"), (2, "a"), (0, "Z"), (0, "Z"), (3, "b")]
    assert [(c.start, c.end) for c in cuts] == [(0, 0), (0, 1), (1, 2), (2, 3), (3, 4)]


def test_normalised_characters_point_back_at_what_was_typed():
    assert [(c.piece, c.start, c.end) for c in SMALL.cut("ＡbＡ")] == [("▁", 0, 0), ("a", 0, 1), ("ba", 1, 3)]
    # One character that becomes two letters, cut between them by the pieces around it: both point at it.
    assert [(c.piece, c.start, c.end) for c in SMALL.cut("㋀a")] == [("▁", 0, 0), ("a", 0, 1), ("ba", 0, 2)]


def test_characters_normalised_away_leave_no_piece_and_shift_nothing():
    assert [(c.piece, c.start, c.end) for c in SMALL.cut("a\x01b")] == [("▁", 0, 0), ("ab", 0, 3)]


def test_a_letter_and_its_mark_are_cut_as_the_composed_letter_and_point_at_both():
    unigram = Unigram(["<unk>", "▁", "a", "é", "ế", "각"], [0.0, -1.0, -2.0, -2.0, -2.0, -2.0], unknown=0, normal={})
    for text, stretches in [
        ("aéa", [("a", 0, 1), ("é", 1, 2), ("a", 2, 3)]),
        ("ae\u0301a", [("a", 0, 1), ("é", 1, 3), ("a", 3, 4)]),
        ("e\u0302\u0301", [("ế", 0, 3)]),
        ("\u1100\u1161\u11a8", [("각", 0, 3)]),
    ]:
        assert [(cut.piece, cut.start, cut.end) for cut in unigram.cut(text)[1:]] == stretches


def test_runs_of_blanks_are_one_blank_and_belong_to_no_stretch():
    assert [(c.piece, c.start, c.end) for c in SMALL.cut("a \t a")] == [
        ("▁", 0, 0),
        ("a", 0, 1),
        ("▁", 4, 4),
        ("a", 4, 5),
    ]


def test_an_empty_text_is_one_blank():
    assert [(c.piece, c.start, c.end) for c in SMALL.cut("")] == [("▁", 0, 0)]


def brute_force(letters):
    """Return the best sum of scores over every way to cut ``letters``."""
    best = [0.0] + [-np.inf] * len(letters)
    for end in range(1, len(letters) + 1):
        for begin in range(end):
            piece = letters[begin:end]
            if piece in PIECES[1:]:
                best[end] = max(best[end], best[begin] + SCORES[PIECES.index(piece)])
            elif len(piece) == 1:
                best[end] = max(best[end], best[begin] + min(SCORES) - 10)
    return best[-1]


@given(st.text("abZ ", max_size=9))
def test_no_cut_is_likelier_and_none_loses_a_letter(text):
    cuts = SMALL.cut(text)
    letters = "".join(cut.piece for cut in cuts)
    score = sum(SCORES[cut.id] if cut.id else min(SCORES) - 10 for cut in cuts)
    assert np.isclose(score, brute_force(letters))
    assert letters.replace(META, "") == text.replace(" ", "")
