"""From pieces to units, worked out by hand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.attention.results import Token
from core.attention.segments import hide, segment

CLS, SEP = (Token(name, 0, 0, True, name) for name in ("[CLS]", "[SEP]"))


def tokens_of(text, *places, sentence=0):
    return [Token(text[a:b], a, b, False, text[a:b], sentence) for a, b in places]


def apply(segments, weights):
    return segments.mean_queries(segments.sum_keys(np.array(weights, np.float32)))


def test_words_sum_their_pieces_as_keys_and_average_them_as_queries():
    # play|ing cats: Clark et al. 2019.
    text = "playing cats"
    tokens = tokens_of(text, (0, 4), (4, 7), (8, 12))
    found = segment(tokens, [text], "word", specials=False)
    assert [unit.text for unit in found.units] == ["playing", "cats"]
    weights = [[0.1, 0.2, 0.7], [0.3, 0.4, 0.3], [0.5, 0.5, 0.0]]
    assert np.allclose(apply(found, weights), [[(0.3 + 0.7) / 2, (0.7 + 0.3) / 2], [1.0, 0.0]])


def test_a_piece_of_two_characters_shares_its_weight_out_and_gives_both_its_row():
    text = "我去银"
    tokens = tokens_of(text, (0, 2), (2, 3))
    found = segment(tokens, [text], "character", specials=False)
    assert np.allclose(apply(found, [[0.6, 0.4], [0.2, 0.8]]), [[0.3, 0.3, 0.4], [0.3, 0.3, 0.4], [0.1, 0.1, 0.8]])


def test_a_piece_across_a_word_border_belongs_to_both_words():
    # 孩|子的|书 with the words 孩子, 的, 书: half of 子的 lies in each of the first two.
    text = "孩子的书"
    tokens = tokens_of(text, (0, 1), (1, 3), (3, 4))
    found = segment(tokens, [text], "word", specials=False)
    assert [unit.text for unit in found.units] == ["孩子", "的", "书"]
    weights = [[0.2, 0.4, 0.4], [0.1, 0.8, 0.1], [0.0, 0.0, 1.0]]
    keys = np.array([[0.4, 0.2, 0.4], [0.5, 0.4, 0.1], [0.0, 0.0, 1.0]])
    # 孩子 asks with all of 孩 and half of 子的: weights 1 and ½ of 1.5.
    assert np.allclose(apply(found, weights), [(keys[0] * 2 + keys[1]) / 3, keys[1], keys[2]])


def test_one_unit_alone_asks_as_it_does_among_the_others():
    text = "孩子的书"
    tokens = tokens_of(text, (0, 1), (1, 3), (3, 4))
    found = segment(tokens, [text], "word", specials=False)
    weights = np.array([[0.2, 0.4, 0.4], [0.1, 0.8, 0.1], [0.0, 0.0, 1.0]], np.float32)
    for unit in range(3):
        assert np.allclose(found.some([unit]).mean_queries(weights), found.mean_queries(weights)[unit : unit + 1])
    last_first = found.some([2, 0])
    assert [unit.text for unit in last_first.units] == ["书", "孩子"]
    assert np.allclose(last_first.sum_keys(weights), found.sum_keys(weights)[:, [2, 0]])


def test_byte_pieces_of_one_character_are_one_unit():
    text = "𠮷a"
    tokens = tokens_of(text, (0, 1), (0, 1), (1, 2))
    found = segment(tokens, [text], "character", specials=False)
    assert [unit.text for unit in found.units] == ["𠮷", "a"]
    assert np.allclose(apply(found, np.full((3, 3), 1 / 3)), [[2 / 3, 1 / 3]] * 2)


def blank(at, sentence=0):
    return Token("", at, at, False, "▁", sentence)


def test_a_blank_of_the_models_own_is_hidden_as_special_tokens_are():
    # ▁|他在|走 as e5 cuts it: the ▁ stands for nothing typed, so it must not make 他 look strong.
    text = "他在走"
    tokens = [CLS, blank(0), *tokens_of(text, (0, 2), (2, 3)), SEP]
    weights = [[0.2, 0.2, 0.2, 0.2, 0.2], [0.0, 1.0, 0.0, 0.0, 0.0], [0.1, 0.4, 0.2, 0.2, 0.1],
               [0.2, 0.3, 0.1, 0.3, 0.1], [0.2, 0.2, 0.2, 0.2, 0.2]]  # fmt: skip
    shown, hidden = hide(apply(segment(tokens, [text], "character", specials=False), weights))
    assert np.allclose(shown, [[0.25, 0.25, 0.5], [0.25, 0.25, 0.5], [0.125, 0.125, 0.75]])
    assert np.allclose(hidden, [0.6, 0.6, 0.6])
    shown, hidden = hide(apply(segment(tokens, [text], "piece", specials=False), weights))
    assert np.allclose(shown, [[0.5, 0.5], [0.25, 0.75]])
    assert np.allclose(hidden, [0.6, 0.6])


def test_with_specials_a_blank_of_the_models_own_is_a_unit_in_its_place():
    text = "他 走"
    tokens = [CLS, blank(0), *tokens_of(text, (0, 1)), blank(2), *tokens_of(text, (2, 3)), SEP]
    for unit in ("piece", "character", "word"):
        found = segment(tokens, [text], unit, specials=True)
        assert [u.label for u in found.units] == ["[CLS]", "▁", "他", "▁", "走", "[SEP]"]
        assert np.allclose(apply(found, np.eye(6)), np.eye(6))


def test_a_piece_of_nothing_visible_is_a_row_among_pieces_only():
    text = "a\u200bb"
    tokens = tokens_of(text, (0, 1), (1, 2), (2, 3))
    weights = np.full((3, 3), 1 / 3)
    for unit in ("character", "word"):
        found = segment(tokens, [text], unit, specials=False)
        assert "\u200b" not in [u.text for u in found.units]
        assert np.allclose(apply(found, weights).sum(axis=1), 2 / 3)
    assert [u.text for u in segment(tokens, [text], "piece", specials=False).units] == ["a", "\u200b", "b"]


def test_specials_are_units_in_their_place_or_not_at_all():
    text = "ab"
    tokens = [CLS, *tokens_of(text, (0, 1), (1, 2)), SEP]
    for unit in ("piece", "character"):
        assert [u.label for u in segment(tokens, [text], unit, specials=True).units] == ["[CLS]", "a", "b", "[SEP]"]
        assert [u.label for u in segment(tokens, [text], unit, specials=False).units] == ["a", "b"]


def test_pairs_keep_their_sentences_apart():
    texts = ["ab", "ab"]
    tokens = [CLS, *tokens_of("ab", (0, 2)), SEP, *tokens_of("ab", (0, 2), sentence=1), SEP]
    found = segment(tokens, texts, "character", specials=False)
    assert [(u.text, u.sentence) for u in found.units] == [("a", 0), ("b", 0), ("a", 1), ("b", 1)]


@pytest.mark.parametrize("name", ["[MASK]", "<mask>", "<|endoftext|>", "</s>"])
@pytest.mark.parametrize("unit", ["character", "word"])
def test_a_special_token_that_was_typed_is_one_unit_as_it_stands(name, unit):
    text = f"a {name}b"
    places = [(0, 1), (2, 2 + len(name)), (2 + len(name), 3 + len(name))]
    tokens = [Token(text[start:end], start, end, False, text[start:end]) for start, end in places]
    segments = segment(tokens, (text,), unit, specials=False)
    assert [(each.text, each.start) for each in segments.units] == [("a", 0), (name, 2), ("b", 2 + len(name))]
    assert list(segments.pieces) == [0, 1, 2]


def test_brackets_that_the_model_reads_one_by_one_stay_so():
    text = "[A]"
    tokens = [Token(letter, at, at + 1, False, letter) for at, letter in enumerate(text)]
    assert [unit.text for unit in segment(tokens, (text,), "word", specials=False).units] == ["[", "A", "]"]


def test_characters_the_model_never_got_have_no_row():
    text = "a\x01b"
    found = segment(tokens_of(text, (0, 1), (2, 3)), [text], "character", specials=False)
    assert [unit.text for unit in found.units] == ["a", "b"]


def test_nothing_visible_gives_no_units():
    found = segment([CLS, SEP], [""], "word", specials=False)
    assert found.units == ()
    assert apply(found, np.full((2, 2), 0.5)).shape == (0, 0)


def test_hiding_makes_rows_whole_again_and_tells_what_was_hidden():
    whole, hidden = hide(np.array([[0.1, 0.3], [0.0, 0.0]], np.float32))
    assert np.allclose(whole, [[0.25, 0.75], [0, 0]])
    assert np.allclose(hidden, [0.6, 1.0])


def test_blocks_for_the_heads_grid():
    text = "abc"
    found = segment(tokens_of(text, (0, 2), (2, 3)), [text], "character", specials=False)
    weights = np.array([[0.6, 0.4], [0.2, 0.8]], np.float32)
    assert np.allclose(weights @ found.matrix(2, 1), found.sum_keys(weights))
    assert np.allclose(found.sum_keys(weights), [[0.3, 0.3, 0.4], [0.1, 0.1, 0.8]])
    assert np.allclose(weights @ found.matrix(2, 2), [[0.6, 0.4], [0.2, 0.8]])
    values = np.array([[1.0], [3.0], [5.0]], np.float32)
    for block, means in ((1, [[1.0], [3.0], [5.0]]), (2, [[2.0], [5.0]]), (3, [[3.0]])):
        assert np.allclose(found.mean_blocks(values, block), means)
    assert values.tolist() == [[1.0], [3.0], [5.0]]  # what was given stays as it was


@st.composite
def cut_texts(draw):
    """A text and pieces that cover it in order, some only blanks, some sharing a character."""
    text = draw(st.text("ab 我去银行的书𠮷👍🏽\u200d，", min_size=1, max_size=20))
    edges = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=8))})
    places = list(pairwise(edges))
    return text, tokens_of(text, *places)


@given(cut_texts(), st.sampled_from(["piece", "character", "word"]), st.integers(0, 2**32 - 1))
def test_rows_keep_their_sum_whatever_the_cut(cut, unit, seed):
    text, tokens = cut
    found = segment(tokens, [text], unit, specials=False)
    weights = np.random.default_rng(seed).dirichlet(np.ones(len(tokens)), len(tokens)).astype(np.float32)
    shown, hidden = hide(apply(found, weights))
    assume(found.units)  # not for a text of nothing but blanks
    shown = shown[hidden < 1 - 1e-6]
    assert np.allclose(shown.sum(axis=1), 1, atol=1e-5)
    assert (shown >= 0).all()
    for u in found.units:
        assert u.text == text[u.start : u.end]
