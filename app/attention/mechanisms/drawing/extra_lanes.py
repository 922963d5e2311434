"""Lanes that only one or two mechanisms have: a curve over the number of draws, a small square of numbers, a line."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainterPath, QPen

from app.attention.mechanisms.drawing.canvas import Canvas
from app.attention.mechanisms.drawing.lanes import Lane
from app.widgets.weight_colours import colour, inks
from core.attention.results import Floats, Ints


@dataclass(frozen=True)
class Curve(Lane):
    """Something over the number of draws, which grows to the right by decades.

    Attributes:
        x: (p,) numbers of draws, growing.
        y: (p,) numbers above 0.
        last: the number of draws at the right end.
        x_name: what goes right.
    """

    x: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    y: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    last: int = 1
    x_name: str = ""

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Draw axes, and the curve as far as it goes."""
        em, painter, colours = canvas.look.scale.em, canvas.painter, canvas.look.theme.theme.colours
        left = room.left() + em(2.5)
        plot = QRectF(left, room.top() + em(0.4), min(em(26), canvas.right - left - em(6)), room.height() - em(1.75))
        most = float(self.y.max(initial=0)) or 1.0
        painter.setPen(QPen(QColor(colours.outline), 1))
        painter.drawLine(QLineF(plot.bottomLeft(), plot.bottomRight()))
        painter.drawLine(QLineF(plot.bottomLeft(), plot.topLeft()))
        top = QRectF(room.left(), plot.top() - em(0.5), em(2.25), em(1))
        canvas.write(top, f"{most:.3f}", colours.muted, Qt.AlignmentFlag.AlignRight, canvas.small())
        zero = QRectF(room.left(), plot.bottom() - em(0.5), em(2.25), em(1))
        canvas.write(zero, "0", colours.muted, Qt.AlignmentFlag.AlignRight, canvas.small())
        whole = math.log10(self.last)
        for decade in range(int(whole) + 1):
            x = plot.left() + plot.width() * decade / whole
            painter.setPen(QPen(QColor(colours.grid), 1))
            painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
            tick = QRectF(x - em(2), plot.bottom() + 1, em(4), em(1.1))
            canvas.write(tick, f"{10**decade:,}", colours.muted, Qt.AlignmentFlag.AlignHCenter, canvas.small())
        name = QRectF(plot.right() + em(0.5), plot.bottom() - em(0.5), canvas.right - plot.right() - em(0.5), em(1.1))
        canvas.write(name, self.x_name, colours.muted, Qt.AlignmentFlag.AlignLeft)
        path = QPainterPath()
        for at, (draws, distance) in enumerate(zip(self.x.tolist(), self.y.tolist(), strict=True)):
            point = QPointF(
                plot.left() + plot.width() * math.log10(draws) / whole, plot.bottom() - plot.height() * distance / most
            )
            if at == 0:
                path.moveTo(point)
            else:
                path.lineTo(point)
        painter.setPen(QPen(canvas.hue(self.symbol), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)


@dataclass(frozen=True)
class Square(Lane):
    """A small square table of weights with its numbers.

    Attributes:
        numbers: (r, r), 0 to 1.
        note: what stands right of it.
    """

    numbers: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    note: str = ""

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Draw the cells, each with its number where that has room."""
        em, painter, colours = canvas.look.scale.em, canvas.painter, canvas.look.theme.theme.colours
        rows = len(self.numbers)
        high, wide = room.height() / max(1, rows), float(em(2.75))
        font = canvas.small()
        has_numbers = QFontMetricsF(font).height() <= high
        for row, column in np.ndindex(self.numbers.shape):
            cell = QRectF(room.left() + column * wide, room.top() + row * high, wide, high)
            deep = round(min(1.0, max(0.0, float(self.numbers[row, column]))) * 255)
            painter.fillRect(cell, QColor(colour("red", deep / 255)))
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cell)
            if has_numbers:
                words = f"{self.numbers[row, column]:.2f}"
                canvas.write(cell, words, inks("red")[deep], Qt.AlignmentFlag.AlignHCenter, font)
        left = room.left() + rows * wide + em(1)
        beside = QRectF(left, room.top(), canvas.right - left, room.height())
        painter.setFont(canvas.look.scale.font())
        painter.setPen(QColor(colours.text))
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(beside, middle | Qt.TextFlag.TextWordWrap, self.note)


@dataclass(frozen=True)
class Line(Lane):
    """A line of words.

    Attributes:
        words: what it says.
    """

    words: str = ""

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Write it, smaller where it has no room."""
        place = QRectF(room.left(), room.top(), canvas.right - room.left(), room.height())
        ink, font = canvas.look.theme.theme.colours.text, canvas.look.scale.font()
        if QFontMetricsF(font).horizontalAdvance(self.words) > place.width():
            font = canvas.look.scale.font("caption")
        canvas.write(place, self.words, ink, Qt.AlignmentFlag.AlignLeft, font)
