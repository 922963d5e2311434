"""What a person entered while another program held the store: it waits, in order, and is tried again by itself.

A key must not freeze the window, so an entry asks for the store only for a moment. If it is refused, nothing
overtakes it: whatever is entered afterwards goes in behind it, and whatever is taken back leaves from the end.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.synonyms.pairs import SynonymsError
from core.synonyms.store.errors import StoreLockedError
from core.synonyms.verdicts import Verdict

_OFTEN: Final = 30
_SELDOM: Final = 250
"""Milliseconds between two tries: at first, while a short transaction is the likely reason; and later."""

_LATER: Final = 2.0
"""Seconds after which tries are fewer."""

_SAID_AFTER: Final = 0.3
"""Seconds after which a person is told what is waited for; a shorter wait is no news."""

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
        held: something has waited long enough to say so.
        refused: the error for which nothing that waited was entered.
    """

    changed = Signal()
    held = Signal()
    refused = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: deque[Entry] = deque()
        self._since = 0.0
        self._is_resting = True
        self.is_held = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)

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
        """Drop what was entered last, if it waits; an undo that waits is not undone."""
        if not self._entries or self._entries[-1].takes_back:
            return False
        self._entries.pop()
        if not self._entries:
            self._rest()
        self.changed.emit()
        return True

    def finish(self) -> None:
        """Enter what waits for the last time; nobody is told what follows."""
        self._timer.stop()
        try:
            while self._entries:
                self._entries[0].work()
                self._entries.popleft()
        except SynonymsError as error:
            log.error("%d entries were not taken by the store: %s", len(self._entries), error)
            self._entries.clear()
        self._rest()

    def _enter_first(self) -> bool:
        entry = self._entries[0]
        try:
            pairs = entry.work()
        except StoreLockedError:
            self._wait()
            return False
        except SynonymsError as error:
            self._entries.clear()
            self._rest()
            self.refused.emit(error)
            return False
        self._entries.popleft()
        if self._entries:
            self._timer.start(0)
        else:
            self._rest()
        entry.then(pairs)
        return True

    def _wait(self) -> None:
        waited = time.monotonic() - self._since
        is_news = self._is_resting
        self._is_resting = False
        self._timer.start(_OFTEN if waited < _LATER else _SELDOM)
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
        if self._entries:
            self._enter_first()
