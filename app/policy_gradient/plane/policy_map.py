"""π of one action over a plane of states, with the paths of episodes and the states that were visited on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.policy_gradient.drawing.stroke import stroke
from app.policy_gradient.plane.axes import AxisRange
from app.policy_gradient.plane.layers import STEPS, colour_table, dots_of, image_of
from app.theme import Theme
from core.language import _
from core.policy_gradient.runs.recording import Floats32

_STRONG: Final = 60
"""States of a path that are drawn strongly; the others, which go to and fro over each other, as a fine line."""
_TICKS: Final = 5
"""Numbers that an axis has at most to either side of its middle."""


@dataclass(frozen=True, slots=True)
class MapContent:
    """What is shown.

    Attributes:
        x, y: the axes.
        action: what the action is called whose probability is shown, and the other one if there are two.
        other: the other action; empty where there are more.
        values: π(action|s), (side, side), rows from the least y; None while no policy is known.
        visited: how often states were visited, (cells, cells), 0 to 1; None where that is not shown.
        path: the episode on screen, (n, 2), x and y of each state.
        now: where it is now.
        started: an episode that began at a chosen state, (n, 2).
    """

    x: AxisRange
    y: AxisRange
    action: str = ""
    other: str = ""
    values: Floats32 | None = None
    visited: npt.NDArray[np.float64] | None = None
    path: Floats32 | None = None
    now: tuple[float, float] | None = None
    started: Floats32 | None = None


class PolicyMap(Panel):
    """The map with its axes and its bar of colours.

    Signals:
        chosen: x and y, in the environment's own units, of a place that was clicked.
        pointed: the same of the place under the mouse; None when it has left.
    """

    chosen = Signal(float, float)
    pointed = Signal(object)

    def __init__(self, look: Look, content: MapContent, parent: QWidget | None = None) -> None:
        super().__init__(look.of_pictures, parent)
        self._content = content
        self._image: QImage | None = None
        self._dots: QPixmap | None = None
        self._dots_of: npt.NDArray[np.float64] | None = None
        self._dots_for: tuple[QSizeF, float, QColor] | None = None
        self.maps_painted = 0
        self._unpainted = False
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._restyle(self.look.theme.theme)
        self._retranslate()

    @property
    def content(self) -> MapContent:
        """What is shown."""
        return self._content

    def show_content(self, content: MapContent) -> None:
        """Show something else."""
        anew = content.values is not self._content.values
        self._content = content
        if anew:
            self._take_values()
        self._retranslate()

    def show_episode(self, path: Floats32 | None, now: tuple[float, float] | None) -> None:
        """Show where the episode on screen has come; all else stays."""
        self._content = replace(self._content, path=path, now=now)
        self.update()

    def show_visited(self, visited: npt.NDArray[np.float64] | None) -> None:
        """Show which states were visited; all else stays."""
        self._content = replace(self._content, visited=visited)
        self.update()

    def show_started(self, started: Floats32 | None) -> None:
        """Show an episode that began at a chosen state; all else stays."""
        self._content = replace(self._content, started=started)
        self.update()

    def sizeHint(self) -> QSize:
        """About square."""
        return QSize(self.look.scale.em(26), self.look.scale.em(24))

    def _take_values(self) -> None:
        values = self._content.values
        self._image = None if values is None else image_of(values, self._table)
        self._unpainted = values is not None

    def _restyle(self, theme: Theme) -> None:
        self._table = colour_table(theme.colours)
        self.setMinimumSize(self.look.scale.em(12), self.look.scale.em(12))
        self._take_values()
        self.update()

    def _retranslate(self) -> None:
        content = self._content
        words = _('Probability of "{action}" over {x} and {y}')
        self.setAccessibleName(words.format(action=content.action, x=content.x.name, y=content.y.name))
        self.update()

    def map_rect(self) -> QRectF:
        """Return where the map is drawn: all but the room of the axes and of the bar."""
        line = QFontMetricsF(self._font()).height()
        return QRectF(self.rect()).adjusted(3.4 * line, 1.4 * line, -1.2 * line, -5.2 * line)

    def place_of(self, x: float, y: float) -> QPointF:
        """Return where a state is drawn."""
        rect, content = self.map_rect(), self._content
        return QPointF(
            rect.left() + (x - content.x.low) / (content.x.high - content.x.low) * rect.width(),
            rect.bottom() - (y - content.y.low) / (content.y.high - content.y.low) * rect.height(),
        )

    def _places_of(self, states: Floats32) -> list[QPointF]:
        """Return where states, (n, 2), are drawn."""
        rect, content = self.map_rect(), self._content
        across = (states[:, 0] - content.x.low) / (content.x.high - content.x.low)
        up = (states[:, 1] - content.y.low) / (content.y.high - content.y.low)
        x, y = rect.left() + across * rect.width(), rect.bottom() - up * rect.height()
        return [QPointF(*place) for place in zip(x.tolist(), y.tolist(), strict=True)]

    def state_at(self, place: QPointF) -> tuple[float, float] | None:
        """Return x and y of the state drawn at ``place``; None beside the map."""
        rect, content = self.map_rect(), self._content
        if not rect.contains(place):
            return None
        across = (place.x() - rect.left()) / rect.width()
        up = (rect.bottom() - place.y()) / rect.height()
        return (
            content.x.low + across * (content.x.high - content.x.low),
            content.y.low + up * (content.y.high - content.y.low),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the state that is clicked."""
        state = self.state_at(event.position())
        if state is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(*state)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the mouse."""
        self.pointed.emit(self.state_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Say that nothing is."""
        self.pointed.emit(None)
        super().leaveEvent(event)

    def _font(self) -> QFont:
        return tabular(self.look.scale.font("caption"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, map, what lies on it, axes and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, rect = self.look.theme.theme.colours, self.map_rect()
        painter.fillRect(self.rect(), QColor(colours.stage))
        painter.setFont(self._font())
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, self._image)
            self.maps_painted += self._unpainted
            self._unpainted = False
        painter.save()
        painter.setClipRect(rect)
        self._paint_visited(painter, rect)
        self._paint_limits(painter, rect)
        self._paint_paths(painter)
        painter.restore()
        self._paint_axes(painter, rect)
        self._paint_bar(painter, rect)
        painter.end()

    def _paint_visited(self, painter: QPainter, rect: QRectF) -> None:
        """Draw a dot for every cell that was visited; they change less often than the map is painted."""
        visited, ratio = self._content.visited, self.devicePixelRatioF()
        if visited is None:
            return
        ink = QColor(self.look.theme.theme.colours.text)
        ink.setAlphaF(0.55)
        drawn_for = (rect.size(), ratio, ink)
        if self._dots is None or self._dots_of is not visited or self._dots_for != drawn_for:
            self._dots, self._dots_of, self._dots_for = dots_of(visited, *drawn_for), visited, drawn_for
        painter.drawPixmap(rect.topLeft(), self._dots)

    def _paint_limits(self, painter: QPainter, rect: QRectF) -> None:
        """Draw where the episode ends as dashed lines."""
        pen = QPen(QColor(self.look.theme.theme.colours.no), self._hair(), Qt.PenStyle.DashLine)
        painter.setPen(pen)
        x, y = self._content.x, self._content.y
        for end in () if x.limit is None else (-x.limit, x.limit):
            across = self.place_of(end, y.low).x()
            painter.drawLine(QLineF(across, rect.top(), across, rect.bottom()))
        for end in () if y.limit is None else (-y.limit, y.limit):
            down = self.place_of(x.low, end).y()
            painter.drawLine(QLineF(rect.left(), down, rect.right(), down))

    def _paint_paths(self, painter: QPainter) -> None:
        colours = self.look.theme.theme.colours
        if self._content.path is not None:
            self._paint_path(painter, self._content.path, colours.text, 1.5, strong=slice(-_STRONG, None))
        if self._content.started is not None:
            self._paint_path(painter, self._content.started, colours.marker, 2.5, strong=slice(_STRONG), ring=True)
        if self._content.now is not None:
            painter.setPen(QPen(QColor(colours.stage), 1.5 * self._hair()))
            painter.setBrush(QColor(colours.text))
            radius = self.look.scale.em(0.3125)
            painter.drawEllipse(self.place_of(*self._content.now), radius, radius)

    def _paint_path(
        self, painter: QPainter, path: Floats32, colour: str, width: float, *, strong: slice, ring: bool = False
    ) -> None:
        points = self._places_of(path)
        if len(points) > _STRONG:
            stroke(painter, points, QColor(colour), self._hair())
        for ink, wide in ((self.look.theme.theme.colours.stage, width + 2), (colour, width)):
            stroke(painter, points[strong], QColor(ink), wide * self._hair())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if ring and points:
            radius = self.look.scale.em(0.375)
            painter.drawEllipse(points[0], radius, radius)

    def _hair(self) -> float:
        return max(1.0, self.look.scale.em(0.0625)) * self.look.theme.theme.pen_scale

    def _paint_axes(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the frame, the numbers at their places, and the names."""
        colours, metrics = self.look.theme.theme.colours, QFontMetricsF(self._font())
        line = metrics.height()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.outline), self._hair()))
        painter.drawRect(rect)
        painter.setPen(QColor(colours.muted))
        centre = Qt.AlignmentFlag.AlignCenter
        for value, words in ticks(self._content.x):
            place = self.place_of(value, self._content.y.low)
            painter.drawText(QRectF(place.x() - 3 * line, rect.bottom() + 0.1 * line, 6 * line, line), centre, words)
        for value, words in ticks(self._content.y):
            place = self.place_of(self._content.x.low, value)
            beside = QRectF(0, place.y() - line / 2, rect.left() - 0.3 * line, line)
            painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        name = QRectF(rect.left(), rect.bottom() + 1.15 * line, rect.width(), line)
        painter.drawText(name, centre, named(self._content.x))
        above = QRectF(0, 0, self.width(), rect.top() - 0.2 * line)
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, named(self._content.y))

    def _paint_bar(self, painter: QPainter, rect: QRectF) -> None:
        """Draw which colour is which probability."""
        colours, line = self.look.theme.theme.colours, QFontMetricsF(self._font()).height()
        bar = QRectF(rect.left(), rect.bottom() + 2.75 * line, rect.width(), 0.6 * line)
        painter.drawImage(bar, image_of(np.linspace(0, 1, STEPS, dtype=np.float32)[None, :], self._table))
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.drawRect(bar)
        below = QRectF(bar.left(), bar.bottom() + 0.2 * line, bar.width(), 1.1 * line)
        content = self._content
        words = (
            (Qt.AlignmentFlag.AlignLeft, colours.left_ink, f"← π({content.other}|s) = 1" if content.other else "0"),
            (Qt.AlignmentFlag.AlignHCenter, colours.muted, "½"),
            (Qt.AlignmentFlag.AlignRight, colours.right_ink, f"π({content.action}|s) = 1 →"),
        )
        for side, ink, text in words:
            painter.setPen(QColor(ink))
            painter.drawText(below, side | Qt.AlignmentFlag.AlignTop, text)


def named(axis: AxisRange) -> str:
    """Return what stands at an axis: its name, with its unit if it has one."""
    return f"{axis.name} ({axis.unit.strip()})" if axis.unit.strip() else axis.name


def ticks(axis: AxisRange) -> list[tuple[float, str]]:
    """Return round numbers of an axis: their places in the environment's own unit, and how they are written."""
    low, high = sorted((axis.low * axis.factor, axis.high * axis.factor))
    step = _round_step((high - low) / (2 * _TICKS))
    first = math.ceil(low / step - 1e-9)
    numbers = [number * step for number in range(first, math.floor(high / step + 1e-9) + 1)]
    return [(number / axis.factor, f"{number:.6g}".replace("-", "−")) for number in numbers]


def _round_step(least: float) -> float:
    """Return the first of 1, 2, 5, 10, … × a power of ten that is not below ``least``."""
    power: float = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= least * (1 - 1e-9))


def flat(states: Sequence[Sequence[float]] | Floats32, x: int, y: int) -> Floats32:
    """Return two numbers of each state, (n, 2)."""
    every = np.asarray(states, np.float32)
    if every.ndim != 2:
        return np.empty((0, 2), np.float32)
    found: Floats32 = every[:, [x, y]]
    return found
