"""The columns of the three steps fill their width, however narrow."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.attention.views.steps.layout import columns_of
from app.attention.views.steps.view import StepsView


def em(lines):
    return round(lines * 20)


@pytest.mark.parametrize("lines", [StepsView.least_width - 1, 35, 39.9, 40, 48, 70])
def test_all_columns_lie_in_the_width_and_vectors_have_room_for_their_scale(lines):
    columns = columns_of(em(lines), em)
    assert columns.value.right <= em(lines) + 1
    assert columns.key.width == columns.value.width >= em(5.25)
    across = [getattr(columns, name) for name in columns.__slots__]
    assert all(one.right <= after.left for one, after in pairwise(across))
