"""All heads at once as one picture: click one to enlarge it; in order of layers, or by what kind of head it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.attention.drawing.frames import draw_frames
from app.attention.drawing.indexed_image import Intensities, enlarged, tiled
from app.attention.options import Order
from app.attention.pictures.heads_layout import Sheet, Tile, by_layer, by_score
from app.explain.links import SymbolLinks
from app.fonts import tabular
from app.panel import Look, Panel
from app.theme import Theme
from app.widgets.plain import plain_tip
from core.attention.colormaps import intensity, levels
from core.attention.head_set import HeadSet
from core.attention.requests import Colormap, Scale
from core.attention.results import Floats, HeadsGrid, LinkingHeads
from core.language import N_, _

ORDER_NAMES: Final[dict[Order, str]] = {
    "layer": N_("By layer and head number"),
    "pair": N_("By weight of the picked cell"),
    "entropy": N_("Most focused first"),
    "previous": N_("Attends to the previous token"),
    "next": N_("Attends to the next token"),
    "first": N_("Attends to the first token"),
    "self": N_("Attends to itself"),
}

_PARTED: Final = 1.5
"""Lines of text that tiles are large where there is a line between two sentences."""


class HeadsPicture(Panel):
    """Draws all heads as a grid.

    Attributes:
        grids_painted: how many different galleries have reached the screen.

    Signals:
        chosen: layer and head that were clicked.
    """

    chosen = Signal(int, int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._heads_grid: HeadsGrid | None = None
        self._intensities: Intensities | None = None
        self._colormap: Colormap = "red"
        self._scale: Scale = "relative"
        self.order: Order = "layer"
        self._linking: LinkingHeads | None = None
        self._current: tuple[int | None, int | None] = (None, None)
        self._chosen: HeadSet | None = None
        self._hovered: tuple[int, int] | None = None
        self._sheet = Sheet()
        self._base: QImage | None = None
        self._unpainted = False
        self.grids_painted = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.bind_text(self.setAccessibleName, N_("All heads of all layers"))

    def link_symbols(self, links: SymbolLinks) -> None:
        """Let a head's tile stand for its weights, a layer's heads side by side for their number."""
        links.add("alpha", self, self._tiles_on_stage, points=False)
        links.add("n_head", self, self._layer_of_tiles, points=False)

        def symbol_at(place: QPointF) -> str:
            if self.tile_at(place) is not None:
                return "alpha"
            return "n_head" if any(name.room.contains(place) for name in self._sheet.names) else ""

        links.watch(self, symbol_at)

    def _tiles_on_stage(self) -> tuple[QRectF, ...]:
        """Return where the head on the stage lies, or all of them where the stage shows a mean."""
        rooms = tuple(tile.room for tile in self._sheet.tiles if self._is_on_stage(tile))
        return _around(rooms) if self._chosen is None else rooms

    def _layer_of_tiles(self) -> tuple[QRectF, ...]:
        """Return where the heads of a layer lie: of the one on the stage, or of the first."""
        layer = self._current[0] or 0
        rooms = [tile.room for tile in self._sheet.tiles if tile.layer == layer]
        return _around(rooms) if self._sheet.is_by_layer else tuple(rooms)

    def show_heads_grid(self, heads_grid: HeadsGrid | None, colormap: Colormap, scale: Scale) -> None:
        """Show ``heads_grid``; None shows nothing."""
        self._heads_grid, self._colormap, self._scale = heads_grid, colormap, scale
        self._intensities = None
        self._unpainted = heads_grid is not None
        self._redraw()

    def show_order(self, order: Order) -> None:
        """Put the heads in another order; one that the grid doesn't know leaves them by layer."""
        if order != self.order:
            self.order = order
            self._redraw()

    def show_linking(self, linking: LinkingHeads | None) -> None:
        """Take the weights of the picked cell, by which heads may be ordered; None where no cell is picked."""
        if linking is not self._linking:
            self._linking = linking
            if self.order == "pair":
                self._redraw()

    def show_current(self, layer: int | None, head: int | None, chosen: HeadSet | None = None) -> None:
        """Frame what is on the stage: one head, all of a layer or of a column where the other is a mean, or a set."""
        if (layer, head, chosen) != (*self._current, self._chosen):
            self._current, self._chosen = (layer, head), chosen
            self.update()

    def _is_on_stage(self, tile: Tile) -> bool:
        layer, head = self._current
        if self._chosen is not None:
            return self._chosen.has(tile.layer, tile.head)
        return layer in (None, tile.layer) and head in (None, tile.head)

    def sizeHint(self) -> QSize:
        """Room for twelve by twelve."""
        side = self.look.scale.em(16)
        return QSize(side, side)

    def _restyle(self, _theme: Theme) -> None:
        self.setMinimumSize(self.look.scale.em(8), self.look.scale.em(2))
        self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new room."""
        super().resizeEvent(event)
        self._redraw()

    def tile_at(self, point: QPointF) -> tuple[int, int] | None:
        """Return layer and head of the tile under ``point``."""
        return next(((tile.layer, tile.head) for tile in self._sheet.tiles if tile.room.contains(point)), None)

    def tile_rect(self, layer: int, head: int) -> QRectF:
        """Return where a head lies; empty when it isn't shown."""
        return next((tile.room for tile in self._sheet.tiles if (tile.layer, tile.head) == (layer, head)), QRectF())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the kept picture, then the frames."""
        ratio = self.devicePixelRatioF()
        if self._base is None or self._base.devicePixelRatio() != ratio:
            self._base = self._tiles(ratio)
            painter = QPainter(self._base)
            self._draw_lines(painter)
            painter.end()
        painter = QPainter(self)
        painter.drawImage(0, 0, self._base)
        self._draw_frames(painter)
        painter.end()
        if self._unpainted:
            self._unpainted = False
            self.grids_painted += 1

    def draw(self, painter: QPainter, ratio: float) -> None:
        """Draw what is on screen onto another surface."""
        painter.drawImage(0, 0, self._tiles(ratio))
        self._draw_lines(painter)
        self._draw_frames(painter)

    def _redraw(self) -> None:
        self._base = None
        self.update()

    def _tiles(self, ratio: float) -> QImage:
        """Arrange the heads and return all their tiles as one picture as large as the widget, clear around them."""
        heads_grid = self._heads_grid
        self._sheet = Sheet() if heads_grid is None else self._arranged(heads_grid)
        if heads_grid is not None and self._sheet.tiles:
            if self._intensities is None:
                # Layer by layer: so much stays in the processor's cache from one step to the next.
                self._intensities = np.stack([levels(intensity(layer, self._scale)) for layer in heads_grid.tiles])
            picture = self._enlarged(self._intensities, ratio)
        else:
            picture = QImage(self.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
            picture.fill(Qt.GlobalColor.transparent)
        picture.setDevicePixelRatio(ratio)
        return picture

    def _arranged(self, heads_grid: HeadsGrid) -> Sheet:
        em = self.look.scale.em
        metrics = QFontMetricsF(tabular(self.look.scale.font("caption")))
        room = QSizeF(self.size())
        scores = self._scores(heads_grid)
        if scores is None:
            return by_layer(heads_grid.tiles.shape, room, metrics, em(0.1875), _("Layer ↓  Head →"))
        lowest_first, all_named = self.order == "entropy", self.order == "pair"
        return by_score(scores, room, metrics, em(0.375), lowest_first=lowest_first, all_named=all_named)

    def _scores(self, heads_grid: HeadsGrid) -> Floats | None:
        """Return what heads are ordered by; None where they stand by layer."""
        if self.order == "pair":
            linking = self._linking
            fits = linking is not None and linking.weights.shape == heads_grid.tiles.shape[:2]
            return linking.weights if linking is not None and fits else None
        return heads_grid.patterns.get(self.order)

    def _enlarged(self, intensities: Intensities, ratio: float) -> QImage:
        sheet = self._sheet
        height, width = max(1, round(sheet.height * ratio)), max(1, round(sheet.width * ratio))
        rows = np.round(np.linspace(0, height, intensities.shape[-2] + 1)).astype(np.int64)
        columns = np.round(np.linspace(0, width, intensities.shape[-1] + 1)).astype(np.int64)
        big = enlarged(np.stack([intensities[tile.layer, tile.head] for tile in sheet.tiles]), rows, columns)
        places = [(round(tile.room.left() * ratio), round(tile.room.top() * ratio)) for tile in sheet.tiles]
        return tiled(big, places, round(self.height() * ratio), round(self.width() * ratio), self._colormap)

    def _draw_lines(self, painter: QPainter) -> None:
        """Draw a hairline around every tile, the borders between sentences, and names."""
        heads_grid, sheet, colours = self._heads_grid, self._sheet, self.look.theme.theme.colours
        if heads_grid is None or not sheet.tiles:
            return
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRects([tile.room.adjusted(-0.5, -0.5, 0.5, 0.5) for tile in sheet.tiles])
        self._draw_borders(painter, heads_grid)
        painter.setPen(QColor(colours.muted))
        painter.setFont(tabular(self.look.scale.font("caption")))
        for name in sheet.names:
            painter.drawText(name.room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, name.text)

    def _draw_borders(self, painter: QPainter, heads_grid: HeadsGrid) -> None:
        """Rule a line between the sentences of a pair in every tile that isn't too small to be parted."""
        sheet, thick = self._sheet, max(1.0, self.look.scale.em(0.0625))
        if min(sheet.width, sheet.height) < self.look.scale.em(_PARTED):
            return
        ink = QColor(self.look.theme.theme.colours.muted)
        rows, columns = (side * heads_grid.block for side in heads_grid.tiles.shape[-2:])  # in units, as borders are
        for tile in sheet.tiles:
            left, top = tile.room.left(), tile.room.top()
            for row in heads_grid.row_borders:
                y = top + sheet.height * row / rows
                painter.fillRect(QRectF(left, y - thick / 2, sheet.width, thick), ink)
            for column in heads_grid.column_borders:
                x = left + sheet.width * column / columns
                painter.fillRect(QRectF(x - thick / 2, top, thick, sheet.height), ink)

    def _draw_frames(self, painter: QPainter) -> None:
        colours = self.look.theme.theme.colours
        thick = max(2.0, self.look.scale.em(0.125))
        is_mean_of_all = self._current == (None, None) and self._chosen is None
        if self._heads_grid is not None and not is_mean_of_all:
            rooms = [tile.room for tile in self._sheet.tiles if self._is_on_stage(tile)]
            # A layer is a row, a head a column: one frame.
            if self._sheet.is_by_layer and rooms and self._chosen is None:
                rooms = [rooms[0].united(rooms[-1])]
            around = [room.adjusted(-1.5, -1.5, 1.5, 1.5) for room in rooms]
            draw_frames(painter, around, line=colours.focus, casing=colours.stage, thick=thick)
        if self._hovered is not None:
            around = [self.tile_rect(*self._hovered).adjusted(-1, -1, 1, 1)]
            draw_frames(painter, around, line=colours.text, casing=colours.stage, thick=thick)

    def describe(self, layer: int, head: int) -> str:
        """Return what is known of one head."""
        text = _("Layer {layer}, head {head}").format(layer=layer, head=head)
        if self._heads_grid is None:
            return text
        names = {
            "entropy": N_("entropy {value:.2f} bits"),
            "previous": N_("previous token {value:.0%}"),
            "next": N_("next {value:.0%}"),
            "first": N_("first {value:.0%}"),
            "self": N_("itself {value:.0%}"),
        }
        scores = [
            _(words).format(value=float(self._heads_grid.patterns[name][layer, head]))
            for name, words in names.items()
            if name in self._heads_grid.patterns
        ]
        linking = self._linking
        if linking is not None and linking.weights.shape == self._heads_grid.tiles.shape[:2]:
            scores.append(_("picked cell {value:.4f}").format(value=float(linking.weights[layer, head])))
        return "\n".join((text, *scores))

    def event(self, event: QEvent) -> bool:
        """Say under the mouse what kind of head it is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            here = self.tile_at(QPointF(event.pos()))
            if here is not None:
                QToolTip.showText(event.globalPos(), plain_tip(self.describe(*here)), self)
                return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Frame the head under the mouse."""
        here = self.tile_at(event.position())
        if here != self._hovered:
            self._hovered = here
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the head that is clicked on the stage."""
        here = self.tile_at(event.position())
        if here is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(*here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the frame with the arrows, as heads lie on the screen; Return puts the framed head on the stage."""
        moves = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }  # fmt: skip
        move = moves.get(Qt.Key(event.key()))
        if move is not None and self._sheet.tiles:
            self._move_frame(*move)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._hovered is not None:
            self.chosen.emit(*self._hovered)
        else:
            super().keyPressEvent(event)

    def _move_frame(self, right: int, down: int) -> None:
        """Frame the nearest head that way, or first of all the one on the stage."""
        tiles = self._sheet.tiles
        here = next((tile for tile in tiles if (tile.layer, tile.head) == self._hovered), None)
        if here is None:
            begin = next(filter(self._is_on_stage, tiles), tiles[0])
            self._hovered = begin.layer, begin.head
        else:
            way = [(tile, tile.room.center() - here.room.center()) for tile in tiles]
            ahead = [
                (abs(step.y() if right else step.x()), abs(step.x() + step.y()), tile)
                for tile, step in way
                if step.x() * right + step.y() * down > 1
            ]
            if ahead:
                nearest = min(ahead, key=lambda one: one[:2])[2]
                self._hovered = nearest.layer, nearest.head
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the frame away."""
        self._hovered = None
        self.update()
        super().leaveEvent(event)


def _around(rooms: Iterable[QRectF]) -> tuple[QRectF, ...]:
    """Return the one rectangle around ``rooms``; none where there are none."""
    whole = QRectF()
    for room in rooms:
        whole |= room
    return () if whole.isEmpty() else (whole,)
