"""The sentence itself, coloured by the weights of the token that is picked."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPaintEngine, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.attention.drawing.heatmap import MapContent
from app.attention.drawing.indexed_image import Intensities
from app.attention.drawing.token_flow import Flow, Line, runs
from app.attention.selection import Cell, Selection, Side
from app.panel import Look, Panel
from app.scale import TypeSize
from app.theme import Theme
from app.widgets.weight_colours import grounds
from core.attention.results import Token
from core.language import _

_LINE: Final = 1.5
"""Height of a line, in heights of its type."""
_SIZES: Final[tuple[tuple[TypeSize, int], ...]] = (("title", 60), ("body", 400), ("caption", 1_000_000))
"""Type by the number of tokens it serves."""


class HighlightedText(Panel):
    """Shows the text; the picked token is framed, every other wears the colour of its weight.

    In cross-attention the text that is asked stands above the text that asks.
    """

    def __init__(self, look: Look, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._selection = selection
        self._content: MapContent | None = None
        self._texts: tuple[str, ...] = ()
        self._flows: list[tuple[Side, Flow]] = []
        self._seen: object = None
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        selection.changed.connect(self._on_selection)
        selection.hovered.connect(self._on_hovered)
        self._retranslate()

    def show_map(self, content: MapContent | None, texts: tuple[str, ...]) -> None:
        """Show the text of ``content``."""
        before, self._content = self._content, content
        same = (
            before is not None
            and content is not None
            and (before.rows, before.columns) == (content.rows, content.columns)
        )
        if not same or texts != self._texts:
            self._texts = texts
            self._shape()
        self._seen = self._in_sight()
        self._fit()

    def height_for(self, width: int) -> int:
        """Return the height the text takes at ``width``."""
        between = self.look.scale.em(0.25) * max(0, len(self._flows) - 1)
        heights = (flow.height(width) for _side, flow in self._flows)
        return max(math.ceil(sum(heights) + between), self.look.scale.em(1.5))

    def height_within(self, width: int, most: int) -> int:
        """Return the height the text takes at ``width``, or as many whole lines as ``most`` pixels hold."""
        whole = self.height_for(width)
        if whole <= most or not self._flows:
            return whole
        line = self._flows[0][1].line_height
        return round(max(1, int(most // line)) * line)

    def rooms_of(self, token: int, side: Side = "both") -> list[QRectF]:
        """Return where a token of a block lies, one room for each line it stands on."""
        return [
            one.room.translated(0, top)
            for here, top, flow in self._blocks()
            for line in flow.lines(self._width())
            for one in line.placed
            if (here, one.token) == (side, token)
        ]

    def sizeHint(self) -> QSize:
        """As high as the text needs."""
        return QSize(self.look.scale.em(16), self.height_for(max(self.width(), self.look.scale.em(8))))

    def _restyle(self, _theme: Theme) -> None:
        self._shape()
        self._fit()

    def _retranslate(self) -> None:
        self.setAccessibleName(_("The sentence, coloured by the weights of the selected token"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines that are in sight."""
        painter = QPainter(self)
        self.draw(painter, QRectF(event.rect()))
        painter.end()

    def draw(self, painter: QPainter, part: QRectF | None = None) -> None:
        """Draw the text, or the lines of it that lie in ``part``, onto any surface."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Qt's drawings into files know no clip, so there the words carry their inks themselves.
        clips = painter.paintEngine().type() != QPaintEngine.Type.SVG
        for side, top, flow in self._blocks():
            wear = self._wear(side)
            if not clips:
                flow.dye(
                    {None: QColor(self.look.theme.theme.colours.muted)} | {i: QColor(w[1]) for i, w in wear.items()}
                )
            painter.save()
            painter.translate(0, top)
            for line in flow.lines(self._width()):
                if part is None or line.room.translated(0, top).intersects(part):
                    self._draw_grounds(painter, line, wear)
                    self._draw_words(painter, line, wear if clips else {})
                    for one in line.placed:
                        self._draw_frame(painter, _body(one.room), self._selection.token_cell(one.token, side))
            painter.restore()
            if not clips:
                flow.dye({})

    def _draw_grounds(self, painter: QPainter, line: Line, wear: dict[int, tuple[str, str]]) -> None:
        corner = self.look.scale.em(0.1875)
        painter.setPen(Qt.PenStyle.NoPen)
        for one in line.placed:
            ground = wear[one.token][0]
            if ground != self.look.theme.theme.colours.window:
                painter.setBrush(QColor(ground))
                painter.drawRoundedRect(_body(one.room), corner, corner)

    def _draw_words(self, painter: QPainter, line: Line, wear: dict[int, tuple[str, str]]) -> None:
        """Draw a line once for each ink that is used on it, cut to the tokens that wear that ink."""
        inks: dict[str, QRegion] = {}
        tokens = QRegion()
        for one in line.placed if wear else ():
            ink, room = wear[one.token][1], QRegion(one.room.toRect())
            inks[ink] = inks.get(ink, QRegion()) | room
            tokens |= room
        if line.has_others or not inks:
            inks[self.look.theme.theme.colours.muted] = QRegion(line.room.toAlignedRect()) - tokens
        for ink, region in inks.items():
            painter.save()
            painter.setPen(QColor(ink))
            if len(inks) > 1:
                painter.setClipRegion(region, Qt.ClipOperation.IntersectClip)
            line.words.draw(painter, QPointF(0, 0))
            painter.restore()

    def _draw_frame(self, painter: QPainter, body: QRectF, cell: Cell) -> None:
        colours = self.look.theme.theme.colours
        pinned = self._selection.pinned
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
        hover = self._selection.hover
        return Cell(row=hover.row) if cell.row is not None else Cell(column=hover.column)

    def _wear(self, side: Side) -> dict[int, tuple[str, str]]:
        """Return ground and ink of each token of a block."""
        content, colours = self._content, self.look.theme.theme.colours
        assert content is not None
        count, intensities = len(content.columns if side == "column" else content.rows), self._intensities(side)
        if intensities is None:
            return dict.fromkeys(range(count), (colours.window, colours.text))
        table = grounds(content.table, colours.window)
        return {index: table[intensity] for index, intensity in enumerate(intensities.tolist())}

    def _intensities(self, side: Side) -> Intensities | None:
        """Return the intensity of each token of a block, or None where it shows none."""
        along = self._selection.along
        if self._content is None or not self._content.intensities.size:
            return None
        intensities = self._content.intensities
        if along is None:  # nothing is picked: how deep each key is coloured on average
            means: Intensities = intensities.mean(axis=0).round().astype(np.uint8)
            return means if side in ("column", "both") else None
        way, index = along
        if way == "from" and side in ("column", "both") and index < intensities.shape[0]:
            return np.asarray(intensities[index])
        if way == "to" and side in ("row", "both") and index < intensities.shape[1]:
            return np.asarray(intensities[:, index])
        return None

    def _on_selection(self) -> None:
        self._seen = self._in_sight()
        self.update()

    def _on_hovered(self) -> None:
        """Draw anew where the mouse changed something: over a map it mostly moves along one row."""
        seen = self._in_sight()
        if seen != self._seen:
            self._seen = seen
            self.update()

    def _in_sight(self) -> object:
        """Return what of the mouse's place this view shows."""
        hover, sides = self._selection.hover, {side for side, _flow in self._flows}
        as_rows = self._selection.direction == "from"
        row = hover.row if "row" in sides or as_rows else None
        column = hover.column if "column" in sides or not as_rows else None
        return self._selection.along, row, column

    def _fit(self) -> None:
        height = self.height_for(self._width())
        if height != self.height():
            self.setFixedHeight(height)
        self.update()

    def _shape(self) -> None:
        """Shape the text anew: it, or its type, is another."""
        content = self._content
        self._flows = []
        if content is None:
            return
        size = next(size for size, most in _SIZES if len(content.rows) <= most)
        font = self.look.scale.font(size)
        sides: list[tuple[Side, tuple[Token, ...]]] = [("both", content.rows)]
        if content.rows != content.columns:
            sides = [("column", content.columns), ("row", content.rows)]
        self._flows = [(side, Flow(runs(tokens, self._texts), font, _LINE)) for side, tokens in sides]

    def _width(self) -> int:
        return max(1, self.width())

    def _blocks(self) -> Iterator[tuple[Side, float, Flow]]:
        """Yield each block's side, where it begins, and its text."""
        top = 0.0
        for side, flow in self._flows:
            yield side, top, flow
            top += flow.height(self._width()) + self.look.scale.em(0.25)

    def _cell_at(self, point: QPointF) -> Cell:
        for side, top, flow in self._blocks():
            here = point - QPointF(0, top)
            for line in flow.lines(self._width()):
                for one in line.placed if line.room.contains(here) else ():
                    if one.room.contains(here):
                        return self._selection.token_cell(one.token, side)
        return Cell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the weights of the token under the mouse."""
        self._selection.hover_over(self._cell_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pin the token that is clicked."""
        cell = self._cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell:
            self._selection.pin(cell)

    def leaveEvent(self, event: QEvent) -> None:
        """Show what is pinned again."""
        self._selection.hover_over(Cell())
        super().leaveEvent(event)


def _body(room: QRectF) -> QRectF:
    """Return the part of a token's room that wears its colour."""
    return room.adjusted(0.5, room.height() * 0.1, -0.5, -room.height() * 0.1)
