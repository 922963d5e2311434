"""On the welcome's card: one sentence as each layer of a real model looks at it."""

from __future__ import annotations

from typing import ClassVar, Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.motion.glide import USUAL
from app.panel import Look
from app.welcome.live_picture import LivePicture, recorded
from core.attention.colormaps import lookup
from core.language import _

_STAYS: Final = 1.0
"""Seconds from one layer to the next, the change itself included."""


class LayersPicture(LivePicture):
    """Walks through the layers' maps; deep red is the largest weight of the layer, as on the tab."""

    STILL: ClassVar[float] = 3.5 * _STAYS

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        found = recorded("attention")
        self._tokens: list[str] = found["tokens"]
        layers = np.array(found["layers"])  # (layers, rows, columns)
        self._maps = layers / layers.max(axis=(1, 2), keepdims=True)

    def moment(self, seconds: float) -> tuple[int, float]:
        """Return which layer is shown after ``seconds``, and how much of it the next one has taken, 0 to 1."""
        at, within = divmod(seconds / _STAYS, 1.0)
        fade = USUAL / 1000 / _STAYS
        return int(at) % len(self._maps), max(0.0, (within - 1 + fade) / fade) if self.is_moving else 0.0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the map with its words, and say which layer it is."""
        layer, share = self.moment(self.seconds)
        weights = (1 - share) * self._maps[layer] + share * self._maps[(layer + 1) % len(self._maps)]
        em, colours = self.look.scale.em, self.look.theme.theme.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.stage))
        font = self.look.scale.font("caption")
        painter.setFont(font)
        line = QFontMetricsF(font).height()
        painter.setPen(QColor(colours.muted))
        where = QRectF(self.rect()).adjusted(em(0.5), em(0.375), -em(0.5), -em(0.375))
        words = _("Layer {number} (0 to {last})").format(number=layer, last=len(self._maps) - 1)
        painter.drawText(where, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, words)
        count = len(self._tokens)
        top = where.top() + line + em(0.25)
        cell = min((where.bottom() - top - line) / count, (where.width() - 2 * line) / count)
        top += (where.bottom() - top - line - cell * count) / 2
        left = self.width() / 2 - cell * count / 2
        table = lookup("red")
        painter.setPen(QColor(colours.text))
        for index, token in enumerate(self._tokens):
            above = QRectF(left + index * cell - line, top, cell + 2 * line, line)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, token)
            beside = QRectF(left - 2 * line, top + line + index * cell, 1.75 * line, cell)
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, token)
        for row in range(count):
            for column in range(count):
                red, green, blue = table[round(255 * min(1.0, float(weights[row, column])))].tolist()
                square = QRectF(left + column * cell, top + line + row * cell, cell, cell)
                painter.fillRect(square.adjusted(0.5, 0.5, -0.5, -0.5), QColor(red, green, blue))
        painter.end()
