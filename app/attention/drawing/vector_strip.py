"""A vector as a strip of coloured cells: violet below zero, white at it, orange above."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.attention.drawing.cell_axis import Edges
from app.attention.drawing.indexed_image import enlarged, image
from core.attention.colormaps import levels
from core.attention.results import Floats


def length(symbol: str, vector: Floats, digits: int = 3) -> str:
    """Return how long a vector is, written with narrow bars: a double bar is as wide as a Chinese character."""
    return f"|{symbol}| = {float(np.linalg.norm(vector)):.{digits}f}"


def draw_strip(
    painter: QPainter, room: QRectF, vector: Floats, most: float, *, rim: str, strength: float = 1.0
) -> None:
    """Draw ``vector``.

    Args:
        painter: the surface.
        room: where.
        vector: (d,) numbers.
        most: the size at which colours end.
        rim: colour of the line around it.
        strength: how strongly it is drawn, 0 to 1.
    """
    share = np.clip(vector / (most or 1.0), -1, 1)
    intensities = levels((share + 1) / 2)[None, :]
    ratio = painter.device().devicePixelRatio()
    height, width = max(1, round(room.height() * ratio)), max(1, round(room.width() * ratio))
    cells = enlarged(intensities, np.array([0, height]), strip_edges(vector.size, width))
    picture = image(cells, "difference")
    picture.setDevicePixelRatio(ratio)
    before = painter.opacity()
    painter.setOpacity(strength)
    painter.drawImage(room.topLeft(), picture)
    painter.setOpacity(before)
    painter.setPen(QPen(QColor(rim), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(room)


def draw_hue(painter: QPainter, room: QRectF, hue: str, em: Callable[[float], int]) -> None:
    """Draw, at the left of the strip in ``room``, the hue of the symbol whose numbers it shows.

    Colours of cells say how large the numbers are; this says whose they are.
    """
    painter.fillRect(QRectF(room.left() - em(0.3125), room.top(), em(0.1875), room.height()), QColor(hue))


def strip_edges(count: int, width: int) -> Edges:
    """Return where each of ``count`` cells begins and the last ends, over ``width`` pixels."""
    return np.round(np.linspace(0, width, count + 1)).astype(np.int64)


def cell_under(x: float, room: QRectF, count: int) -> int | None:
    """Return which cell of a strip lies under ``x``."""
    if not room.left() <= x < room.right():
        return None
    return min(count - 1, int((x - room.left()) / room.width() * count))
