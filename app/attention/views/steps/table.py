"""The table of the three steps: a row for each key with its vectors, its score, its weight and its value."""

from __future__ import annotations

import math
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.attention.drawing.labels import written
from app.attention.drawing.vector_strip import cell_under, draw_hue, draw_strip
from app.attention.views.steps.layout import Column, StepsColumns, columns_of
from app.explain.links import SymbolLinks
from app.explain.parts import aired
from app.explain.symbols import SYMBOLS
from app.fonts import tabular
from app.motion.glide import LONG, Glide
from app.panel import Look, Panel
from app.theme import Theme
from app.widgets.weight_colours import colour
from core.attention.results import Floats, ThreeSteps
from core.language import _

_ROW: Final = 1.375
_HIGHEST_ROW: Final = 2.75
"""Heights of a row, in lines of text: where there are few keys, rows grow."""


def number(value: float, digits: int = 2) -> str:
    """Return ``value`` as a column of numbers writes it."""
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    return f"{value:.{digits}f}".replace("-", "−")


SYMBOLS_OF_COLUMNS: Final = {"k": "key", "score": "score", "alpha": "weight", "v": "value"}
"""The symbols that columns stand for, with the columns' names."""


class StepsTable(Panel):
    """Rows of numbers. They scroll; only those in sight are drawn.

    Signals:
        hovered: key and dimension under the mouse, each None where there is none.
        mask_toggled: the key that is to be hidden or shown by hand.
    """

    hovered = Signal(object, object)
    mask_toggled = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._steps: ThreeSteps | None = None
        self._masked: frozenset[int] = frozenset()
        self._hover: tuple[int | None, int | None] = (None, None)
        self._room = 0
        self._most_vector = self._most_value = self._most_weight = 1.0
        self._scores = (0.0, 1.0)
        self._growing = Glide(look.motion, self, lambda _progress: self.update(), lasts=LONG)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._retranslate()

    @property
    def columns(self) -> StepsColumns:
        """Where the columns lie at the present width."""
        return columns_of(self.width(), self.look.scale.em)

    def link_symbols(self, links: SymbolLinks) -> None:
        """Let columns stand for their symbols."""
        for symbol in SYMBOLS_OF_COLUMNS:
            links.add(symbol, self, partial(self._rects_of, symbol))

    def _rects_of(self, symbol: str) -> tuple[QRectF, ...]:
        column: Column = getattr(self.columns, SYMBOLS_OF_COLUMNS[symbol])
        return () if self._steps is None else (aired(_part(QRectF(self.rect()), column), self.look),)

    def show_steps(self, steps: ThreeSteps | None, masked: frozenset[int]) -> None:
        """Show ``steps``; ``masked`` are the rows hidden by hand."""
        former, self._steps = self._steps, steps
        self._masked = masked
        if steps is not None and not _is_same_query(former, steps):
            self._growing.begin()
        if steps is not None:
            self._most_vector = _largest(steps.query, steps.keys)
            self._most_value = _largest(steps.values)
            finite = steps.scores[np.isfinite(steps.scores)]
            self._scores = (float(finite.min(initial=0)), float(finite.max(initial=0)) or 1.0)
            self._most_weight = max(_largest(steps.weights), _largest(steps.model_weights))
        self._fit()

    def fit_into(self, height: int) -> None:
        """Let rows grow into ``height`` pixels where there are few."""
        if height != self._room:
            self._room = height
            self._fit()

    def _fit(self) -> None:
        rows = len(self._steps.key_tokens) if self._steps is not None else 1
        self.setFixedHeight(round(self._row_height() * rows))
        self.update()

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(self.look.scale.em(40), self.height())

    def _restyle(self, _theme: Theme) -> None:
        self.show_steps(self._steps, self._masked)

    def _retranslate(self) -> None:
        self.setAccessibleName(_("The three steps, one row per key"))

    def row_rect(self, row: int) -> QRectF:
        """Return where a row lies."""
        height = self._row_height()
        top, bottom = round(row * height), round((row + 1) * height)
        return QRectF(0, top, self.width(), bottom - top)

    def _row_height(self) -> float:
        """Return a height of which the room holds a whole number: no row is cut by its edge."""
        em, rows = self.look.scale.em, len(self._steps.key_tokens) if self._steps is not None else 1
        in_sight = max(1, min(rows, self._room // em(_ROW)))
        return max(em(_ROW), min(em(_HIGHEST_ROW), self._room / in_sight))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows in sight."""
        if self._steps is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self._row_height()
        first = max(0, int(event.rect().top() // height))
        last = min(len(self._steps.key_tokens), int(event.rect().bottom() // height) + 2)  # rounding moves edges
        for row in range(first, last):
            self._draw_row(painter, self._steps, row, self._growing.progress)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Draw all rows onto any surface."""
        if self._steps is not None:
            for row in range(len(self._steps.key_tokens)):
                self._draw_row(painter, self._steps, row)

    def _draw_row(self, painter: QPainter, steps: ThreeSteps, row: int, grown: float = 1.0) -> None:
        """Draw one row; while it grows, each of the three steps has a third of the way, one after the other."""
        scored, weighted, summed = (min(1.0, max(0.0, 3 * grown - step)) for step in range(3))
        colours, columns, em = self.look.theme.theme.colours, self.columns, self.look.scale.em
        room = self.row_rect(row)
        if row == self._hover[0]:
            painter.fillRect(room, QColor(colours.hover))
        off = row in self._masked or math.isinf(float(steps.bias[row]))
        ink = QColor(colours.disabled if off else colours.text)
        inset = em(0.1875)
        strip = room.adjusted(0, inset, 0, -inset)
        self._draw_eye(painter, room, row in self._masked)
        painter.setPen(ink)
        painter.setFont(self.look.scale.font(bold=steps.key_tokens[row] == steps.query_token))
        self._write(painter, room, columns.label, written(steps.key_tokens[row]), Qt.AlignmentFlag.AlignLeft)
        rim, faint = colours.border, 0.25 if off else 1.0
        draw_strip(painter, _part(strip, columns.key), steps.keys[row], self._most_vector, rim=rim, strength=faint)
        draw_hue(painter, _part(strip, columns.key), SYMBOLS["k"].colour(colours), em)
        painter.setFont(tabular(self.look.scale.font()))
        painter.setPen(ink)
        self._write(painter, room, columns.product, number(float(steps.products[row])), Qt.AlignmentFlag.AlignRight)
        self._draw_score(painter, strip, float(steps.scores[row]), ink, grown=scored)
        weights = float(steps.weights[row]), float(steps.model_weights[row])
        self._draw_weight(painter, strip, *weights, ink, grown=weighted)
        value = _part(strip, columns.value)
        upper = QRectF(value.left(), value.top(), value.width(), float(int(value.height() / 2)))
        lower = QRectF(value.left(), upper.bottom(), value.width(), value.height() - upper.height())
        draw_strip(painter, upper, steps.values[row], self._most_value, rim=rim, strength=faint)
        painter.setOpacity(summed)
        draw_strip(painter, lower, steps.weights[row] * steps.values[row], largest_part(steps), rim=rim, strength=faint)
        painter.setOpacity(1.0)
        draw_hue(painter, value, SYMBOLS["v"].colour(colours), em)

    def _draw_eye(self, painter: QPainter, room: QRectF, masked: bool) -> None:
        """Draw a disc for a key that takes part, a crossed ring for one that is hidden by hand."""
        colours, em = self.look.theme.theme.colours, self.look.scale.em
        middle = QPointF(self.columns.eye.left + em(0.5), room.center().y())
        radius = em(0.25)
        painter.setPen(QPen(QColor(colours.outline if masked else colours.text), max(1, em(0.0625))))
        painter.setBrush(Qt.BrushStyle.NoBrush if masked else QColor(colours.text))
        painter.drawEllipse(middle, radius, radius)
        if masked:
            painter.drawLine(middle + QPointF(-radius, radius), middle + QPointF(radius, -radius))

    def _draw_score(self, painter: QPainter, strip: QRectF, score: float, ink: QColor, *, grown: float) -> None:
        """Write the score left of a bar that grows from zero to both sides."""
        colours, column = self.look.theme.theme.colours, self.columns.score
        words = self.look.scale.em(2.75)
        self._write(painter, strip, Column(column.left, words), number(score), Qt.AlignmentFlag.AlignRight)
        bars = QRectF(column.left + words + self.look.scale.em(0.375), strip.top(), 0, strip.height())
        bars.setRight(column.right)
        low, high = self._scores
        middle = bars.left() + bars.width() * -low / (high - low)
        painter.fillRect(QRectF(middle, bars.top(), 1, bars.height()), QColor(colours.border))
        if math.isfinite(score):
            length = grown * bars.width() * score / (high - low)
            bar = QRectF(min(middle, middle + length), bars.top(), abs(length), bars.height())
            painter.fillRect(bar.adjusted(0, 2, 0, -2), QColor(SYMBOLS["score"].colour(colours)))
        painter.setPen(ink)

    def _draw_weight(
        self, painter: QPainter, strip: QRectF, weight: float, model: float, ink: QColor, *, grown: float
    ) -> None:
        """Write the weight left of its bar in the colour of attention; a tick marks the model's own."""
        colours, column = self.look.theme.theme.colours, self.columns.weight
        words = self.look.scale.em(3)
        painter.setPen(ink)
        self._write(painter, strip, Column(column.left, words), number(weight, 3), Qt.AlignmentFlag.AlignRight)
        left = column.left + words + self.look.scale.em(0.375)
        room = column.right - left
        bar = QRectF(left, strip.top() + 2, room, strip.height() - 4)
        painter.fillRect(bar, QColor(colours.grid))
        length = grown * room * weight / self._most_weight
        ink_of_weight = QColor.fromRgb(colour("red", 0.35 + 0.65 * weight))
        painter.fillRect(QRectF(left, bar.top(), length, bar.height()), ink_of_weight)
        if abs(weight - model) > 1e-3:
            at = left + room * model / self._most_weight
            painter.setPen(QPen(QColor(colours.text), max(1.5, self.look.scale.em(0.125) * 0.75)))
            painter.drawLine(QPointF(at, strip.top()), QPointF(at, strip.bottom()))
            painter.setPen(ink)

    def _write(self, painter: QPainter, room: QRectF, column: Column, text: str, side: Qt.AlignmentFlag) -> None:
        where = _part(room, column)
        fitted = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, round(column.width))
        painter.drawText(where, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, fitted)

    def _place_at(self, point: QPointF) -> tuple[int | None, int | None]:
        steps = self._steps
        if steps is None:
            return None, None
        row = int(point.y() // self._row_height())
        if not 0 <= row < len(steps.key_tokens):
            return None, None
        for column in (self.columns.key, self.columns.value):
            dimension = cell_under(point.x(), _part(self.row_rect(row), column), steps.query.size)
            if dimension is not None:
                return row, dimension
        return row, None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which number lies under the mouse."""
        here = self._place_at(event.position())
        if here != self._hover:
            self._hover = here
            self.hovered.emit(*here)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hide or show the key whose disc or token is clicked."""
        row, _dimension = self._place_at(event.position())
        left_button = event.button() == Qt.MouseButton.LeftButton
        if row is not None and left_button and event.position().x() < self.columns.label.right:
            self.mask_toggled.emit(row)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing lies under the mouse."""
        self._hover = (None, None)
        self.hovered.emit(None, None)
        self.update()
        super().leaveEvent(event)


def _is_same_query(former: ThreeSteps | None, steps: ThreeSteps) -> bool:
    """Return whether the same vectors meet as before, as where only temperature or mask was moved."""
    return former is not None and all(
        np.array_equal(one, other) for one, other in ((former.query, steps.query), (former.keys, steps.keys))
    )


def largest_part(steps: ThreeSteps) -> float:
    """Return the size at which the colours of weighted values, and of the context they add up to, end."""
    parts = float((steps.weights * np.abs(steps.values).max(axis=1)).max(initial=0)) if steps.values.size else 0.0
    return max(parts, _largest(steps.context), _largest(steps.model_context))


def _part(room: QRectF, column: Column) -> QRectF:
    return QRectF(column.left, room.top(), column.width, room.height())


def _largest(*arrays: Floats) -> float:
    """Return the largest finite size in ``arrays``, or 1 where there is none."""
    sizes = [np.abs(array[np.isfinite(array)]) for array in arrays]
    return max((float(size.max()) for size in sizes if size.size), default=1.0) or 1.0
