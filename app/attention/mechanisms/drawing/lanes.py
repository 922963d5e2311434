"""The lanes of a drawing, one below the other over the same keys: words, boxes of vectors, bars, rows of weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPen

from app.attention.drawing.indexed_image import enlarged, image
from app.attention.drawing.labels import SMALLEST
from app.attention.drawing.vector_strip import draw_strip
from app.attention.mechanisms.drawing.canvas import Canvas, coarse, minus, sized
from app.explain.symbols import SYMBOLS
from app.scale import TYPE_SIZES
from core.attention.colormaps import levels
from core.attention.results import Floats

_NUMBER = 0.25
"""Most of a lane of bars without numbers that is left free above and below, for the number under the mouse."""
AIRLESS = 0.92
"""Share of a line's height that letters need."""
_LEAST_BARS = 0.75
"""Lines of text that bars are high at least where numbers stand above and below them."""
_STRIP = 96
"""Most cells of a lying vector."""


@dataclass(frozen=True)
class Lane:
    """One of them.

    Attributes:
        title: what stands left of it, translated.
        symbol: whose numbers it shows; empty for none.
        lines: its height in lines of text where there is little room.
        grows: its share of the height that is left.
        is_text: squeezed, its words would lose letters or lie on each other: what is drawn gives way to it.
    """

    is_text: ClassVar[bool] = False
    title: str
    symbol: str = ""
    lines: float = 1.5
    grows: float = 0.0

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Draw it into ``room``, from the keys' first column to the right end."""
        raise NotImplementedError

    @property
    def inner_symbols(self) -> tuple[str, ...]:
        """Symbols whose numbers are a part of it only."""
        return ()

    def key_at(self, _place: QPointF) -> int | None:
        """Return the key under a place, where keys have no columns."""
        return None

    def rects_of(self, symbol: str, room: QRectF, end: float) -> list[QRectF]:
        """Return where the numbers of ``symbol`` are, once it was drawn into ``room``; the keys end at ``end``."""
        return [QRectF(0, room.top(), end, room.height())] if self.symbol and self.symbol == symbol else []


@dataclass(frozen=True)
class Words(Lane):
    """The keys' words."""

    is_text = True

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Write them level, or slanted where they don't fit."""
        plan = canvas.labels.plan_columns(canvas.axis.cell, partial(sized, canvas.look), room.height())
        canvas.painter.setPen(canvas.hue(self.symbol))
        canvas.labels.draw_columns(canvas.painter, plan, canvas.axis, room.bottom() - 2)


@dataclass(frozen=True)
class Boxes(Lane):
    """A vector over each key.

    Attributes:
        vectors: (n, d).
        strength: (n,) how strongly each is drawn; None for whole.
    """

    vectors: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    strength: Floats | None = None

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Draw the boxes."""
        canvas.boxes(self.vectors, room, self.strength)


@dataclass(frozen=True)
class Strip(Lane):
    """One vector, lying.

    Attributes:
        vector: (d,).
        note: what stands right of it.
        most: the size at which colours end; 0 for the largest number's.
    """

    vector: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    note: str = ""
    most: float = 0.0

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Draw the vector as wide as the keys, at least as wide as can be seen."""
        em, colours = canvas.look.scale.em, canvas.look.theme.theme.colours
        noted = QFontMetricsF(canvas.small()).horizontalAdvance(self.note) + em(0.5) if self.note else 0
        width = min(canvas.right - room.left() - noted, max(float(canvas.axis.seen), em(16)))
        box = QRectF(room.left(), room.top() + em(0.2), width, room.height() - em(0.4))
        parts = coarse(self.vector, _STRIP)
        most = self.most or float(np.abs(parts).max(initial=0))
        draw_strip(canvas.painter, box, parts, most, rim=colours.border)
        beside = QRectF(box.right() + em(0.5), room.top(), noted, room.height())
        canvas.write(beside, self.note, colours.muted, Qt.AlignmentFlag.AlignLeft, canvas.small())


@dataclass(frozen=True)
class Bars(Lane):
    """A number for each key, as a bar, with the number written where there is room.

    Attributes:
        values: (n,).
        digits: after the point.
        most: where bars end; 0 for the largest number.
        outline: (n,) other numbers, drawn as a rim around the bars; None for none.
        note: what stands at the right end.
        marked: a key whose bar has a mark on it.
    """

    values: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    digits: int = 3
    most: float = 0.0
    outline: Floats | None = None
    note: str = ""
    marked: int | None = None

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Draw bars up from their line, and down from it where numbers are below zero."""
        em, painter = canvas.look.scale.em, canvas.painter
        colours, hue = canvas.look.theme.theme.colours, canvas.hue(self.symbol)
        both = self.values if self.outline is None else np.concatenate([self.values, self.outline])
        high = max(self.most or float(both.max(initial=0)), 0.0)
        low = min(float(both.min(initial=0)), 0.0)
        number = em(1.0) if self._has_numbers(canvas) else min(em(1.0), room.height() * _NUMBER)
        above, below = (number if high > 0 else em(0.25)), (number if low < 0 else 1)
        if room.height() < above + below + em(_LEAST_BARS):  # there is room for numbers on one side of the line only
            above, below = number, 1
        unit = max(0.0, room.height() - above - below) / ((high - low) or 1.0)
        line = room.bottom() - below + low * unit
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(QLineF(room.left(), line, room.left() + canvas.axis.seen, line))
        for key in range(*canvas.axis.visible()):
            value, column = float(self.values[key]), canvas.column(key, room, 0.2)
            wide = min(column.width(), em(2.5))
            column = QRectF(column.center().x() - wide / 2, column.top(), wide, column.height())
            bar = QRectF(column.left(), line - max(value, 0) * unit, wide, abs(value) * unit)
            painter.fillRect(bar, hue)
            ends = bar
            if self.outline is not None:
                rim = abs(float(self.outline[key])) * unit
                ends = bar.united(QRectF(bar.left(), line - rim, wide, rim))
                painter.setPen(QPen(QColor(colours.text if rim >= 1 else colours.border), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(column.left(), line - rim, column.width(), rim))
            if key == self.marked:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.accent))
                painter.drawEllipse(QRectF(column.center().x() - em(0.35), line - em(0.35), em(0.7), em(0.7)))
            is_below = value < 0 and below > 1
            end = ends.bottom() if is_below else ends.top() if value >= 0 else line
            self._write(canvas, key, QPointF(bar.center().x(), end), room, is_below=is_below)
        if self.note:
            beside = QRectF(room.left() + canvas.axis.seen + em(0.5), room.top(), canvas.right, room.height())
            beside.setRight(canvas.right)
            canvas.write(beside, self.note, colours.muted, Qt.AlignmentFlag.AlignLeft, canvas.small())

    def _number(self, key: int) -> str:
        return minus(f"{self.values[key]:.{self.digits}f}")

    def _fits(self, words: str, canvas: Canvas) -> bool:
        return QFontMetricsF(canvas.small()).horizontalAdvance(words) <= canvas.axis.cell * 0.98

    def _has_numbers(self, canvas: Canvas) -> bool:
        """Whether any number is written, the one under the mouse aside."""
        return any(self._fits(self._number(key), canvas) for key in range(*canvas.axis.visible()))

    def _write(self, canvas: Canvas, key: int, end: QPointF, room: QRectF, *, is_below: bool) -> None:
        """Write the number at the end of bar and rim: of all keys, of the one under the mouse where they'd touch."""
        words, font = self._number(key), canvas.small()
        if not self._fits(words, canvas) and key != canvas.hovered:
            return
        metrics = QFontMetricsF(font)
        width, height = metrics.horizontalAdvance(words), metrics.height()
        top = end.y() if is_below else end.y() - height
        top = min(max(top, room.top()), room.bottom() - height)
        place = QRectF(end.x() - width / 2 - 2, top, width + 4, height)
        canvas.clear(place.adjusted(0, height * 0.15, 0, -height * 0.1))
        canvas.write(place, words, canvas.look.theme.theme.colours.text, Qt.AlignmentFlag.AlignHCenter, font)


@dataclass(frozen=True)
class Grid(Lane):
    """Rows of weights in the colours of attention.

    Attributes:
        weights: (r, n), 0 to 1.
        names: of the rows.
        chosen: a row that is framed.
        beside: (r,) a number for each row, as a bar at the right end; None for none.
        beside_symbol: whose numbers those are.
        hidden: keys that may not be seen.
    """

    weights: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    names: Sequence[str] = ()
    chosen: int | None = None
    beside: Floats | None = None
    beside_symbol: str = ""
    hidden: Sequence[int] = ()

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Draw the rows, their names, and the bars beside them."""
        rows = len(self.weights)
        if not rows:
            return
        painter = canvas.painter
        ratio = painter.device().devicePixelRatio()
        edges = np.round(np.linspace(0, room.height() * ratio, rows + 1)).astype(np.int64)
        picture = image(enlarged(levels(self.weights), edges, canvas.axis.edges(ratio)), "red")
        picture.setDevicePixelRatio(ratio)
        painter.drawImage(room.topLeft(), picture)
        height = room.height() / rows
        self._draw_names(canvas, room, height)
        self._draw_lines(canvas, room, height)
        if self.beside is not None:
            self._draw_beside(canvas, room, height)

    def _draw_names(self, canvas: Canvas, room: QRectF, height: float) -> None:
        """Write the rows' names, smaller where rows are low; where they would lie on each other, not all of them."""
        em, colours = canvas.look.scale.em, canvas.look.theme.theme.colours
        line = QFontMetricsF(sized(canvas.look, 1.0)).height() * AIRLESS
        size = max(SMALLEST, min(TYPE_SIZES["caption"], height / line))
        every = max(1, math.ceil(size * line / height - 0.01))
        for row, name in enumerate(self.names):
            is_beside = self.chosen is not None and 0 < abs(row - self.chosen) < every
            if (row % every and row != self.chosen) or is_beside:
                continue
            font = sized(canvas.look, size)
            font.setBold(row == self.chosen)
            wide = min(em(7), room.left() - em(0.25))
            place = QRectF(room.left() - wide - em(0.25), room.top() + (row + 0.5) * height - line / 2, wide, line)
            ink = colours.text if row == self.chosen else colours.muted
            canvas.write(place, name, ink, Qt.AlignmentFlag.AlignRight, font)

    def _draw_lines(self, canvas: Canvas, room: QRectF, height: float) -> None:
        painter, colours, seen = canvas.painter, canvas.look.theme.theme.colours, canvas.axis.seen
        for key in self.hidden:
            left, width = canvas.axis.span(key, key + 1)
            cell = QRectF(left, room.top(), width, room.height())
            painter.fillRect(cell, QColor(colours.border))
            painter.fillRect(cell, QBrush(QColor(colours.muted), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for row in range(len(self.weights) + 1):
            y = room.top() + row * height
            painter.drawLine(QLineF(room.left(), y, room.left() + seen, y))
        painter.drawRect(QRectF(room.left(), room.top(), seen, room.height()))
        if self.chosen is not None:
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRect(QRectF(room.left(), room.top() + self.chosen * height, seen, height))

    def _draw_beside(self, canvas: Canvas, room: QRectF, height: float) -> None:
        assert self.beside is not None
        em, colours, most = (
            canvas.look.scale.em,
            canvas.look.theme.theme.colours,
            float(self.beside.max(initial=0)) or 1,
        )
        left = room.left() + canvas.axis.seen + em(0.75)
        width = max(1.0, canvas.right - left - em(2.75))
        above = QRectF(left, room.top() - em(1.25), em(4), em(1.25))
        canvas.write(
            above, SYMBOLS[self.beside_symbol].written, canvas.hue(self.beside_symbol), Qt.AlignmentFlag.AlignLeft
        )
        line = QFontMetricsF(canvas.small()).height()
        for row, value in enumerate(self.beside.tolist()):
            place = QRectF(left, room.top() + row * height + height * 0.2, width * value / most, height * 0.6)
            canvas.painter.fillRect(place, canvas.hue(self.beside_symbol))
            if height < 0.9 * line:
                continue
            words = QRectF(place.right() + em(0.25), room.top() + row * height, em(2.75), height)
            canvas.write(words, f"{value:.3f}", colours.text, Qt.AlignmentFlag.AlignLeft, canvas.small())

    def row_at(self, y: float, room: QRectF) -> int | None:
        """Return the row at ``y`` of a drawing in which it has ``room``; None where there is none."""
        row = math.floor((y - room.top()) / room.height() * len(self.weights))
        return row if 0 <= row < len(self.weights) else None

    @property
    def inner_symbols(self) -> tuple[str, ...]:
        """That of the bars beside the rows."""
        return (self.beside_symbol,) if self.beside_symbol else ()

    def rects_of(self, symbol: str, room: QRectF, end: float) -> list[QRectF]:
        """The bars beside the rows, or all rows."""
        found = super().rects_of(symbol, room, end)
        if symbol and symbol == self.beside_symbol:
            found.append(QRectF(end, room.top(), room.right() - end, room.height()))
        return found
