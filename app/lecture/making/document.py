"""The lecture under a person's hands: its scenes, its file, and every change of it, which can be undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.overrides import called_by_qt
from core.language import _
from core.lecture.lecture import LONGEST_CAPTION, Lecture, Scene


class LectureDocument(QObject):
    """One lecture. Since lectures never change, a change is another lecture, and undoing it is the one before.

    Attributes:
        path: its file; None while it has none.
        undo_stack: the changes since it was opened.

    Signals:
        reset: the scenes are others.
        chosen: the number of the scene that has just been changed, and is to be looked at.
        renamed: it has another file.
    """

    reset = Signal()
    chosen = Signal(int)
    renamed = Signal()

    def __init__(self, lecture: Lecture, path: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self.path = path
        self.undo_stack = QUndoStack(self)
        self._lecture = lecture

    @property
    def lecture(self) -> Lecture:
        """The lecture as it is now."""
        return self._lecture

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """Its scenes."""
        return self._lecture.scenes

    @property
    def is_saved(self) -> bool:
        """Whether the file holds it as it is now."""
        return self.undo_stack.isClean()

    def note_saved(self, path: Path) -> None:
        """Take note that it was saved as ``path``."""
        self.path = path
        self.undo_stack.setClean()
        self.renamed.emit()

    def retitle(self, title: str) -> None:
        """Call it ``title`` from now on."""
        self._lecture = replace(self._lecture, title=title[:LONGEST_CAPTION])
        self.renamed.emit()

    def insert(self, number: int, scene: Scene) -> None:
        """Put ``scene`` before the scene ``number``."""
        scenes = (*self.scenes[:number], scene, *self.scenes[number:])
        self._push(_("Add a scene"), scenes, number)

    def remove(self, number: int) -> None:
        """Take a scene away."""
        scenes = (*self.scenes[:number], *self.scenes[number + 1 :])
        self._push(_("Remove a scene"), scenes, min(number, len(scenes) - 1))

    def change(self, number: int, scene: Scene) -> None:
        """Put ``scene`` in the place of another."""
        if scene != self.scenes[number]:
            scenes = (*self.scenes[:number], scene, *self.scenes[number + 1 :])
            self._push(_("Change a scene"), scenes, number)

    def move(self, number: int, to: int) -> None:
        """Move a scene so that it stands before the one that has the number ``to`` now."""
        rest = (*self.scenes[:number], *self.scenes[number + 1 :])
        at = to - 1 if to > number else to
        if at != number:
            self._push(_("Move a scene"), (*rest[:at], self.scenes[number], *rest[at:]), at)

    def _push(self, words: str, scenes: tuple[Scene, ...], number: int) -> None:
        self.undo_stack.push(_Change(self, words, replace(self._lecture, scenes=scenes), number))

    def put(self, lecture: Lecture, number: int) -> None:
        """Be ``lecture`` from now on, as a change or its undoing says."""
        self._lecture = lecture
        self.reset.emit()
        self.chosen.emit(number)


@called_by_qt
class _Change(QUndoCommand):
    """From one lecture to another, and back."""

    def __init__(self, document: LectureDocument, words: str, after: Lecture, number: int) -> None:
        super().__init__(words)
        self._document = document
        self._before, self._after = document.lecture, after
        self._number = number

    def redo(self) -> None:
        """Be the lecture after."""
        self._document.put(self._after, self._number)

    def undo(self) -> None:
        """Be the lecture before."""
        self._document.put(self._before, min(self._number, len(self._before.scenes) - 1))
