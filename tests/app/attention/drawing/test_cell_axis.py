"""Cells to pixels and back, on numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from app.attention.drawing.cell_axis import Axis


def test_cells_that_fit_lie_one_after_the_other():
    axis = Axis(count=4, start=10, length=100, cell=20)
    assert axis.seen == 80
    assert axis.visible() == (0, 4)
    assert list(axis.edges()) == [0, 20, 40, 60, 80]
    assert axis.span(1, 3) == (30, 40)
    assert axis.middle(0) == 20


def test_edges_are_whole_pixels_without_gaps_even_where_cells_are_not():
    edges = Axis(count=7, start=0, length=100, cell=100 / 7).edges()
    assert edges[0] == 0
    assert edges[-1] == 100
    assert set(np.diff(edges)) <= {14, 15}


@pytest.mark.parametrize(("pixel", "cell"), [(9.9, None), (10, 0), (29.9, 0), (30, 1), (89.9, 3), (90, None)])
def test_a_pixel_belongs_to_the_cell_drawn_there(pixel, cell):
    assert Axis(count=4, start=10, length=100, cell=20).at(pixel) == cell


def test_zooming_keeps_the_cell_under_the_mouse_where_it_is():
    axis = Axis(count=50, start=0, length=100, cell=2)
    place = axis.place(60)
    assert place == 30
    axis.cell = 10
    axis.hold(place, 60)
    assert axis.at(60) == 30
    assert axis.offset == 30 * 10 - 60


def test_scrolling_stops_at_both_ends():
    axis = Axis(count=50, start=0, length=100, cell=10)
    axis.scroll(-5)
    assert axis.offset == 0
    axis.scroll(9999)
    assert axis.offset == 400
    assert axis.visible() == (40, 50)


def test_revealing_scrolls_just_so_far():
    axis = Axis(count=50, start=0, length=100, cell=10)
    axis.reveal(12)
    assert axis.offset == 30
    axis.reveal(12)
    assert axis.offset == 30
    axis.reveal(0)
    assert axis.offset == 0


def test_what_is_scrolled_away_takes_no_room():
    axis = Axis(count=50, start=5, length=100, cell=10, offset=200)
    assert axis.span(0, 5)[1] == 0
    assert axis.span(19, 22) == (5, 20)


def test_more_cells_than_pixels_still_end_at_the_last_pixel():
    edges = Axis(count=1000, start=0, length=300, cell=0.3).edges()
    assert len(edges) == 1001
    assert edges[-1] == 300
