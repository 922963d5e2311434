"""The drawing of a mechanism: its lanes over the keys, with a window that can be dragged where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.attention.drawing.cell_axis import Axis
from app.attention.drawing.labels import Labels
from app.attention.drawing.shaped_text import ShapedText
from app.attention.mechanisms.drawing.canvas import Canvas, sized, tint
from app.attention.mechanisms.drawing.lanes import Grid, Lane, Words
from app.attention.mechanisms.drawing.question import Question
from app.attention.mechanisms.options import LEAST_WIDTH, MOST_WIDTH
from app.explain.links import SymbolLinks
from app.panel import Look, Panel
from core.attention.results import Token

_WIDEST: Final = 7.0
"""Most lines of text a key's column is wide."""
_LONGEST_WORD: Final = 4.5
"""Most lines of text that slanted words take upwards."""
_LEAST_SQUEEZE: Final = 0.25
"""To what share of their height lanes are squeezed at most for the sake of words."""
_MOST: Final = 8.0
"""Most lines of text that a lane grows by, times its share."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the keys.

    Attributes:
        centre: p_t, counted from the middle of the first key.
        width: D, to either side.
        lanes: over which lanes it lies, first and one past the last.
    """

    centre: float
    width: float
    lanes: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn.

    Attributes:
        keys: the tokens that are asked.
        lanes: from above.
        window: what can be dragged; None for nothing.
        room: lines of text right of the keys.
        left: lines of text for the titles.
        has_columns: each key has a column of its own; else lanes know where the keys are.
    """

    keys: tuple[Token, ...] = ()
    lanes: tuple[Lane, ...] = ()
    window: Window | None = None
    room: float = 5.0
    left: float = 7.5
    has_columns: bool = True


class MechanismPicture(Panel):
    """Draws a scene.

    Signals:
        query_chosen: index of the word that is to ask.
        query_moved: −1 or 1: the word before, or the one after.
        row_chosen: index of a row of a grid.
        hovered: index of the key under the mouse, or None.
        centre_moved: p_t.
        width_moved: D.
    """

    query_chosen = Signal(int)
    query_moved = Signal(int)
    row_chosen = Signal(int)
    hovered = Signal(object)
    centre_moved = Signal(float)
    width_moved = Signal(float)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.scene = Scene()
        self.key: int | None = None
        self.rooms: list[QRectF] = []
        self.axis = Axis()
        self._shaped = ShapedText()
        self._labels = Labels((), self._shaped)
        self._dragged = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def link_symbols(self, links: SymbolLinks, symbols: Sequence[str]) -> None:
        """Let the lanes of ``symbols`` stand for them."""
        for symbol in symbols:
            links.add(symbol, self, partial(self.rects_of, symbol), points=False)
        links.watch(self, self.symbol_at)

    def rects_of(self, symbol: str) -> list[QRectF]:
        """Return where the numbers of ``symbol`` are, with their titles."""
        found, end = [], float(self.axis.start + self.axis.seen)
        for lane, room in zip(self.scene.lanes, self.rooms, strict=False):
            found += lane.rects_of(symbol, room, max(end, self.axis.start + 1.0))
        window = self.scene.window
        if window is not None and self.rooms and symbol in ("p_t", "window"):
            band = self.band()
            middle = self._x(window.centre)
            half = self.look.scale.em(0.5)
            found.append(band if symbol == "window" else QRectF(middle - half, band.top(), 2 * half, band.height()))
        return found

    def symbol_at(self, place: QPointF) -> str:
        """Return whose numbers lie under ``place``."""
        inner = [symbol for lane in self.scene.lanes for symbol in lane.inner_symbols]
        symbols = [*inner, *(lane.symbol for lane in self.scene.lanes if lane.symbol)]
        return next((one for one in symbols if any(rect.contains(place) for rect in self.rects_of(one))), "")

    def show_scene(self, scene: Scene) -> None:
        """Draw ``scene``."""
        if scene.keys != self.scene.keys:
            self._labels = Labels(scene.keys, self._shaped)
            self.key = None
        self.scene = scene
        self._lay_out()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all lanes."""
        em = self.look.scale.em
        return QSize(em(40), em(sum(lane.lines + 0.4 for lane in self.scene.lanes) or 12))

    def minimumSizeHint(self) -> QSize:
        """As small as the stage is: lanes shrink."""
        return QSize(self.look.scale.em(12), self.look.scale.em(4))

    def resizeEvent(self, _event: QEvent) -> None:
        """Lay out anew."""
        self._lay_out()

    def _restyle(self, _theme: object) -> None:
        self._lay_out()
        self.update()

    def _lay_out(self) -> None:
        em, scene = self.look.scale.em, self.scene
        left = em(scene.left)
        room = max(1.0, self.width() - left - em(scene.room))
        n = max(1, len(scene.keys))
        self.axis = Axis(n, left, round(room), min(em(_WIDEST), room / n))
        gap = em(0.4)
        heights = [self._least_height(lane) for lane in scene.lanes]
        needed = sum(heights) + gap * len(heights)
        left_over = max(0.0, self.height() - needed)
        shares = sum(lane.grows for lane in scene.lanes) or 1.0
        fixed = sum(least for lane, least in zip(scene.lanes, heights, strict=True) if lane.is_text)
        squeeze = min(1.0, max(_LEAST_SQUEEZE, (self.height() - fixed) / max(1.0, needed - fixed)))
        self.rooms, y = [], 0.0
        for lane, least in zip(scene.lanes, heights, strict=True):
            more = min(left_over * lane.grows / shares, em(_MOST) * lane.grows)
            height = (least + more) * (1.0 if lane.is_text else squeeze)
            self.rooms.append(QRectF(left, y, self.width() - left, height))
            y += height + gap * squeeze

    def _least_height(self, lane: Lane) -> float:
        """Return the pixels that ``lane`` needs; slanted words need more than level ones."""
        em = self.look.scale.em
        if not isinstance(lane, Words):
            return em(lane.lines)
        plan = self._labels.plan_columns(self.axis.cell, partial(sized, self.look), em(_LONGEST_WORD))
        return max(em(lane.lines), plan.reach + em(0.25))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        self.draw(painter, hovered=self.key)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.look.theme.theme.colours.focus), 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def draw(self, painter: QPainter, hovered: int | None = None) -> None:
        """Draw it onto any surface."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.look.theme.theme.colours
        canvas = Canvas(painter, self.look, self.axis, self._labels, self.width() - 1.0, hovered, self.band())
        if hovered is not None and self.rooms and self.scene.has_columns:
            left, width = self.axis.span(hovered, hovered + 1)
            painter.fillRect(QRectF(left, self.rooms[0].bottom(), width, self.height()), QColor(colours.selection))
        self._draw_window(painter)
        for lane, room in zip(self.scene.lanes, self.rooms, strict=True):
            if lane.title:
                self._draw_title(canvas, lane, room)
            lane.draw(canvas, room)

    def _draw_title(self, canvas: Canvas, lane: Lane, room: QRectF) -> None:
        em = self.look.scale.em
        height = min(room.height(), float(em(1.5)))
        words = QRectF(em(0.625), room.top(), room.left() - em(1), height)
        if lane.symbol:
            canvas.painter.fillRect(
                QRectF(0, room.top() + height * 0.2, em(0.25), height * 0.6), canvas.hue(lane.symbol)
            )
        canvas.write(words, lane.title, self.look.theme.theme.colours.text, Qt.AlignmentFlag.AlignLeft)

    def _x(self, place: float) -> float:
        return self.axis.start + (place + 0.5) * self.axis.cell

    def band(self) -> QRectF:
        """Return where the window lies."""
        window = self.scene.window
        if window is None or not self.rooms:
            return QRectF()
        first, last = window.lanes
        left = max(self._x(window.centre - window.width), float(self.axis.start))
        right = min(self._x(window.centre + window.width), float(self.axis.start + self.axis.seen))
        top = self.rooms[first].top()
        return QRectF(left, top, max(1.0, right - left), self.rooms[last - 1].bottom() - top)

    def _draw_window(self, painter: QPainter) -> None:
        window, band = self.scene.window, self.band()
        if window is None:
            return
        em, colours = self.look.scale.em, self.look.theme.theme.colours
        painter.fillRect(band, tint(self.look))
        painter.setPen(QPen(QColor(colours.marker), 2))
        for x in (band.left(), band.right()):
            painter.drawLine(QPointF(x, band.top()), QPointF(x, band.bottom()))
            painter.setBrush(QColor(colours.accent))
            # Above the lanes, where no number stands.
            painter.drawRoundedRect(QRectF(x - em(0.25), band.top() - em(0.5), em(0.5), em(0.875)), 2, 2)
        middle = self._x(window.centre)
        painter.setPen(QPen(QColor(colours.marker), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(middle, band.top()), QPointF(middle, band.bottom()))
        painter.setPen(QPen(QColor(colours.marker), 2))
        painter.drawEllipse(QPointF(middle, band.bottom()), em(0.4), em(0.4))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a word or a row, or take hold of the window."""
        place = event.position()
        self._dragged = self._grip_at(place)
        for lane, room in zip(self.scene.lanes, self.rooms, strict=False):
            if isinstance(lane, Question) and (index := lane.word_at(place)) is not None:
                self.query_chosen.emit(index)
            elif isinstance(lane, Grid) and (row := lane.row_at(place.y(), room)) is not None:
                self.row_chosen.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held; else note the key under the mouse."""
        place, window = event.position(), self.scene.window
        if self._dragged and window is not None:
            at = (place.x() - self.axis.start) / self.axis.cell - 0.5
            if self._dragged == "centre":
                self.centre_moved.emit(min(max(at, 0.0), len(self.scene.keys) - 1.0))
            else:
                self.width_moved.emit(min(max(abs(at - window.centre), LEAST_WIDTH), MOST_WIDTH))
            return
        grip = self._grip_at(place)
        shapes = {"centre": Qt.CursorShape.OpenHandCursor, "edge": Qt.CursorShape.SizeHorCursor}
        self.setCursor(shapes.get(grip, Qt.CursorShape.ArrowCursor))
        self._hover(self._key_at(place))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._dragged = ""

    def leaveEvent(self, _event: QEvent) -> None:
        """No key is under the mouse."""
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right: another word asks."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is None:
            event.ignore()
        else:
            self.query_moved.emit(by)

    def _grip_at(self, place: QPointF) -> str:
        band, reach = self.band(), self.look.scale.em(0.5)
        if band.isEmpty() or not band.top() - reach <= place.y() <= band.bottom():
            return ""
        if min(abs(place.x() - band.left()), abs(place.x() - band.right())) <= reach:
            return "edge"
        return "centre" if band.contains(place) else ""

    def _key_at(self, place: QPointF) -> int | None:
        if self.scene.has_columns:
            return self.axis.at(place.x())
        found = (lane.key_at(place) for lane in self.scene.lanes)
        return next((key for key in found if key is not None), None)

    def _hover(self, key: int | None) -> None:
        if key != self.key:
            self.key = key
            self.update()
            self.hovered.emit(key)
