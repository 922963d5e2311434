"""What travels from a worker to the window."""

from __future__ import annotations

import pickle

import pytest

from core.attention.results import Token


@pytest.mark.parametrize(
    "token",
    [
        Token("我", 0, 1, special=False, piece="ÃĲ", sentence=1, part=2, parts=3),
        Token("[CLS]", 0, 0, special=True, piece="[CLS]"),
    ],
)
def test_a_token_arrives_as_it_was_sent(token):
    again = pickle.loads(pickle.dumps(token, protocol=5))
    assert again == token
    assert type(again) is Token


def test_what_stands_twice_in_a_message_is_sent_once():
    tokens = (Token("a", 0, 1, special=False, piece="a"),)
    rows, columns = pickle.loads(pickle.dumps((tokens, tokens), protocol=5))
    assert rows is columns
