"""The map on the stage: crosshair, zoom, pan, sweep and pins over a picture that is drawn once."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from app.attention.drawing.crosshair import draw_selection, marked_column_rect, marked_row_rect
from app.attention.drawing.heatmap import MapContent, MatrixDrawing
from app.attention.pictures.kept_picture import KeptPicture
from app.attention.selection import Cell, Selection, Sweep
from app.explain.links import SymbolLinks
from app.motion.glide import Glide
from app.panel import Look, Panel
from app.theme import Theme
from core.language import N_

WHEEL_STEP: Final = 1.2
"""How much closer one notch of the wheel goes."""
_FORMER: Final = 0.75
"""How much of the map before is there at first: the new one is seen from the first moment on."""
_TICKS: Final = 120
"""Qt's wheel units of one notch."""


class Matrix(Panel):
    """Shows one map. What is picked comes from, and goes to, the selection that all views share.

    Attributes:
        drawing: where everything lies.
        maps_painted: how many different maps have reached the screen.
    """

    def __init__(
        self, look: Look, selection: Selection, parent: QWidget | None = None, *, compact: bool = False
    ) -> None:
        """Make an empty map.

        Args:
            look: colours and sizes.
            selection: what is pinned, swept and under the mouse.
            parent: the widget it lies in.
            compact: a small copy beside another view.
        """
        super().__init__(look, parent)
        self._selection = selection
        self.drawing = MatrixDrawing(look, compact=compact)
        self._map = KeptPicture(self)
        self._former: QPixmap | None = None
        self._fading = Glide(look.motion, self, self._on_faded)
        self._pressed: QPoint | None = None
        self._sweeping = False
        self._panned_from: QPoint | None = None
        self._unpainted = False
        self.maps_painted = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if compact else Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.bind_text(self.setAccessibleName, N_("Map: rows are queries, columns are keys"))
        selection.changed.connect(self._on_selection)
        selection.hovered.connect(self.update)
        self._restyle(look.theme.theme)

    def show_map(self, content: MapContent | None) -> None:
        """Show ``content``; None shows nothing. Where it is the map before with other weights, cells cross-fade."""
        before, is_painted = self.drawing.content, not self._map.is_stale
        self.drawing.set_content(content)
        self._unpainted = content is not None
        self._redraw()
        if before is not None and is_painted and content is not None and not self.drawing.compact:
            is_alike = (before.rows, before.columns) == (content.rows, content.columns)
            if is_alike and not np.array_equal(before.weights, content.weights) and self._fading.begin():
                self._former = self._map.take()

    def link_symbols(self, links: SymbolLinks, rows: str, columns: str, weights: str) -> None:
        """Let the labels of rows and columns, and the cells, stand for a symbol each: those picked, or all of them."""
        links.add(rows, self, self._row_labels, points=False)
        links.add(columns, self, self._column_labels, points=False)
        links.add(weights, self, self._weights, points=False)

        def symbol_at(place: QPointF) -> str:
            here = self.drawing.cell_at(place)
            if here.row is not None and here.column is not None:
                return weights
            return rows if here.row is not None else columns if here.column is not None else ""

        links.watch(self, symbol_at)

    @property
    def _picked(self) -> Cell:
        """What is under the mouse or pinned, as far as this map has it."""
        shown, drawing = self._selection.shown, self.drawing
        return Cell(
            shown.row if shown.row is not None and shown.row < drawing.rows.count else None,
            shown.column if shown.column is not None and shown.column < drawing.columns.count else None,
        )

    def _row_labels(self) -> tuple[QRectF, ...]:
        row, drawing = self._picked.row, self.drawing
        if drawing.content is None:
            return ()
        return (drawing.row_labels_rect() if row is None else marked_row_rect(drawing, row),)

    def _column_labels(self) -> tuple[QRectF, ...]:
        column, drawing = self._picked.column, self.drawing
        if drawing.content is None:
            return ()
        return (drawing.column_labels_rect() if column is None else marked_column_rect(drawing, column),)

    def _weights(self) -> tuple[QRectF, ...]:
        return (self.drawing.weights_rect(self._picked),) if self.drawing.content is not None else ()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by ``factor`` around ``at``, or around what is pinned, or the middle."""
        drawing = self.drawing
        zoom = max(1.0, min(drawing.closest(), drawing.zoom * factor))
        if drawing.content is None or zoom == drawing.zoom:
            return
        where = at or self._centre()
        places = drawing.rows.place(where.y()), drawing.columns.place(where.x())
        drawing.zoom = zoom
        drawing.lay_out(QSizeF(self.size()))  # larger cells have larger labels, so everything may move
        drawing.rows.hold(places[0], where.y())
        drawing.columns.hold(places[1], where.x())
        self._redraw()

    def zoom_to_fit(self) -> None:
        """Show the whole map."""
        self.drawing.zoom = 1.0
        self.drawing.lay_out(QSizeF(self.size()))
        self._redraw()

    @property
    def _is_touched(self) -> bool:
        return bool(self._selection.pinned or self._selection.sweep or self.drawing.zoom > 1)

    @property
    def zoomed(self) -> tuple[float, float, float]:
        """The zoom, and how many cells are scrolled away above and to the left."""
        drawing = self.drawing
        return drawing.zoom, drawing.rows.offset / drawing.rows.cell, drawing.columns.offset / drawing.columns.cell

    def zoom_to(self, zoom: float, above: float, before: float) -> None:
        """Zoom and scroll as ``zoomed`` said, as far as this room allows."""
        drawing = self.drawing
        drawing.zoom = max(1.0, zoom)
        drawing.lay_out(QSizeF(self.size()))  # it also keeps to the closest zoom, which other labels had moved
        drawing.rows.scroll(above * drawing.rows.cell)
        drawing.columns.scroll(before * drawing.columns.cell)
        self._redraw()

    def draw(self, painter: QPainter, ratio: float) -> None:
        """Draw what is on screen onto another surface with ``ratio`` device pixels to a pixel."""
        self.drawing.draw(painter, ratio)
        draw_selection(painter, self.drawing, self._selection)

    def sizeHint(self) -> QSize:
        """Room for a sentence."""
        side = self.look.scale.em(10 if self.drawing.compact else 24)
        return QSize(side, side)

    def _restyle(self, _theme: Theme) -> None:
        side = self.look.scale.em(2)
        self.setMinimumSize(side, side)
        self.drawing.lay_out(QSizeF(self.size()))
        self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the map into the new room."""
        super().resizeEvent(event)
        self.drawing.lay_out(QSizeF(self.size()))
        self._redraw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the map from its kept picture, then what is picked."""
        picture = self._map.drawn(QColor(self.look.theme.theme.colours.stage), self._draw_map)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, picture)
        if self._former is not None:
            painter.setOpacity(_FORMER * (1.0 - self._fading.progress))
            painter.drawPixmap(0, 0, self._former)
            painter.setOpacity(1.0)
        draw_selection(painter, self.drawing, self._selection)
        if self.hasFocus():
            self._draw_focus(painter)
        painter.end()
        if self._unpainted:
            self._unpainted = False
            self.maps_painted += 1

    def _draw_map(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.drawing.draw(painter, self.devicePixelRatioF())

    def _draw_focus(self, painter: QPainter) -> None:
        thick = max(1, self.look.scale.em(0.125) // 2)
        painter.setPen(QPen(QColor(self.look.theme.theme.colours.focus), thick))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -thick, -thick))

    def _redraw(self) -> None:
        self._map.forget()
        self._fading.arrive()
        self.update()

    def _on_faded(self, progress: float) -> None:
        if progress == 1.0:
            self._former = None
        self.update()

    def _centre(self) -> QPointF:
        pinned, whole = self._selection.pinned, self.drawing.cells_rect()
        x = self.drawing.columns.middle(pinned.column) if pinned.column is not None else whole.center().x()
        y = self.drawing.rows.middle(pinned.row) if pinned.row is not None else whole.center().y()
        return QPointF(x, y) if whole.contains(QPointF(x, y)) else whole.center()

    def _on_selection(self) -> None:
        rows, columns, pinned = self.drawing.rows, self.drawing.columns, self._selection.pinned
        before = rows.offset, columns.offset
        if pinned.row is not None and pinned.row < rows.count:
            rows.reveal(pinned.row)
        if pinned.column is not None and pinned.column < columns.count:
            columns.reveal(pinned.column)
        if before != (rows.offset, columns.offset):
            self._map.forget()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a pick, a sweep or a pan."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panned_from = event.position().toPoint()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() == Qt.MouseButton.LeftButton:
            if self.drawing.cell_at(event.position()):
                self._pressed = event.position().toPoint()
            else:
                self._selection.clear()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the crosshair, the sweep or the map."""
        here = event.position().toPoint()
        if self._panned_from is not None:
            moved = here - self._panned_from
            self.drawing.columns.scroll(self.drawing.columns.offset - moved.x())
            self.drawing.rows.scroll(self.drawing.rows.offset - moved.y())
            self._panned_from = here
            self._redraw()
            return
        if self._pressed is not None:
            far = (here - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            self._sweeping = self._sweeping or far
            if self._sweeping:
                self._selection.select(self._swept(self._pressed, here))
                return
        self._selection.hover_over(self.drawing.cell_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a sweep, or pin what was clicked."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panned_from = None
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif self._pressed is not None:
            if not self._sweeping:
                self._selection.select(Sweep())
                self._selection.pin(self.drawing.cell_at(QPointF(self._pressed)))
            self._pressed, self._sweeping = None, False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom in where it was clicked, or back to the whole."""
        if event.button() == Qt.MouseButton.LeftButton and self.drawing.cell_at(event.position()):
            if self.drawing.zoom > 1:
                self.zoom_to_fit()
            else:
                self.zoom_by(WHEEL_STEP**5, event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the mouse."""
        self.zoom_by(WHEEL_STEP ** (event.angleDelta().y() / _TICKS), event.position())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the crosshair away."""
        self._selection.hover_over(Cell())
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the pinned cell: arrows by one, Home and End to a row's ends, Page Up and Down to a column's."""
        moves = {
            Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
        }  # fmt: skip
        far = max(self.drawing.rows.count, self.drawing.columns.count)
        moves |= {
            Qt.Key.Key_Home: (0, -far), Qt.Key.Key_End: (0, far),
            Qt.Key.Key_PageUp: (-far, 0), Qt.Key.Key_PageDown: (far, 0),
        }  # fmt: skip
        move = moves.get(Qt.Key(event.key()))
        if move is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._selection.move(*move)
        elif event.key() == Qt.Key.Key_Escape and self._is_touched:
            self._selection.clear()
            self.zoom_to_fit()
        else:
            super().keyPressEvent(event)

    def _swept(self, start: QPoint, end: QPoint) -> Sweep:
        begun = self.drawing.cell_at(QPointF(start))
        rows = columns = None
        if begun.row is not None:
            low, high = sorted((begun.row, self.drawing.rows.nearest(end.y())))
            rows = (low, high + 1)
        if begun.column is not None:
            low, high = sorted((begun.column, self.drawing.columns.nearest(end.x())))
            columns = (low, high + 1)
        return Sweep(rows, columns)
