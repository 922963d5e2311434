"""The numbers under the mouse: of a cell, of a column, and of what was swept over."""

from __future__ import annotations

import pytest

from app.attention.pictures.readout import read_place
from app.attention.selection import Cell, Sweep
from tests.app.attention.conftest import map_of


@pytest.fixture
def one():
    return map_of("abcd", [[0.4, 0.3, 0.2, 0.1], [0.1, 0.6, 0.2, 0.1], [0, 0, 0, 1], [0.25, 0.25, 0.3, 0.2]])


@pytest.mark.parametrize(
    ("sweep", "place", "share"),
    [
        (Sweep((0, 1), (0, 4)), "1 × 4", "100.0%"),  # a whole row has all of itself
        (Sweep((0, 2), None), "2 × 4", "100.0%"),
        (Sweep((0, 2), (1, 2)), "2 × 1", "45.0%"),  # .3 and .6
        (Sweep((0, 3), (0, 2)), "3 × 2", "46.7%"),  # .7, .7 and 0
        (Sweep(None, (3, 4)), "4 × 1", "35.0%"),  # .1, .1, 1 and .2
    ],
)
def test_a_sweep_is_what_its_rows_give_its_columns_on_average(one, selection, sweep, place, share):
    selection.follow(one.rows, one.columns)
    selection.select(sweep)
    reading = read_place(one, selection)
    assert (reading.place, reading.weight) == (f"{place} selected", f"{share} per row")


def test_a_column_is_what_all_rows_give_it_on_average(one, selection):
    selection.follow(one.rows, one.columns)
    selection.pin(Cell(column=3))
    reading = read_place(one, selection)
    assert (reading.place, reading.weight) == ("all → d", "mean 0.350")


def test_a_rank_counts_the_larger_weights_of_its_row(one, selection):
    selection.follow(one.rows, one.columns)
    ranks = []
    for column in range(4):
        selection.hover_over(Cell(0, column))
        ranks.append(read_place(one, selection).rank)
    assert ranks == ["1 of 4", "2 of 4", "3 of 4", "4 of 4"]
