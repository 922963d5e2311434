"""Where the words and the lines' ends of the lines view lie: level or side by side, whichever has more room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QFontMetricsF

from app.attention.drawing.labels import SMALLEST, sparse
from app.scale import UiScale

_MARGIN: Final = 0.35
"""Share of the width that words may take on each side."""


@dataclass(frozen=True, slots=True)
class Side:
    """The words of one side.

    Attributes:
        start: where the first one's slot begins, along the side.
        slot: room for each, along the side.
        margin: how far the lines' ends lie from the edge; the words stand between.
        every: only every so many-th is written, 1 for all.
    """

    start: float = 0.0
    slot: float = 1.0
    margin: float = 0.0
    every: int = 1


@dataclass(frozen=True, slots=True)
class LinksLayout:
    """Both sides in a room.

    Attributes:
        room: what there is.
        level: words run from left to right, queries above keys; otherwise queries stand left of keys.
        font: the words' type.
        sides: queries and keys.
        heading: height of the line that names the sides.
    """

    room: QSizeF
    level: bool
    font: QFont
    sides: tuple[Side, Side]
    heading: float

    def end(self, side: int, index: int) -> QPointF:
        """Return where the lines of a word end."""
        one = self.sides[side]
        at = one.start + (index + 0.5) * one.slot
        if self.level:
            return QPointF(at, one.margin if side == 0 else self.room.height() - one.margin)
        return QPointF(one.margin if side == 0 else self.room.width() - one.margin, at)

    def word(self, side: int, index: int) -> QRectF:
        """Return where a word stands."""
        one, end = self.sides[side], self.end(side, index)
        if self.level:
            return QRectF(
                end.x() - one.slot / 2, 0 if side == 0 else self.room.height() - one.margin, one.slot, one.margin
            )
        return QRectF(0 if side == 0 else self.room.width() - one.margin, end.y() - one.slot / 2, one.margin, one.slot)

    def name(self, side: int) -> QRectF:
        """Return where a side's name stands: in the line of its words, or over them."""
        if self.level:
            margin = self.sides[side].margin
            return QRectF(0, 0 if side == 0 else self.room.height() - margin, self.room.width(), margin)
        return QRectF(0, 0, self.room.width(), self.heading)

    def at(self, point: QPointF, side: int, count: int) -> int | None:
        """Return which of ``count`` words of a side lies under ``point``."""
        one = self.sides[side]
        index = int(((point.x() if self.level else point.y()) - one.start) // one.slot)
        return index if 0 <= index < count and self.word(side, index).contains(point) else None


def lay_out(words: Sequence[Sequence[str]], room: QSizeF, scale: UiScale, names: Sequence[str] = ()) -> LinksLayout:
    """Lay out queries and keys in ``room``.

    Args:
        words: the queries and the keys.
        room: what there is.
        scale: sizes.
        names: what the two sides are called; where words run from left to right, the names stand before them.
    """
    font = scale.font()
    metrics = QFontMetricsF(font)
    small = QFontMetricsF(scale.font("caption"))
    heading = small.height() * 1.25
    before = max((small.horizontalAdvance(name) for name in names), default=0.0) + scale.em(0.5)
    widths = [max((metrics.horizontalAdvance(word) for word in set(side)), default=1.0) for side in words]
    count = max(1, *(len(side) for side in words))
    across = (room.width() - before) / count / max(max(widths) * 1.15, 1.0)
    down = (room.height() - heading) / count / metrics.height()
    if room.width() < 2.2 * max(widths) + scale.em(3):  # side by side, lines need room between the words
        down *= 0.5
    level = across >= down
    fitted = max(SMALLEST, min(1.0, across if level else down))
    font.setPointSizeF(scale.point_size() * fitted)
    sides = []
    for side, width in zip(words, widths, strict=True):
        first, length = (before, room.width() - before) if level else (heading, room.height() - heading)
        # The first and the last word reach beyond their slots where these are smaller: nothing is cut off.
        spill = max(0.0, ((width if level else metrics.height()) * fitted - length / max(1, len(side))) / 2)
        first, length = first + spill, max(1.0, length - 2 * spill)
        slot = max(1e-6, min(length / max(1, len(side)), float(scale.em(6 if level else 3.5))))
        every = sparse((width if level else metrics.height()) * fitted * 0.95 / slot)
        if level:
            sides.append(
                Side(first + (length - slot * len(side)) / 2, slot, metrics.height() * fitted + scale.em(0.375), every)
            )
        else:
            sides.append(Side(first, slot, min(width * fitted, room.width() * _MARGIN) + scale.em(0.5), every))
    return LinksLayout(room, level, font, (sides[0], sides[1]), heading)
