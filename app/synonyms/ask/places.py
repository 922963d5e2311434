"""Where the columns of neighbours lie: heads, rows and lines, in lines of text and pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from app.scale import UiScale

ROW: Final = 1.375
"""Height of a row in lines of text."""
HEAD: Final = 5.5
"""Height of a head: its title, what it has learnt from, the counts, precision and recall."""
_LEAST: Final = 7.25
_MOST: Final = 15.0
_GAP: Final = 0.75
_GRIP: Final = 0.4
"""How near to its line the mouse takes hold of it."""


@dataclass(frozen=True, slots=True)
class Places:
    """The columns in a picture ``width`` pixels wide.

    Attributes:
        scale: sizes.
        width: of the picture.
        columns: how many.
        top: how far the picture is scrolled: the heads stay in sight.
    """

    scale: UiScale
    width: int
    columns: int
    top: int = 0

    @property
    def least_width(self) -> int:
        """Pixels below which the columns can't be read."""
        em = self.scale.em
        return self.columns * em(_LEAST) + max(0, self.columns - 1) * em(_GAP) + em(1)

    @property
    def head_height(self) -> int:
        """Height of the heads."""
        return self.scale.em(HEAD)

    def height(self, rows: int) -> int:
        """Return the height of the picture with ``rows`` rows in its longest column."""
        return self.head_height + self.scale.em(ROW) * rows + self.scale.em(1)

    def head(self, column: int) -> QRectF:
        """Return where a column's head stands."""
        return QRectF(self._left(column), self.top, self._column_width, self.head_height)

    def row(self, column: int, row: int) -> QRectF:
        """Return where a row stands."""
        height = self.scale.em(ROW)
        return QRectF(self._left(column), self.head_height + row * height, self._column_width, height)

    def sign(self, column: int, row: int) -> QRectF:
        """Return where a row's sign stands."""
        row_rect, side = self.row(column, row), self.scale.em(1)
        return QRectF(row_rect.left() + self.scale.em(0.25), row_rect.center().y() - side / 2, side, side)

    def why(self, column: int, row: int) -> QRectF:
        """Return where a row's question mark stands, before its score."""
        row_rect, side = self.row(column, row), self.scale.em(1)
        left = row_rect.right() - self.scale.em(3.75)
        return QRectF(left, row_rect.center().y() - side / 2, side, side)

    def line(self, column: int, above: int) -> float:
        """Return the height at which a line with ``above`` rows above it lies."""
        return self.row(column, above).top()

    def column_at(self, place: QPointF) -> int:
        """Return the column at a place; −1 beside all of them."""
        return next((n for n in range(self.columns) if self._spans(n, place.x())), -1)

    def row_at(self, place: QPointF) -> int:
        """Return the row at the height of a place; −1 above all of them, or under the heads."""
        if place.y() < self.head_height + self.top:
            return -1
        return int((place.y() - self.head_height) // self.scale.em(ROW))

    def is_on_line(self, place: QPointF, column: int, above: int) -> bool:
        """Return whether the mouse takes hold of a column's line there."""
        return abs(place.y() - self.line(column, above)) <= self.scale.em(_GRIP)

    def has_line_in_sight(self, column: int, above: int) -> bool:
        """Return whether a column's line is not scrolled under the heads."""
        return self.line(column, above) >= self.head(column).bottom()

    def rows_above(self, height: float) -> int:
        """Return how many rows are above a line at ``height``."""
        return max(0, round((height - self.head_height) / self.scale.em(ROW)))

    @property
    def _column_width(self) -> float:
        gaps = max(0, self.columns - 1) * self.scale.em(_GAP) + self.scale.em(1)
        return min((self.width - gaps) / max(1, self.columns), self.scale.em(_MOST))

    def _left(self, column: int) -> float:
        return self.scale.em(0.5) + column * (self._column_width + self.scale.em(_GAP))

    def _spans(self, column: int, x: float) -> bool:
        return self._left(column) <= x < self._left(column) + self._column_width
