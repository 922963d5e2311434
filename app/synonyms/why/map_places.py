"""Where the words of a map stand between before and after, in pixels; and where their names have room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from core.synonyms.why.reasons import MapWord


@dataclass(frozen=True, slots=True)
class MapPlaces:
    """A map in a rectangle; both axes have one scale, and the scale is the same before and after.

    Attributes:
        words: what stands on it.
        room: the rectangle.
        position: how far the words have moved, 0 before to 1 after.
    """

    words: tuple[MapWord, ...]
    room: QRectF
    position: float

    def place(self, number: int) -> QPointF:
        """Return where a word is now."""
        return self._between(number, self.position)

    def start(self, number: int) -> QPointF:
        """Return where a word was before."""
        return self._between(number, 0.0)

    def _between(self, number: int, position: float) -> QPointF:
        (x0, y0), (x1, y1) = self.words[number].before, self.words[number].after
        return self._pixel(x0 + (x1 - x0) * position, y0 + (y1 - y0) * position)

    def _pixel(self, x: float, y: float) -> QPointF:
        points = [point for word in self.words for point in (word.before, word.after)]
        left, right = min(p[0] for p in points), max(p[0] for p in points)
        low, high = min(p[1] for p in points), max(p[1] for p in points)
        scale = min(self.room.width() / max(right - left, 1e-6), self.room.height() / max(high - low, 1e-6))
        middle = self.room.center()
        return QPointF(middle.x() + (x - (left + right) / 2) * scale, middle.y() - (y - (low + high) / 2) * scale)


def name_places(dots: Sequence[QPointF], sizes: Sequence[QSizeF], radius: float, room: QRectF) -> list[QRectF | None]:
    """Return where each name stands, or None where it would lie on another name or on a dot.

    Args:
        dots: where the words are, the most important first.
        sizes: of their names.
        radius: of a dot.
        room: names stand inside it.
    """
    taken = [QRectF(dot.x() - radius, dot.y() - radius, 2 * radius, 2 * radius) for dot in dots]
    found: list[QRectF | None] = []
    for number, (dot, size) in enumerate(zip(dots, sizes, strict=True)):
        others = [rect for at, rect in enumerate(taken) if at != number]
        fit = next(
            (rect for rect in _beside(dot, size, radius) if room.contains(rect) and not _lies_on(rect, others)), None
        )
        found.append(fit)
        if fit is not None:
            taken.append(fit)
    return found


def _beside(dot: QPointF, size: QSizeF, radius: float) -> list[QRectF]:
    """Return the rooms at the right, the left, above and below a dot, and at its corners."""
    wide, tall, air = size.width(), size.height(), radius * 1.25
    right, left, middle = dot.x() + air, dot.x() - air - wide, dot.x() - wide / 2
    above, below, level = dot.y() - air - tall, dot.y() + air, dot.y() - tall / 2
    corners = [(right, level), (left, level), (middle, above), (middle, below)]
    corners += [
        (right, above + tall / 3),
        (right, below - tall / 3),
        (left, above + tall / 3),
        (left, below - tall / 3),
    ]
    return [QRectF(x, y, wide, tall) for x, y in corners]


def _lies_on(rect: QRectF, others: Sequence[QRectF]) -> bool:
    return any(rect.intersects(other) for other in others)
