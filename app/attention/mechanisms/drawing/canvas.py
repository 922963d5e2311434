"""What the lanes of a drawing are drawn on: the surface, the keys' columns, and small things that all of them use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.attention.drawing.cell_axis import Axis
from app.attention.drawing.indexed_image import enlarged, image
from app.attention.drawing.labels import Labels
from app.explain.symbols import SYMBOLS
from app.fonts import tabular
from app.panel import Look
from core.attention.colormaps import levels
from core.attention.results import Floats

CELLS: Final = 24
"""A vector's box has at most so many cells; longer vectors show the mean of neighbouring numbers in each."""

_TINT: Final = 0.16
"""How strongly a window over the keys colours the ground."""


@dataclass(slots=True)
class Canvas:
    """The surface.

    Attributes:
        painter: draws on it.
        look: colours and sizes.
        axis: the keys' columns.
        labels: the keys' words.
        right: where the room right of the columns ends.
        hovered: the key under the mouse.
        band: where a window lies over the lanes; its edges and its middle are lines.
    """

    painter: QPainter
    look: Look
    axis: Axis
    labels: Labels
    right: float
    hovered: int | None
    band: QRectF = field(default_factory=QRectF)

    def column(self, key: int, room: QRectF, air: float = 0.12) -> QRectF:
        """Return the part of ``room`` over one key, with air at its sides."""
        left, width = self.axis.span(key, key + 1)
        gap = min(width * air, self.look.scale.em(0.5))
        return QRectF(left + gap, room.top(), max(1.0, width - 2 * gap), room.height())

    def hue(self, symbol: str) -> QColor:
        """Return the colour of a symbol; of plain words for none."""
        colours = self.look.theme.theme.colours
        return QColor(SYMBOLS[symbol].colour(colours) if symbol else colours.muted)

    def small(self) -> QFont:
        """Return the type of numbers beside bars."""
        return tabular(self.look.scale.font("caption"))

    def write(
        self, room: QRectF, words: str, colour: str | QColor, where: Qt.AlignmentFlag, font: QFont | None = None
    ) -> None:
        """Write one line, elided where it has no room."""
        font = font or self.look.scale.font("caption")
        self.painter.setFont(font)
        self.painter.setPen(QColor(colour))
        text = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width() + 1)
        self.painter.drawText(room, where | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    def clear(self, words: QRectF) -> None:
        """Take away the window's line that would cross what is written into ``words``."""
        band = self.band
        lines = (band.left(), band.center().x(), band.right())
        if band.top() <= words.center().y() <= band.bottom() and any(words.left() <= x <= words.right() for x in lines):
            self.painter.fillRect(words, QColor(self.look.theme.theme.colours.window))
            self.painter.fillRect(words, tint(self.look))

    def boxes(self, vectors: Floats, room: QRectF, strength: Floats | None = None) -> None:
        """Draw a standing box over each key: violet below zero, white at it, orange above.

        Args:
            vectors: (n, d).
            room: as high as a box.
            strength: (n,) how strongly each is drawn, 0 to 1; None for all of them whole.
        """
        parts = coarse(vectors, CELLS)  # (n, cells)
        most = float(np.abs(parts).max(initial=0)) or 1.0
        rim = QPen(QColor(self.look.theme.theme.colours.border), 1)
        ratio = self.painter.device().devicePixelRatio()
        for key in range(*self.axis.visible()):
            box = self.column(key, room)
            box.setWidth(min(box.width(), self.look.scale.em(1.5)))
            box.moveCenter(self.column(key, room).center())
            height, width = max(1, round(box.height() * ratio)), max(1, round(box.width() * ratio))
            deep = levels((np.clip(parts[key] / most, -1, 1) + 1) / 2)[:, None]
            edges = np.round(np.linspace(0, height, len(deep) + 1)).astype(np.int64)
            picture = image(enlarged(deep, edges, np.array([0, width])), "difference")
            picture.setDevicePixelRatio(ratio)
            self.painter.setOpacity(1.0 if strength is None else 0.12 + 0.88 * float(strength[key]))
            self.painter.drawImage(box.topLeft(), picture)
            self.painter.setOpacity(1.0)
            self.painter.setPen(rim)
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.drawRect(box)


def tint(look: Look) -> QColor:
    """Return what lies over the ground within a window."""
    colour = QColor(look.theme.theme.colours.accent)
    colour.setAlphaF(_TINT)
    return colour


def sized(look: Look, share: float) -> QFont:
    """Return the window's type at a share of its size."""
    font = look.scale.font()
    font.setPointSizeF(font.pointSizeF() * share)
    return font


def coarse(vectors: Floats, cells: int) -> Floats:
    """Return the last axis in at most ``cells`` parts, each the mean of neighbouring numbers: (…, d) → (…, c)."""
    d = vectors.shape[-1]
    if d <= cells:
        return vectors
    edges = np.round(np.linspace(0, d, cells + 1)).astype(np.int64)
    sums = np.add.reduceat(vectors, edges[:-1], axis=-1)
    return (sums / np.diff(edges)).astype(np.float32)


def minus(text: str) -> str:
    """Return a written number with a real minus sign."""
    return text.replace("-", "−")
