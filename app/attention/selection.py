"""What is picked, swept or under the mouse: a token picked in one view is picked in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal

from core.attention.results import Token

Direction = Literal["from", "to"]
"""Which way one looks along a token: at what it attends to, or at what attends to it."""
Side = Literal["row", "column", "both"]
"""Whether a token is a query, a key, or (in self-attention) both."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the map; either index may be missing."""

    row: int | None = None
    column: int | None = None

    def __bool__(self) -> bool:
        return self.row is not None or self.column is not None


@dataclass(frozen=True, slots=True)
class Sweep:
    """Rows and columns that were swept over, each (first, one past the last); None for all of them."""

    rows: tuple[int, int] | None = None
    columns: tuple[int, int] | None = None

    def __bool__(self) -> bool:
        return self.rows is not None or self.columns is not None


class Selection(QObject):
    """Indices into the map on screen.

    Signals:
        changed: what is pinned, swept or looked along is another.
        hovered: what is under the mouse is another.
    """

    changed = Signal()
    hovered = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Token, ...] = ()
        self._columns: tuple[Token, ...] = ()
        self.pinned = Cell()
        self.hover = Cell()
        self.sweep = Sweep()
        self.direction: Direction = "from"

    @property
    def shown(self) -> Cell:
        """What the views show: what is under the mouse, else what is pinned."""
        return self.hover or self.pinned

    @property
    def along(self) -> tuple[Direction, int] | None:
        """Which way the views look, and along which token: a row looking ``from`` it, a column ``to`` it.

        Where only the other one is picked, one looks along that.
        """
        row, column = self.shown.row, self.shown.column
        if row is not None and (self.direction == "from" or column is None):
            return "from", row
        return ("to", column) if column is not None else None

    def knows(self, cell: Cell) -> bool:
        """Whether ``cell`` lies in the map on screen; a view may still show the map before."""
        return (cell.row is None or cell.row < len(self._rows)) and (
            cell.column is None or cell.column < len(self._columns)
        )

    def means_the_same_as(self, other: Selection) -> bool:
        """Whether both count the same tokens."""
        return (self._rows, self._columns) == (other._rows, other._columns)

    def pin(self, cell: Cell) -> None:
        """Pin ``cell``; the same again lets it go."""
        if not self.knows(cell):
            return
        self.pinned = Cell() if cell == self.pinned else cell
        self.changed.emit()

    def token_cell(self, index: int, side: Side) -> Cell:
        """Return what is picked by picking one token: itself, looking the way that was chosen."""
        as_row = side == "row" or (side == "both" and self.direction == "from")
        return Cell(row=index) if as_row else Cell(column=index)

    def hover_over(self, cell: Cell) -> None:
        """Take note of what is under the mouse."""
        if cell != self.hover and self.knows(cell):
            self.hover = cell
            self.hovered.emit()

    def select(self, sweep: Sweep) -> None:
        """Take note of what was swept over."""
        if sweep != self.sweep:
            self.sweep = sweep
            self.changed.emit()

    def clear(self) -> None:
        """Let everything go."""
        self.pinned, self.hover, self.sweep = Cell(), Cell(), Sweep()
        self.changed.emit()

    def take_up(self, pinned: Cell, sweep: Sweep, direction: Direction) -> None:
        """Pick as it was when a session was saved, as far as the map on screen has it."""
        ends = [(sweep.rows, self._rows), (sweep.columns, self._columns)]
        whole = all(swept is None or swept[1] <= len(tokens) for swept, tokens in ends)
        self.pinned = pinned if self.knows(pinned) else Cell()
        self.sweep = sweep if whole else Sweep()
        self.direction, self.hover = direction, Cell()
        self.changed.emit()

    def turn(self) -> None:
        """Look the other way along the picked token."""
        self.direction = "to" if self.direction == "from" else "from"
        if self._rows == self._columns:
            self.pinned = Cell(self.pinned.column, self.pinned.row)
        self.hover = Cell()
        self.changed.emit()

    def move(self, rows: int, columns: int) -> None:
        """Move the pinned cell, from the first token when nothing is pinned."""
        row, column = self.pinned.row, self.pinned.column
        if rows or row is not None:
            row = _moved(row, rows, len(self._rows))
        if columns or column is not None:
            column = _moved(column, columns, len(self._columns))
        self.hover = Cell()
        self.pinned = Cell(row, column)
        self.changed.emit()

    def pin_place(self, token: Token | None) -> None:
        """Pin what stands where ``token`` stands, as a query or else as a key; let go where nothing does."""
        place = Cell()
        if token is not None:
            row = _same_place(0, (token,), self._rows)
            place = Cell(row=row) if row is not None else Cell(column=_same_place(0, (token,), self._columns))
        known = self.pinned.row if place.row is not None else self.pinned.column
        if place != self.pinned and (known is None or known not in (place.row, place.column)):
            self.pinned = place
            self.changed.emit()

    def follow(self, rows: tuple[Token, ...], columns: tuple[Token, ...]) -> None:
        """Keep what is pinned on the same stretch of text in a new map; let go of what isn't there any more."""
        if (rows, columns) == (self._rows, self._columns):
            return
        before, had_something = self.pinned, bool(self.pinned or self.hover or self.sweep)
        self.pinned = Cell(
            _same_place(before.row, self._rows, rows), _same_place(before.column, self._columns, columns)
        )
        self._rows, self._columns = rows, columns
        self.hover, self.sweep = Cell(), Sweep()
        if had_something:  # while one types, mostly nothing is: views need not draw the old map once more
            self.changed.emit()

    def pinned_token(self) -> Token | None:
        """Return the token that is pinned: the query, else the key."""
        if self.pinned.row is not None:
            return self._rows[self.pinned.row]
        return self._columns[self.pinned.column] if self.pinned.column is not None else None


def _moved(index: int | None, by: int, count: int) -> int | None:
    if not count:
        return None
    return 0 if index is None else max(0, min(count - 1, index + by))


def _same_place(index: int | None, before: Sequence[Token], now: Sequence[Token]) -> int | None:
    """Return which of ``now`` stands where ``before[index]`` stood, preferring the same text."""
    if index is None or index >= len(before):
        return None
    old = before[index]
    for number, token in enumerate(now):
        if (token.text, token.sentence, token.start, token.special) == (old.text, old.sentence, old.start, old.special):
            return number
    if old.special:
        return None
    for number, token in enumerate(now):
        if token.sentence == old.sentence and token.start < old.end and old.start < token.end:
            return number
    return None
