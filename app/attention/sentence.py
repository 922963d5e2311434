"""The sentence itself, coloured by the weights of the token that is picked."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.attention.flow import Placed, lay_out, runs
from app.attention.matrix_drawing import MapContent
from app.attention.picks import Cell, Picks, Side
from app.attention.pixels import Depths, grounds
from app.panel import Look, Panel
from app.scale import TypeSize
from app.theme import Theme
from core.attention.results import Token
from core.language import _

_LINE: Final = 1.5
"""Height of a line, in heights of its type."""
_SIZES: Final[tuple[tuple[TypeSize, int], ...]] = (("title", 60), ("body", 400), ("caption", 1_000_000))
"""Type by the number of tokens it serves."""


class SentenceView(Panel):
    """Shows the text; the picked token is framed, every other wears the colour of its weight.

    In cross-attention the text that is asked stands above the text that asks.
    """

    def __init__(self, look: Look, picks: Picks, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._picks = picks
        self._content: MapContent | None = None
        self._blocks: list[tuple[Side, list[Placed]]] = []
        self._texts: tuple[str, ...] = ()
        self._font = QFont()
        self._ascent = 0.0
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        picks.changed.connect(self._on_picks)
        picks.hovered.connect(self.update)
        self.retranslate()

    def show_map(self, content: MapContent | None, texts: tuple[str, ...]) -> None:
        """Show the text of ``content``."""
        self._content, self._texts = content, texts
        self._lay_out()

    def height_for(self, width: int) -> int:
        """Return the height the text takes at ``width``; as a side effect it's laid out for it."""
        return max(self._place(width), self.look.scale.em(1.5))

    def sizeHint(self) -> QSize:
        """As high as the text needs."""
        return QSize(self.look.scale.em(16), self.height_for(max(self.width(), self.look.scale.em(8))))

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        self._lay_out()

    def retranslate(self) -> None:
        """Renew words."""
        self.setAccessibleName(_("The sentence, coloured by the weights of the picked token"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text."""
        painter = QPainter(self)
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Draw the text onto any surface."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        for side, placed in self._blocks:
            depths = self._depths(side)
            for one in placed:
                self._draw_run(painter, one, depths, side)

    def _draw_run(self, painter: QPainter, one: Placed, depths: Depths | None, side: Side) -> None:
        theme = self.look.theme.theme
        room, token = one.room, one.run.token
        body = room.adjusted(0.5, room.height() * 0.1, -0.5, -room.height() * 0.1)
        ink = theme.colours.text if token is not None else theme.colours.muted
        if token is not None and depths is not None and self._content is not None:
            depth = int(depths[token])
            painter.setPen(Qt.PenStyle.NoPen)
            ground, ink = grounds(self._content.table, theme.colours.window)[depth]
            painter.setBrush(QColor(ground))
            corner = self.look.scale.em(0.1875)
            painter.drawRoundedRect(body, corner, corner)
        painter.setPen(QColor(ink))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, one.run.text)
        if token is not None:
            self._draw_frame(painter, body, self._picks.token_cell(token, side))

    def _draw_frame(self, painter: QPainter, body: QRectF, cell: Cell) -> None:
        colours = self.look.theme.theme.colours
        pinned = self._picks.pinned
        is_pinned = (cell.row is not None and cell.row == pinned.row) or (
            cell.column is not None and cell.column == pinned.column
        )
        is_hovered = cell == self._hovered(cell)
        if is_pinned or is_hovered:
            thick = max(1.0, self.look.scale.em(0.125) * 0.75)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.focus if is_pinned else colours.text), thick))
            corner = self.look.scale.em(0.1875)
            painter.drawRoundedRect(body, corner, corner)

    def _hovered(self, cell: Cell) -> Cell:
        hover = self._picks.hover
        return Cell(row=hover.row) if cell.row is not None else Cell(column=hover.column)

    def _depths(self, side: Side) -> Depths | None:
        """Return the depth of each token of a block, or None where it shows none."""
        along = self._picks.along
        if self._content is None or not self._content.depths.size:
            return None
        depths = self._content.depths
        if along is None:  # nothing is picked: how deep each key is coloured on average
            means: Depths = depths.mean(axis=0).round().astype(np.uint8)
            return means if side in ("column", "both") else None
        way, index = along
        if way == "from" and side in ("column", "both") and index < depths.shape[0]:
            return np.asarray(depths[index])
        if way == "to" and side in ("row", "both") and index < depths.shape[1]:
            return np.asarray(depths[:, index])
        return None

    def _on_picks(self) -> None:
        self.update()

    def _lay_out(self) -> None:
        height = self.height_for(max(1, self.width()))
        if height != self.height():
            self.setFixedHeight(height)
        self.update()

    def _place(self, width: int) -> int:
        self._blocks = []
        content = self._content
        if content is None:
            return 0
        tokens = len(content.rows)
        size = next(size for size, most in _SIZES if tokens <= most)
        self._font = self.look.scale.font(size)
        metrics = QFontMetricsF(self._font)
        line, pad = metrics.height() * _LINE, self.look.scale.em(0.0625)
        sides: list[tuple[Side, tuple[Token, ...], tuple[str, ...]]]
        if content.rows == content.columns:
            sides = [("both", content.rows, self._texts)]
        else:
            sides = [("column", content.columns, self._texts), ("row", content.rows, self._texts)]
        y = 0.0
        for side, these, texts in sides:
            placed, height = lay_out(list(runs(these, texts)), width, metrics.horizontalAdvance, line, pad)
            self._blocks.append((side, [Placed(one.run, one.room.translated(0, y)) for one in placed]))
            y += height + self.look.scale.em(0.25)
        return round(y)

    def _cell_at(self, point: QPointF) -> Cell:
        for side, placed in self._blocks:
            for one in placed:
                if one.run.token is not None and one.room.contains(point):
                    return self._picks.token_cell(one.run.token, side)
        return Cell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the weights of the token under the mouse."""
        self._picks.hover_over(self._cell_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pin the token that is clicked."""
        cell = self._cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell:
            self._picks.pin(cell)

    def leaveEvent(self, event: QEvent) -> None:
        """Show what is pinned again."""
        self._picks.hover_over(Cell())
        super().leaveEvent(event)
