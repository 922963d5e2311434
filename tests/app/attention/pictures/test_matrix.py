"""A map that is zoomed and scrolled comes back to the pixel, whatever it showed meanwhile."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from app.attention.drawing.map_content import map_content
from app.attention.pictures.matrix import Matrix
from app.attention.selection import Selection
from tests.app.attention.conftest import map_of, tokens_of


@pytest.fixture
def matrix(look, qtbot):
    selection = Selection()
    made = Matrix(look, selection)
    qtbot.addWidget(made)
    yield made
    selection.deleteLater()


def places(matrix):
    """Return where everything lies that is drawn."""
    drawing = matrix.drawing
    axes = [
        (axis.start, axis.length, axis.cell, axis.offset, axis.visible(), axis.edges(2.0).tolist())
        for axis in (drawing.rows, drawing.columns)
    ]
    labels = [drawing.row_labels_rect(), drawing.column_labels_rect(), drawing.font()]
    return drawing.zoom, axes, labels


words = st.text("ab一二，", min_size=1, max_size=60)
zooms = st.lists(st.tuples(st.floats(0.3, 4), st.floats(0, 700), st.floats(0, 700)), max_size=4)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=words, size=st.tuples(st.integers(80, 900), st.integers(80, 900)), before=zooms, between=zooms)
def test_zoom_and_scroll_come_back_to_the_pixel(matrix, text, size, before, between):
    n = len(tokens_of(text))
    matrix.resize(*size)
    matrix.show_map(map_content(map_of(text, np.full((n, n), 1 / n)), "red", "linear"))
    matrix.zoom_to_fit()
    for factor, x, y in before:
        matrix.zoom_by(factor, QPointF(x, y))
    zoomed, seen = matrix.zoomed, places(matrix)
    for factor, x, y in between:
        matrix.zoom_by(factor, QPointF(x, y))
    matrix.zoom_to(*zoomed)
    assert places(matrix) == seen
    assert matrix.zoomed == zoomed


@pytest.mark.parametrize("closer", [1.7, 3.0])
def test_the_map_is_scrolled_by_whole_pixels(matrix, closer):
    matrix.resize(703, 640)
    matrix.show_map(map_content(map_of("ab" * 20), "red", "linear"))
    matrix.zoom_by(closer)
    for axis in (matrix.drawing.rows, matrix.drawing.columns):
        assert axis.offset > 0
        assert axis.offset == round(axis.offset)
