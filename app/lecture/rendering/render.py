"""A lecture as pictures: every scene put up in the real window, waited for, and looked at."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.lecture.lectures import Lectures

LOOK_EVERY: Final = 60
"""Milliseconds between two looks at a scene."""
STEADY: Final = 600
"""Milliseconds that a picture stays the same, and then counts as whole."""
PATIENCE: Final = 180_000
"""Milliseconds after which a scene is taken as it is, though something is still on its way."""
PLAYED: Final = 3000
"""Milliseconds for which what a scene runs is let move before it is taken."""
RESTLESS: Final = 15_000
"""Milliseconds after which a scene that runs nothing, and never looks the same for a while, is taken as it is."""


class Renderer(QObject):
    """Gives a lecture to nobody, scene by scene.

    Signals:
        rendered: the number of a scene, counted from 0, its picture, and where the page shows something else than the
            scene asks for.
        finished: there are no more.
    """

    rendered = Signal(int, QImage, object)
    finished = Signal()

    def __init__(self, lectures: Lectures, window: QWidget) -> None:
        super().__init__(window)
        self._lectures, self._window = lectures, window
        self._before = QImage()
        self._since_shown, self._since_changed = QElapsedTimer(), QElapsedTimer()
        self._looking = QTimer(self, interval=LOOK_EVERY)
        self._looking.timeout.connect(self._look)

    def start(self) -> None:
        """Begin with the first scene of the open lecture."""
        self._lectures.start(0)
        if self._lectures.is_running:
            self._begin()
        else:
            self.finished.emit()

    def _begin(self) -> None:
        self._before = QImage()
        self._since_shown.start()
        self._since_changed.start()
        self._looking.start()

    @Slot()
    def _look(self) -> None:
        picture = self._window.grab().toImage()
        if picture != self._before:
            self._before = picture
            self._since_changed.start()
        shown = self._since_shown.elapsed()
        scene, is_settled = self._lectures.player.scene, self._lectures.stage.is_settled
        is_moving = scene is not None and scene.run is not None
        is_whole = is_settled and not is_moving and self._since_changed.elapsed() >= STEADY
        has_played = is_settled and shown >= (PLAYED if is_moving else RESTLESS)
        if is_whole or has_played or shown >= PATIENCE:
            self._looking.stop()
            self._take(picture)

    def _take(self, picture: QImage) -> None:
        player = self._lectures.player
        self.rendered.emit(player.index, picture, self._lectures.stage.differences)
        if player.following is None:
            player.end()
            self.finished.emit()
        else:
            player.next()
            self._begin()

    def stop(self) -> None:
        """Take no more pictures."""
        self._looking.stop()
