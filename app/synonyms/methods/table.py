"""Every method that is measured, one a row; a click on a title sorts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.panel import Look, Themed
from app.theme import Theme
from app.widgets.tables.text_table import TextTableModel
from core.language import N_, _
from core.synonyms.evaluation.measures import Figures
from core.synonyms.evaluation.run import Measured
from core.synonyms.evaluation.split import Protocol
from core.synonyms.methods.registry import METHODS

_TITLES: Final = (
    N_("Method"), N_("Open AP"), N_("Closed AP"), N_("P@R.2"), N_("P@R.5"), N_("Best F1"), N_("P@1"), N_("MAP"),
    N_("Time (s)"),
)  # fmt: skip
_MEANINGS: Final = (
    N_("Click a row to see its pairs below."),
    N_("Average precision on words that training has never named, with its 95 % interval."),
    N_("Average precision on pairs that training has not, of words that it has."),
    N_("Precision where a fifth of the synonyms is found, in the chosen protocol."),
    N_("Precision where half of the synonyms is found, in the chosen protocol."),
    N_("The largest F1 of all thresholds, in the chosen protocol."),
    N_("As a queue: the share of words whose first candidate is a synonym."),
    N_("As a queue: the mean average precision of the words."),
    N_("Learning and scoring under both protocols."),
)
OPEN_AP: Final = 1
_MOST_ROWS: Final = 13

Number = Callable[[Measured, Protocol], float]


def _of(name: str) -> Number:
    def number(each: Measured, protocol: Protocol) -> float:
        figures: Figures = each.figures[protocol]
        value: float = getattr(figures, name)
        return value

    return number


_NUMBERS: Final[tuple[Number, ...]] = (
    lambda each, _protocol: each.figures[Protocol.OPEN].ap,
    lambda each, _protocol: each.figures[Protocol.CLOSED].ap,
    _of("p_at_r20"), _of("p_at_r50"), _of("best_f1"),
    lambda each, _protocol: each.queue.p_at_1,
    lambda each, _protocol: each.queue.map,
    lambda each, _protocol: each.seconds,
)  # fmt: skip
"""The numbers of the columns after the first."""


class MethodsTable(Themed, QTableView):
    """As tall as its rows, up to some.

    Signals:
        chosen: another method is the current one.
    """

    chosen = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.follow(look)
        self._measured: list[Measured] = []
        self._protocol = Protocol.OPEN
        self._wanted = ""
        self._model = TextTableModel(_TITLES, frozenset(range(1, len(_TITLES))), self, _MEANINGS)
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSortIndicatorShown(True)
        head.setSortIndicator(OPEN_AP, Qt.SortOrder.DescendingOrder)
        head.setSectionsClickable(True)
        head.sortIndicatorChanged.connect(self._on_sorted)
        for section in range(len(_TITLES)):
            mode = QHeaderView.ResizeMode.Fixed if section == 0 else QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(section, mode)
        self.selectionModel().currentRowChanged.connect(self._on_row)
        self._retranslate()
        self._restyle(look.theme.theme)

    @property
    def method(self) -> str:
        """The current method; empty where there is none."""
        row = self.currentIndex().row()
        return self._measured[row].method if 0 <= row < len(self._measured) else ""

    @property
    def wanted(self) -> str:
        """The method that is current, or will be as soon as it is measured."""
        return self._wanted

    def want(self, method: str) -> None:
        """Let ``method`` be the current one."""
        self._wanted = method
        self._select()

    def sort_as(self, saved: object) -> None:
        """Sort as saved: by a column, and whether its smallest (0) or its largest (1) come first."""
        if not isinstance(saved, list) or len(saved) != 2 or not all(type(each) is int for each in saved):
            return
        column, order = saved
        if 0 <= column < len(_TITLES) and order in (0, 1):
            self.horizontalHeader().setSortIndicator(column, Qt.SortOrder(order))

    def show_measured(self, measured: Sequence[Measured], protocol: Protocol) -> None:
        """Show ``measured``, sorted as the titles say; the current method stays so."""
        self._measured, self._protocol = list(measured), protocol
        self._fill()

    def _fill(self) -> None:
        head = self.horizontalHeader()
        column, order = head.sortIndicatorSection(), head.sortIndicatorOrder()
        if column == 0:
            places = list(METHODS)
            self._measured.sort(key=lambda each: places.index(each.method))
        elif column > 0:
            self._measured.sort(key=lambda each: _NUMBERS[column - 1](each, self._protocol))
        if column >= 0 and order == Qt.SortOrder.DescendingOrder:
            self._measured.reverse()
        self.selectionModel().blockSignals(True)
        self._model.show_rows([self._cells(each) for each in self._measured])
        self.selectionModel().blockSignals(False)
        self._fit_height()
        self._fit_names()
        self._select()

    def _select(self) -> None:
        names = [each.method for each in self._measured]
        if names:
            self.selectRow(names.index(self._wanted) if self._wanted in names else 0)

    def _cells(self, each: Measured) -> tuple[str, ...]:
        free, closed = each.figures[Protocol.OPEN], each.figures[Protocol.CLOSED]
        numbers = [f"{number(each, self._protocol):.3f}" for number in _NUMBERS[2:-1]]
        return (
            METHODS[each.method].label,
            f"{free.ap:.3f} ({free.ap_low:.2f}–{free.ap_high:.2f})".replace("(0.", "(.").replace("–0.", "–."),
            f"{closed.ap:.3f}",
            *numbers,
            f"{each.seconds:.0f}",
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the names what the numbers leave, and never less than they need."""
        super().resizeEvent(event)
        self._fit_names()

    def _fit_names(self) -> None:
        head = self.horizontalHeader()
        numbers = sum(head.sectionSize(section) for section in range(1, head.count()))
        needed = max(self.sizeHintForColumn(0), head.sectionSizeHint(0))
        self.setColumnWidth(0, max(needed, self.viewport().width() - numbers))

    def _fit_height(self) -> None:
        rows = min(_MOST_ROWS, max(1, self._model.rowCount())) * self.look.scale.em(1.5)
        head = self.horizontalHeader().sizeHint().height()
        self.setMaximumHeight(head + rows + 2 * self.frameWidth())
        self.setMinimumHeight(min(self.maximumHeight(), head + 4 * self.look.scale.em(1.5)))

    def _restyle(self, _theme: Theme) -> None:
        self.verticalHeader().setDefaultSectionSize(self.look.scale.em(1.5))
        self._fit_height()

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Methods"))
        self._model.retranslate()
        self._fill()

    @Slot(int, Qt.SortOrder)
    def _on_sorted(self, _column: int, _order: Qt.SortOrder) -> None:
        self._fill()

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        if self.method:
            self._wanted = self.method
            self.chosen.emit()
