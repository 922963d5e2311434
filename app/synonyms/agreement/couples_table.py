"""Every two annotators, one couple a row: on how many pairs both answered, and how far they agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.panel import Look, Themed
from app.synonyms.agreement.interval_text import interval_text
from app.theme import Theme
from app.widgets.tables.text_table import TextTableModel
from core.language import N_, _
from core.synonyms.agreement.report import Couple

_NAMES: Final = 2
"""Columns with names; the others hold numbers."""

_MOST_ROWS: Final = 8
"""Couples in view at once; more scroll."""


class CouplesTable(Themed, QTableView):
    """As tall as what it holds, up to some rows.

    Signals:
        chosen: another couple is the current one.
    """

    chosen = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.follow(look)
        self._couples: Sequence[Couple] = ()
        self._model = TextTableModel(
            (N_("Annotator"), N_("and"), N_("Pairs"), N_("Same verdict"), N_("Cohen's kappa")),
            frozenset({2, 3, 4}),
            self,
        )
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        for section in range(self._model.columnCount()):
            mode = QHeaderView.ResizeMode.Stretch if section < _NAMES else QHeaderView.ResizeMode.ResizeToContents
            self.horizontalHeader().setSectionResizeMode(section, mode)
        self.selectionModel().currentRowChanged.connect(self._on_row)
        self._retranslate()
        self._restyle(look.theme.theme)

    @property
    def couple(self) -> Couple | None:
        """The current couple."""
        row = self.currentIndex().row()
        return self._couples[row] if 0 <= row < len(self._couples) else None

    def show_couples(self, couples: Sequence[Couple], names: list[str] | None) -> None:
        """Show ``couples``, and choose the one of the two annotators with these names; else the first."""
        self._couples = couples
        self._model.show_rows([_cells(couple) for couple in couples])
        self._fit_height()
        if couples:
            self.selectRow(next((at for at, each in enumerate(couples) if [each.one, each.other] == names), 0))

    def _fit_height(self) -> None:
        rows = min(_MOST_ROWS, self._model.rowCount()) * self.look.scale.em(1.5)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + rows + 2 * self.frameWidth())

    def _restyle(self, _theme: Theme) -> None:
        self.verticalHeader().setDefaultSectionSize(self.look.scale.em(1.5))
        self._fit_height()

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Pairwise agreement"))
        self._model.retranslate()

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        if self.couple is not None:
            self.chosen.emit()


def _cells(couple: Couple) -> tuple[str, ...]:
    return (
        couple.one,
        couple.other,
        f"{couple.pairs:,}",
        interval_text(couple.raw, share=True),
        interval_text(couple.kappa),
    )
