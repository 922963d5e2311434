"""A titled table of words and figures."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.style import mark
from app.synonyms.rows_model import RowsModel
from app.theme import Theme


class Listing(Panel):
    """A titled table that hides itself while it has nothing to show."""

    def __init__(
        self, look: Look, title: str, titles: tuple[str, ...], figures: frozenset[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self.title = QLabel()
        mark(self.title, kind="title")
        self.say(self.title.setText, title)
        self.model = RowsModel(titles, figures, self)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.verticalHeader().hide()
        self.view.horizontalHeader().setStretchLastSection(True)
        self.say(self.view.setAccessibleName, title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.title)
        self._column.addWidget(self.view, 1)
        self.restyle(look.theme.theme)

    def show_rows(self, rows: list[tuple[str, ...]]) -> None:
        """Show ``rows``; none hides the table. It is no taller than they are."""
        self.model.show_rows(rows)
        self._fit_height()
        self.setVisible(bool(rows))
        self.view.resizeColumnsToContents()
        header = self.view.horizontalHeader()
        most = self.look.scale.em(24)
        for section in range(header.count() - 1):
            self.view.setColumnWidth(section, min(header.sectionSize(section) + self.look.scale.em(1), most))
        header.setSectionResizeMode(header.count() - 1, QHeaderView.ResizeMode.Stretch)

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        self.view.verticalHeader().setDefaultSectionSize(self.look.scale.em(1.5))
        self._fit_height()

    def _fit_height(self) -> None:
        rows = self.model.rowCount() * self.look.scale.em(1.5)
        head = self.view.horizontalHeader().sizeHint().height() + 2 * self.view.frameWidth()
        # A bar that scrolls sideways may lie over the foot: there is room for it.
        room = self.title.sizeHint().height() + self._column.spacing() + head + rows + self.look.scale.em(0.625)
        self.setMaximumHeight(room)

    def retranslate(self) -> None:
        """Renew words."""
        self.model.retranslate()
