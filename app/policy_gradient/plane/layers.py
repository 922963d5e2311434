"""What lies under the paths on a policy's picture: the probabilities as colours, the states visited as dots."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from app.theme import Colours
from core.policy_gradient.runs.recording import Floats32

STEPS: Final = 256
"""Colours from π = 0 to π = 1."""
_SHARE_ON_DARK: Final = 0.6
"""How far towards the full hues the ends go on a dark ground."""
_DARK: Final = 128
"""Lightness below which a ground is dark."""


def colour_table(colours: Colours) -> npt.NDArray[np.uint32]:
    """Return colours from π = 0 (blue) over the stage's ground at 0.5 to π = 1 (orange), (256,) as 0xffrrggbb.

    On a dark ground the ends stay below the full hues: half a map of them would glare.
    """
    left, ground, right = (QColor(name) for name in (colours.left, colours.stage, colours.right))
    share = _SHARE_ON_DARK if ground.lightness() < _DARK else 1.0
    place = 0.5 + share * (np.linspace(0, 1, STEPS) - 0.5)
    ends = (left, ground, right)
    channels = ([end.red() for end in ends], [end.green() for end in ends], [end.blue() for end in ends])
    red, green, blue = (np.round(np.interp(place, (0, 0.5, 1), channel)).astype(np.uint32) for channel in channels)
    table: npt.NDArray[np.uint32] = np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue
    return table


def image_of(values: Floats32, table: npt.NDArray[np.uint32]) -> QImage:
    """Return probabilities as a picture, the greatest y on top."""
    cells = np.clip(values[::-1] * STEPS, 0, STEPS - 1).astype(np.uint8)
    pixels = np.ascontiguousarray(table[cells])
    height, width = pixels.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def dots_of(visited: npt.NDArray[np.float64], size: QSizeF, ratio: float, ink: QColor) -> QPixmap:
    """Return a dot for every cell that was visited, the larger the more often, on nothing.

    Args:
        visited: how often, (rows, columns) from the bottom, 0 to 1.
        size: of all cells together, in points.
        ratio: pixels a point.
        ink: colour of the dots.
    """
    pixmap = QPixmap((size * ratio).toSize())
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    rows, columns = visited.shape
    wide, high = size.width() / columns, size.height() / rows
    most = 0.5 * min(wide, high)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for row, column in np.argwhere(visited > 0).tolist():
        radius = max(0.7, most * math.sqrt(float(visited[row, column])))
        painter.drawEllipse(QPointF((column + 0.5) * wide, size.height() - (row + 0.5) * high), radius, radius)
    painter.end()
    return pixmap
