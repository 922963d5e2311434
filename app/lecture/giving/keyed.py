"""What hears the keys of a lecture, whichever of its windows has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.lecture.giving.keys import LectureKeys
from app.panel import Look, Panel


class LectureKeyed(Panel):
    """Has the lecture's keys before the table of actions, and asks for what they mean.

    Signals:
        asked: what a key asks for, a ``Verb``, and the number that was typed before it.
    """

    asked = Signal(str, int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._keys = LectureKeys()

    def event(self, event: QEvent) -> bool:
        """Have the lecture's keys before everything else."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._keys.means(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for what the key means."""
        if not self._keys.means(event):
            super().keyPressEvent(event)
            return
        verb = self._keys.press(event)
        if verb is not None:
            self.asked.emit(verb, self._keys.take_number())
        self.update()  # a number that is being typed may be shown
