"""The open lecture as the File menu knows a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from app.documents.document import Document
from core.language import _

if TYPE_CHECKING:
    from app.lecture.lectures import Lectures
    from app.lecture.making.document import LectureDocument


class OpenLecture(Document):
    """A lecture, or none. What was not saved of one is never lost: it is kept in a file of its own."""

    kind = "lecture"

    def __init__(self, lectures: Lectures) -> None:
        super().__init__(lectures)
        self._lectures = lectures
        self._followed: LectureDocument | None = None
        lectures.changed.connect(self._on_changed)

    @property
    def name(self) -> str:
        """The file's name, else the title."""
        document = self._lectures.document
        if document is None:
            return ""
        return document.path.name if document.path is not None else document.lecture.title or _("New lecture")

    @property
    def is_modified(self) -> bool:
        """Whether scenes were changed since it was saved."""
        document = self._lectures.document
        return document is not None and not document.is_saved

    def new(self) -> None:
        """Begin a lecture."""
        self._lectures.do("lecture_new")

    def ask_what_to_open(self) -> None:
        """Ask for a lecture, and open it."""
        self._lectures.do("lecture_open")

    def open(self, address: str) -> None:
        """Open a lecture."""
        self._lectures.open(Path(address))

    def save(self) -> None:
        """Save it as its file, or ask for one."""
        self._lectures.do("lecture_save")

    def ask_where_to_save(self) -> None:
        """Ask for a file."""
        self._lectures.do("lecture_save_as")

    @Slot()
    def _on_changed(self) -> None:
        document = self._lectures.document
        if document is not None and document is not self._followed:
            document.undo_stack.cleanChanged.connect(self.changed)
            document.renamed.connect(self.changed)
        self._followed = document
        self.changed.emit()
