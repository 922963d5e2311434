"""Where one is in the table: the current row, the selected ones, what is scrolled into view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.synonyms.table.model import CandidateModel
from app.synonyms.table.view import PairTable
from app.widgets.control_state import ScrollPlace


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

    def _row(self, row: int) -> list[int]:
        return [row, self._model.pair_at(row)]

    def _found(self, saved: object) -> int | None:
        """Return the row that was saved, if it still holds its pair."""
        if not isinstance(saved, list) or len(saved) != 2 or not all(type(part) is int for part in saved):
            return None
        row, pair = saved
        return row if 0 <= row < self._model.rowCount() and self._model.pair_at(row) == pair else None
