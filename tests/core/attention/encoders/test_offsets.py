"""Where a piece came from, for tokenizers that don't say it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.attention.encoders.offsets import find_pieces, trim, typed_token


def test_trim_leaves_out_blanks_at_both_ends():
    assert trim("  ab c  ", 0, 8) == (2, 6)
    assert trim("a   b", 1, 4) == (4, 4)


def test_a_blank_piece_claims_no_letter_even_where_the_tokenizer_says_so():
    token = typed_token(["我去"], 0, (0, 1), "▁")
    assert (token.text, token.start, token.end, token.label) == ("", 0, 0, "▁")


def test_a_special_piece_is_labelled_with_itself():
    token = typed_token(["x"], None, (0, 0), "[SEP]")
    assert (token.label, token.special) == ("[SEP]", True)


def test_pieces_are_found_through_case_width_and_signs():
    text = "Ｈello  World"
    assert [text[a:b] for a, b in find_pieces(text, ["▁hel", "lo", "▁wor", "ld"], None)] == ["Ｈel", "lo", "Wor", "ld"]


def test_unknown_pieces_get_what_lies_between_their_neighbours():
    text = "ab𠮷𠮷cd"
    assert [text[a:b] for a, b in find_pieces(text, ["ab", "<unk>", "cd"], "<unk>")] == ["ab", "𠮷𠮷", "cd"]
    assert [text[a:b] for a, b in find_pieces(text, ["ab", "<unk>", "<unk>", "cd"], "<unk>")] == [
        "ab",
        "𠮷",
        "𠮷",
        "cd",
    ]
    assert [text[a:b] for a, b in find_pieces(text, ["<unk>"], "<unk>")] == [text]


@given(st.text(max_size=20), st.lists(st.text("ab▁<unk>Z", max_size=3), max_size=10))
def test_whatever_the_pieces_places_lie_in_the_text_and_never_run_backwards(text, pieces):
    places = find_pieces(text, pieces, "<unk>")
    assert len(places) == len(pieces)
    ends = [0]
    for start, end in places:
        assert 0 <= start <= end <= len(text)
        assert start >= ends[-1] - 1  # one character may be several letters, and so several pieces'
        ends.append(max(end, ends[-1]))
