"""Texts longer than the limit."""

from __future__ import annotations

import numpy as np
import pytest

from core.attention.aggregate import aggregate, seen
from core.attention.encoders.base import Pieces
from core.attention.encoders.huggingface import HuggingFaceEncoder
from core.attention.errors import TextError
from core.attention.long_text import Document, cut_windows, read_document
from core.attention.results import Token


def pieces_of(n, head=1, tail=1):
    tokens = [Token("", 0, 0, not head <= i < n - tail, str(i)) for i in range(n)]
    return Pieces(np.arange(n), np.zeros(n, np.int64), tuple(tokens))


def everything(part):
    """Say that each query sees all of its window, but no later key where the model is causal."""
    return seen(part, "weights", 0)


def test_windows_by_hand():
    # 12 pieces, 10 typed; room for 6 in each window of 8, a step of 6 − 6 // 4 = 5.
    spans = [span.tolist() for span in cut_windows(pieces_of(12), 8)]
    assert spans == [[0, 1, 2, 3, 4, 5, 6, 11], [0, 5, 6, 7, 8, 9, 10, 11]]


def test_every_piece_is_in_a_window_and_none_is_too_long():
    for n in (20, 61, 100):
        for head, tail in ((1, 1), (0, 0), (5, 1)):
            spans = cut_windows(pieces_of(n, head, tail), 16)
            assert set(np.concatenate(spans).tolist()) == set(range(n))
            assert all(len(span) == 16 for span in spans)


def read_all(encoder, text, **rest):
    return list(read_document(encoder, text, **rest))


@pytest.fixture(scope="module")
def bert(folder_of):
    return HuggingFaceEncoder(str(folder_of("bert")))


def test_a_long_text_is_one_map_whose_rows_sum_to_one(bert):
    steps = read_all(bert, "the cat sat on the mat " * 10)
    assert steps[:-1] == [(i, 4) for i in range(4)]
    document = steps[-1]
    attention = document.stack()
    weights = attention.read(lambda part: aggregate(part, "weights", None, None))
    assert weights.shape == (len(document.pieces),) * 2
    assert np.allclose(weights.sum(axis=1), 1, atol=2e-3)  # half precision
    reach = attention.reach(everything)
    outside = (np.arange(len(weights)) < reach[:, :1]) | (np.arange(len(weights)) >= reach[:, 1:])
    special = [token.special for token in document.pieces.tokens]
    outside[:, special] = False
    assert outside.any()
    assert not weights[outside].any()


def test_a_row_is_that_of_the_window_with_most_context(bert):
    document = read_all(bert, "the cat sat on the mat " * 10)[-1]
    attention = document.stack()
    weights = attention.read(lambda part: aggregate(part, "weights", 1, 2))
    for row in (0, 1, 60, 100, len(weights) - 2, len(weights) - 1):
        part, place = attention.part_of(row)
        index = attention.indices[int(attention.owner[row])]
        assert index[place] == row
        assert np.array_equal(weights[row, index], aggregate(part, "weights", 1, 2)[place])
    middle = 90
    reach = attention.reach(everything)[middle]
    assert min(middle - reach[0], reach[1] - middle) >= 8  # a step of 46 leaves 15 or so on the worse side


@pytest.mark.parametrize(("folder", "is_causal"), [("bert", False), ("gpt2", True)])
def test_no_other_window_has_more_context_for_a_token_than_the_one_that_answers(folder_of, folder, is_causal):
    document = read_all(HuggingFaceEncoder(str(folder_of(folder))), "the cat sat on the mat " * 12)[-1]
    attention, count = document.stack(), len(document.pieces)
    typed = [i for i, token in enumerate(document.pieces.tokens) if not token.special]
    first, last = typed[0], typed[-1]
    stretches = [
        (min(own), max(own)) for own in (set(window.index.tolist()) & set(typed) for window in document.windows)
    ]
    assert len(stretches) > 2

    def context(token, stretch):
        """Tokens seen on the poorer side, or before it where none behind it is; beyond the text's ends none lacks."""
        low, high = stretch
        before = token - low if low > first else count
        after = high - token if high < last else count
        return before if is_causal else min(before, after)

    answered = set()
    for token in typed:
        offered = [stretch for stretch in stretches if stretch[0] <= token <= stretch[1]]
        owner = int(attention.owner[token])
        answered.add(owner)
        assert stretches[owner] in offered
        assert context(token, stretches[owner]) == max(context(token, stretch) for stretch in offered), token
    assert answered == set(range(len(stretches)))


def test_states_come_from_the_same_windows(bert):
    document = read_all(bert, "the cat sat on the mat " * 10)[-1]
    attention = document.stack()
    states = attention.states(-1)
    part, place = attention.part_of(75)
    assert np.array_equal(states[75], part.hidden[-1][place])


def test_a_causal_model_never_looks_ahead_across_windows(folder_of):
    document = read_all(HuggingFaceEncoder(str(folder_of("gpt2"))), "the cat sat on the mat " * 6)[-1]
    assert len(document.windows) > 1
    attention = document.stack()
    weights = attention.read(lambda part: aggregate(part, "weights", None, None))
    assert not np.triu(weights, 1).any()
    assert (attention.reach(everything)[:, 1] == np.arange(len(weights)) + 1).all()


def test_a_text_within_the_limit_is_read_at_once(bert):
    (document,) = read_all(bert, "the cat")
    assert isinstance(document, Document)
    assert document.stack().reach(everything).tolist() == [[0, len(document.pieces)]] * len(document.pieces)


@pytest.mark.parametrize("text", ["", "   ", "\n\t\u3000"])
def test_nothing_to_read_is_said(bert, text):
    with pytest.raises(TextError, match="type a sentence"):
        read_all(bert, text)
    with pytest.raises(TextError, match="type a sentence"):
        read_all(bert, "the cat", pair=text)


def test_too_much_is_said_with_numbers(bert):
    with pytest.raises(TextError, match=r"2502 tokens; a map shows at most 1200"):
        read_all(bert, "a " * 2500)
    with pytest.raises(TextError, match="20001 characters"):
        read_all(bert, "a" * 20_001)


@pytest.mark.parametrize("pair", [None, "你好"])
def test_one_long_text_of_a_translator_is_not_called_two(folder_of, pair):
    marian = HuggingFaceEncoder(str(folder_of("marian")))
    with pytest.raises(TextError, match=r"This text has \d+ tokens; \S+ reads at most 64"):
        read_all(marian, "the cat sat " * 30, pair=pair)


def test_pairs_do_not_fit_in_windows(bert):
    with pytest.raises(TextError, match="reads at most 64"):
        read_all(bert, "the cat " * 10, pair="the mat " * 10)
