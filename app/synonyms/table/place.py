"""Where one is in the table: the current row, the selected ones, what is scrolled into view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.synonyms.table.model import CandidateModel
from app.synonyms.table.view import PairTable
from app.widgets.control_state import ScrollPlace


@dataclass(frozen=True, slots=True)
class CurrentPair:
    """The current pair, before other rows are shown.

    Attributes:
        pair: its id; None where none is current.
        row: where it stands.
        is_selected: whether it is selected, too.
    """

    pair: int | None
    row: int
    is_selected: bool


class TablePlace:
    """Said as JSON values, and taken up when the rows are there again.

    A row is said by its number and its pair: it is found again only where that number still holds that pair, for no
    key shall judge a pair that was never chosen.
    """

    def __init__(self, view: PairTable, model: CandidateModel) -> None:
        self._view = view
        self._model = model
        self._down = ScrollPlace(view.verticalScrollBar(), view)
        self._across = ScrollPlace(view.horizontalScrollBar(), view)
        self._wanted: dict[str, Any] | None = None

    def save(self) -> dict[str, Any]:
        """Return the place, or the one that waits for its rows."""
        if self._wanted is not None:
            return self._wanted
        current = self._view.currentIndex().row()
        return {
            "current": self._row(current) if 0 <= current < self._model.rowCount() else None,
            "selected": [[self._row(top), self._row(bottom)] for top, bottom in sorted(self._view.selected_rows())],
            "down": self._down.save(),
            "across": self._across.save(),
        }

    def restore(self, saved: object) -> None:
        """Go to a saved place as soon as :meth:`rows_arrived` says that the rows are there."""
        usual: dict[str, Any] = {"current": None, "selected": [], "down": 0, "across": 0}
        self._wanted = usual | dict(saved) if isinstance(saved, Mapping) else None

    def rows_arrived(self) -> bool:
        """Take up the place that waits; return whether one did."""
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return False
        current = self._found(wanted["current"])
        self._view.clearSelection()
        if current is None:
            self._view.selectionModel().clearCurrentIndex()
        else:
            self._view.make_current(current, select=False)
        runs = wanted["selected"] if isinstance(wanted["selected"], list) else []
        ends = [(self._found(run[0]), self._found(run[1])) for run in runs if isinstance(run, list) and len(run) == 2]
        self._view.select_rows([(top, bottom) for top, bottom in ends if top is not None and bottom is not None])
        self._down.restore(wanted["down"])
        self._across.restore(wanted["across"])
        return True

    def current(self) -> CurrentPair:
        """Return the current pair; :meth:`keep` finds it again among other rows."""
        row = self._view.currentIndex().row()
        pair = self._model.pair_at(row) if 0 <= row < self._model.rowCount() else None
        return CurrentPair(pair, row, any(top <= row <= bottom for top, bottom in self._view.selected_rows()))

    def keep(self, former: CurrentPair, *, from_top: bool) -> bool:
        """Keep the current pair current, if it is still in the table, and return whether a row is current.

        Another filter or order is shown from its first row. A pair that is not in sight there is current no more: no
        key shall judge what nobody sees. Where a pair has left the table, for it has been judged and matches no more,
        the arrows and Enter go on from its place; but what has moved up there is not selected.

        Args:
            former: the current one, before the rows were others.
            from_top: the filter or the order is another.
        """
        place = self._model.place_of(former.pair) if former.pair is not None else None
        has_left = former.pair is not None and place is None and not from_top and self._model.rowCount() > 0
        if from_top:
            self._view.scrollToTop()
            if place is not None and place >= self._view.rows_in_sight():
                place = None
        if place is not None:
            self._view.make_current(place, select=former.is_selected)
        elif has_left:
            self._view.make_current(min(former.row, self._model.rowCount() - 1), select=False)
        return place is not None or has_left

    def _row(self, row: int) -> list[int]:
        return [row, self._model.pair_at(row)]

    def _found(self, saved: object) -> int | None:
        """Return the row that was saved, if it still holds its pair."""
        if not isinstance(saved, list) or len(saved) != 2 or not all(type(part) is int for part in saved):
            return None
        row, pair = saved
        return row if 0 <= row < self._model.rowCount() and self._model.pair_at(row) == pair else None
