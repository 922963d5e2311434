"""Where a piece came from, for tokenizers that don't say it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.attention.encoders.offsets import find_pieces, trim, typed_token
from core.attention.encoders.opener import open_encoder


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


@pytest.mark.parametrize("family", ["roberta", "gpt2"])
def test_the_bytes_of_a_character_are_told_apart(folder_of, family):
    pieces = open_encoder(str(folder_of(family))).tokenize("我é a😀")
    typed = [token for token in pieces.tokens if token.is_typed]
    assert [token.label for token in typed] == [
        "我 (1/3)", "我 (2/3)", "我 (3/3)", "é (1/2)", "é (2/2)", "a", "😀 (1/4)", "😀 (2/4)", "😀 (3/4)", "😀 (4/4)",
    ]  # fmt: skip


def test_two_like_words_are_no_fragments(e5):
    assert {token.parts for token in e5.tokenize("我我 the the", "the").tokens} == {1}
