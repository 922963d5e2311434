"""The text written twice with a line for each weight: what asks on one side, what is asked on the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.attention.labels import SMALLEST, sparse, written
from app.attention.matrix_drawing import MapContent
from app.attention.picks import Cell, Picks
from app.attention.pixels import colour
from app.panel import Look, Panel
from app.theme import Theme
from core.language import N_, _

MOST_LINES: Final = 1200
"""The strongest so many are drawn: more could not be told apart."""
_FAINTEST: Final = 10
"""Depths (of 255) below it are not drawn."""


@dataclass(frozen=True, slots=True)
class _SideLayout:
    """Where the words of one side lie.

    Attributes:
        start: where the first one's slot begins, along the side.
        slot: room for each, along the side.
        margin: how far the lines' ends lie from the edge: the words stand between.
        widest: width of the widest word.
    """

    start: float = 0.0
    slot: float = 1.0
    margin: float = 0.0
    widest: float = 1.0


class Lines(Panel):
    """Draws queries on one side and keys on the other: side by side, or one above the other where that fits better."""

    def __init__(self, look: Look, picks: Picks, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._picks = picks
        self._content: MapContent | None = None
        self._words: tuple[list[str], list[str]] = ([], [])
        self._names = (N_("query"), N_("key"))
        self._level = False
        self._sides = (_SideLayout(), _SideLayout())
        self._font = QFont()
        self._base: QPixmap | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.say(self.setAccessibleName, N_("The sentence twice, with a line for each weight"))
        picks.changed.connect(self._redraw)
        picks.hovered.connect(self._redraw)

    def name_sides(self, first: str, second: str) -> None:
        """Call the two sides ``first`` and ``second``, marked with ``N_``."""
        self._names = (first, second)
        self._redraw()

    def show_map(self, content: MapContent | None) -> None:
        """Show ``content``; None shows nothing."""
        self._content = content
        self._words = (
            ([written(token) for token in content.rows], [written(token) for token in content.columns])
            if content is not None
            else ([], [])
        )
        self._redraw()

    def sizeHint(self) -> QSize:
        """Room for a short sentence."""
        return QSize(self.look.scale.em(16), self.look.scale.em(12))

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        self.setMinimumSize(self.look.scale.em(8), self.look.scale.em(5))
        self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new room."""
        super().resizeEvent(event)
        self._redraw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the kept picture."""
        ratio = self.devicePixelRatioF()
        if self._base is None or self._base.devicePixelRatio() != ratio:
            self._base = QPixmap(self.size() * ratio)
            self._base.setDevicePixelRatio(ratio)
            self._base.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._base)
            self.draw(painter)
            painter.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._base)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Draw words and lines onto any surface."""
        content = self._content
        if content is None or not content.depths.size:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._lay_out()
        for row, column, strength in self._strongest(content):
            pen = QPen(self._line_colour(content, row, column, strength))
            pen.setWidthF(max(1.0, self.look.scale.em(0.125) * (0.5 + strength)))
            painter.setPen(pen)
            painter.drawLine(QLineF(self._end(0, row), self._end(1, column)))
        for side, words in enumerate(self._words):
            self._write(painter, side, words)
        self._write_names(painter)

    def _write_names(self, painter: QPainter) -> None:
        """Name the two sides, on a ground that keeps lines away."""
        colours = self.look.theme.theme.colours
        painter.setFont(self.look.scale.font("caption"))
        for side, name in enumerate(self._names):
            room = self._heading_rect(side)
            words = painter.boundingRect(room, self._alignment(side), _(name))
            ground = QColor(colours.window)
            ground.setAlphaF(0.85)
            painter.fillRect(words, ground)
            painter.setPen(QColor(colours.muted))
            painter.drawText(room, self._alignment(side), _(name))

    def _lay_out(self) -> None:
        """Choose the way in which words have more room, and where they lie."""
        font = self.look.scale.font()
        metrics = QFontMetricsF(font)
        em, names = self.look.scale.em, QFontMetricsF(self.look.scale.font("caption")).height() * 1.25
        count = max(1, *(len(words) for words in self._words))
        widths = [max((metrics.horizontalAdvance(word) for word in set(words)), default=1.0) for words in self._words]
        across = self.width() / count / max(max(widths) * 1.15, 1.0)
        down = (self.height() - names) / count / metrics.height()
        # Side by side also needs room for both words and lines between them.
        if self.width() < 2.2 * max(widths) + em(3):
            down *= 0.5
        self._level = across >= down
        fitted = max(SMALLEST, min(1.0, across if self._level else down))
        font.setPointSizeF(self.look.scale.point_size() * fitted)
        self._font = font
        sides = []
        for words, width in zip(self._words, widths, strict=True):
            room = self.width() if self._level else self.height() - names
            slot = min(room / max(1, len(words)), float(em(6 if self._level else 3.5)))
            if self._level:
                start, margin = (room - slot * len(words)) / 2, metrics.height() * fitted + em(0.375)
            else:
                start, margin = names, min(width * fitted, self.width() * 0.35) + em(0.5)
            sides.append(_SideLayout(start, slot, margin, width * fitted))
        self._sides = (sides[0], sides[1])

    def _end(self, side: int, index: int) -> QPointF:
        layout = self._sides[side]
        at, margin = layout.start + (index + 0.5) * layout.slot, layout.margin
        if self._level:
            return QPointF(at, margin if side == 0 else self.height() - margin)
        return QPointF(margin if side == 0 else self.width() - margin, at)

    def _word_rect(self, side: int, index: int) -> QRectF:
        end, slot, margin = self._end(side, index), self._sides[side].slot, self._sides[side].margin
        if self._level:
            return QRectF(end.x() - slot / 2, 0 if side == 0 else self.height() - margin, slot, margin)
        return QRectF(0 if side == 0 else self.width() - margin, end.y() - slot / 2, margin, slot)

    def _heading_rect(self, side: int) -> QRectF:
        height = QFontMetricsF(self.look.scale.font("caption")).height()
        if self._level:
            margin = self._sides[side].margin
            return QRectF(0, margin if side == 0 else self.height() - margin - height, self.width(), height)
        return QRectF(0, 0, self.width(), height)

    def _alignment(self, side: int) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignLeft if self._level or side == 0 else Qt.AlignmentFlag.AlignRight

    def _strongest(self, content: MapContent) -> list[tuple[int, int, float]]:
        """Return (row, column, strength) of the lines to draw, the weakest first."""
        depths = content.depths.astype(np.int32)
        keep = depths >= _FAINTEST
        sweep = self._picks.sweep
        if sweep:
            swept = np.zeros_like(keep)
            swept[slice(*sweep.rows) if sweep.rows else slice(None),
                  slice(*sweep.columns) if sweep.columns else slice(None)] = True  # fmt: skip
            keep &= swept
        rows, columns = np.nonzero(keep)
        order = np.argsort(depths[rows, columns], kind="stable")[-MOST_LINES:]
        return [
            (int(row), int(column), float(depths[row, column]) / 255)
            for row, column in zip(rows[order], columns[order], strict=True)
        ]

    def _line_colour(self, content: MapContent, row: int, column: int, strength: float) -> QColor:
        """Return one colour for all lines, the fainter the smaller the weight; what isn't picked nearly goes."""
        shade = colour(content.table, 0.55 if self.look.theme.theme.dark else 0.85)
        ink = QColor.fromRgb(shade)
        along = self._picks.along
        aside = along is not None and (row if along[0] == "from" else column) != along[1]
        ink.setAlphaF((0.08 + 0.92 * strength**0.75) * (0.05 if aside else 1.0))
        return ink

    def _write(self, painter: QPainter, side: int, words: list[str]) -> None:
        colours = self.look.theme.theme.colours
        metrics, layout = QFontMetricsF(self._font), self._sides[side]
        room = layout.slot
        needed = layout.widest if self._level else metrics.height()
        every = sparse(needed * 0.95 / max(room, 1e-6))
        pinned = self._picks.pinned.row if side == 0 else self._picks.pinned.column
        shown = self._picks.shown.row if side == 0 else self._picks.shown.column
        bold = QFont(self._font)
        bold.setBold(True)
        for index, word in enumerate(words):
            marked = index in (pinned, shown)
            if index % every and not marked:
                continue
            where = self._word_rect(side, index)
            painter.setFont(bold if marked else self._font)
            text = metrics.elidedText(
                word, Qt.TextElideMode.ElideMiddle, (room * every if self._level else self.width() * 0.35) + 1
            )
            if self._level:
                flag = Qt.AlignmentFlag.AlignHCenter | (
                    Qt.AlignmentFlag.AlignTop if side == 0 else Qt.AlignmentFlag.AlignBottom
                )
            else:
                flag = Qt.AlignmentFlag.AlignVCenter | (
                    Qt.AlignmentFlag.AlignLeft if side == 0 else Qt.AlignmentFlag.AlignRight
                )
            painter.setPen(QColor(colours.focus if index == pinned else colours.text))
            painter.drawText(where, flag | Qt.TextFlag.TextDontClip | Qt.TextFlag.TextSingleLine, text)

    def _cell_at(self, point: QPointF) -> Cell:
        content = self._content
        if content is None:
            return Cell()
        for side, words in enumerate(self._words):
            for index in range(len(words)):
                if self._word_rect(side, index).contains(point):
                    return Cell(row=index) if side == 0 else Cell(column=index)
        return Cell()

    def _redraw(self) -> None:
        self._base = None
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the lines of the word under the mouse."""
        self._picks.hover_over(self._cell_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pin the word that is clicked."""
        cell = self._cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton:
            if cell:
                self._picks.pin(cell)
            else:
                self._picks.clear()

    def leaveEvent(self, event: QEvent) -> None:
        """Show what is pinned again."""
        self._picks.hover_over(Cell())
        super().leaveEvent(event)
