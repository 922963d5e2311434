"""Draws one row of the strips: bars from zero, cells of actions, or arrows from one probability to another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.explain.symbols import SYMBOLS
from app.policy_gradient.anatomy.rows import Row
from app.policy_gradient.drawing.stroke import stroke
from app.theme import Colours
from core.policy_gradient.returns import Floats

_FILL = 0.35
"""How much of its hue the ground below a bar takes."""
_GAP_FROM = 4.0
"""Pixels a step from which bars stand apart."""
_HEADS_FROM = 5.0
"""Pixels a step from which arrows have heads."""
_WORDS_FROM = 10.0
"""Pixels a step from which an action is written into its cell."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which steps are seen, and where.

    Attributes:
        first: number of the first step, from 0; a part of one where it is cut.
        count: how many.
        left: where the first begins.
        width: of all of them.
    """

    first: float
    count: float
    left: float
    width: float

    @property
    def step(self) -> float:
        """Pixels a step."""
        return self.width / self.count

    def x(self, t: float) -> float:
        """Return where step ``t`` begins."""
        return self.left + (t - self.first) * self.step

    def at(self, x: float) -> int:
        """Return which step is at ``x``."""
        return int(np.floor(self.first + (x - self.left) / self.step))

    def steps(self, of: int) -> range:
        """Return the steps that are seen, those that are cut too."""
        return range(max(0, int(self.first)), min(of, int(np.ceil(self.first + self.count))))


def action_colours(colours: Colours, n_actions: int) -> tuple[str, ...]:
    """Return the colour of each action: left blue and right orange; of more than two, those of curves."""
    if n_actions <= 2:
        return colours.left, colours.right
    return tuple(colours.series[1 + n % (len(colours.series) - 1)] for n in range(n_actions))


def y_of(row: Row, room: QRectF, value: float) -> float:
    """Return where a value is drawn in a row's room."""
    return room.bottom() - (value - row.low) / (row.high - row.low) * room.height()


@dataclass(frozen=True, slots=True)
class Canvas:
    """What all rows of an episode are drawn with.

    Attributes:
        painter: the surface, clipped by whoever draws.
        span: which steps are seen.
        actions: of every step of the episode, (T,).
        hues: the colour of each action.
        colours: of the theme.
        hair: width of thin lines.
    """

    painter: QPainter
    span: Span
    actions: npt.NDArray[np.int64]
    hues: tuple[str, ...]
    colours: Colours
    hair: float

    def hue_at(self, t: int) -> QColor:
        """Return the colour of the action of step ``t``."""
        return QColor(self.hues[self.actions[t] % len(self.hues)])

    def level(self, y: float, hue: str) -> None:
        """Draw a line across all steps."""
        self.painter.setPen(QPen(QColor(hue), self.hair))
        self.painter.drawLine(QLineF(self.span.left, y, self.span.left + self.span.width, y))


def draw_row(canvas: Canvas, row: Row, room: QRectF) -> None:
    """Draw a row, its scale in ``room``."""
    if row.spec.kind == "actions":
        _draw_actions(canvas, room)
        return
    canvas.level(y_of(row, room, 0.0), canvas.colours.outline)
    if row.spec.kind == "arrows":
        for value in (0.5, 1.0):
            canvas.level(y_of(row, room, value), canvas.colours.grid)
        _draw_arrows(canvas, row, room)
    elif row.spec.has_action_colour:
        for action, hue in enumerate(canvas.hues):
            _draw_bars(canvas, row, room, np.where(canvas.actions == action, row.values, 0.0), hue)
    else:
        _draw_bars(canvas, row, room, row.values, SYMBOLS[row.spec.symbol].colour(canvas.colours))
    if row.paid is not None:
        _draw_zeroed(canvas, row, room)


def _draw_actions(canvas: Canvas, room: QRectF) -> None:
    painter, span = canvas.painter, canvas.span
    gap = 1.0 if span.step >= _GAP_FROM else 0.0
    for t in span.steps(len(canvas.actions)):
        cell = QRectF(span.x(t), room.top(), span.step - gap, room.height())
        painter.fillRect(cell, canvas.hue_at(t))
        if span.step >= _WORDS_FROM:
            action = int(canvas.actions[t])
            painter.setPen(QColor(canvas.colours.stage))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, "←→"[action] if len(canvas.hues) == 2 else str(action))


def _draw_bars(canvas: Canvas, row: Row, room: QRectF, values: Floats, hue: str) -> None:
    """Draw bars from zero; where they are too narrow to stand apart, their outline, which loses no peak."""
    painter, span, hair = canvas.painter, canvas.span, canvas.hair
    zero, steps = y_of(row, room, 0.0), span.steps(len(values))
    fill = QColor(hue)
    fill.setAlphaF(_FILL)
    if span.step >= _GAP_FROM:
        for t in steps:
            y = y_of(row, room, float(values[t]))
            if y != zero:
                bar = QRectF(span.x(t), min(y, zero), span.step - 1, abs(zero - y))
                painter.fillRect(bar, fill)
                painter.fillRect(QRectF(bar.left(), y - (hair if y > zero else 0), bar.width(), hair), QColor(hue))
        return
    edges = np.repeat(np.arange(steps.start, steps.stop + 1), 2)[1:-1]  # each step from its left to its right
    x = span.left + (edges - span.first) * span.step
    shares = (np.repeat(values[steps.start : steps.stop], 2) - row.low) / (row.high - row.low)
    heights = room.bottom() - shares * room.height()
    top = [QPointF(*point) for point in zip(x.tolist(), heights.tolist(), strict=True)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawPolygon(QPolygonF([QPointF(top[0].x(), zero), *top, QPointF(top[-1].x(), zero)]))
    stroke(painter, top, QColor(hue), hair)


def _draw_arrows(canvas: Canvas, row: Row, room: QRectF) -> None:
    """Draw an arrow a step; where there is no room for its head, a dot where it ends."""
    assert row.before is not None  # what has arrows says where they begin
    painter, span, hair = canvas.painter, canvas.span, canvas.hair
    shaft, half = max(hair, min(span.step * 0.3, 3 * hair)), min(span.step * 0.45, 4 * hair)
    for t in span.steps(len(canvas.actions)):
        hue, x = canvas.hue_at(t), span.x(t + 0.5)
        start, end = y_of(row, room, float(row.before[t])), y_of(row, room, float(row.values[t]))
        painter.setPen(QPen(hue, shaft, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QLineF(x, start, x, end))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hue)
        if span.step >= _HEADS_FROM:
            painter.drawRect(QRectF(x - half, start - hair / 2, 2 * half, hair))  # where it was
            neck = end - (1 if end > start else -1) * max(half, min(2 * half, abs(end - start)))
            painter.drawPolygon(QPolygonF([QPointF(x, end), QPointF(x - half, neck), QPointF(x + half, neck)]))
        else:
            painter.drawEllipse(QPointF(x, end), 1.25 * hair, 1.25 * hair)


def _draw_zeroed(canvas: Canvas, row: Row, room: QRectF) -> None:
    """Mark the last step: what the environment paid as an empty bar, and at zero a ring with the 0 it counts as."""
    assert row.paid is not None  # else there is nothing to mark
    painter, span, hair = canvas.painter, canvas.span, canvas.hair
    hue = QColor(SYMBOLS[row.spec.symbol].colour(canvas.colours))
    zero, paid = y_of(row, room, 0.0), y_of(row, room, row.paid)
    wide = max(span.step - 1, 2 * hair)
    right = span.x(len(canvas.actions)) - (1 if span.step >= _GAP_FROM else 0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(hue, 1.5 * hair, Qt.PenStyle.DashLine))
    painter.drawRect(QRectF(right - wide, min(zero, paid), wide, abs(zero - paid)))
    painter.setPen(QPen(hue, 1.5 * hair))
    painter.setBrush(QColor(canvas.colours.stage))
    radius = 2.5 * hair
    centre = QPointF(right - max(wide / 2, radius), zero - radius)
    painter.drawEllipse(centre, radius, radius)
