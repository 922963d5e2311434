"""Short texts that are written over and over: a map has hundreds of numbers and labels, of which few differ."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QStaticText, QTransform

_MOST: Final = 4000
"""Texts kept: those of several long sentences, in the two or three sizes they are written in while one types."""


class _Shaped(NamedTuple):
    text: QStaticText
    width: float
    height: float


class ShapedText:
    """Writes short texts; finding their glyphs takes longer than drawing them, and is done once for each and type."""

    def __init__(self) -> None:
        self._font = QFont()
        self._type = ""
        self._shaped: dict[tuple[str, str], _Shaped] = {}

    def begin(self, painter: QPainter, font: QFont) -> None:
        """Write in ``font`` from here on."""
        painter.setFont(font)
        self._font, self._type = font, f"{font.key()} {font.featureTags()}"
        if len(self._shaped) > _MOST:
            self._shaped.clear()

    def write(self, painter: QPainter, place: QPointF, words: str) -> None:
        """Write ``words`` with their upper left corner at ``place``."""
        painter.drawStaticText(place, self._of(words).text)

    def write_around(self, painter: QPainter, x: float, y: float, words: str) -> None:
        """Write ``words`` with the point (``x``, ``y``) in their middle."""
        shaped = self._of(words)
        painter.drawStaticText(QPointF(x - shaped.width / 2, y - shaped.height / 2), shaped.text)

    def width(self, words: str) -> float:
        """Return how wide ``words`` are."""
        return self._of(words).width

    def _of(self, words: str) -> _Shaped:
        shaped = self._shaped.get((self._type, words))
        if shaped is None:
            text = QStaticText(words)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(QTransform(), self._font)
            size = text.size()
            shaped = self._shaped[self._type, words] = _Shaped(text, size.width(), size.height())
        return shaped
