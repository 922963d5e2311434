"""Lanes of a review: its sentences as words on the red of their weights, and how good it is thought to be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPen

from app.attention.drawing.labels import written
from app.attention.mechanisms.drawing.canvas import Canvas
from app.attention.mechanisms.drawing.lanes import Lane
from app.widgets.weight_colours import colour, inks
from core.attention.results import Floats, Ints, Token

TypeSize = Literal["title", "body", "caption"]
_WORD = 1.55
"""Lines of text that a line of words is high."""
_SHARES: Final[dict[TypeSize, float]] = {"title": 1.25, "body": 1.0, "caption": 0.8}
"""What becomes of that for each size of type, the largest first."""
_APART = 0.75
"""Lines of text that sentences are moved apart at most, where there is room."""
_DEEPEST = 0.5
"""The weight of a word at which the red is deepest: few words of a sentence have more."""
_BAR = 0.4
"""Lines of text that the bar of a sentence is high, with the air below it."""


@dataclass(frozen=True)
class ReviewRows(Lane):
    """Who is asked, on both levels.

    Attributes:
        words: N words.
        sentence_of: (N,) which sentence each is in.
        known: (N,) 0 for words that the model doesn't know.
        weights: (N,) of each word within its sentence, or of averages.
        sentences: (L,) weight of each sentence; None before that level.
        inner: the symbol of the weights within sentences.
        outer: that of the sentences' weights.
        places: where each word was drawn last.
        bars: where the bar of each sentence was drawn last.
    """

    words: tuple[Token, ...] = ()
    sentence_of: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    known: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    weights: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    sentences: Floats | None = None
    inner: str = "alpha"
    outer: str = "beta"
    places: dict[int, QRectF] = field(default_factory=dict)
    bars: list[QRectF] = field(default_factory=list)

    @property
    def inner_symbols(self) -> tuple[str, ...]:
        """Those of both levels."""
        return self.outer, self.inner

    def rects_of(self, symbol: str, _room: QRectF, _end: float) -> list[QRectF]:
        """The words of each sentence, or the sentences' bars."""
        if symbol == self.outer:
            return list(self.bars)
        if symbol != self.inner or not self.places:
            return []
        around: dict[int, QRectF] = {}
        for word, place in self.places.items():
            sentence = int(self.sentence_of[word])
            around[sentence] = around.get(sentence, place).united(place)
        return list(around.values())

    def key_at(self, place: QPointF) -> int | None:
        """Return the word under ``place``."""
        return next((word for word, room in self.places.items() if room.contains(place)), None)

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Draw each sentence's bar, and below it its words on their red, as large as there is room."""
        self.places.clear()
        self.bars.clear()
        heights = {size: max(1.0, self._height(canvas, room.width(), size)) for size in _SHARES}
        size: TypeSize = next((one for one, height in heights.items() if height <= room.height()), "caption")
        squeeze = min(1.0, room.height() / heights[size])
        count = int(self.sentence_of.max(initial=-1)) + 1
        apart = min(canvas.look.scale.em(_APART), max(0.0, room.height() - heights[size]) / max(1, count))
        y = room.top()
        for sentence in range(count):
            y = self._draw_bar(canvas, sentence, room, y, squeeze)
            y = self._draw_words(canvas, sentence, QRectF(room.left(), y, room.width(), squeeze), size) + apart

    def _of(self, sentence: int) -> list[int]:
        found: list[int] = np.flatnonzero(self.sentence_of == sentence).tolist()
        return found

    def _lines(self, canvas: Canvas, sentence: int, width: float, size: TypeSize) -> list[list[tuple[int, float]]]:
        """Return the lines of a sentence: its words, each with the pixels it takes."""
        metrics, air = QFontMetricsF(canvas.look.scale.font(size)), canvas.look.scale.em(0.5)
        lines: list[list[tuple[int, float]]] = [[]]
        taken = 0.0
        for word in self._of(sentence):
            wide = metrics.horizontalAdvance(written(self.words[word])) + air
            if lines[-1] and taken + wide > width:
                lines.append([])
                taken = 0.0
            lines[-1].append((word, min(wide, width)))
            taken += wide
        return lines

    def _height(self, canvas: Canvas, width: float, size: TypeSize) -> float:
        em = canvas.look.scale.em
        count = int(self.sentence_of.max(initial=-1)) + 1
        lines = sum(len(self._lines(canvas, sentence, width, size)) for sentence in range(count))
        return lines * em(_WORD) * _SHARES[size] + count * em(2 * _BAR)

    def _draw_bar(self, canvas: Canvas, sentence: int, room: QRectF, y: float, squeeze: float) -> float:
        em, painter, colours = canvas.look.scale.em, canvas.painter, canvas.look.theme.theme.colours
        high = em(_BAR) * squeeze
        place = QRectF(room.left(), y + high * 0.5, room.width(), high)
        self.bars.append(place)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(QLineF(place.bottomLeft(), place.bottomRight()))
        if self.sentences is None:
            return y + 2 * high
        weight = float(self.sentences[sentence])
        painter.fillRect(QRectF(place.left(), place.top(), place.width() * weight, high), canvas.hue(self.outer))
        words = QRectF(0, place.top() - em(0.5), room.left() - em(0.5), high + em(1.0))
        canvas.write(words, f"{weight:.2f}", canvas.hue(self.outer), Qt.AlignmentFlag.AlignRight, canvas.small())
        return y + 2 * high

    def _draw_words(self, canvas: Canvas, sentence: int, top: QRectF, size: TypeSize) -> float:
        """Draw a sentence's words from ``top`` on, whose height is how much their lines are squeezed.

        Returns:
            Where the next sentence begins.
        """
        em, painter, colours = canvas.look.scale.em, canvas.painter, canvas.look.theme.theme.colours
        high, y = em(_WORD) * top.height() * _SHARES[size], top.top()
        font = canvas.look.scale.font(size)
        for line in self._lines(canvas, sentence, top.width(), size):
            x = top.left()
            for word, wide in line:
                place = QRectF(x, y, wide, high)
                self.places[word] = place
                share = min(1.0, float(self.weights[word]) / _DEEPEST)
                painter.fillRect(place.adjusted(1, 1, -1, -1), QColor(colour("red", share)))
                ink = inks("red")[round(share * 255)]
                canvas.write(place, written(self.words[word]), ink, Qt.AlignmentFlag.AlignHCenter, font)
                if not self.known[word]:
                    painter.setPen(QPen(QColor(colours.muted), 1, Qt.PenStyle.DashLine))
                    painter.drawRect(place.adjusted(1, 1, -2, -2))
                x += wide
            y += high
        return y


@dataclass(frozen=True)
class Verdict(Lane):
    """How good something is thought to be, between bad and good.

    Attributes:
        probability: of good; None while nothing is decided.
        bad: what 0 is called.
        good: what 1 is called.
    """

    probability: float | None = None
    bad: str = ""
    good: str = ""

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Draw a bar from the middle to the side that is thought likelier, and its number."""
        em, painter, colours = canvas.look.scale.em, canvas.painter, canvas.look.theme.theme.colours
        words = QRectF(room.left(), room.top(), room.width(), em(1.2))
        canvas.write(words, self.bad, colours.muted, Qt.AlignmentFlag.AlignLeft)
        canvas.write(words.adjusted(0, 0, -em(0.5), 0), self.good, colours.muted, Qt.AlignmentFlag.AlignRight)
        track = QRectF(room.left(), room.top() + em(1.3), room.width() - em(0.5), em(0.7))
        painter.fillRect(track, QColor(colours.border))
        if self.probability is None:
            return
        end, middle = track.left() + track.width() * self.probability, track.center().x()
        bar = QRectF(min(end, middle), track.top(), abs(end - middle), track.height())
        painter.fillRect(bar, QColor(colours.yes if self.probability >= 0.5 else colours.no))
        painter.setPen(QPen(QColor(colours.text), 1))
        painter.drawLine(QLineF(middle, track.top() - em(0.2), middle, track.bottom() + em(0.2)))
        number = f"{self.probability:.3f}"
        canvas.write(words, number, colours.text, Qt.AlignmentFlag.AlignHCenter, canvas.look.scale.font(bold=True))
