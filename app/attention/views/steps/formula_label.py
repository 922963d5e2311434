"""A typeset formula as a widget, its symbols in their hues; before its picture has come, its room is kept."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.explain.symbols import SYMBOLS
from app.panel import Look, Panel
from app.theme import Theme
from core.formulas import SIZE, coloured, occurrences


class Formula(Panel):
    """Draws one formula at the size of the text around it."""

    def __init__(self, look: Look, lines: float, spoken: str, parent: QWidget | None = None) -> None:
        """Keep room for a formula.

        Args:
            look: colours and sizes.
            lines: height of the room, in lines of body text.
            spoken: what a screen reader says.
            parent: the widget it lies in.
        """
        super().__init__(look, parent)
        self._lines = lines
        self._svg = ""
        self._renderer = QSvgRenderer(self)
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_picture(self, svg: str) -> None:
        """Draw ``svg``, as ``core.formulas`` makes it."""
        if svg != self._svg:
            self._svg = svg
            self._restyle(self.look.theme.theme)

    def sizeHint(self) -> QSize:
        """The formula's own size, never higher than its room."""
        height = self.look.scale.em(self._lines)
        size = self._renderer.defaultSize()
        if not self._svg or size.isEmpty():
            return QSize(self.look.scale.em(8), height)
        return QSize(round(size.width() * self._factor(height)) + 2, height)

    def minimumSizeHint(self) -> QSize:
        """As small as the column wants it: the drawing shrinks."""
        return QSize(self.look.scale.em(2), self.look.scale.em(self._lines))

    def _restyle(self, theme: Theme) -> None:
        if self._svg:
            hues = {group: SYMBOLS[symbol].colour(theme.colours) for group, symbol in occurrences(self._svg)}
            self._renderer.load(QByteArray(coloured(self._svg, theme.colours.text, hues).encode()))
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the formula in the middle of its line, at the left."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QRectF(self.rect()))
        painter.end()

    def draw(self, painter: QPainter, room: QRectF) -> None:
        """Draw the formula into ``room`` of any surface."""
        if self._svg:
            size = self._renderer.defaultSize()
            factor = min(self._factor(room.height()), room.width() / max(1, size.width()))
            width, height = size.width() * factor, size.height() * factor
            top = room.top() + (room.height() - height) / 2
            self._renderer.render(painter, QRectF(room.left(), top, width, height))

    def _factor(self, height: float) -> float:
        size = self._renderer.defaultSize()
        as_text = self.look.scale.line * 0.85 / SIZE
        return min(as_text, height / max(1, size.height()))
