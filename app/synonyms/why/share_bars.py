"""What speaks for and against a pair, as bars to either side of a line, in log-odds; all together are the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.explain.links import SymbolLinks
from app.fonts import tabular
from app.panel import Look, Panel
from app.theme import Theme
from core.language import _

_ROW: Final = 1.75
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One bar.

    Attributes:
        name: what it is of.
        share: in log-odds; above 0 it speaks for synonyms.
        note: what else is known of it.
        is_part: it is one of those that are added up; else where they begin, or their sum.
    """

    name: str
    share: float
    note: str = ""
    is_part: bool = True


class ShareBars(Panel):
    """Names, bars and numbers."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.rows: tuple[ShareRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: tuple[ShareRow, ...]) -> None:
        """Show ``rows``, from above down."""
        self.rows = rows
        told = [f"{row.name} {signed(row.share)} {row.note}".strip() for row in rows]
        self.setAccessibleName(_("What speaks for and against the pair"))
        self.setAccessibleDescription("; ".join(told))
        self.updateGeometry()
        self.update()

    def link_symbols(self, links: SymbolLinks) -> None:
        """Let what is added up stand for x, and its bars for w."""
        links.add("x", self, self._names_rects)
        links.add("w", self, self._parts_rects)

    def _names_rects(self) -> tuple[QRectF, ...]:
        return tuple(QRectF(0, rect.top(), rect.left(), rect.height()) for rect in self._parts_rects())

    def _parts_rects(self) -> tuple[QRectF, ...]:
        parts = [number for number, row in enumerate(self.rows) if row.is_part]
        if not parts:
            return ()
        bars = self._bars()
        return (QRectF(bars[0], self._top(parts[0]), bars[1], self._top(parts[-1] + 1) - self._top(parts[0])),)

    def sizeHint(self) -> QSize:
        """One line a bar."""
        return QSize(self.look.scale.em(24), round(self._top(len(self.rows))) + self.look.scale.em(0.5))

    def minimumSizeHint(self) -> QSize:
        """As tall as wished, and narrow."""
        return QSize(self.look.scale.em(14), self.sizeHint().height())

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def _top(self, number: int) -> float:
        return self.look.scale.em(_ROW) * number

    def _bars(self) -> tuple[float, float]:
        """Return where the bars begin, and how much room they have."""
        em = self.look.scale.em
        metrics = QFontMetricsF(self.look.scale.font(bold=True))
        names = max((metrics.horizontalAdvance(row.name) for row in self.rows), default=0.0)
        left = min(names + em(1), self.width() * 0.42)
        notes = max((self._note_width(row) for row in self.rows), default=0.0)
        return left, max(em(5), self.width() - left - self._number_room - notes)

    @property
    def _number_room(self) -> float:
        metrics = QFontMetricsF(tabular(self.look.scale.font(bold=True)))
        return metrics.horizontalAdvance("−00.00") + self.look.scale.em(0.75)

    def _note_width(self, row: ShareRow) -> float:
        if not row.note:
            return 0.0
        return QFontMetricsF(tabular(self.look.scale.font("caption"))).horizontalAdvance(row.note) + self.look.scale.em(
            1
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all bars on one scale, and the line of 0."""
        if not self.rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.look.theme.theme.colours
        left, wide = self._bars()
        most = max(abs(row.share) for row in self.rows) or 1.0
        zero, scale = left + wide / 2, wide / 2 / most
        painter.setPen(QPen(QColor(colours.outline), 1))
        painter.drawLine(QPointF(zero, 0), QPointF(zero, self._top(len(self.rows))))
        for number, row in enumerate(self.rows):
            self._paint_row(painter, number, row, (left, zero, scale, left + wide))
        painter.end()

    def _paint_row(
        self, painter: QPainter, number: int, row: ShareRow, across: tuple[float, float, float, float]
    ) -> None:
        em, colours = self.look.scale.em, self.look.theme.theme.colours
        left, zero, scale, right = across
        line = QRectF(0, self._top(number), self.width(), em(_ROW))
        if not row.is_part:
            painter.fillRect(line.adjusted(0, em(0.125), 0, -em(0.125)), QColor(colours.hover))
        font = self.look.scale.font(bold=not row.is_part)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        room = QRectF(em(0.25), line.top(), left - em(0.75), line.height())
        painter.drawText(
            room, _LEFT, QFontMetricsF(font).elidedText(row.name, Qt.TextElideMode.ElideRight, room.width())
        )
        tall = em(0.75)
        start, end = sorted((zero, zero + row.share * scale))
        bar = QRectF(start, line.center().y() - tall / 2, end - start, tall)
        painter.fillRect(
            bar, QColor(colours.muted if not row.is_part else colours.yes if row.share > 0 else colours.no)
        )
        painter.setFont(tabular(font))
        number_room = QRectF(right, line.top(), self._number_room, line.height())
        painter.drawText(number_room, _RIGHT, signed(row.share))
        if row.note:
            painter.setFont(tabular(self.look.scale.font("caption")))
            painter.setPen(QColor(colours.muted))
            painter.drawText(line.adjusted(0, 0, -em(0.25), 0), _RIGHT, row.note)


def signed(share: float) -> str:
    """Return two places with a sign as wide as a digit."""
    return f"{share:+.2f}".replace("-", "−")
