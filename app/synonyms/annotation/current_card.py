"""Which pair is on the stage: the queue's own, or one that was opened by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from app.synonyms.annotation.current_problem import CurrentProblem
from app.synonyms.annotation.state import CardState
from app.synonyms.annotation.write_queue import WriteQueue
from app.synonyms.evidence.lookup import Pair
from core.synonyms.pairs import SynonymsError
from core.synonyms.verdicts import Decision

if TYPE_CHECKING:
    from core.synonyms.queue.queue import Card, Queue
    from core.synonyms.store import Store

_AHEAD: Final = 4
"""Pairs looked up before they are on the card."""


class CurrentCard(QObject):
    """Reads the pair on the stage from the store, and writes into the session's ``CardState`` what the card shows.

    While a pair is open by hand the queue waits behind it.

    Signals:
        changed: another pair, or none, is on the stage; with it the recent decisions and counts are others.
        marks_changed: flag, note or standing verdict of the pair on the stage have changed.
        settled: id of the pair that was opened by hand, and whether it has been judged; else it was left as it is.
        failed: why the stage is as it was.
        damaged: a ``DamagedRowsError`` of what was passed over, or None.
    """

    changed = Signal()
    marks_changed = Signal()
    settled = Signal(int, bool)
    failed = Signal(object)
    damaged = Signal(object)

    def __init__(self, write_queue: WriteQueue, problem: CurrentProblem, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._write_queue = write_queue
        self._problem = problem
        self._store: Store | None = None
        self._queue: Queue | None = None
        self._state = CardState()
        self._reopened: int | None = None

    @property
    def is_reopened(self) -> bool:
        """Whether a pair is open by hand."""
        return self._reopened is not None

    def begin(self, store: Store, queue: Queue, state: CardState) -> None:
        """Show pairs of ``store`` in ``state`` from now on, in the order of ``queue``."""
        self._store, self._queue, self._state = store, queue, state
        self._reopened = None

    def end(self) -> None:
        """Show nothing more until :meth:`begin`; the state stays as it is."""
        self._store = self._queue = None
        self._reopened = None

    def show(self) -> None:
        """Put the right card on the stage."""
        from core.synonyms.queue.queue import Card

        if self._queue is None or self._store is None:
            return
        try:
            seen_by = self._queue.config.seen_by
            card = self._queue.card if self._reopened is None else Card(self._store.row(self._reopened, seen_by))
            answers = self._read_answers(self._store, card, seen_by)
            self._read_recent_decisions(self._store, self._queue)
        except SynonymsError as error:
            self._reopened = None
            self.failed.emit(str(error))
            return
        self.damaged.emit(self._queue.damage)
        self._show_answers(card, answers, self._queue, reopened=self._reopened is not None)
        self._state.progress = self._queue.progress
        self._queue.shown()
        self.changed.emit()

    @Slot()
    def show_marks(self) -> None:
        """Read what stands and what waits for the pair on the stage, and the recent decisions."""
        card = self._state.card
        if self._queue is None or self._store is None or card is None:
            return
        if self._write_queue.is_away:  # to ask would hold up the window each time
            self._show_waiting(card)
            self.marks_changed.emit()
            return
        try:
            answers = self._read_answers(self._store, card, self._queue.config.seen_by)
            self._read_recent_decisions(self._store, self._queue)
        except SynonymsError as error:
            self._show_waiting(card)
            self.marks_changed.emit()
            self._problem.report(error)
            return
        self._show_answers(card, answers, self._queue, reopened=self._state.reopened)
        self.marks_changed.emit()

    def reopen(self, pair: int) -> None:
        """Put a pair on the stage by hand; the queue waits behind it."""
        self._reopened = pair
        self.show()

    def bring_forward(self, pair: int) -> None:
        """Put a pair of the queue in front of the others, as it stood there before; nothing happens if it is judged."""
        if self._queue is None:
            return
        try:
            is_asked = self._queue.bring_forward(pair)
        except SynonymsError as error:
            self.failed.emit(str(error))
            return
        if is_asked:
            self._reopened = None
            self.show()

    @Slot()
    def leave_reopened(self) -> None:
        """Put the queue's own pair back on the stage."""
        if self._reopened is not None:
            self._settle(self._reopened, judged=False)
            self.show()

    def settle_judged(self, pairs: Collection[int]) -> None:
        """Be done with the pair that is open by hand if it is one of ``pairs``, which have been judged."""
        if self._reopened is not None and self._reopened in pairs:
            self._settle(self._reopened, judged=True)

    def forget_reopened(self) -> None:
        """Let the next :meth:`show` show the queue's own pair; whoever opened another by hand is told nothing."""
        self._reopened = None

    def in_view(self) -> Iterator[Pair]:
        """Yield the pair on the stage and those that come next."""
        if self._state.pair is not None:
            yield self._state.pair
        for card in () if self._queue is None else self._queue.upcoming[:_AHEAD]:
            yield card.row.word1, card.row.word2

    def _settle(self, pair: int, *, judged: bool) -> None:
        self._reopened = None
        self.settled.emit(pair, judged)

    def _show_answers(self, card: Card | None, answers: list[Decision], queue: Queue, *, reopened: bool) -> None:
        self._state.show(card, answers, queue.config.annotator, reopened=reopened)
        self._show_waiting(card)

    def _show_waiting(self, card: Card | None) -> None:
        """Show what was said of the pair and is not stored, also where the store can't be read."""
        waits = self._write_queue
        self._state.expect(*(waits.said_of(card.row.id) if card is not None else (None, None, None)))
        self._state.typed_note = None if card is None else waits.typed_note(card.row.id)
        self._state.is_held = waits.is_held

    def _read_answers(self, store: Store, card: Card | None, seen_by: str | None) -> list[Decision]:
        if card is None:
            return []
        read = store.usable_judgements(card.row.id, seen_by)
        self.damaged.emit(read.error)
        return read.found

    def _read_recent_decisions(self, store: Store, queue: Queue) -> None:
        read = store.last_decisions(queue.config.annotator)
        self.damaged.emit(read.error)
        self._state.recent_decisions = read.found
