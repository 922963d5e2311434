"""A store that is wanted while another program keeps it for itself."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

_RETRY: Final = 1000
"""Milliseconds between two tries to open it."""


class StoreRetry(QObject):
    """Remembers what is waited for, and says when to try again.

    Attributes:
        address: of the store; empty while none is waited for.
        create: make a new store where there is none.

    Signals:
        due: it is time to try.
    """

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.address = ""
        self.create = True
        self._timer = QTimer(self)
        self._timer.setInterval(_RETRY)
        self._timer.timeout.connect(self.due)

    def wait_for(self, address: str, *, create: bool) -> None:
        """Try again and again until :meth:`stop`."""
        self.address, self.create = address, create
        self._timer.start()

    def stop(self) -> None:
        """Wait for nothing."""
        self.address = ""
        self._timer.stop()
