"""Keeps what the workers hold in memory within bounds: idle ones are let go, the longest unused first.

A worker keeps what it has loaded and learnt, so that the next question is answered at once. There is one for each kind
of work, though, and somebody who looks at every page in one sitting would end up with all of them, each with its own
torch. What is let go is only kept at hand, never the only copy: a run begins in a new worker as in the first one.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from app.background import Background

MOST: Final = 3 << 30
"""Bytes of all workers together that are kept for the next question."""
_PART: Final = 3
"""On a small machine: at most one in so many bytes of its memory."""
IN_USE: Final = 60.0
"""Seconds since its last run in which a worker is in use."""
LOOK_EVERY: Final = 10_000
"""Milliseconds between two looks."""


class WorkerMemory(QObject):
    """Looks now and then how large the workers are.

    Args:
        background: has the workers.
        most: bytes that all of them may have together; what runs or was used a moment ago stays in any case.
        in_use: seconds that count as a moment.
    """

    def __init__(self, background: Background, most: int = MOST, in_use: float = IN_USE) -> None:
        super().__init__(background)
        self._background, self._most, self._in_use = background, most, in_use
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Let idle workers go, the longest unused first, until the others are within bounds."""
        import psutil  # at the first look: the window is long painted

        sizes = self.weigh()
        excess = sum(sizes.values()) - min(self._most, psutil.virtual_memory().total // _PART)
        for name in self._background.idle_lanes(self._in_use):
            if excess <= 0:
                return
            if name in sizes:
                self._background.let_go(name)
                excess -= sizes[name]

    def weigh(self) -> dict[str, int]:
        """Return the bytes that each worker has in memory, by lane."""
        return {name: _size(pid) for name, pid in self._background.worker_pids().items()}


def _size(pid: int) -> int:
    """Return the bytes of a process that are in memory; 0 of one that has just ended."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
