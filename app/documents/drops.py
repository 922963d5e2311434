"""What is dropped onto the window: recognised by its content, and handed to the tab that opens it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.documents.documents import Documents
from app.documents.documents import Host as DocumentHost
from app.documents.file_kind import FileKind
from app.overrides import called_by_qt
from app.sentence import Sentence
from app.tab import Tab
from app.tabs import TABS
from core.language import N_, listed

if TYPE_CHECKING:
    from app.lecture.lectures import Lectures

_TEXTS: int = 2
"""Texts that are opened at once: a sentence and a second one."""


class Host(DocumentHost, Protocol):
    """The window, as far as what is dropped on it is concerned."""

    @property
    def lectures(self) -> Lectures:
        """Lectures in this window."""
        ...

    def open(self, tab_id: str) -> None:
        """Bring a tab to the front."""
        ...

    def tab(self, tab_id: str) -> Tab:
        """Return a tab, building it if nobody has opened it yet."""
        ...


@called_by_qt
class Drops(QObject):
    """Takes files that are dropped anywhere on the window, but for those that a field takes itself."""

    def __init__(self, host: Host, window: QWidget, documents: Documents) -> None:
        """Watch the window.

        Args:
            host: the window, for what it can do.
            window: the same, as a widget.
            documents: asks where what is not saved would be lost.
        """
        super().__init__(window)
        self._host, self._documents = host, documents
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let files come in, and open them; while a question is open or a lecture is given, nothing is taken."""
        if not isinstance(event, (QDragEnterEvent, QDragMoveEvent, QDropEvent)):
            return False
        paths = dropped_paths(event.mimeData())
        if not paths or self._host.is_lecturing or QApplication.activeModalWidget() is not None:
            event.ignore()
        else:
            event.acceptProposedAction()
            if event.type() is QEvent.Type.Drop:
                self.open(paths)
        return True

    def open(self, paths: tuple[Path, ...]) -> None:
        """Open what is known of ``paths``, one of each kind (of texts two), and say what was left."""
        from app.documents.recognise import recognise

        found: dict[FileKind, list[Path]] = {}
        unknown = []
        for path in paths:
            kind = recognise(path)
            if kind is None:
                unknown.append(path)
            else:
                found.setdefault(kind, []).append(path)
        for kind, files in found.items():
            self._open(kind, tuple(files))
        left = [path for kind, files in found.items() for path in files[_TEXTS if kind is FileKind.TEXT else 1 :]]
        self._say_left(unknown, left)

    def _open(self, kind: FileKind, files: tuple[Path, ...]) -> None:
        if kind is FileKind.LECTURE:
            self._host.lectures.open(files[0])
            return
        spec = next(spec for spec in TABS if kind in spec.opens)
        self._host.open(spec.id)
        tab = self._host.tab(spec.id)
        then = partial(tab.open_files, kind, files)
        if tab.document is None:
            then()
        else:
            self._documents.go_on_when_safe(tab.document, then)

    def _say_left(self, unknown: list[Path], left: list[Path]) -> None:
        if unknown:
            said = N_(
                "{name} is nothing that this program opens: a text, a table of pairs, a store, a model's folder, "
                "a run, a checkpoint, a session or a lecture."
            )
            self._host.messages.show_message("warning", Sentence(said, {"name": _names(unknown)}))
        if left:
            said = N_("One file of a kind is opened at a time. Not opened: {name}")
            self._host.messages.show_message("info", Sentence(said, {"name": _names(left)}))


def dropped_paths(content: QMimeData) -> tuple[Path, ...]:
    """Return the files and folders of this machine that are being dropped."""
    urls = content.urls() if content.hasUrls() else []
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile() and url.toLocalFile())


def _names(paths: list[Path]) -> str:
    """Return the names of the first files, the others as dots."""
    return listed([*(path.name for path in paths[:3]), *(["…"] if len(paths) > 3 else [])])
