"""The table's view: rows that open, select and are judged, and columns that never cut a word they have room for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.key_routing import PAGE_STAGE
from app.overrides import called_by_qt
from app.panel import Look
from app.synonyms.table.model import CandidateModel
from app.synonyms.table.row_numbers import RowNumbers
from app.synonyms.table.row_painter import Measures, RowPainter


@called_by_qt
class RowDelegate(QStyledItemDelegate):
    """Draws no frame around one cell of a row that is marked as a whole."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Leave the frame to rows that are current without being selected."""
        super().initStyleOption(option, index)
        if option.state & QStyle.StateFlag.State_Selected:
            option.state &= ~QStyle.StateFlag.State_HasFocus


@called_by_qt
class PairTable(QTableView):
    """A table whose rows are judged by digits and opened by a click or Enter.

    A click with Ctrl or Shift, dragging, and the numbers at the left only select.

    Signals:
        opened: the row to open.
    """

    opened = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least: list[int] = []
        self._full: Mapping[int, int] = {}
        self._given: list[int] = []
        self._spared: tuple[int, ...] = ()
        self._measures = Measures()
        self._pressed_row = -1
        self._is_swept = False
        self.setProperty(PAGE_STAGE, True)  # digits judge: this is no list to choose in
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setCornerButtonEnabled(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing below it is painted for it
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self.setVerticalHeader(RowNumbers(look, self))
        self.clicked.connect(self._on_click)

    def size_columns(self, least: Sequence[int], full: Mapping[int, int]) -> None:
        """Give every column its width.

        Args:
            least: the least width of each column, in pixels.
            full: columns that may be wider, and the width at which they cut nothing. Where all others have their
                width too they get it, or what there is; where the table scrolls sideways anyway they get it all.
        """
        self._least, self._full, self._given = list(least), dict(full), []
        self._fit()

    def leave_out(self, columns: Sequence[int]) -> None:
        """Hide of ``columns``, the first ones first, those for which there is no room; show all others."""
        if tuple(columns) != self._spared:
            self._spared = tuple(columns)
            self._fit()

    def wished_width(self, *, full: bool) -> int:
        """Return the width of the whole table, its numbers and its scroll bar, with wide or narrow columns."""
        columns = sum(self._least) + (sum(self._spare().values()) if full else 0)
        beside = self.verticalHeader().sizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return columns + beside + 2 * self.frameWidth()

    def mark_sorted(self, column: int, *, descending: bool) -> None:
        """Mark the column by which the rows are sorted; −1 for none."""
        header, orders = self.horizontalHeader(), Qt.SortOrder
        header.blockSignals(True)  # it is so already
        header.setSortIndicator(column, orders.DescendingOrder if descending else orders.AscendingOrder)
        header.blockSignals(False)

    def rows_in_sight(self) -> int:
        """Return how many whole rows there is room for."""
        return self.viewport().height() // self.verticalHeader().defaultSectionSize()

    def selected_rows(self) -> Iterator[tuple[int, int]]:
        """Yield first and last row of each run of selected rows."""
        selection = self.selectionModel().selection()
        for index in range(selection.count()):
            yield selection.at(index).top(), selection.at(index).bottom()

    def select_rows(self, runs: Iterable[tuple[int, int]]) -> None:
        """Select exactly the rows from the first to the last of each of ``runs``."""
        model, selection = self.model(), QItemSelection()
        for top, bottom in runs:
            selection.select(model.index(top, 0), model.index(bottom, model.columnCount() - 1))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def make_current(self, row: int, *, select: bool) -> None:
        """Make ``row`` the current one; without ``select`` what is selected stays."""
        flags = QItemSelectionModel.SelectionFlag
        chosen = flags.ClearAndSelect | flags.Rows if select else flags.NoUpdate
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), chosen)

    def _spare(self) -> dict[int, int]:
        return {column: max(0, wide - self._least[column]) for column, wide in self._full.items()}

    def _fit(self) -> None:
        lacking = sum(self._least) - self.viewport().width()
        hidden = set()
        for column in self._spared:
            if lacking > 0 and column < len(self._least):
                hidden.add(column)
                lacking -= self._least[column]
        for column in range(len(self._least)):
            self.setColumnHidden(column, column in hidden)
        spare, room = self._spare(), -lacking
        wanted = sum(spare.values())
        share = 1.0 if room < 0 or room >= wanted else room / wanted
        widths = [each + int(spare.get(column, 0) * share) for column, each in enumerate(self._least)]
        for column, width in enumerate(widths):
            # What was dragged to another width by hand stays so until the columns are others.
            if column in hidden or not self._given or self.columnWidth(column) == self._given[column]:
                self.setColumnWidth(column, width)
        self._given = widths
        self.horizontalHeader().setStretchLastSection(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room."""
        super().resizeEvent(event)
        if self._least:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint plain rows as a whole; Qt paints the others, its own way and slower."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Base))
        others = self._paint_plain_rows(painter, event.rect())
        painter.end()
        for part in others:
            super().paintEvent(QPaintEvent(part & event.rect()))

    def _paint_plain_rows(self, painter: QPainter, where: QRect) -> list[QRect]:
        """Paint the rows of ``where`` that are plain and return where the others are."""
        model, top = self.model(), self.rowAt(where.top())
        if top < 0 or not isinstance(model, CandidateModel):
            return [where]
        bottom = self.rowAt(where.bottom())
        bottom = bottom if bottom >= 0 else model.rowCount() - 1
        model.read(top, bottom)
        marked = {row for first, last in self.selected_rows() for row in range(max(first, top), min(last, bottom) + 1)}
        marked.add(self.currentIndex().row())
        others, rows = [], RowPainter(self, painter, self._measures)
        for row in range(top, bottom + 1):
            place = self.rowViewportPosition(row)
            cells = None if row in marked else model.cells_at(row)
            if cells is None or not rows.paint(row, place, cells):
                others.append(QRect(0, place, self.viewport().width(), self.rowHeight(row)))
        return others

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click or a sweep begins."""
        self._pressed_row = self.indexAt(event.position().toPoint()).row()
        self._is_swept = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Notice a sweep, also one that comes back to where it began."""
        self._is_swept |= self.indexAt(event.position().toPoint()).row() != self._pressed_row
        super().mouseMoveEvent(event)

    @Slot(QModelIndex)
    def _on_click(self, index: QModelIndex) -> None:
        if not self._is_swept and QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self.opened.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)
