"""A titled table of words and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.overrides import called_by_qt
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel, plain_tip
from app.widgets.tables.safe_table_model import Index, SafeTableModel
from core.language import _
from core.visible import visible

_MOST_LINES: Final = 4
"""Lines of a row whose last cell is long; what is beyond them stands in the tip."""

_APART: Final = 1.0
_LEAST_APART: Final = 0.5
"""Lines of text between columns, and where there is too little room for all they say."""
_LEAST_LAST: Final = 8.0
"""Lines of text that the last column is wide at least, if it has so much to say."""


@called_by_qt
class TextTableModel(SafeTableModel):
    """Rows of text under titles."""

    def __init__(
        self,
        titles: tuple[str, ...],
        numeric: frozenset[int],
        parent: QObject | None = None,
        meanings: tuple[str, ...] = (),
    ) -> None:
        """Make an empty table.

        Args:
            titles: of the columns, marked with ``N_``.
            numeric: columns that hold numbers and stand flush right.
            parent: the QObject that owns it.
            meanings: of the columns, for those who point at a title, marked with ``N_``; none where titles say it all.
        """
        super().__init__(parent)
        self._titles = titles
        self._meanings = meanings
        self._numeric = numeric
        self._rows: list[tuple[str, ...]] = []

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show ``rows``, a text for each column; what would turn a line round or break it is shown, not obeyed."""
        self.beginResetModel()
        self._rows = [tuple(map(visible, row)) for row in rows]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._titles)

    def cell(self, index: Index, role: int) -> Any:
        """Return what a cell says."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._rows[index.row()][index.column()])
        return None

    def heading(self, section: int, orientation: Qt.Orientation, role: int) -> Any:
        """Return the titles."""
        if orientation == Qt.Orientation.Horizontal and section < len(self._titles):
            if role == Qt.ItemDataRole.DisplayRole:
                return _(self._titles[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self._side(section)
            if role == Qt.ItemDataRole.ToolTipRole and self._meanings:
                return plain_tip(_(self._meanings[section]))
        return None

    def retranslate(self) -> None:
        """Renew the titles."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._titles) - 1)

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._numeric else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class TextTable(Panel):
    """A titled table that hides itself while it has nothing to show. What does not fit its last column wraps."""

    def __init__(
        self,
        look: Look,
        title: str,
        titles: tuple[str, ...],
        numeric: frozenset[int],
        parent: QWidget | None = None,
        *,
        meanings: tuple[str, ...] = (),
        is_whole: bool = False,
    ) -> None:
        """Make an empty table.

        Args:
            look: colours and sizes.
            title: what stands above it, marked with ``N_``.
            titles: of the columns, likewise.
            numeric: columns that hold numbers and stand flush right.
            parent: the widget it lies in.
            meanings: of the columns, as ``TextTableModel`` takes them.
            is_whole: it is always as high as its rows: what it lies in scrolls.
        """
        super().__init__(look, parent)
        self._is_whole = is_whole
        self._wanted: list[int] = []
        self.title = PlainLabel()
        set_style(self.title, kind="title")
        self.bind_text(self.title.setText, title)
        self.model = TextTableModel(titles, numeric, self, meanings)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setShowGrid(False)
        self.view.setWordWrap(True)
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.verticalHeader().hide()
        self.view.horizontalHeader().setStretchLastSection(True)
        self.bind_text(self.view.setAccessibleName, title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.title)
        self._column.addWidget(self.view, 1)
        self._restyle(look.theme.theme)

    def show_rows(self, rows: list[tuple[str, ...]]) -> None:
        """Show ``rows``; none hides the table. It is no taller than they are."""
        self.model.show_rows(rows)
        self.setVisible(bool(rows))
        self._measure()

    def _measure(self) -> None:
        """Find how wide each column has to be for all it says, and share the room."""
        header = self.view.horizontalHeader()
        apart = self.look.scale.em(_APART)
        self.view.setWordWrap(False)  # else a cell asks for the width it has
        self._wanted = [
            max(self.view.sizeHintForColumn(section), header.sectionSizeHint(section)) + apart
            for section in range(header.count())
        ]
        self.view.setWordWrap(True)
        self._fit_columns()

    def _width_of_cells(self) -> int:
        """Return how wide the view's viewport is about to be: it follows this widget's size only later."""
        bar = self.view.verticalScrollBar()
        return self.width() - 2 * self.view.frameWidth() - (bar.width() if bar.isVisible() else 0)

    def _fit_columns(self) -> None:
        """Show all of every cell where there is room; else a long column leaves something to the last."""
        em, width, header = self.look.scale.em, self._width_of_cells(), self.view.horizontalHeader()
        has_room = sum(self._wanted) <= width
        most, less = em(24), 0 if has_room else em(_APART - _LEAST_APART)
        for section, wanted in enumerate(self._wanted[:-1]):
            self.view.setColumnWidth(section, wanted if has_room else min(wanted, most) - less)
        if self._wanted:
            last = min(self._wanted[-1], em(_LEAST_LAST))
            has_last = has_room or self._width_of_others() + last <= width
            header.setStretchLastSection(has_last)
            if not has_last:  # narrower, its words would stand below each other: the table scrolls sideways instead
                self.view.setColumnWidth(len(self._wanted) - 1, last)
        self._fit_rows()

    def _width_of_others(self) -> int:
        """Return how wide all columns but the last are."""
        return sum(self.view.columnWidth(section) for section in range(len(self._wanted) - 1))

    def _fit_rows(self) -> None:
        """Give each row as many lines as its last cell needs, and some air."""
        em = self.look.scale.em
        last = max(self._width_of_cells() - self._width_of_others(), min([*self._wanted[-1:], em(_LEAST_LAST)]))
        room = max(1, last - em(2 if self.view.horizontalHeader().stretchLastSection() else _LEAST_APART))
        metrics = self.view.fontMetrics()
        column = self.model.columnCount() - 1
        for row in range(self.model.rowCount()):
            wide = metrics.horizontalAdvance(self.model.index(row, column).data())
            height = em(0.5 + min(_MOST_LINES, max(1, ceil(wide / room))))
            if self.view.rowHeight(row) != height:
                self.view.setRowHeight(row, height)
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room."""
        super().resizeEvent(event)
        self._fit_columns()

    def _restyle(self, _theme: Theme) -> None:
        self.view.verticalHeader().setDefaultSectionSize(self.look.scale.em(1.5))
        self._measure()

    def _fit_height(self) -> None:
        rows = self.view.verticalHeader().length()
        head = self.view.horizontalHeader().sizeHint().height() + 2 * self.view.frameWidth()
        # A bar that scrolls sideways may lie over the foot: there is room for it.
        room = self.title.sizeHint().height() + self._column.spacing() + head + rows + self.look.scale.em(0.625)
        self.setMaximumHeight(room)
        if self._is_whole:
            self.setMinimumHeight(room)

    def _retranslate(self) -> None:
        self.model.retranslate()
        self._measure()
