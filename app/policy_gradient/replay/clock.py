"""The time of a replay: which step is shown, and how quickly the next one follows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

FRAME_MS: Final = 16
RATES: Final = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Speeds, in the environment's own time."""
USUAL_STEPS_A_SECOND: Final = 30.0


class ReplayClock(QObject):
    """Counts steps while it plays.

    Attributes:
        step: the step that is shown.
        length: where it stops.
        rate: one of ``RATES``.
        steps_a_second: the environment's own pace.

    Signals:
        moved: another step is to be shown.
        playing_changed: it plays now, or no longer.
    """

    moved = Signal()
    playing_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.step = 0
        self.length = 0
        self.rate = 1.0
        self.steps_a_second = USUAL_STEPS_A_SECOND
        self._owed = 0.0
        self._since = QElapsedTimer()
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_frame)

    @property
    def is_playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    def play(self) -> None:
        """Go on; from the end, begin again."""
        if self.length == 0 or self.is_playing:
            return
        if self.step >= self.length:
            self.go_to(0)
        self._owed = 0.0
        self._since.start()
        self._timer.start()
        self.playing_changed.emit()

    def pause(self) -> None:
        """Stand still."""
        if self.is_playing:
            self._timer.stop()
            self.playing_changed.emit()

    def toggle(self) -> None:
        """Play, or stand still."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def go_to(self, step: int) -> None:
        """Show ``step``, at most the last."""
        step = max(0, min(self.length, step))
        if step != self.step:
            self.step = step
            self.moved.emit()

    def reach(self, length: int) -> None:
        """Stop after ``length`` steps from now on."""
        self.length = length
        if self.step > length:
            self.go_to(length)
        if length == 0:
            self.pause()

    @Slot()
    def _on_frame(self) -> None:
        self._owed += self._since.restart() / 1000 * self.steps_a_second * self.rate
        whole = int(self._owed)
        self._owed -= whole
        self.go_to(self.step + whole)
        if self.step >= self.length:
            self.pause()
