"""Python's garbage, collected between two turns of the event loop.

Python collects wherever an object happens to be made that is one too many. In a window that is the wrong place twice:
in the thread that waits for a team's server, where a widget among the garbage is deleted beside the loop that paints
it, and in the midst of a signal or a paint, under the feet of whoever it came from. Qt crashes either way.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

EVERY: Final = 1000
"""Milliseconds between two looks."""
_GROWN: Final = 1.25
"""How much more there must be than after the last look through everything before the next: Python's own rule."""


class Collector(QObject):
    """Collects what is young at each look, and the rest by Python's own thresholds, where the event loop runs."""

    def __init__(self, parent: QObject | None = None, *, every: int = EVERY) -> None:
        """Collect nothing yet.

        Args:
            parent: the QObject that owns it.
            every: milliseconds between two looks.
        """
        super().__init__(parent)
        self._was_enabled = False
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(every)
        self._timer.timeout.connect(self._collect)

    @Slot()
    def begin(self) -> None:
        """Collect from now on, and have nobody else do it."""
        if not self._timer.isActive():
            self._was_enabled = gc.isenabled()
            gc.disable()
            self._timer.start()

    def end(self) -> None:
        """Leave it to Python again, if it was."""
        if self._timer.isActive():
            self._timer.stop()
            if self._was_enabled:
                gc.enable()

    @Slot()
    def _collect(self) -> None:
        counts, thresholds = gc.get_count(), gc.get_threshold()
        if counts[2] > thresholds[2] and len(gc.get_objects(generation=2)) > _GROWN * self._left:
            gc.collect()
            self._left = len(gc.get_objects(generation=2))
        elif counts[1] > thresholds[1]:
            gc.collect(1)
        else:
            gc.collect(0)
