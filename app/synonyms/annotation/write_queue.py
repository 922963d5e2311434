"""What a person entered while another program held the store: it waits, in order, and is tried again by itself.

A key must not freeze the window, so an entry asks for a file only for a moment, and for a server elsewhere
(``store_calls.py``). If it is refused, or a server can't be reached, nothing overtakes it: whatever is entered
afterwards goes in behind it, and whatever is taken back leaves from the end. An entry whose connection was lost may be
in the store or not; it bears a name, and entering it again enters nothing twice.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.synonyms.annotation.store_calls import StoreCalls
from core.synonyms.pairs import SynonymsError
from core.synonyms.store.errors import StoreLockedError, StoreUnreachableError
from core.synonyms.verdicts import Verdict

_OFTEN: Final = 30
_SELDOM: Final = 250
"""Milliseconds between two tries: at first, while a short transaction is the likely reason; and later."""

_RECONNECT: Final = 2000
"""Milliseconds between two tries to reach a server that can't be reached."""

_LATER: Final = 2.0
"""Seconds after which tries are fewer."""

_SAID_AFTER: Final = 0.3
"""Seconds after which a person is told what is waited for; a shorter wait is no news."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something a person has entered.

    Attributes:
        work: writes it, and returns the ids of the pairs that are others then; done again, it enters nothing twice.
        then: what follows once it is on the disk, with those ids.
        pair: the pair on the card that it is about; None for many at once.
        verdict, flagged, note: what it says of that pair; None where it says nothing.
        takes_back: it is an undo.
    """

    work: Callable[[], list[int]]
    then: Callable[[list[int]], None]
    pair: int | None = None
    verdict: Verdict | None = None
    flagged: bool | None = None
    note: str | None = None
    takes_back: bool = False


class WriteQueue(QObject):
    """Enters one thing after the other, and keeps what the store does not take yet.

    Signals:
        changed: something has begun to wait, or was taken back.
        withdrawn: nothing waits any more, for what waited was taken back.
        held: something has waited long enough to say so.
        refused: the error for which nothing that waited was entered.
    """

    changed = Signal()
    withdrawn = Signal()
    held = Signal()
    refused = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: deque[Entry] = deque()
        self._calls = StoreCalls(is_remote=False, parent=self)
        self._is_under_way = False
        self._since = 0.0
        self._is_resting = True
        self.is_held = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)

    def begin(self, calls: StoreCalls) -> None:
        """Enter what is entered from now on by ``calls``."""
        self._calls = calls

    @property
    def is_empty(self) -> bool:
        """Whether everything entered is on the disk."""
        return not self._entries

    def said_of(self, pair: int) -> tuple[Verdict | None, bool | None, str | None]:
        """Return verdict, flag and note that wait for ``pair``, None where none does."""
        verdict, flagged, note = None, None, None
        for entry in self._entries:
            if entry.pair == pair:
                verdict = entry.verdict if entry.verdict is not None else verdict
                flagged = entry.flagged if entry.flagged is not None else flagged
                note = entry.note if entry.note is not None else note
        return verdict, flagged, note

    def enter(self, entry: Entry) -> bool:
        """Enter something now or, behind what waits, as soon as the store takes it; return whether it is in."""
        self._entries.append(entry)
        if len(self._entries) > 1:
            self.changed.emit()
            return False
        self._since = time.monotonic()
        return self._enter_first()

    def take_back(self) -> bool:
        """Drop what was entered last, if it waits; an undo that waits, or what may be in by now, is not dropped."""
        is_under_way = self._is_under_way and len(self._entries) == 1
        if not self._entries or self._entries[-1].takes_back or is_under_way:
            return False
        self._entries.pop()
        self._dropped()
        return True

    def _dropped(self) -> None:
        if not self._entries:
            self._rest()
            self.withdrawn.emit()
        self.changed.emit()

    def finish(self, patience: float) -> None:
        """Enter what waits for the last time, and ask the store nothing more; nobody is told what follows.

        Args:
            patience: seconds the window stands still for a server.
        """
        self._timer.stop()
        if self._entries:
            self._calls.call(self._enter_rest, lambda _nothing: None, lambda _error: None)
        self._calls.close(patience)
        if self._entries:
            log.error("%d entries were not taken by the store", len(self._entries))
            self._entries.clear()
        self._is_under_way = False
        self._rest()

    def _enter_rest(self) -> None:
        while self._entries:
            self._entries[0].work()
            self._entries.popleft()

    def _enter_first(self) -> bool:
        entry = self._entries[0]
        self._is_under_way = True
        self._calls.call(entry.work, partial(self._on_entered, entry), self._on_not_entered)
        if self._is_under_way and entry is self._entries[0]:  # a server has not answered yet
            self._tell_waiting(round(1000 * _SAID_AFTER))
        return not self._entries or entry is not self._entries[0]

    def _on_entered(self, entry: Entry, pairs: list[int]) -> None:
        self._is_under_way = False
        self._entries.popleft()
        if self._entries:
            self._timer.start(0)
        else:
            self._rest()
        entry.then(pairs)

    def _on_not_entered(self, error: SynonymsError) -> None:
        self._is_under_way = False
        is_gone = self._calls.is_remote and isinstance(error, StoreUnreachableError)
        if not is_gone and not isinstance(error, StoreLockedError):
            self._entries.clear()
            self._rest()
            self.refused.emit(error)
        elif len(self._entries) > 1 and self._entries[1].takes_back and not self._entries[0].takes_back:
            self._entries.popleft()
            self._entries.popleft()
            if self._entries:
                self._timer.start(0)
            self._dropped()
        else:
            waited = time.monotonic() - self._since
            self._tell_waiting(_RECONNECT if is_gone else _OFTEN if waited < _LATER else _SELDOM)

    def _tell_waiting(self, next_look: int) -> None:
        """Say that something waits, and that it waits for long; look again in ``next_look`` milliseconds."""
        waited = time.monotonic() - self._since
        is_news = self._is_resting
        self._is_resting = False
        self._timer.start(next_look)
        if is_news:
            self.changed.emit()
        if waited >= _SAID_AFTER and not self.is_held:
            self.is_held = True
            self.held.emit()

    def _rest(self) -> None:
        self._timer.stop()
        self._is_resting = True
        self.is_held = False

    @Slot()
    def _on_time(self) -> None:
        if self._is_under_way:
            self._tell_waiting(round(1000 * _SAID_AFTER))
        elif self._entries:
            self._enter_first()
