"""The legend of a plot: what its points, its line and its ticks stand for, each beside what is drawn."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.panel import Look, Panel
from app.theme import Theme
from core.language import _, listed


class Kind(Enum):
    """How something is drawn in a plot."""

    POINT = auto()
    DIAMOND = auto()
    LINE = auto()
    TICK = auto()


_WIDTHS: Final = {Kind.POINT: 0.375, Kind.DIAMOND: 0.5, Kind.LINE: 1.0, Kind.TICK: 0.125}
"""Room of what is drawn, in lines of text."""
_GAP: Final = 0.375
"""Between what is drawn and what it stands for."""

Entry = tuple[Kind, str, QBrush | QPen]
"""How it is drawn, what it stands for (marked with ``N_``, or already in the language in use, where whoever shows it
shows it anew in another), and the brush of points and diamonds or the pen of lines and ticks."""

_PARTS: Final = {Qt.PenStyle.DashLine: (0.4, 0.2), Qt.PenStyle.DotLine: (0.2, 0.2)}
"""Shares of a line's mark that a stroke has, and the gap after it."""


class Legend(Panel):
    """A line that ends where the plot ends; where it is too narrow for all entries, the last ones stand below."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._entries: tuple[Entry, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_entries(self, *entries: Entry) -> None:
        """Show ``entries``, the most needed first."""
        self._entries = entries
        self._retranslate()

    def lines_for(self, width: int) -> list[tuple[Entry, ...]]:
        """Return the entries line by line, as many side by side as have room in ``width`` pixels, one at least."""
        lines: list[list[Entry]] = []
        left = 0
        for entry in self._entries:
            room = self._width_of(entry)
            if not lines or room > left:
                lines.append([])
                left = width
            lines[-1].append(entry)
            left -= room + self.look.scale.em(1)
        return [tuple(line) for line in lines]

    def heightForWidth(self, width: int) -> int:
        """The lines of small type that the entries take in ``width`` pixels."""
        return max(1, len(self.lines_for(width))) * self._metrics().height()

    def sizeHint(self) -> QSize:
        """One line of small type, with all entries."""
        gaps = self.look.scale.em(1) * max(0, len(self._entries) - 1)
        return QSize(sum(map(self._width_of, self._entries)) + gaps, self._metrics().height())

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(0, self._metrics().height())

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(listed(_(words) for _kind, words, _ink in self._entries))
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each line from right to left: it ends where the plot does."""
        painter = QPainter(self)
        painter.setFont(self.look.scale.font("caption"))
        height = self._metrics().height()
        for index, line in enumerate(self.lines_for(self.width())):
            right = self.width()
            for entry in reversed(line):
                left = right - self._width_of(entry)
                self._draw_entry(painter, entry, QRectF(left, index * height, right - left, height))
                right = left - self.look.scale.em(1)
        painter.end()

    def _draw_entry(self, painter: QPainter, entry: Entry, where: QRectF) -> None:
        kind, words, ink = entry
        drawn = self.look.scale.em(_WIDTHS[kind])
        self._draw(painter, kind, ink, QRectF(where.left(), where.top(), drawn, where.height()))
        painter.setPen(QColor(self.look.theme.theme.colours.muted))
        beside = where.adjusted(drawn + self.look.scale.em(_GAP), 0, 1, 0)
        painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, _(words))

    def _draw(self, painter: QPainter, kind: Kind, ink: QBrush | QPen, where: QRectF) -> None:
        middle, em = where.center(), self.look.scale.em
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, kind is Kind.POINT)
        if kind is Kind.POINT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(middle, where.width() / 2, where.width() / 2)
            return
        if kind is Kind.DIAMOND:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            half = where.width() / 2
            across, up = QPointF(half * 0.8, 0), QPointF(0, half)
            painter.drawPolygon([middle - up, middle + across, middle + up, middle - across])
            return
        painter.setPen(_whole_strokes(ink, where.width()) if kind is Kind.LINE and isinstance(ink, QPen) else ink)
        reach = QPointF(where.width() / 2, 0) if kind is Kind.LINE else QPointF(0, em(0.375))
        painter.drawLine(middle - reach, middle + reach)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self.look.scale.font("caption"))

    def _width_of(self, entry: Entry) -> int:
        kind, words, _ink = entry
        em = self.look.scale.em
        return em(_WIDTHS[kind]) + em(_GAP) + self._metrics().horizontalAdvance(_(words))


def _whole_strokes(pen: QPen, length: float) -> QPen:
    """Return ``pen`` so that a line of ``length`` begins and ends with a stroke, however wide the pen is.

    A thick dashed line has strokes as long as its mark: it would look like one that is whole.
    """
    parts = _PARTS.get(pen.style())
    if parts is None:
        return pen
    marked = QPen(pen)
    marked.setCapStyle(Qt.PenCapStyle.FlatCap)
    marked.setDashPattern([part * length / max(1.0, pen.widthF()) for part in parts])
    return marked
