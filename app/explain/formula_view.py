"""One formula, typeset, whose symbols have their hues and can be pointed at."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.explain.stepper import Stepper, Stop
from app.explain.symbols import SYMBOLS
from app.panel import Look
from app.theme import Theme
from core.formulas import SIZE, coloured, occurrences, symbols_of

_TYPE: Final = 0.9
"""Height of a formula's type as a part of a line of body text."""
_TINT: Final = 0.3
"""How much of its hue the ground of a lit symbol takes."""


def room_for(formula: str) -> float:
    """Return the lines of body text that a formula is given, before and after its picture has come."""
    if r"{\sum" in formula and r"\frac" in formula:  # a sum below the bar of a fraction
        return 3.25
    if r"\left(" in formula and r"\frac" in formula:  # brackets reach beyond what they hold
        return 2.625
    if r"\sqrt" in formula:
        return 3.0 if "^{(" in formula else 2.625
    return 2.375 if r"\frac" in formula or r"\sum" in formula else 1.375


class FormulaView(Stepper):
    """Draws a formula at the left, at the size of the text around it, smaller where it is too wide."""

    def __init__(self, look: Look, formula: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.formula = formula
        self._svg = ""
        self._groups: list[tuple[str, str]] = []
        self._renderer = QSvgRenderer(self)
        self.set_stops([Stop(symbol=symbol) for symbol in symbols_of(formula)])
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(spoken(formula))

    @property
    def has_picture(self) -> bool:
        """Whether the formula is drawn; until then its room is."""
        return bool(self._svg)

    def show_picture(self, svg: str) -> None:
        """Draw ``svg``, as ``core.formulas`` makes it."""
        if svg != self._svg:
            self._svg = svg
            self._groups = occurrences(svg)
            self._paint_anew()

    @property
    def natural_width(self) -> float:
        """How wide the formula is at the size of the text around it; 0 until it is drawn."""
        return self._renderer.viewBoxF().width() * self.look.scale.line * _TYPE / SIZE if self._svg else 0.0

    def fill_of(self, stop: int) -> str:
        """Return the colour in which the symbol of that number is drawn now."""
        symbol, theme = SYMBOLS[self._groups[stop][1]], self.look.theme.theme
        return theme.colours.text if symbol.id == self.lit else symbol.colour(theme.colours)

    def stop_at(self, place: QPoint) -> int:
        """Return the number of the stop at ``place`` or a little beside it, or −1."""
        under = [at for at in range(len(self._groups)) if self.place_of(at).contains(place)]
        # The room of a large symbol reaches into that of its index.
        return min(under, key=lambda at: (self.place_of(at).center() - place).manhattanLength(), default=-1)

    def place_of(self, stop: int) -> QRect:
        """Return the room of the symbol of that number; all of it while nothing is drawn."""
        if not self._groups:
            return self.rect()
        bounds, view, room = (
            self._renderer.boundsOnElement(self._groups[stop][0]), self._renderer.viewBoxF(), self._drawn()
        )  # fmt: skip
        factor = room.width() / view.width()
        corner = (bounds.topLeft() - view.topLeft()) * factor + room.topLeft()
        margin = self.look.scale.em(0.125)
        found = QRectF(corner, bounds.size() * factor).adjusted(-margin, -margin, margin, margin)
        return found.toAlignedRect()

    def sizeHint(self) -> QSize:
        """The formula's room."""
        return QSize(self.look.scale.em(16), self.look.scale.em(room_for(self.formula)))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the column wants it: the drawing shrinks."""
        return QSize(self.look.scale.em(4), self.look.scale.em(room_for(self.formula)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the formula, or a quiet bar in its place."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self.look.scale.em(0.25)
        if self._svg:
            self._draw_lit(painter, radius)
            self._renderer.render(painter, self._drawn())
            self.draw_focus(painter)
        else:
            line = self.look.scale.line
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.look.theme.theme.colours.border))
            painter.drawRoundedRect(QRectF(0, (self.height() - line / 2) / 2, line * 6, line / 2), radius, radius)
        painter.end()

    def _draw_lit(self, painter: QPainter, radius: float) -> None:
        """Draw a tinted ground with a bar below: an index that reaches into it can still be read."""
        painter.setPen(Qt.PenStyle.NoPen)
        for stop, (_group, symbol) in enumerate(self._groups):
            if symbol == self.lit:
                place, bar = self.place_of(stop), max(2, round(self.look.scale.line / 10))
                hue = QColor(SYMBOLS[symbol].colour(self.look.theme.theme.colours))
                painter.setBrush(hue)
                painter.drawRect(place.left(), place.bottom() + 1 - bar, place.width(), bar)
                hue.setAlphaF(_TINT)
                painter.setBrush(hue)
                painter.drawRoundedRect(place, radius, radius)

    def _drawn(self) -> QRectF:
        """Where the picture is drawn: at the left, in the middle of the room's height."""
        size = self._renderer.viewBoxF().size()
        left = self.look.scale.em(0.125)  # so that the ground of a first letter is whole
        factor = min(
            self.look.scale.line * _TYPE / SIZE, (self.width() - left) / max(1.0, size.width()),
            self.height() / max(1.0, size.height()),
        )  # fmt: skip
        height = size.height() * factor
        return QRectF(left, (self.height() - height) / 2, size.width() * factor, height)

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self._paint_anew()

    def _show_lit(self) -> None:
        self._paint_anew()

    def _paint_anew(self) -> None:
        if self._svg:
            hues = {group: self.fill_of(stop) for stop, (group, _symbol) in enumerate(self._groups)}
            svg = coloured(self._svg, self.look.theme.theme.colours.text, hues)
            self._renderer.load(QByteArray(svg.encode()))
        self.update()


def spoken(formula: str) -> str:
    """Return the formula for screen readers: LaTeX with the symbols as they are written."""
    for symbol in dict.fromkeys(symbols_of(formula)):
        formula = formula.replace(rf"\sym{{{symbol}}}", SYMBOLS[symbol].written)
    return formula
