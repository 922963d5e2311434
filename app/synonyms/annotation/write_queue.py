"""What a person entered while the store could not take it: it waits, in order, and is tried again by itself.

A key must not freeze the window, so an entry asks for a file only for a moment, and for a server elsewhere
(``store_calls.py``). If it is refused, nothing overtakes it: whatever is entered afterwards goes in behind it, and
whatever is taken back leaves from the end. An entry whose connection was lost may be in the store or not; it bears a
name, and entering it again enters nothing twice. What waits is in the journal on the disk, so that it outlives the
window.
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
from core.synonyms.journal.journal import Journal, JournalError, Owner
from core.synonyms.journal.statement import Statement
from core.synonyms.pairs import SynonymsError
from core.synonyms.store.errors import (
    PASSING,
    StoreDamagedError,
    StoreGoneError,
    StoreLockedError,
    StoreReadOnlyError,
    StoreUnreachableError,
)
from core.synonyms.verdicts import Verdict

_OFTEN: Final = 30
_SELDOM: Final = 250
"""Milliseconds between two tries: at first, while a short transaction is the likely reason; and later."""

_LATER: Final = 2.0
"""Seconds after which tries are fewer."""

_SAID_AFTER: Final = 0.3
"""Seconds after which a person is told what is waited for; a shorter wait is no news."""

_AWAY: Final = 2000
"""Milliseconds between two tries where the disk is full or the server away."""

_SLOW: Final = 20
"""A try that takes long is repeated after this many times its duration at the earliest: it holds up the window."""

_LASTING: Final = (StoreGoneError, StoreReadOnlyError, StoreDamagedError)
"""What stands in the way until the store, or a copy of it, is opened anew: what waits is kept in the journal."""

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
        statement: the same for the journal.
        complete: adds to the statement what only the journal needs; None where it is complete.
    """

    work: Callable[[], list[int]]
    then: Callable[[list[int]], None]
    pair: int | None = None
    verdict: Verdict | None = None
    flagged: bool | None = None
    note: str | None = None
    takes_back: bool = False
    statement: Statement | None = None
    complete: Callable[[Statement], Statement] | None = None


class WriteQueue(QObject):
    """Enters one thing after the other, and keeps what the store does not take yet.

    Attributes:
        is_held: something has waited long enough to say so.
        is_away: it waits for a store that does not answer.

    Signals:
        changed: something has begun to wait, or was taken back.
        withdrawn: nothing waits any more, for what waited was taken back.
        held: the error for which something has waited long enough to say so; None where a server has not answered.
        refused: the error for which something was not entered.
        unkept: why what waits can't be kept on the disk.
    """

    changed = Signal()
    withdrawn = Signal()
    held = Signal(object)
    refused = Signal(object)
    unkept = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: deque[Entry] = deque()
        self._calls = StoreCalls(is_remote=False, parent=self)
        self._is_under_way = False
        self._tried_at = 0.0
        self._journal = Journal()
        self._owner = Owner("", "")
        self._typed: dict[int, str] = {}
        self._since = 0.0
        self._is_resting = True
        self.is_held = False
        self.is_away = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)

    def begin(self, calls: StoreCalls, owner: Owner) -> None:
        """Enter into the store ``owner``, to which ``calls`` leads, from now on."""
        self._calls = calls
        if owner != self._owner:
            self._typed.clear()
        self._owner = owner

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

    def typed_note(self, pair: int) -> str | None:
        """Return the note on ``pair`` that the store refused: it is to be seen until it, or another, is stored."""
        return self._typed.get(pair)

    def enter(self, entry: Entry) -> bool:
        """Enter something now or, behind what waits, as soon as the store takes it; return whether it is in."""
        self._entries.append(entry)
        if len(self._entries) > 1:
            self._keep(entry)
            self.changed.emit()
            return False
        self._since = time.monotonic()
        return self._enter_first()

    def take_back(self) -> bool:
        """Drop what was entered last, if it waits; an undo that waits, or what may be in by now, is not dropped."""
        is_under_way = self._is_under_way and len(self._entries) == 1
        if not self._entries or self._entries[-1].takes_back or is_under_way:
            return False
        self._forget(self._entries.pop())
        self._dropped()
        return True

    def _dropped(self) -> None:
        if not self._entries:
            self._rest()
            self.withdrawn.emit()
        self.changed.emit()

    def finish(self, patience: float) -> None:
        """Enter what waits for the last time; nobody is told what follows. The journal keeps what is not taken.

        Args:
            patience: seconds the window stands still for a server.
        """
        self._timer.stop()
        taken: list[Entry] = []
        waiting = list(self._entries)
        if waiting:
            self._calls.call(partial(_enter_all, waiting, taken), lambda _nothing: None, _log_left)
        self._calls.close(patience if waiting else 0.0)
        for entry in taken:
            self._forget(entry)
        if len(taken) < len(waiting):
            log.warning("%d entries wait in the journal", len(waiting) - len(taken))
        self._entries.clear()
        self._is_under_way = False
        self._leave_journal()
        self._rest()

    def _enter_first(self) -> bool:
        entry = self._entries[0]
        self._is_under_way = True
        self._tried_at = time.monotonic()
        self._calls.call(entry.work, partial(self._on_entered, entry), self._on_not_entered)
        if self._is_under_way and entry is self._entries[0]:  # a server has not answered yet
            self._tell_waiting(None, round(1000 * _SAID_AFTER))
        return not self._entries or entry is not self._entries[0]

    def _on_entered(self, entry: Entry, pairs: list[int]) -> None:
        self._is_under_way = False
        self._forget(self._entries.popleft())
        self.is_away = False
        if entry.pair is not None and entry.note is not None:
            self._typed.pop(entry.pair, None)
        if self._entries:
            self._timer.start(0)
        else:
            self._rest()
        entry.then(pairs)

    def _on_not_entered(self, error: SynonymsError) -> None:
        self._is_under_way = False
        if not isinstance(error, PASSING):
            self._refuse(error)
        elif len(self._entries) > 1 and self._entries[1].takes_back and not self._entries[0].takes_back:
            self._forget(self._entries.popleft())
            self._forget(self._entries.popleft())
            if self._entries:
                self._timer.start(0)
            self._dropped()
        else:
            self._wait(error, time.monotonic() - self._tried_at)

    def _refuse(self, error: SynonymsError) -> None:
        """Enter the first not at all; where no other can be either, what had begun to wait stays in the journal."""
        self._typed |= {each.pair: each.note for each in self._entries if each.pair is not None and each.note}
        if isinstance(error, _LASTING) and not self._is_resting:
            self._entries.clear()
            self._leave_journal()
        else:
            self._forget(self._entries.popleft())
        if self._entries:
            self._timer.start(0)
        else:
            self._rest()
        self.refused.emit(error)

    def _wait(self, error: SynonymsError, took: float) -> None:
        is_locked = isinstance(error, StoreLockedError)
        waited = time.monotonic() - self._since
        pause = (_OFTEN if waited < _LATER else _SELDOM) if is_locked else _AWAY
        self.is_away = isinstance(error, StoreUnreachableError)
        holds_up = not is_locked and not self._calls.is_remote
        self._tell_waiting(error, max(pause, round(1000 * _SLOW * took) if holds_up else 0))

    def _tell_waiting(self, error: SynonymsError | None, next_look: int) -> None:
        """Keep what waits and say so, and say that it waits for long; look again in ``next_look`` milliseconds."""
        self._timer.start(next_look)
        if self._is_resting:
            self._is_resting = False
            self._keep(self._entries[0])
            self.changed.emit()
        passes_soon = error is None or isinstance(error, StoreLockedError)
        if (time.monotonic() - self._since >= _SAID_AFTER or not passes_soon) and not self.is_held:
            self.is_held = True
            self.held.emit(error)

    def _keep(self, entry: Entry) -> None:
        if entry.statement is not None:
            said = entry.statement if entry.complete is None else entry.complete(entry.statement)
            try:
                self._journal.add(self._owner, said)
            except JournalError as error:
                log.error("An entry waits that can't be kept on the disk: %s", error)
                self.unkept.emit(str(error))

    def _forget(self, entry: Entry) -> None:
        if entry.statement is not None:
            try:
                self._journal.remove(entry.statement)
            except JournalError as error:  # entered again at the next start, it counts once
                log.warning("The journal keeps what is in the store: %s", error)

    def _leave_journal(self) -> None:
        """Keep what is in the journal for whoever opens the store next; what waits from now on has one of its own."""
        self._journal.close()
        self._journal = Journal()

    def _rest(self) -> None:
        self._timer.stop()
        self._is_resting = True
        self.is_held = self.is_away = False

    @Slot()
    def _on_time(self) -> None:
        if self._is_under_way:
            self._tell_waiting(None, round(1000 * _SAID_AFTER))
        elif self._entries:
            self._enter_first()


def _enter_all(waiting: list[Entry], taken: list[Entry]) -> None:
    """Enter one after the other, and note in ``taken`` what is in."""
    for entry in waiting:
        entry.work()
        taken.append(entry)


def _log_left(error: SynonymsError) -> None:
    log.warning("The store did not take what waits: %s", error)
