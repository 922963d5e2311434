"""The lane of who asks: the query's sentence as words to click, its vector, and lines from it to the keys."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainterPath, QPen

from app.attention.drawing.labels import written
from app.attention.drawing.vector_strip import draw_hue, draw_strip
from app.attention.mechanisms.drawing.canvas import Canvas, coarse
from app.attention.mechanisms.drawing.lanes import Lane
from core.attention.results import Floats, Token

HIGH = 1.5
"""Lines of text of a word to click."""
_DOTS = 1.25
"""Lines of text that dots are wide, which stand for words without room."""
_FAINTEST = 0.02
"""Weights below it have no line."""


@dataclass(frozen=True)
class Question(Lane):
    """Who asks.

    Attributes:
        tokens: the words of the query's sentence.
        query: which of them asks.
        weights: (n,) how strong its line to each key is.
        vector: (d,) its vector.
    """

    tokens: tuple[Token, ...] = ()
    query: int = 0
    weights: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    vector: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    places: dict[int, QRectF] = field(default_factory=dict)
    """Where each word that is seen was drawn last."""

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Draw the words around the query that have room, the query framed, and its lines."""
        em, painter, colours = canvas.look.scale.em, canvas.painter, canvas.look.theme.theme.colours
        font = canvas.look.scale.font()
        chosen_font = canvas.look.scale.font(bold=True)
        self.places.clear()
        self.places.update(self.lay_out(canvas, room))
        for index, place in self.places.items():
            is_query = index == self.query
            painter.setPen(QPen(canvas.hue("q") if is_query else QColor(colours.border), 2 if is_query else 1))
            painter.setBrush(QColor(colours.stage))
            painter.drawRoundedRect(place, em(0.25), em(0.25))
            ink = canvas.hue("q") if is_query else QColor(colours.text)
            words = written(self.tokens[index])
            canvas.write(place, words, ink, Qt.AlignmentFlag.AlignHCenter, chosen_font if is_query else font)
        self.draw_left_out(canvas)
        self._draw_vector(canvas, room)
        if self.query in self.places:
            self._draw_lines(canvas, room, self.places[self.query])

    def draw_left_out(self, canvas: Canvas) -> None:
        """Draw dots where there are more words than have room."""
        if not self.places:
            return
        wide, ink = canvas.look.scale.em(_DOTS), canvas.look.theme.theme.colours.muted
        font = canvas.look.scale.font()
        first, last = min(self.places), max(self.places)
        if first > 0:
            place = self.places[first]
            room = QRectF(place.left() - wide, place.top(), wide, place.height())
            canvas.write(room, "…", ink, Qt.AlignmentFlag.AlignHCenter, font)
        if last < len(self.tokens) - 1:
            place = self.places[last]
            room = QRectF(place.right(), place.top(), wide, place.height())
            canvas.write(room, "…", ink, Qt.AlignmentFlag.AlignHCenter, font)

    def _draw_vector(self, canvas: Canvas, room: QRectF) -> None:
        """Draw the query's vector right of the words, where there is room."""
        em = canvas.look.scale.em
        left = max((place.right() for place in self.places.values()), default=room.left()) + em(1)
        box = QRectF(left, room.top() + em(0.4), min(float(em(12)), canvas.right - left), em(0.9))
        if self.vector.size and box.width() >= em(6):
            parts = coarse(self.vector, 48)
            most = float(np.abs(parts).max(initial=0))
            draw_strip(canvas.painter, box, parts, most, rim=canvas.look.theme.theme.colours.border)
            draw_hue(canvas.painter, box, canvas.hue("q").name(), em)

    def lay_out(self, canvas: Canvas, room: QRectF) -> dict[int, QRectF]:
        """Return where the words around the query stand that have room."""
        em, metrics = canvas.look.scale.em, QFontMetricsF(canvas.look.scale.font(bold=True))
        widths = [metrics.horizontalAdvance(written(token)) + em(0.75) for token in self.tokens]
        gap, most = em(0.25), canvas.right - room.left()
        if sum(widths) + gap * len(widths) > most:
            most -= 2 * em(_DOTS)
        first = last = min(self.query, len(widths) - 1)
        taken = widths[first] + gap
        while first > 0 or last < len(widths) - 1:  # grow to both sides of the query while there is room
            grown = False
            if last < len(widths) - 1 and taken + widths[last + 1] + gap <= most:
                last += 1
                taken += widths[last] + gap
                grown = True
            if first > 0 and taken + widths[first - 1] + gap <= most:
                first -= 1
                taken += widths[first] + gap
                grown = True
            if not grown:
                break
        places, x = {}, room.left() + (em(_DOTS) if first > 0 else 0)
        for index in range(first, last + 1):
            places[index] = QRectF(x, room.top() + 1, min(widths[index], most), em(HIGH))
            x += widths[index] + gap
        return places

    def _draw_lines(self, canvas: Canvas, room: QRectF, query: QRectF) -> None:
        painter, hue = canvas.painter, canvas.hue("alpha")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        start = QPointF(query.center().x(), query.bottom() + 1)
        for key in range(*canvas.axis.visible()):
            weight = min(1.0, float(self.weights[key]))
            if weight < _FAINTEST:
                continue
            end = QPointF(canvas.axis.middle(key), room.bottom())
            middle = (start.y() + end.y()) / 2
            path = QPainterPath(start)
            path.cubicTo(QPointF(start.x(), middle), QPointF(end.x(), middle), end)
            colour = QColor(hue)
            colour.setAlphaF(0.2 + 0.8 * weight)
            painter.setPen(QPen(colour, 1 + canvas.look.scale.em(0.3) * weight))
            painter.drawPath(path)

    @property
    def inner_symbols(self) -> tuple[str, ...]:
        """The query's."""
        return ("q",)

    def rects_of(self, symbol: str, room: QRectF, end: float) -> list[QRectF]:
        """The word that asks."""
        if symbol == "q":
            return [self.places[self.query]] if self.query in self.places else []
        return super().rects_of(symbol, room, end)

    def word_at(self, place: QPointF) -> int | None:
        """Return the index of the word under ``place``."""
        return next((index for index, room in self.places.items() if room.contains(place)), None)
