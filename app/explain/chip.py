"""A symbol's mark and letter as a chip: in the list of symbols, and beside a part of a picture that is lit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.explain.symbols import Symbol
from app.panel import Look, Panel
from app.scale import TYPE_SIZES, TypeSize
from app.theme import Theme


class SymbolChip(Panel):
    """A symbol's mark and letter in its hue; filled with the hue while it is lit."""

    def __init__(self, look: Look, symbol: Symbol, parent: QWidget | None = None, *, size: TypeSize = "body") -> None:
        super().__init__(look, parent)
        self._symbol = symbol
        self._size: TypeSize = size
        self._lit = False
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_lit(self, lit: bool) -> None:
        """Fill it, or no longer."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def sizeHint(self) -> QSize:
        """Room for mark, letter and index."""
        width = sum(self._metrics(font).horizontalAdvance(text) for text, font, _low in self._parts())
        return QSize(round(width) + self.look.scale.em(0.25), round(self._line * 1.25))

    def minimumSizeHint(self) -> QSize:
        """The same: it is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.look.theme.theme
        hue = self._symbol.colour(theme.colours)
        if self._lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(hue))
            radius = self.look.scale.em(0.25)
            painter.drawRoundedRect(QRectF(0, 0, self.sizeHint().width(), self.height()), radius, radius)
        painter.setPen(QColor(theme.ink_on(hue) if self._lit else hue))
        left = float(self.look.scale.em(0.125))
        body = self._metrics(self.look.scale.font(self._size))
        baseline = (self.height() + body.ascent() - body.descent()) / 2
        for text, font, low in self._parts():
            painter.setFont(font)
            painter.drawText(QPoint(round(left), round(baseline + low)), text)
            left += self._metrics(font).horizontalAdvance(text)
        painter.end()

    def _parts(self) -> list[tuple[str, QFont, float]]:
        """Return text, font and how far below the line it stands, from left to right."""
        small = self.look.scale.font("caption")
        letter = self.look.scale.font(self._size, bold=True)
        letter.setItalic(len(self._symbol.glyph) == 1)
        parts = [(self._symbol.mark + " ", small, 0.0), (self._symbol.glyph, letter, 0.0)]
        if self._symbol.index:
            parts.append((self._symbol.index, small, self._line * 0.2))
        return parts

    @property
    def _line(self) -> float:
        """Height of a line of its letter."""
        return self.look.scale.line * TYPE_SIZES[self._size]

    def _metrics(self, font: QFont) -> QFontMetricsF:
        return QFontMetricsF(font)

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()
