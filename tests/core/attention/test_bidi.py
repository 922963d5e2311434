"""Words of right-to-left scripts keep to themselves."""

from __future__ import annotations

import pytest

from core.attention.bidi import is_right_to_left, isolated


@pytest.mark.parametrize("words", ["abc", "银行", "12", "", "→"])
def test_left_to_right_stays_as_it_is(words):
    assert isolated(words) == words
    assert not is_right_to_left(words)


@pytest.mark.parametrize("words", ["שלום", "مرحبا", "(ו)"])
def test_right_to_left_is_isolated(words):
    assert isolated(words) == f"\u2068{words}\u2069"
    assert is_right_to_left(words)


def test_a_mark_that_turns_what_follows_is_kept_inside():
    assert isolated("\u202eabc") == "\u2068\u202eabc\u2069"
