"""How long the window stands still: a timer that should tick all the time, and a thread that sees where it does not."""

import sys
import threading
import time
import traceback
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QTimer

_LOOK_AFTER = 0.15
"""Seconds without a tick after which it is noted what the window's thread is doing."""
_WAITS = ("psycopg", "sqlalchemy", "store_calls.py", "/core/synonyms/store/database.py")
"""What stands in the calls of a thread that waits for a store."""


class Heartbeat(QObject):
    """Ticks every five milliseconds, and knows the longest time between two ticks.

    Attributes:
        longest: that time in seconds.
        waited: the longest of those times in which the window was seen to wait for a store. On a busy machine a page
            takes its time to be painted too; that is measured elsewhere.
        seen: what the window's thread did in it.
    """

    def __init__(self):
        super().__init__()
        self.longest = self.waited = 0.0
        self.seen = ""
        self._noted = ""
        self._last = time.perf_counter()
        self._is_over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, args=(threading.get_ident(),))
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(5)
        self._watcher.start()

    def _tick(self):
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        if now - self._last > self.waited and any(sign in self._noted for sign in _WAITS):
            self.waited, self.seen = now - self._last, self._noted
        self._last, self._noted = now, ""

    def _watch(self, watched):
        while not self._is_over.wait(0.02):
            if time.perf_counter() - self._last > _LOOK_AFTER and not self._noted:
                self._noted = "".join(traceback.format_stack(sys._current_frames()[watched]))

    def stop(self):
        """Tick for the last time."""
        self._tick()
        self._timer.stop()
        self._is_over.set()
        self._watcher.join()


@contextmanager
def heartbeat():
    """Give the heartbeat of the block."""
    beats = Heartbeat()
    try:
        yield beats
    finally:
        beats.stop()
