"""One direction of a map on the screen: cells to pixels and back. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Edges = npt.NDArray[np.int64]


@dataclass(slots=True)
class Axis:
    """``count`` cells of ``cell`` pixels, seen through a slot of ``length`` pixels that begins at ``start``.

    Attributes:
        count: cells in all.
        start: first pixel of the slot.
        length: pixels of the slot.
        cell: pixels of a cell; a fraction where there are more cells than pixels.
        offset: whole pixels scrolled away, so that the same cells scrolled away are always the same picture.
    """

    count: int = 0
    start: int = 0
    length: int = 1
    cell: float = 1.0
    offset: int = 0

    @property
    def extent(self) -> int:
        """Pixels of all cells together."""
        return round(self.count * self.cell)

    @property
    def seen(self) -> int:
        """Pixels of the slot that show cells."""
        return min(self.length, self.extent)

    def scroll(self, offset: float) -> None:
        """Scroll to the whole pixel at ``offset``, as far as there are cells."""
        self.offset = max(0, min(round(offset), self.extent - self.length))

    def place(self, pixel: float) -> float:
        """Return how many cells, with their fraction, lie before ``pixel``."""
        return (pixel - self.start + self.offset) / self.cell

    def hold(self, place: float, pixel: float) -> None:
        """Scroll so that ``place`` lies under ``pixel``, as far as there are cells."""
        self.scroll(place * self.cell - (pixel - self.start))

    def visible(self) -> tuple[int, int]:
        """Return the first visible cell and one past the last."""
        first = int(self.offset // self.cell)
        last = int(np.ceil((self.offset + self.seen) / self.cell - 1e-9))
        return max(0, first), min(self.count, last)

    def edges(self, ratio: float = 1.0) -> Edges:
        """Return where each visible cell begins and the last ends, in whole device pixels from the slot's start.

        Args:
            ratio: device pixels to a pixel.
        """
        first, last = self.visible()
        ends = np.round((np.arange(first, last + 1) * self.cell - self.offset) * ratio).astype(np.int64)
        return np.clip(ends, 0, round(self.seen * ratio))

    def span(self, first: int, last: int) -> tuple[float, float]:
        """Return where cells ``first`` to ``last`` (one past) lie, cut to the slot: start and length."""
        low = max(0.0, round(first * self.cell - self.offset))
        high = min(float(self.seen), round(last * self.cell - self.offset))
        return self.start + low, max(0.0, high - low)

    def middle(self, index: int) -> float:
        """Return the pixel in the middle of cell ``index``."""
        return self.start + (index + 0.5) * self.cell - self.offset

    def at(self, pixel: float) -> int | None:
        """Return the cell under ``pixel``; None outside."""
        inside = pixel - self.start
        if not 0 <= inside < self.seen:
            return None
        return min(self.count - 1, int((inside + self.offset) / self.cell))

    def nearest(self, pixel: float) -> int:
        """Return the visible cell nearest to ``pixel``."""
        first, last = self.visible()
        inside = (pixel - self.start + self.offset) / self.cell
        return int(max(first, min(last - 1, inside)))

    def reveal(self, index: int) -> None:
        """Scroll just so far that cell ``index`` is seen."""
        low, high = index * self.cell, (index + 1) * self.cell
        if low < self.offset:
            self.scroll(low)
        elif high > self.offset + self.length:
            self.scroll(high - self.length)
