"""The files of lectures: read, written, remembered; what was made and never saved is kept in a file of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDateTime

from app.lecture.making.document import LectureDocument
from app.tabs import known_to_lectures
from core.lecture.errors import LectureError
from core.lecture.lecture import Lecture
from core.lecture.lecture_file import ENDING, read_lecture, write_lecture
from core.paths import RESOURCES, data_folder

_STAMP: Final = "yyyyMMdd-HHmmss"

log = logging.getLogger(__name__)


class LectureShelf:
    """Reads and writes lectures, and has those remembered that a person may look for again."""

    def __init__(self, remember: Callable[[Path], object]) -> None:
        """Take what remembers a file that was opened or saved."""
        self._remembered = remember

    def read(self, path: Path) -> Lecture:
        """Return the lecture in ``path``.

        Raises:
            LectureError: it is none.
        """
        lecture = read_lecture(path, known_to_lectures())
        self._remember(path)
        return lecture

    def save(self, document: LectureDocument, path: Path) -> None:
        """Write a lecture.

        Raises:
            LectureError: it can't be written.
        """
        if not path.suffix:
            path = path.with_name(path.name + ENDING)
        if not document.lecture.title:
            document.retitle(path.name.removesuffix(ENDING).removesuffix(path.suffix))
        write_lecture(path, document.lecture)
        document.note_saved(path)
        self._remember(path)

    def keep(self, document: LectureDocument) -> Path | None:
        """Keep what was changed and not saved in a file of its own; return it, or None if there was nothing to keep."""
        if document.is_saved:
            return None
        stamp = QDateTime.currentDateTime().toString(_STAMP)
        path = data_folder() / "lectures" / f"unsaved-{stamp}{ENDING}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_lecture(path, document.lecture)
        except (OSError, LectureError):
            log.exception("The lecture that was not saved could not be kept")
            return None
        self._remember(path)
        return path

    def _remember(self, path: Path) -> None:
        if not is_shipped(path):
            self._remembered(path)


def is_shipped(path: Path) -> bool:
    """Return whether a file came with the program, which is never written over."""
    return path.absolute().is_relative_to(RESOURCES)
