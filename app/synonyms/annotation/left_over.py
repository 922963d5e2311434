"""Entering, at the start of a store, what still waited for it when a window was closed or killed."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.sentence import Sentence
from app.synonyms.annotation.store_calls import StoreCalls
from core.language import nN_
from core.synonyms.journal.journal import Journal, JournalError, Owner, left_over
from core.synonyms.journal.statement import Statement
from core.synonyms.pairs import SynonymsError
from core.synonyms.store.errors import PASSING

if TYPE_CHECKING:
    from core.synonyms.journal.replay import Replayed
    from core.synonyms.store import Store

_RETRY: Final = 1000
"""Milliseconds between two tries, while the store takes nothing."""

log = logging.getLogger(__name__)


class LeftOver(QObject):
    """Looks for journals that windows left which are no more, and enters what they kept for the store that is open.

    Signals:
        entered: something is in the store by now.
        told: the ``Sentence`` that says what became of it.
    """

    entered = Signal()
    told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls: StoreCalls | None = None
        self._store: Store | None = None
        self._waiting: list[tuple[Journal, list[Statement]]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_RETRY)
        self._timer.timeout.connect(self._try)

    def begin(self, calls: StoreCalls, store: Store) -> None:
        """Enter what waits for ``store``, to which ``calls`` leads, now or as soon as that takes it."""
        self.end()
        self._calls, self._store = calls, store
        for journal in left_over():
            kept = [said for owner, said in journal.statements() if is_for(owner, store)]
            if kept:
                self._waiting.append((journal, kept))
            else:
                journal.close()
        self._try()

    def end(self) -> None:
        """Enter nothing more; what still waits stays in its journals."""
        self._timer.stop()
        for journal, _kept in self._waiting:
            journal.close()
        self._waiting = []
        self._calls = self._store = None

    @Slot()
    def _try(self) -> None:
        from core.synonyms.journal.replay import play_in

        self._timer.stop()
        store = self._store
        if store is None or self._calls is None or not self._waiting:
            return
        statements = sorted((said for _journal, kept in self._waiting for said in kept), key=lambda said: said.at)
        self._calls.call(
            partial(play_in, store, statements),
            partial(self._on_played, store),
            partial(self._on_not_played, store, len(statements)),
        )

    def _on_not_played(self, store: Store, count: int, error: SynonymsError) -> None:
        if store is not self._store:
            return
        if isinstance(error, PASSING):
            self._timer.start()
            return
        log.error("%d entries stay in the journal: %s", count, error)
        told = nN_(
            "{n} earlier entry is kept for this store, which can't take it: {reason}",
            "{n} earlier entries are kept for this store, which can't take them: {reason}",
        )
        self.told.emit(Sentence(told, {"n": count, "reason": str(error)}))
        self.end()

    def _on_played(self, store: Store, replayed: Replayed) -> None:
        if store is not self._store:
            return
        for journal, kept in self._waiting:
            _forget(journal, [said for said in kept if said not in replayed.unknown])
        self.end()
        self._tell(len(replayed.entered), len(replayed.older), len(replayed.unknown))

    def _tell(self, entered: int, older: int, unknown: int) -> None:
        if entered:
            told = nN_(
                "{n} entry that was not saved when the window closed last time is saved now.",
                "{n} entries that were not saved when the window closed last time are saved now.",
            )
            self.told.emit(Sentence(told, {"n": entered}))
            self.entered.emit()
        if older:
            told = nN_(
                "{n} entry that was not saved last time is older than your present verdict, which stays.",
                "{n} entries that were not saved last time are older than your present verdicts, which stay.",
            )
            self.told.emit(Sentence(told, {"n": older}))
        if unknown:
            told = nN_(
                "{n} entry that was not saved last time is about a pair this store does not hold. It is kept.",
                "{n} entries that were not saved last time are about pairs this store does not hold. They are kept.",
            )
            self.told.emit(Sentence(told, {"n": unknown}))


def is_for(owner: Owner, store: Store) -> bool:
    """Whether what waits for ``owner`` is to be entered into ``store``: into another copy only if the first is gone."""
    if not owner.identity or not store.identity:
        return owner.address == store.where
    if owner.identity != store.identity:
        return False
    if owner.address == store.where or "://" in owner.address:
        return True
    from core.synonyms.store.opening.identity import identity_of_file

    return identity_of_file(Path(owner.address)) != store.identity


def _forget(journal: Journal, statements: list[Statement]) -> None:
    try:
        for statement in statements:
            journal.remove(statement)
    except JournalError as error:  # entered again at the next start, it counts once
        log.warning("The journal keeps what is in the store: %s", error)
