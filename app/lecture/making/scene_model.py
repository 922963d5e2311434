"""The scenes of a lecture as a list that can be renamed in and dragged about in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt, Slot

from app.icons import icon
from app.lecture.making.document import LectureDocument
from app.overrides import called_by_qt
from app.tabs import TABS
from app.widgets.tables.safe_table_model import SafeTableModel
from core.language import _
from core.lecture.lecture import LONGEST_CAPTION

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_DRAGGED: Final = "application/x-yaya-lab-scene"


@called_by_qt
class SceneModel(SafeTableModel):
    """A row a scene: its number, its caption, the drawing of its tab. Changes go through the document's undo stack."""

    def __init__(self, document: LectureDocument | None = None) -> None:
        super().__init__()
        self._document = document
        self._icons = {tab.id: icon(tab.icon) for tab in TABS}

    def show(self, document: LectureDocument | None) -> None:
        """Show another lecture, or none."""
        if self._document is not None:
            self._document.reset.disconnect(self._on_reset)
        self._document = document
        if document is not None:
            document.reset.connect(self._on_reset)
        self._on_reset()

    @Slot()
    def _on_reset(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many scenes there are."""
        return 0 if parent.isValid() or self._document is None else len(self._document.scenes)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return one: it is a list."""
        return 0 if parent.isValid() else 1

    def cell(self, index: _Index, role: int) -> Any:
        """Return a scene's number and caption, its caption alone to be edited, its section as a tip."""
        if self._document is None or not 0 <= index.row() < len(self._document.scenes):
            return None
        scene = self._document.scenes[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                caption = scene.caption or _("(no caption)")
                return f"{index.row() + 1}  {caption}"
            case Qt.ItemDataRole.EditRole:
                return scene.caption
            case Qt.ItemDataRole.DecorationRole:
                return self._icons.get(scene.tab)
        return None

    def heading(self, _section: int, _orientation: Qt.Orientation, _role: int) -> None:
        """Return nothing: no title stands above a list."""

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take another caption: one line, not longer than a hall reads."""
        if role != Qt.ItemDataRole.EditRole or self._document is None:
            return False
        caption = " ".join(str(value).split())[:LONGEST_CAPTION]
        if not caption.isprintable():
            return False
        self._document.change(index.row(), replace(self._document.scenes[index.row()], caption=caption))
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A scene can be chosen, renamed and dragged; between two of them one can be dropped."""
        usual = super().flags(index)
        if not index.isValid():
            return usual | Qt.ItemFlag.ItemIsDropEnabled
        return usual | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """A scene that is dragged is moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return the kind of what is dragged, which no other program takes."""
        return [_DRAGGED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return which scene is dragged."""
        data = QMimeData()
        data.setData(_DRAGGED, str(indexes[0].row()).encode())
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, _column: int, parent: _Index) -> bool:
        """Move the scene that was dragged before ``row``, or to the end. The view has nothing left to remove."""
        if self._document is None or action != Qt.DropAction.MoveAction or not data.hasFormat(_DRAGGED):
            return False
        number = int(bytes(data.data(_DRAGGED).data()))
        to = row if row >= 0 else parent.row() if parent.isValid() else self.rowCount()
        if 0 <= number < self.rowCount():
            self._document.move(number, to)
        return False
