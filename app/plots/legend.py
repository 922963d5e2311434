"""The legend of a plot: what its points, its line and its ticks stand for, each beside what is drawn."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.panel import Look, Panel
from app.theme import Theme
from core.language import _


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


class Legend(Panel):
    """One line that ends where the plot ends; where it is too narrow for all entries, the last ones are left out."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._entries: tuple[Entry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_entries(self, *entries: Entry) -> None:
        """Show ``entries``, the most needed first."""
        self._entries = entries
        self._retranslate()

    def entries_for(self, width: int) -> tuple[Entry, ...]:
        """Return those entries that have room side by side in ``width`` pixels."""
        left = width + self.look.scale.em(1)
        for index, entry in enumerate(self._entries):
            left -= self._width_of(entry) + self.look.scale.em(1)
            if left < 0:
                return self._entries[:index]
        return self._entries

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
        self.setAccessibleName(", ".join(_(words) for _kind, words, _ink in self._entries))
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the entries from right to left: the line ends where the plot does."""
        painter = QPainter(self)
        painter.setFont(self.look.scale.font("caption"))
        em = self.look.scale.em
        right = self.width()
        for entry in reversed(self.entries_for(self.width())):
            kind, words, ink = entry
            left = right - self._width_of(entry)
            drawn = em(_WIDTHS[kind])
            self._draw(painter, kind, ink, QRectF(left, 0, drawn, self.height()))
            painter.setPen(QColor(self.look.theme.theme.colours.muted))
            where = QRectF(left + drawn + em(_GAP), 0, right - left, self.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, _(words))
            right = left - em(1)
        painter.end()

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
        painter.setPen(ink)
        reach = QPointF(where.width() / 2, 0) if kind is Kind.LINE else QPointF(0, em(0.375))
        painter.drawLine(middle - reach, middle + reach)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self.look.scale.font("caption"))

    def _width_of(self, entry: Entry) -> int:
        kind, words, _ink = entry
        em = self.look.scale.em
        return em(_WIDTHS[kind]) + em(_GAP) + self._metrics().horizontalAdvance(_(words))
