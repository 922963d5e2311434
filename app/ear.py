"""Hears at once that a worker has spoken, where the system can tell."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QSocketNotifier, Signal, Slot

from core.runtime.lane import Lane

FRAME: Final = 16
"""Milliseconds between two looks while something runs: a little faster than a display shows."""


class Ear(QObject):
    """Waits for one lane's worker to speak. After each word it is shut, until whoever has listened opens it again.

    An answer is heard when it comes, and so is each turn of the talk before it. A stream of payloads is not: it would
    be taken in, and drawn, as often as the worker has something to say. It is left to the timer that listens anyway.

    Signals:
        heard: the lane's name; there is something to be taken in.
    """

    heard = Signal(str)

    def __init__(self, name: str, lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._name = name
        self._lane = lane
        self._notifier: QSocketNotifier | None = None
        self._of: tuple[int | None, int | None] = (None, None)
        self._since_progress = QElapsedTimer()

    @property
    def is_open(self) -> bool:
        """Whether the next word will be heard."""
        return self._notifier is not None and self._notifier.isEnabled()

    def open(self) -> None:
        """Wait for the next word of the worker there is now."""
        of = self._lane.pid, self._lane.descriptor
        if of != self._of:
            self.close()
            self._of, descriptor = of, of[1]
            if descriptor is not None:
                self._notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
                self._notifier.activated.connect(self._on_readable)
        if self._notifier is not None:
            self._notifier.setEnabled(True)

    def close(self) -> None:
        """Wait no more."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
        self._notifier, self._of = None, (None, None)

    def note_progress(self) -> None:
        """Payloads were taken in: more of them at once are a stream."""
        self._since_progress.start()

    @Slot()
    def _on_readable(self) -> None:
        assert self._notifier is not None
        self._notifier.setEnabled(False)  # or it would tell again and again of what nobody has taken in yet
        if not self._since_progress.isValid() or self._since_progress.elapsed() >= FRAME:
            self.heard.emit(self._name)
