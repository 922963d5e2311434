"""The lane of a story: its sentences as rows, each with its two vectors and its weight in every hop."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPen

from app.attention.drawing.labels import SMALLEST
from app.attention.drawing.vector_strip import draw_strip
from app.attention.mechanisms.drawing.canvas import Canvas, sized
from app.attention.mechanisms.drawing.lanes import AIRLESS, Lane
from app.explain.symbols import SYMBOLS
from app.widgets.weight_colours import colour, inks
from core.attention.results import Floats

_HEAD = 1.4
"""Lines of text of the columns' names."""
_COLUMNS = ((6.0, 4.5), (4.5, 3.5), (3.0, 3.0))
"""Lines of text that a vector and a hop are wide, the best first."""
_GAP = 0.6
_TO_VECTORS = 0.35
"""Share of the width to spare that keys get, and values; weights get the rest."""


@dataclass(frozen=True)
class StoryRows(Lane):
    """Who is asked.

    Attributes:
        sentences: n of them.
        weights: (K, n), of which the hops up to ``hop`` are shown.
        hop: the one whose keys and values are shown.
        keys: (n, d) of that hop.
        values: (n, d) of that hop.
        supports: sentences from which the answer follows; they have a mark.
        names: of the hops.
        parts: where the numbers of each symbol were drawn last.
    """

    is_text = True
    sentences: tuple[str, ...] = ()
    weights: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    hop: int = 0
    keys: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    values: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    supports: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    parts: dict[str, QRectF] = field(default_factory=dict)

    @property
    def inner_symbols(self) -> tuple[str, ...]:
        """Those of its columns."""
        return ("k", "v", "alpha")

    def rects_of(self, symbol: str, _room: QRectF, _end: float) -> list[QRectF]:
        """A column, or those of all hops."""
        return [self.parts[symbol]] if symbol in self.parts else []

    def draw(self, canvas: Canvas, room: QRectF) -> None:
        """Draw the rows under the names of the columns."""
        em = canvas.look.scale.em
        head = em(_HEAD)
        body = QRectF(0, room.top() + head, canvas.right, room.height() - head)
        hops = len(self.names)
        wanted = self._widest(canvas) + em(3)
        for strip, hop in _COLUMNS:  # the first with which all words have room, or else the last
            words = canvas.right - 2 * em(strip + _GAP) - hops * em(hop) - em(_GAP)
            if words >= wanted:
                break
        words = min(max(float(em(8)), words), wanted)
        vector, weight = float(em(strip)), float(hops * em(hop))
        end = min(canvas.right, room.left() + canvas.axis.seen)  # where the answers below end, if there is room
        spare = max(0.0, end - words - 3 * em(_GAP) - 2 * vector - weight)
        vector, weight = vector + _TO_VECTORS * spare, weight + (1 - 2 * _TO_VECTORS) * spare
        at, columns = words + em(_GAP), dict[str, QRectF]()
        for symbol in ("k", "v"):
            columns[symbol] = QRectF(at, body.top(), vector, body.height())
            at += vector + em(_GAP)
        columns["alpha"] = QRectF(at, body.top(), weight, body.height())
        self.parts.clear()
        self.parts.update({symbol: place.adjusted(0, -head, 0, 0) for symbol, place in columns.items()})
        self._draw_head(canvas, room.top(), head, columns)
        height = min(body.height() / max(1, len(self.sentences)), float(em(2.25)))
        for row, sentence in enumerate(self.sentences):
            line = QRectF(0, body.top() + row * height, words, height)
            self._draw_words(canvas, line, row, sentence)
            self._draw_vectors(canvas, line, row, columns)
            self._draw_weights(canvas, line, row, columns["alpha"])
        self._draw_frame(canvas, columns["alpha"], body.top(), height * len(self.sentences))

    def _widest(self, canvas: Canvas) -> float:
        metrics = QFontMetricsF(canvas.look.scale.font())
        return max(map(metrics.horizontalAdvance, self.sentences), default=0.0)

    def _draw_head(self, canvas: Canvas, top: float, height: float, columns: dict[str, QRectF]) -> None:
        left = Qt.AlignmentFlag.AlignLeft
        for symbol in ("k", "v"):
            place = QRectF(columns[symbol].left(), top, columns[symbol].width(), height)
            canvas.write(place, SYMBOLS[symbol].written, canvas.hue(symbol), left)
        for hop, name in enumerate(self.names):
            wide = columns["alpha"].width() / len(self.names)
            place = QRectF(columns["alpha"].left() + hop * wide, top, wide, height)
            font = canvas.look.scale.font("caption", bold=hop == self.hop)
            canvas.write(place, name, canvas.hue("alpha"), Qt.AlignmentFlag.AlignHCenter, font)

    def _draw_words(self, canvas: Canvas, line: QRectF, row: int, sentence: str) -> None:
        em, colours = canvas.look.scale.em, canvas.look.theme.theme.colours
        number = QRectF(line.left(), line.top(), em(1.4), line.height())
        canvas.write(number, str(row + 1), colours.muted, Qt.AlignmentFlag.AlignRight, canvas.small())
        if row in self.supports:
            canvas.painter.fillRect(QRectF(em(1.75), line.top() + 2, em(0.25), line.height() - 4), QColor(colours.left))
        words = line.adjusted(em(2.25), 0, 0, 0)
        height = QFontMetricsF(sized(canvas.look, 1.0)).height() * AIRLESS
        font = sized(canvas.look, max(SMALLEST, min(1.0, line.height() / height)))
        font.setBold(row in self.supports)
        canvas.write(words, sentence, colours.text, Qt.AlignmentFlag.AlignLeft, font)

    def _draw_vectors(self, canvas: Canvas, line: QRectF, row: int, columns: dict[str, QRectF]) -> None:
        rim = canvas.look.theme.theme.colours.border
        for symbol, vectors in (("k", self.keys), ("v", self.values)):
            place = columns[symbol]
            box = QRectF(place.left(), line.top() + line.height() * 0.2, place.width(), line.height() * 0.6)
            draw_strip(canvas.painter, box, vectors[row], float(np.abs(vectors).max(initial=0)), rim=rim)

    def _draw_weights(self, canvas: Canvas, line: QRectF, row: int, column: QRectF) -> None:
        painter, colours = canvas.painter, canvas.look.theme.theme.colours
        wide = column.width() / len(self.names)
        for hop in range(len(self.names)):
            cell = QRectF(column.left() + hop * wide, line.top(), wide, line.height())
            if hop <= self.hop:
                weight = float(self.weights[hop, row])
                painter.fillRect(cell, QColor(colour("red", weight)))
                ink = inks("red")[round(weight * 255)]
                canvas.write(cell, f"{weight:.2f}", ink, Qt.AlignmentFlag.AlignHCenter, canvas.small())
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(QLineF(cell.topLeft(), cell.topRight()))

    def _draw_frame(self, canvas: Canvas, column: QRectF, top: float, height: float) -> None:
        painter, colours = canvas.painter, canvas.look.theme.theme.colours
        wide = column.width() / len(self.names)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for hop in range(len(self.names)):
            place = QRectF(column.left() + hop * wide, top, wide, height)
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawRect(place)
        now = QRectF(column.left() + self.hop * wide, top, wide, height)
        painter.setPen(QPen(QColor(colours.focus), 2))
        painter.drawRect(now)
