"""The article's code beside the strips: the line that runs is lit, and what a correction that is off does is struck."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.explain.symbols import SYMBOLS
from app.fonts import code_font
from app.panel import Look, Panel, Themed
from app.policy_gradient.anatomy.code_lines import code_lines
from app.policy_gradient.anatomy.rows import ROWS
from app.theme import Theme
from core.language import N_
from core.policy_gradient.anatomy.findings import Corrections

_SYMBOL_OF: Final = {spec.id: spec.symbol for spec in ROWS}
_TINT: Final = 0.3
"""How much of its symbol's hue the ground of a lit line takes."""


class CodeView(Themed, QScrollArea):
    """All lines, scrolled to those that run."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.follow(look)
        self.lines = _Lines(look)
        self.setWidget(self.lines)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bind_text(self.setAccessibleName, N_("The article's code"))

    @property
    def lit(self) -> frozenset[int]:
        """The lines that run, from 0."""
        return self.lines.lit

    def show_corrections(self, corrections: Corrections) -> None:
        """Strike the lines that do not run with these corrections."""
        self.lines.show_corrections(corrections)

    def light(self, numbers: frozenset[int]) -> None:
        """Light these lines, and have them in view."""
        if numbers == self.lines.lit:
            return
        self.lines.light(numbers)
        if numbers:
            place = self.lines.place_of(min(numbers)) | self.lines.place_of(max(numbers))
            air = self.lines.line_height
            self.ensureVisible(0, place.top(), 0, air)
            self.ensureVisible(0, place.bottom(), 0, air)

    def sizeHint(self) -> QSize:
        """As wide as its lines."""
        return self.lines.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """A few lines."""
        return QSize(self.look.scale.em(10), 6 * self.lines.line_height)


class _Lines(Panel):
    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look.of_pictures, parent)
        self.lit: frozenset[int] = frozenset()
        self._corrections = Corrections()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def line_height(self) -> int:
        """Pixels from line to line."""
        return round(QFontMetrics(self._code_font()).height() * 1.1)

    def show_corrections(self, corrections: Corrections) -> None:
        if corrections != self._corrections:
            self._corrections = corrections
            self.update()

    def light(self, numbers: frozenset[int]) -> None:
        self.lit = numbers
        lines = code_lines()
        self.setAccessibleDescription("\n".join(lines[number].text.strip() for number in sorted(numbers)))
        self.update()

    def place_of(self, number: int) -> QRect:
        """Return where a line is."""
        return QRect(0, self._margin + number * self.line_height, self.width(), self.line_height)

    def sizeHint(self) -> QSize:
        lines, metrics = code_lines(), QFontMetrics(self._code_font())
        width = max(metrics.horizontalAdvance(line.text) for line in lines) + 2 * self.look.scale.em(0.5)
        return QSize(width, 2 * self._margin + len(lines) * self.line_height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def _margin(self) -> int:
        return self.look.scale.em(0.375)

    def _code_font(self) -> QFont:
        return code_font(self.look.scale.point_size("caption"))

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the lines."""
        painter = QPainter(self)
        colours = self.look.theme.theme.colours
        painter.fillRect(event.rect(), QColor(colours.stage))
        font, struck = self._code_font(), self._code_font()
        struck.setStrikeOut(True)
        bar, left = max(2, self.look.scale.em(0.1875)), self.look.scale.em(0.5)
        for number, line in enumerate(code_lines()):
            place = self.place_of(number)
            if number in self.lit:
                hue = QColor(SYMBOLS[_SYMBOL_OF[line.row]].colour(colours))  # type: ignore[index]  # a lit line has a row
                painter.fillRect(QRect(0, place.top(), bar, place.height()), hue)
                hue.setAlphaF(_TINT)
                painter.fillRect(place, hue)
            in_use = line.is_in_use(self._corrections)
            painter.setFont(font if in_use else struck)
            ink = colours.text if number in self.lit else colours.muted if in_use else colours.disabled
            painter.setPen(QColor(ink))
            painter.drawText(place.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, line.text)
        painter.end()
