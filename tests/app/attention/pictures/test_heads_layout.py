"""Layers are rows and heads are columns, and where there is room the corner says so."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont, QFontMetricsF

from app.attention.pictures.heads_layout import by_layer

SHAPE = (3, 4, 9, 9)


@pytest.mark.parametrize("size", [(900, 700), (700, 1200), (900, 200), (160, 160)])
def test_the_corner_is_written_whole_and_touches_no_tile(qapp, size):
    metrics = QFontMetricsF(QFont("Noto Sans SC", 9))
    sheet = by_layer(SHAPE, QSizeF(*size), metrics, 3, "Layer, Head")
    corners = [name for name in sheet.names if not name.text.isdigit()]
    assert len(corners) == 1
    for name in corners:
        assert name.room.width() >= metrics.horizontalAdvance(name.text)
        assert name.room.left() >= 0
        assert name.room.right() <= size[0]
        assert name.room.bottom() <= sheet.tiles[0].room.top()
        assert not any(name.room.intersects(other.room) for other in sheet.names if other is not name)
    assert len(sheet.names) - len(corners) == 3 + 4
    assert all(tile.room.right() <= size[0] and tile.room.bottom() <= size[1] for tile in sheet.tiles)
    numbers = {name.text: name.room for name in sheet.names[-3:]}
    assert all(room.right() <= sheet.tiles[0].room.left() for room in numbers.values())


@pytest.mark.parametrize("size", [(250, 110), (160, 90), (400, 260)])
def test_numbers_of_layers_and_heads_never_run_into_each_other(qapp, size):
    metrics = QFontMetricsF(QFont("Noto Sans SC", 9))
    sheet = by_layer((12, 12, 84, 84), QSizeF(*size), metrics, 3)
    layers = [name.room for name in sheet.names if name.room.right() <= sheet.tiles[0].room.left()]
    heads = [name.room for name in sheet.names if name.room.bottom() <= sheet.tiles[0].room.top()]
    assert len(layers) > 1
    assert len(heads) > 1
    assert all(after.center().y() - one.center().y() >= metrics.ascent() for one, after in pairwise(layers))
    two = metrics.horizontalAdvance("00")
    assert all(after.center().x() - one.center().x() >= two for one, after in pairwise(heads))
