"""What a person entered while the store could not take it: it waits, in order, and is tried again by itself.

A key must not freeze the window, so an entry asks for the store only for a moment. If it is refused, nothing
overtakes it: whatever is entered afterwards goes in behind it, and whatever is taken back leaves from the end. What
waits is in the journal on the disk, so that it outlives the window.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.synonyms.journal.journal import Journal, JournalError, Owner
from core.synonyms.journal.statement import Statement
from core.synonyms.pairs import SynonymsError
from core.synonyms.store.errors import (
    StoreDamagedError,
    StoreFullError,
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

_PASSING: Final = (StoreLockedError, StoreFullError, StoreUnreachableError)
"""What goes by, or a person mends while the store stays open: what was entered waits for it."""

_LASTING: Final = (StoreGoneError, StoreReadOnlyError, StoreDamagedError)
"""What stands in the way until the store, or a copy of it, is opened anew: what waits is kept in the journal."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something a person has entered.

    Attributes:
        work: writes it, and returns the ids of the pairs that are others then.
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
        held: the error for which something has waited long enough to say so.
        refused: the error for which something was not entered.
        unkept: why what waits can't be kept on the disk.
    """

    changed = Signal()
    held = Signal(object)
    refused = Signal(object)
    unkept = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: deque[Entry] = deque()
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

    def begin(self, owner: Owner) -> None:
        """Enter into the store ``owner`` from now on."""
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
        """Drop what was entered last, if it waits; an undo that waits is not undone."""
        if not self._entries or self._entries[-1].takes_back:
            return False
        self._forget(self._entries.pop())
        if not self._entries:
            self._rest()
        self.changed.emit()
        return True

    def finish(self) -> None:
        """Enter what waits for the last time; nobody is told what follows. The journal keeps what is not taken."""
        self._timer.stop()
        try:
            while self._entries:
                self._entries[0].work()
                self._forget(self._entries.popleft())
        except SynonymsError as error:
            log.warning("%d entries wait in the journal: %s", len(self._entries), error)
            self._entries.clear()
        self._journal.close()
        self._journal = Journal()
        self._rest()

    def _enter_first(self) -> bool:
        entry = self._entries[0]
        begun = time.monotonic()
        try:
            pairs = entry.work()
        except _PASSING as error:
            self._wait(error, time.monotonic() - begun)
            return False
        except SynonymsError as error:
            self._refuse(error)
            return False
        self._forget(self._entries.popleft())
        self.is_away = False
        if entry.pair is not None and entry.note is not None:
            self._typed.pop(entry.pair, None)
        if self._entries:
            self._timer.start(0)
        else:
            self._rest()
        entry.then(pairs)
        return True

    def _refuse(self, error: SynonymsError) -> None:
        """Enter the first not at all; where no other can be either, what had begun to wait stays in the journal."""
        self._typed |= {each.pair: each.note for each in self._entries if each.pair is not None and each.note}
        if isinstance(error, _LASTING) and not self._is_resting:
            self._entries.clear()
            self._journal.close()
            self._journal = Journal()
        else:
            self._forget(self._entries.popleft())
        if self._entries:
            self._timer.start(0)
        else:
            self._rest()
        self.refused.emit(error)

    def _wait(self, error: SynonymsError, took: float) -> None:
        waited = time.monotonic() - self._since
        is_locked = isinstance(error, StoreLockedError)
        pause = (_OFTEN if waited < _LATER else _SELDOM) if is_locked else _AWAY
        self.is_away = isinstance(error, StoreUnreachableError)
        self._timer.start(max(pause, round(1000 * _SLOW * took) if not is_locked else 0))
        if self._is_resting:
            self._is_resting = False
            self._keep(self._entries[0])
            self.changed.emit()
        if (waited >= _SAID_AFTER or not is_locked) and not self.is_held:
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

    def _rest(self) -> None:
        self._timer.stop()
        self._is_resting = True
        self.is_held = self.is_away = False

    @Slot()
    def _on_time(self) -> None:
        if self._entries:
            self._enter_first()
