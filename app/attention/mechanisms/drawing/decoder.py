"""Lanes of an encoder and a decoder: lines to a context, the words as they are said, the map that grows with them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen

from app.attention.drawing.labels import SMALLEST, written
from app.attention.drawing.vector_strip import draw_strip
from app.attention.mechanisms.drawing.canvas import Canvas, coarse, sized
from app.attention.mechanisms.drawing.lanes import Grid, Lane
from app.attention.mechanisms.drawing.question import Question
from core.attention.results import Floats

_SIZE = 0.85
"""Share of the window's type that letters below each other have at most."""
_FAINTEST = 0.02
"""Weights below it have no line."""


@dataclass(frozen=True)
class Heading(Lane):
    """What a drawing is about, beside another one.

    Attributes:
        words: what it says.
        side: which of the two it is, whose colour it has.
    """

    words: str = ""
    side: Literal["left", "right"] = "left"

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Write it, with a line of its colour below."""
        em, colours = canvas.look.scale.em, canvas.look.theme.theme.colours
        ink = QColor(colours.left_ink if self.side == "left" else colours.right_ink)
        place = QRectF(0, room.top(), canvas.right, room.height() - em(0.2))
        canvas.write(place, self.words, ink, Qt.AlignmentFlag.AlignLeft, canvas.look.scale.font(bold=True))
        canvas.painter.fillRect(QRectF(0, room.bottom() - em(0.125), canvas.right, em(0.125)), ink)


@dataclass(frozen=True)
class Upright(Lane):
    """Chinese words over narrow columns: level where they fit, else from top to bottom.

    Attributes:
        words: one a column.
    """

    words: tuple[str, ...] = ()

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Write them so that they end at the bottom; where columns are narrower than letters, not all of them."""
        cell, ink = canvas.axis.cell, canvas.look.theme.theme.colours.text
        font = sized(canvas.look, 1.0)
        is_level = self._widest(font, self.words) <= cell
        if not is_level:
            letters = [letter for word in self.words for letter in word]
            font = sized(canvas.look, min(_SIZE, max(SMALLEST, cell / self._widest(font, letters))))
        width = self._widest(font, [letter for word in self.words for letter in word])
        every = 1 if is_level else math.ceil(width / cell - 0.1)
        line = min(QFontMetricsF(font).height(), room.height() / max(map(len, self.words), default=1))
        for key in range(*canvas.axis.visible()):
            if key % every:
                continue
            parts = (self.words[key],) if is_level else tuple(self.words[key])
            left, wide = canvas.axis.span(key, key + 1)
            for at, part in enumerate(reversed(parts)):
                place = QRectF(left - cell, room.bottom() - (at + 1) * line, wide + 2 * cell, line)
                canvas.write(place, part, ink, Qt.AlignmentFlag.AlignHCenter, font)

    def _widest(self, font: QFont, texts: Sequence[str]) -> float:
        return max(map(QFontMetricsF(font).horizontalAdvance, texts), default=1.0)


@dataclass(frozen=True)
class Paragraph(Lane):
    """Words that wrap.

    Attributes:
        words: what it says.
        is_muted: it says something lesser.
    """

    words: str = ""
    is_muted: bool = False

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Write as many lines as there is room for."""
        colours = canvas.look.theme.theme.colours
        place = QRectF(room.left(), room.top(), canvas.right - room.left(), room.height())
        canvas.painter.setFont(canvas.look.scale.font())
        canvas.painter.setPen(QColor(colours.muted if self.is_muted else colours.text))
        canvas.painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, self.words)


@dataclass(frozen=True)
class Funnel(Lane):
    """Lines from the keys down to the one vector that is made of them.

    Attributes:
        weights: (n,) how strong each is.
        hue: the symbol whose colour they have.
    """

    weights: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    hue: str = "alpha"

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Draw them."""
        end = QPointF(room.left() + canvas.axis.seen / 2, room.bottom())
        for key in range(*canvas.axis.visible()):
            weight = min(1.0, float(self.weights[key]))
            if weight >= _FAINTEST:
                start = QPointF(canvas.axis.middle(key), room.top())
                _draw_line(canvas, start, end, canvas.hue(self.hue), weight)


@dataclass(frozen=True)
class Decoder(Question):
    """The words said so far, each with the decoder's state below it, and lines from the context to them.

    Attributes:
        states: (m, h) of the words said so far.
        asking: the word whose state asked for the last one's context; None where none did, or the first state.
        lines_to: the words that read the context above.
        probabilities: (m,) of the words when they were said.
    """

    states: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    asking: int | None = None
    lines_to: tuple[int, ...] = ()
    probabilities: Floats = field(default_factory=lambda: np.zeros(0, np.float32))

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Draw lines, words and states, the newest word framed."""
        em, painter, colours = canvas.look.scale.em, canvas.painter, canvas.look.theme.theme.colours
        down = em(0.7)
        below = QRectF(room.left(), room.top() + down, room.width(), room.height() - down)
        self.places.clear()
        if not self.tokens:
            return
        self.places.update(self.lay_out(canvas, below))
        self.draw_left_out(canvas)
        start = QPointF(room.left() + canvas.axis.seen / 2, room.top())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for index in self.lines_to:
            if index in self.places:
                end = QPointF(self.places[index].center().x(), below.top())
                _draw_line(canvas, start, end, canvas.hue("c"), 0.5)
        parts = coarse(self.states, 24)
        most = float(np.abs(parts).max(initial=0))
        for index, place in self.places.items():
            is_last = index == self.query
            painter.setPen(QPen(QColor(colours.focus if is_last else colours.border), 2 if is_last else 1))
            painter.setBrush(QColor(colours.stage))
            painter.drawRoundedRect(place, em(0.25), em(0.25))
            font = canvas.look.scale.font(bold=is_last)
            canvas.write(place, written(self.tokens[index]), colours.text, Qt.AlignmentFlag.AlignHCenter, font)
            box = QRectF(place.left() + em(0.15), place.bottom() + em(0.25), place.width() - em(0.3), em(0.6))
            if box.bottom() <= room.bottom() + em(0.1):
                draw_strip(painter, box, parts[index], most, rim=colours.border)
                if index == self.asking:
                    painter.setPen(QPen(canvas.hue("q"), 2))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRect(box.adjusted(-2, -2, 2, 2))


@dataclass(frozen=True)
class GoldGrid(Grid):
    """A map that grows by a row a word, with frames where the grammar links two words.

    Attributes:
        rows: how many it will have in the end.
        sure: (row, column) links that have to be found.
        possible: links that may be found.
    """

    rows: int = 0
    sure: tuple[tuple[int, int], ...] = ()
    possible: tuple[tuple[int, int], ...] = ()

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Draw as many rows as there are, as high as in the end, and the frames of the links."""
        rows = len(self.weights)
        if not rows:
            return
        here = QRectF(room.left(), room.top(), room.width(), room.height() * rows / max(rows, self.rows))
        super().draw(canvas, here)
        colours, height = canvas.look.theme.theme.colours, here.height() / rows
        canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
        is_high = height >= canvas.look.scale.em(0.6)
        inset = 2 if is_high else 1
        for links, line in ((self.possible, Qt.PenStyle.DotLine), (self.sure, Qt.PenStyle.SolidLine)):
            canvas.painter.setPen(
                QPen(QColor(colours.left), 2 if is_high and line is Qt.PenStyle.SolidLine else 1, line)
            )
            for row, key in links:
                if row < rows:
                    left, width = canvas.axis.span(key, key + 1)
                    cell = QRectF(left, here.top() + row * height, width, height)
                    canvas.painter.drawRect(cell.adjusted(inset, inset, -inset, -inset))

    def row_at(self, y: float, room: QRectF) -> int | None:
        """Return the row at ``y``; None where there is none yet."""
        row = math.floor((y - room.top()) / room.height() * max(len(self.weights), self.rows))
        return row if 0 <= row < len(self.weights) else None


def _draw_line(canvas: Canvas, start: QPointF, end: QPointF, hue: QColor, weight: float) -> None:
    widest = canvas.look.scale.em(0.3)
    middle = (start.y() + end.y()) / 2
    path = QPainterPath(start)
    path.cubicTo(QPointF(start.x(), middle), QPointF(end.x(), middle), end)
    colour = QColor(hue)
    colour.setAlphaF(0.2 + 0.8 * weight)
    canvas.painter.setPen(QPen(colour, 1 + widest * weight))
    canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
    canvas.painter.drawPath(path)
