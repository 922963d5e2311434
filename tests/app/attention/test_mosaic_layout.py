"""Layers are rows and heads are columns, and where there is room the corner says so."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont, QFontMetricsF

from app.attention.mosaic_layout import by_layer

SHAPE = (3, 4, 9, 9)


@pytest.mark.parametrize("size", [(900, 700), (700, 1200), (900, 200), (160, 160)])
def test_the_corner_is_written_whole_or_not_at_all_and_touches_no_tile(qapp, size):
    metrics = QFontMetricsF(QFont("Noto Sans SC", 9))
    sheet = by_layer(SHAPE, QSizeF(*size), metrics, 3, "Layer, Head")
    corners = [name for name in sheet.names if not name.text.isdigit()]
    assert len(corners) == (size[0] > 160)
    for name in corners:
        assert name.room.width() >= metrics.horizontalAdvance(name.text)
        assert name.room.right() <= sheet.tiles[0].room.left()
        assert name.room.bottom() <= sheet.tiles[0].room.top()
    assert len(sheet.names) - len(corners) == 3 + 4
    assert all(tile.room.right() <= size[0] and tile.room.bottom() <= size[1] for tile in sheet.tiles)
    numbers = {name.text: name.room for name in sheet.names[-3:]}
    assert all(room.right() <= sheet.tiles[0].room.left() for room in numbers.values())
