"""A table model whose answers never raise: Qt asks while it paints, and an exception there can end the process."""

from __future__ import annotations

import sys
from typing import Any, final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Slot

from app.overrides import called_by_qt

Index = QModelIndex | QPersistentModelIndex


@called_by_qt
class SafeTableModel(QAbstractTableModel):
    """Every table model of the program is one: it says what stands in :meth:`cell` and :meth:`heading`.

    What goes wrong there leaves the cell empty, and is told once by the way of all unexpected errors, when Qt has
    finished painting.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._error: Exception | None = None

    def cell(self, index: Index, role: int) -> Any:
        """Return what a cell of the table is in one of its roles; None for nothing."""
        raise NotImplementedError

    def heading(self, section: int, orientation: Qt.Orientation, role: int) -> Any:
        """Return what a title is in one of its roles; None for nothing."""
        raise NotImplementedError

    @final
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell is; None for one that is not there, or could not be made."""
        try:
            return self.cell(index, role) if index.isValid() else None
        except Exception as error:
            self._keep(error)
            return None

    @final
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a title is; None for one that is not there, or could not be made."""
        try:
            return self.heading(section, orientation, role)
        except Exception as error:
            self._keep(error)
            return None

    def _keep(self, error: Exception) -> None:
        if self._error is None:
            self._error = error
            QTimer.singleShot(0, self, self._tell)

    @Slot()
    def _tell(self) -> None:
        error = self._error
        if error is not None:
            sys.excepthook(type(error), error, error.__traceback__)
