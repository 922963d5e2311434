"""Giving a lecture: which scene is up, the next, the one before, any other, the end."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from app.lecture.giving.scene_stage import SceneStage
from app.lecture.making.document import LectureDocument
from core.lecture.lecture import Scene


class Player(QObject):
    """Holds the place in a lecture.

    Attributes:
        index: the scene that is up, counted from 0; -1 while none is.
        is_running: whether the lecture is being given.

    Signals:
        moved: another scene is about to be put up.
        ended: the lecture is given no longer.
    """

    moved = Signal()
    ended = Signal()

    def __init__(self, stage: SceneStage, parent: QObject) -> None:
        super().__init__(parent)
        self._stage = stage
        self._document: LectureDocument | None = None
        self._since = QElapsedTimer()
        self.index = -1
        self.is_running = False

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """What is given."""
        return self._document.scenes if self._document is not None else ()

    @property
    def scene(self) -> Scene | None:
        """The scene that is up."""
        return self.scenes[self.index] if 0 <= self.index < len(self.scenes) else None

    @property
    def following(self) -> Scene | None:
        """The scene that comes next; None at the end."""
        return self.scenes[self.index + 1] if self.index + 1 < len(self.scenes) else None

    @property
    def seconds(self) -> int:
        """How long the lecture has been given."""
        return self._since.elapsed() // 1000 if self.is_running else 0

    def start(self, document: LectureDocument, index: int) -> None:
        """Give a lecture, from the scene ``index`` on."""
        self._document = document
        self.is_running = True
        self._since.start()
        self.go_to(index)

    def go_to(self, index: int) -> None:
        """Put a scene up, the first or the last where there is none of that number; the same one begins anew."""
        if not self.is_running or not self.scenes:
            return
        self.index = max(0, min(len(self.scenes) - 1, index))
        self.moved.emit()
        self._stage.show(self.scenes[self.index])
        self._stage.expect(self.scenes[self.index + 1 :])

    def next(self) -> None:
        """Put the next scene up; after the last, that stays."""
        if self.index + 1 < len(self.scenes):
            self.go_to(self.index + 1)

    def back(self) -> None:
        """Put the scene before up; before the first, that stays."""
        if self.index > 0:
            self.go_to(self.index - 1)

    def end(self) -> None:
        """Give it no longer."""
        if self.is_running:
            self.is_running = False
            self._stage.leave()
            self._stage.expect(())
            self.ended.emit()
