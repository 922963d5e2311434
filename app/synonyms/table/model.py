"""A million pairs as rows of a table: the order is an array of ids, only what is on the screen is read."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QIcon

from app.icons import IconName, coloured_icon
from app.overrides import called_by_qt
from app.panel import Look
from app.synonyms.look_alike import alike_words
from app.synonyms.source_names import short_source_name
from app.synonyms.table.row_painter import NOTHING, Cell
from app.synonyms.verdict_style import DISPUTED as DISPUTED_LOOK
from app.synonyms.verdict_style import VERDICT_LOOKS, VerdictLook, sign_icon, text_colour_of
from app.widgets.plain import plain_tip
from app.widgets.tables.safe_table_model import Index, SafeTableModel
from core.language import N_, _
from core.synonyms.look_alike import look_alike
from core.synonyms.store.rows import (
    CHANGED,
    FLAGGED,
    JUDGES,
    KNOWN,
    RANK,
    VERDICT,
    WORD1,
    WORD2,
    Row,
)
from core.visible import visible

Ids = npt.NDArray[np.int64]
FetchRows = Callable[[Sequence[int]], list[Row] | None]

PAGE: Final = 8
"""Rows that are kept and forgotten together; a view reads as many pages at once as it shows."""
_KEPT_PAGES: Final = 800

_TITLES: Final[dict[str, str]] = {
    VERDICT: N_("Verdict"),
    WORD1: N_("Word"),
    WORD2: N_("Second word"),
    RANK: N_("Freq. rank"),
    KNOWN: N_("Known"),
    FLAGGED: N_("Flag"),
    JUDGES: N_("Annotators"),
    CHANGED: N_("Changed"),
}
_BEFORE: Final = (VERDICT, WORD1, WORD2)
_AFTER: Final = (KNOWN, FLAGGED, JUDGES, RANK, CHANGED)
_OF_OTHERS: Final = frozenset({JUDGES})
"""Columns that tell of others alone."""
_NUMBERS: Final = frozenset({RANK, JUDGES})
"""Columns beside the scores whose texts end at the right."""
_WITH_SIGNS: Final = frozenset({VERDICT, WORD2, KNOWN, FLAGGED})

_EMPTY: Final = np.empty(0, dtype=np.int64)


@called_by_qt
class CandidateModel(SafeTableModel):
    """Rows of candidates. It is given ids in their order and asks for rows by the page."""

    def __init__(self, look: Look, fetch: FetchRows, parent: Any = None) -> None:
        """Make an empty model.

        Args:
            look: colours of the signs.
            fetch: returns the rows of some ids; those that no longer exist, or cannot be read, may be missing. None
                where they come later, by :meth:`take_rows`.
            parent: the QObject that owns it.
        """
        super().__init__(parent)
        self._look = look
        self._fetch = fetch
        self._ids: Ids = _EMPTY
        self._pages: OrderedDict[int, dict[int, Row]] = OrderedDict()
        self._awaited: set[int] = set()
        self._columns: tuple[str, ...] = _columns((), of_all=False)
        self._scores: frozenset[str] = frozenset()
        self._sides = self._sides_of_columns()
        self._icons: dict[VerdictLook | IconName, QIcon] = {}

    @property
    def columns(self) -> tuple[str, ...]:
        """The name each column is sorted by, from left to right."""
        return self._columns

    @property
    def ids(self) -> Ids:
        """The pairs in their order."""
        return self._ids

    def show_ids(self, ids: Ids, scores: Iterable[str], *, of_all: bool = False) -> None:
        """Show these pairs in this order, with a column for each of ``scores``; ``of_all`` annotators, or of one."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self._awaited.clear()
        self._scores = frozenset(scores)
        self._columns = _columns(sorted(self._scores), of_all=of_all)
        self._sides = self._sides_of_columns()
        self.endResetModel()

    def refresh(self, pairs: Iterable[int] | None = None) -> None:
        """Read rows anew, all or those of ``pairs``; their places stay."""
        if pairs is None:
            self._pages.clear()
        else:
            wanted = set(pairs)
            for page in [at for at, rows in self._pages.items() if any(row.id in wanted for row in rows.values())]:
                del self._pages[page]
        if len(self._ids):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self._columns) - 1))

    def forget_icons(self) -> None:
        """The theme has changed: draw signs anew."""
        self._icons.clear()
        self.refresh()

    def pair_at(self, row: int) -> int:
        """Return the id of the pair in ``row``."""
        return int(self._ids[row])

    def place_of(self, pair: int) -> int | None:
        """Return the row of the pair with this id; None where it is not shown."""
        places = np.flatnonzero(self._ids == pair)
        return int(places[0]) if len(places) else None

    def row_at(self, row: int) -> Row | None:
        """Return the pair in ``row``; None where it does not exist any more, or cannot be read."""
        page = row // PAGE
        if page not in self._pages:
            self._read([page])
        if page not in self._pages:
            return None
        self._pages.move_to_end(page)
        return self._pages[page].get(row)

    def read(self, first: int, last: int) -> None:
        """Read the rows from ``first`` to ``last`` in one go, those that are not there: all of them will be shown."""
        missing = [page for page in range(first // PAGE, last // PAGE + 1) if page not in self._pages]
        if missing:
            self._read(missing)

    def is_awaited(self, row: int) -> bool:
        """Return whether the pair in ``row`` was asked for and has not come yet."""
        return row // PAGE in self._awaited

    def _read(self, pages: Sequence[int]) -> None:
        wanted = [page for page in pages if page not in self._awaited]
        places = self._places(wanted)
        found = self._fetch(list(places)) if places else []
        if found is None:
            self._awaited.update(wanted)
        else:
            self._keep_rows(wanted, places, found)

    def take_rows(self, ids: Sequence[int], rows: Sequence[Row]) -> None:
        """Show rows that were asked for before; those whose places other pairs have by now are left out."""
        given = set(ids)
        pages = [page for page in sorted(self._awaited) if given.issuperset(self._places([page]))]
        if pages:
            self._awaited.difference_update(pages)
            places = self._places(pages)
            self._keep_rows(pages, places, [row for row in rows if row.id in places])
            first, last = min(places.values()), max(places.values())
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def _places(self, pages: Iterable[int]) -> dict[int, int]:
        return {
            int(_id): at
            for page in pages
            for at, _id in enumerate(self._ids[page * PAGE : (page + 1) * PAGE], page * PAGE)
        }

    def _keep_rows(self, pages: Iterable[int], places: Mapping[int, int], found: Iterable[Row]) -> None:
        self._pages.update({page: {} for page in pages})
        for row in found:
            self._pages[places[row.id] // PAGE][places[row.id]] = row
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)

    def cells_at(self, row: int) -> list[Cell] | None:
        """Return what all cells of ``row`` show, from left to right; None where the pair does not exist any more."""
        pair = self.row_at(row)
        return None if pair is None else [self._cell(pair, column, right) for column, right in self._sides]

    def _cell(self, row: Row, column: str, is_right: bool) -> Cell:
        text = self._text(row, column)
        if column not in _WITH_SIGNS:
            return Cell(text, None, None, is_right) if text else NOTHING
        colour = self._answer(row, column, Qt.ItemDataRole.ForegroundRole) if column == VERDICT else None
        return Cell(text, self._decoration(row, column), colour, is_right)

    def _sides_of_columns(self) -> tuple[tuple[str, bool], ...]:
        """Return the columns, each with whether its words end at the right."""
        return tuple((column, self._is_right(column)) for column in self._columns)

    def _is_right(self, column: str) -> bool:
        return column in self._scores or column in _NUMBERS

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return the number of pairs."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def cell(self, index: Index, role: int) -> Any:
        """Return what a cell shows, its sign, its side, or what a screen reader says."""
        if role not in _ANSWERED:
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self._is_right(column))
        row = self.row_at(index.row())
        if row is not None:
            return self._answer(row, column, role)
        if self.is_awaited(index.row()):
            return None
        return _("cannot be read") if column == WORD1 and role == Qt.ItemDataRole.DisplayRole else None

    def _answer(self, row: Row, column: str, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole:
            return self._decoration(row, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            verdict = _verdict_look(row) if column == VERDICT else None
            return None if verdict is None else QColor(text_colour_of(verdict, self._look.theme.theme.colours))
        if column == CHANGED and role != Qt.ItemDataRole.DisplayRole:
            text = "" if row.changed is None else f"{row.changed.astimezone():%Y-%m-%d %H:%M}"
        else:
            text = self._text(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if column == WORD2 and look_alike(row.word1, row.word2):
            text = f"{text}\n{alike_words(row.word1, row.word2)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(text)
        spoken = text or _("none")
        return f"{self._title(column)}: {spoken}"

    def heading(self, section: int, orientation: Qt.Orientation, role: int) -> Any:
        """Return the title of a column, or the number of a row."""
        if orientation == Qt.Orientation.Horizontal and section < len(self._columns):
            column = self._columns[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return self._title(column)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(self._is_right(column))
        elif orientation == Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return f"{section + 1:,}"
        return None

    def _title(self, column: str) -> str:
        return short_source_name(column) if column in self._scores else _(_TITLES[column])

    def _text(self, row: Row, column: str) -> str:
        if column in self._scores:
            score = row.scores.get(column)
            return "" if score is None else f"{score:.3f}".replace("-", "−")
        return _TEXTS[column](row)

    def widest(self, column: str) -> tuple[str, ...]:
        """Return, in the language in use, the widest texts that cells of ``column`` may show."""
        if column in self._scores:
            return ("−0.000",)
        return {
            VERDICT: tuple(_(look.word) for look in (*VERDICT_LOOKS.values(), DISPUTED_LOOK)),
            KNOWN: (_("listed"),),
            FLAGGED: (_("flagged"),),
            RANK: ("1,000,000",),
            JUDGES: ("100",),
            CHANGED: ("00-00 00:00", "2000-00-00"),
        }.get(column, ())

    def _decoration(self, row: Row, column: str) -> QIcon | None:
        if column == VERDICT:
            verdict = _verdict_look(row)
            return self._icon(verdict) if verdict is not None else None
        if column == FLAGGED and row.flagged:
            return self._icon("flag")
        if column == KNOWN and row.known:
            return self._icon("book")
        if column == WORD2 and look_alike(row.word1, row.word2):
            return self._icon("warning")
        return None

    def _icon(self, what: VerdictLook | IconName) -> QIcon:
        if what not in self._icons:
            colours = self._look.theme.theme.colours
            if isinstance(what, VerdictLook):
                side = self._look.scale.em(0.875)
                self._icons[what] = sign_icon(what, self._look, QSize(side, side), 2.0)
            else:
                self._icons[what] = coloured_icon(what, colours.muted if what == "book" else colours.warning)
        return self._icons[what]


def _columns(scores: Iterable[str], *, of_all: bool) -> tuple[str, ...]:
    return (*_BEFORE, *scores, *(column for column in _AFTER if of_all or column not in _OF_OTHERS))


_ANSWERED: Final = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.TextAlignmentRole,
    }
)


def _verdict_look(row: Row) -> VerdictLook | None:
    if row.disputed:
        return DISPUTED_LOOK
    return VERDICT_LOOKS[row.verdict] if row.verdict is not None else None


def _verdict_text(row: Row) -> str:
    verdict = _verdict_look(row)
    return "" if verdict is None else _(verdict.word)


def _rank_text(row: Row) -> str:
    """Return the rank of the rarer word: what the column is sorted by."""
    ranks = [rank for rank in row.ranks if rank is not None]
    return f"{max(ranks):,}" if len(ranks) == len(row.ranks) else ""


def _changed_text(row: Row) -> str:
    """Return day and time of this year, or the day of another; what is longer stands in the tip."""
    if row.changed is None:
        return ""
    at = row.changed.astimezone()
    return f"{at:%m-%d %H:%M}" if at.year == datetime.now(at.tzinfo).year else f"{at:%Y-%m-%d}"


_TEXTS: Final[dict[str, Callable[[Row], str]]] = {
    VERDICT: _verdict_text,
    WORD1: lambda row: visible(row.word1),
    WORD2: lambda row: visible(row.word2),
    RANK: _rank_text,
    KNOWN: lambda row: _("listed") if row.known else "",
    FLAGGED: lambda row: _("flagged") if row.flagged else "",
    JUDGES: lambda row: str(row.judges) if row.judges else "",
    CHANGED: _changed_text,
}


def _alignment(is_right: bool) -> Qt.AlignmentFlag:
    return (Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
