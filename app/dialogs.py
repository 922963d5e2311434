"""Dialogs: opened over their window, heard when they are answered, gone when they are closed.

None of them nests an event loop, as ``exec`` and the static functions of Qt do (``QFileDialog.getOpenFileName``): so
the window may close, and the program end, under an open dialog, and nothing that asks stands in the midst of a slot
while the rest of the program goes on around it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileInfo, QSize, Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFileIconProvider,
    QHeaderView,
    QInputDialog,
    QMessageBox,
    QToolButton,
    QTreeView,
    QWidget,
)

from app.icons import IconName, icon
from app.overrides import called_by_qt
from core.language import _


def open_dialog(dialog: QDialog) -> None:
    """Show ``dialog`` over its window until it is closed, and then let it go."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


_ARROWS: Final[dict[str, IconName]] = {
    "backButton": "chevron-left", "forwardButton": "chevron-right", "toParentButton": "chevron-up",
}  # fmt: skip
"""What Qt calls the buttons of its dialog whose own drawings are black in any theme."""
_WIDTH: Final = 110
_LINES: Final = 30


@called_by_qt
class _ByName(QFileIconProvider):
    """Says what a file is by its name alone.

    Qt's own opens a file to see, also a store and its logs. When it closes them, the system (POSIX) drops the locks
    that SQLite has on them in this process, and the next worker to close the store takes its log away from under the
    window.
    """

    def icon(self, of: QFileInfo | QFileIconProvider.IconType) -> QIcon:
        """Return the picture of a folder or of a file."""
        if isinstance(of, QFileInfo):
            of = QFileIconProvider.IconType.Folder if of.isDir() else QFileIconProvider.IconType.File
        return super().icon(of)

    def type(self, of: QFileInfo) -> str:
        """Return the ending of a file's name."""
        return "" if of.isDir() else of.suffix()


@lru_cache(maxsize=1)
def _by_name() -> _ByName:
    return _ByName()


def _file_dialog(dialog: QFileDialog) -> QFileDialog:
    """Let a dialog open no file that it lists; those of Linux desktops look into each, in this process."""
    if sys.platform.startswith("linux"):
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setIconProvider(_by_name())
    if dialog.testOption(QFileDialog.Option.DontUseNativeDialog):
        _dress(dialog)
    return dialog


def _dress(dialog: QFileDialog) -> None:
    """Make Qt's own dialog one of ours: its words, its arrows in the theme's colour, room for its columns."""
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("Look in:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Files of type:"))
    for name, drawing in _ARROWS.items():
        button = dialog.findChild(QToolButton, name)
        if button is not None:
            button.setIcon(icon(drawing))
    view = dialog.findChild(QTreeView, "treeView")
    if view is not None:
        view.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    metrics = dialog.fontMetrics()
    room = QSize(_WIDTH * metrics.averageCharWidth(), _LINES * metrics.lineSpacing())
    dialog.resize(room.boundedTo(dialog.screen().availableSize()))


def ask_for_file(
    parent: QWidget, title: str, then: Callable[[Path], None], *, folder: str = "", kinds: str = ""
) -> None:
    """Ask for a file to read.

    Args:
        parent: whose window it is asked over.
        title: of the dialog.
        then: what follows, with the file; nothing follows where none is chosen.
        folder: where to look first; else where a file was chosen last.
        kinds: names of kinds of files, with their patterns, as Qt writes them.
    """
    dialog = _file_dialog(QFileDialog(parent, title, folder, kinds))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    open_dialog(dialog)


def ask_for_files(parent: QWidget, title: str, then: Callable[[tuple[Path, ...]], None]) -> None:
    """Ask for some files to read; see :func:`ask_for_file`."""
    dialog = _file_dialog(QFileDialog(parent, title))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: then(tuple(map(Path, names))))
    open_dialog(dialog)


def ask_for_folder(parent: QWidget, title: str, then: Callable[[str], None]) -> None:
    """Ask for a folder that is there; see :func:`ask_for_file`."""
    dialog = _file_dialog(QFileDialog(parent, title))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(then)
    open_dialog(dialog)


def ask_where_to_write(
    parent: QWidget, title: str, proposed: str, kinds: str, then: Callable[[str, str], None]
) -> None:
    """Ask for a file to write, and whether to replace one that is there.

    Args:
        parent: whose window it is asked over.
        title: of the dialog.
        proposed: a name, alone or in the folder to look at first.
        kinds: names of kinds of files, with their patterns, as Qt writes them.
        then: what follows, with the name as it was given and the kind that was chosen.
    """
    path = Path(proposed)
    folder = str(path.parent) if path.is_absolute() else ""
    dialog = _file_dialog(QFileDialog(parent, title, folder, kinds))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(path.name)
    dialog.fileSelected.connect(partial(_tell_with_kind, dialog, then))
    open_dialog(dialog)


def ask_for_new_folder(
    parent: QWidget,
    title: str,
    proposed: str,
    then: Callable[[Path], None],
    *,
    kind: str,
    may_replace: Callable[[Path], bool],
) -> None:
    """Ask where a folder is to be written.

    Args:
        parent: whose window it is asked over.
        title: of the dialog.
        proposed: a name.
        then: what follows, with the folder. Whether to replace one that is there is not asked yet.
        kind: what such a folder is called in the dialog.
        may_replace: returns whether a folder that is there is one of this kind: it is chosen, any other is entered.
    """
    dialog = _FolderDialog(parent, title, kind, may_replace)
    dialog.selectFile(proposed)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    open_dialog(dialog)


@called_by_qt
class _FolderDialog(QFileDialog):
    """Qt's own, which else would enter every folder that is there, and so let none be replaced."""

    def __init__(self, parent: QWidget, title: str, kind: str, may_replace: Callable[[Path], bool]) -> None:
        super().__init__(parent, title, "", kind)
        self._may_replace = may_replace
        _file_dialog(self).setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.directoryEntered.connect(self._on_entered)

    def accept(self) -> None:
        """Choose a folder that may be replaced."""
        chosen = self.selectedFiles()
        if len(chosen) != 1 or not self._choose(chosen[0]):
            super().accept()

    def _choose(self, name: str) -> bool:
        path = Path(name)
        if not path.is_dir() or not self._may_replace(path):
            return False
        self.fileSelected.emit(name)
        self.done(QDialog.DialogCode.Accepted)
        return True

    @Slot(str)
    def _on_entered(self, name: str) -> None:
        self._choose(name)


def _tell_with_kind(dialog: QFileDialog, then: Callable[[str, str], None], name: str) -> None:
    then(name, dialog.selectedNameFilter())


def ask_for_text(parent: QWidget, title: str, question: str, then: Callable[[str], None]) -> None:
    """Ask for a line of text; nothing follows where the dialog is cancelled."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.textValueSelected.connect(then)
    open_dialog(dialog)


def ask_whether(parent: QWidget, title: str, question: str, then: Callable[[], None]) -> None:
    """Ask a question in plain text, and go on where the answer is yes."""
    buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
    box = QMessageBox(QMessageBox.Icon.Question, title, question, buttons, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)  # a file may be called like markup
    box.accepted.connect(then)
    open_dialog(box)
