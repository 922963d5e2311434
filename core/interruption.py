"""Every way to ask a command to end, made one: Ctrl-C, a request of the system, a terminal that closes."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

_NAMES: Final = ("SIGTERM", "SIGHUP")


@contextmanager
def as_ctrl_c() -> Iterator[None]:
    """Let SIGTERM, and SIGHUP where it exists, raise ``KeyboardInterrupt`` within the block, as Ctrl-C does.

    What whoever started the program has it ignore (``nohup``) stays ignored. Only for the main thread.
    """
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {
        number: signal.signal(number, _interrupt)
        for number in numbers
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def _interrupt(number: int, _frame: FrameType | None) -> NoReturn:
    if number != signal.SIGTERM:
        _speak_to_nobody()
    raise KeyboardInterrupt


def _speak_to_nobody() -> None:
    """Turn output away from a terminal that is gone: every word to it would be an error."""
    for descriptor in (1, 2):
        if stat.S_ISCHR(os.fstat(descriptor).st_mode):
            lead_nowhere(descriptor)


def lead_nowhere(descriptor: int) -> None:
    """Let what is written to an open file of this process go nowhere from now on."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
