"""Ctrl-C in the terminal, a terminal that closes, a request to end: heard by a window that waits."""

from __future__ import annotations

import signal
import socket
from types import FrameType
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

_NAMES: Final = ("SIGINT", "SIGTERM", "SIGHUP")


class Interruption(QObject):
    """Brings the system's requests to end into the event loop.

    Python runs its handlers between two of its own instructions, and a window that waits for its user executes
    none. So the number of what came is sent through a socket that wakes the loop; what comes before the loop runs
    waits in the socket. A request that whoever started the program has it ignore (``nohup``) stays ignored.

    Signals:
        heard: the number of the request, such as ``signal.SIGTERM``.
    """

    heard = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_activated)
        self._descriptor_before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]  # Windows knows no SIGHUP
        self._before = {
            number: signal.signal(number, _leave_it_to_the_loop)
            for number in numbers
            if signal.getsignal(number) is not signal.SIG_IGN
        }

    def close(self) -> None:
        """Give the requests back to whoever heard them before."""
        self._notifier.setEnabled(False)
        for number, handler in self._before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        signal.set_wakeup_fd(self._descriptor_before)
        self._reader.close()
        self._writer.close()

    @Slot()
    def _on_activated(self) -> None:
        for number in self._reader.recv(64):
            if number in self._before:
                self.heard.emit(number)


def _leave_it_to_the_loop(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: the socket has been written to."""
