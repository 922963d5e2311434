"""Asking the open store: a file answers at once, a server is asked in a thread, so that the window never waits for it.

Of one store one call is made after the other, in their order. A file is asked where the call is made: a transaction
takes some milliseconds, and the next card must not be shown before it is on the disk. A server may take as long as the
network, another program's lock or an administrator wants; its answer comes between two turns of the event loop.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from core.synonyms.pairs import SynonymsError

Answer = TypeVar("Answer")

_AT_ONCE: Final = 0.012
"""Seconds the window stands still for a server that is idle: one next door answers within a keystroke."""


@dataclass(slots=True)
class _Call:
    """One question and, once it is answered, its answer.

    Attributes:
        work: asks the store.
        then: what follows, with the answer.
        failed: what follows instead.
        unheard: what to do with an answer that comes after the end.
        answered: there is an answer.
    """

    work: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[SynonymsError], None]
    unheard: Callable[[Any], object]
    answered: threading.Event = field(default_factory=threading.Event)
    answer: Any = None
    error: BaseException | None = None


class StoreCalls(QObject):
    """The way from the window to one store, from before it is opened until it is closed."""

    _answered = Signal()

    def __init__(self, *, is_remote: bool, parent: QObject | None = None) -> None:
        """Ask nothing yet.

        Args:
            is_remote: a server is asked, in a thread.
            parent: the QObject that owns it.
        """
        super().__init__(parent)
        self.is_remote = is_remote
        self._asked: SimpleQueue[_Call | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._done: deque[_Call] = deque()
        self._under_way = 0
        self._is_closed = False
        self._thread: threading.Thread | None = None
        self._answered.connect(self._hear)

    def call(
        self,
        work: Callable[[], Answer],
        then: Callable[[Answer], None],
        failed: Callable[[SynonymsError], None],
        *,
        unheard: Callable[[Answer], object] = lambda _answer: None,
    ) -> None:
        """Ask the store, and go on with what it answers: at once where it is a file, else as soon as it does.

        Args:
            work: asks the store. It may run in another thread and must touch no widget.
            then: what follows, with what ``work`` returned.
            failed: what follows instead, with the error.
            unheard: what to do with an answer that nobody hears, for nothing is asked here any more.
        """
        if not self.is_remote:
            try:
                answer = work()
            except SynonymsError as error:
                failed(error)
                return
            then(answer)
            return
        if self._is_closed:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._answer, name="store", daemon=True)
            self._thread.start()
        one = _Call(work, then, failed, unheard)
        self._asked.put(one)
        self._under_way += 1
        if self._under_way == 1 and one.answered.wait(_AT_ONCE):
            self._hear()

    def close(self, patience: float = 0.0) -> None:
        """Hear no answer any more; for up to ``patience`` seconds what was asked is waited for."""
        self._asked.put(None)
        if self._thread is not None:
            self._thread.join(patience)
        with self._lock:
            self._is_closed = True
            left, self._done = self._done, deque()
        for one in left:
            _leave_unheard(one)

    def _answer(self) -> None:
        """Answer in the thread, until the end."""
        while (one := self._asked.get()) is not None:
            if self._is_closed:
                continue
            try:
                one.answer = one.work()
            except BaseException as error:
                one.error = error
            with self._lock:  # so that nothing is said to what is gone
                is_heard = not self._is_closed
                if is_heard:
                    self._done.append(one)
                    self._answered.emit()
            if is_heard:
                one.answered.set()  # whoever waits for it may want the lock
            else:
                _leave_unheard(one)

    @Slot()
    def _hear(self) -> None:
        while self._done:
            one = self._done.popleft()
            self._under_way -= 1
            if isinstance(one.error, SynonymsError):
                one.failed(one.error)
            elif one.error is not None:
                raise one.error
            else:
                one.then(one.answer)


def _leave_unheard(one: _Call) -> None:
    if one.error is None:
        one.unheard(one.answer)
