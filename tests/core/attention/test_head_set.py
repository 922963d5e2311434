"""Sets of layers and heads, as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.attention.errors import NotAvailableError
from core.attention.head_set import HeadSet, read_head_set

numbers = st.sets(st.integers(0, 40)).map(lambda found: tuple(sorted(found)))


@pytest.mark.parametrize(
    ("text", "layers", "heads", "written"),
    [
        ("L3-5, H1,4", (3, 4, 5), (1, 4), "L3-5 H1,4"),
        ("h4 1, 0 l2", (2,), (0, 1, 4), "L2 H0-1,4"),
        ("L0，2；L1", (0, 1, 2), (), "L0-2"),
        ("H7–9", (), (7, 8, 9), "H7-9"),
    ],
)
def test_it_is_read_as_people_write_it(text, layers, heads, written):
    found = read_head_set(text)
    assert found == HeadSet(layers, heads)
    assert str(found) == written


@given(numbers, numbers)
def test_what_it_says_is_read_back(layers, heads):
    whole = HeadSet(layers, heads)
    assert read_head_set(str(whole)) == (None if whole == HeadSet() else whole)


@pytest.mark.parametrize("text", ["3", "L", "Lx", "L5-3", "L1-9999", "K2", "L-1", "L1-"])
def test_what_cannot_be_understood_is_told_with_the_way_to_write_it(text):
    with pytest.raises(NotAvailableError, match="L3-5, H1,4"):
        read_head_set(text)


def test_it_knows_its_heads_and_what_a_smaller_model_has_of_them():
    found = HeadSet((1, 9), (0,))
    assert [found.has(*head) for head in ((1, 0), (9, 0), (1, 1), (2, 0))] == [True, True, False, False]
    assert found.within(6, 12) == HeadSet((1,), (0,))
    assert found.within(1, 12) is None
    assert HeadSet((), (3,)).within(1, 4) == HeadSet((), (3,))
