"""Which pair is on the stage: the queue's own, or one that was opened by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from app.synonyms.annotation.current_problem import CurrentProblem
from app.synonyms.annotation.state import CardState
from app.synonyms.annotation.store_calls import StoreCalls
from app.synonyms.annotation.write_queue import WriteQueue
from app.synonyms.evidence.lookup import Pair
from core.synonyms.pairs import SynonymsError
from core.synonyms.verdicts import Decision

if TYPE_CHECKING:
    from core.synonyms.queue.queue import Card, Queue
    from core.synonyms.store import Store
    from core.synonyms.store.reading.checks import DamagedRowsError, Usable

_AHEAD: Final = 4
"""Pairs looked up before they are on the card."""


class Seen(NamedTuple):
    """What was read for the stage.

    Attributes:
        card: the pair; None while there is none.
        answers: everybody's standing answers on it.
        recent_decisions: this annotator's last decisions, newest first.
        is_store_empty: there is no pair at all.
        damage: what is wrong with what could not be read; None where nothing is.
    """

    card: Card | None
    answers: list[Decision]
    recent_decisions: list[Decision]
    is_store_empty: bool
    damage: tuple[DamagedRowsError | None, ...]


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
        self._calls = StoreCalls(is_remote=False, parent=self)
        self._reopened: int | None = None
        self._asked = 0

    @property
    def is_reopened(self) -> bool:
        """Whether a pair is open by hand."""
        return self._reopened is not None

    def begin(self, calls: StoreCalls, store: Store, queue: Queue, state: CardState) -> None:
        """Show pairs of ``store`` in ``state`` from now on, in the order of ``queue``."""
        self._calls, self._store, self._queue, self._state = calls, store, queue, state
        self._reopened = None

    def end(self) -> None:
        """Show nothing more until :meth:`begin`; the state stays as it is."""
        self._store = self._queue = None
        self._reopened = None

    def show(self) -> None:
        """Put the right card on the stage. While a server is asked for it, the one that stands there takes no key."""
        if self._queue is None or self._store is None:
            return
        self._asked += 1
        self._state.is_turning = True
        read = partial(self._read, self._store, self._queue, self._reopened)
        self._calls.call(read, partial(self._show_read, self._asked), partial(self._keep, self._asked))

    @staticmethod
    def _read(store: Store, queue: Queue, reopened: int | None) -> Seen:
        """Read the card, what was answered on it, and the recent decisions."""
        from core.synonyms.queue.queue import Card

        seen_by = queue.config.seen_by
        card = queue.card if reopened is None else Card(store.row(reopened, seen_by))
        is_empty = card is None and store.table_query().count() == 0
        recent = store.last_decisions(queue.config.annotator)
        if card is None:
            return Seen(None, [], recent.found, is_empty, (recent.error, queue.damage))
        answers = store.usable_judgements(card.row.id, seen_by)
        return Seen(card, answers.found, recent.found, is_empty, (answers.error, recent.error, queue.damage))

    def _show_read(self, asked: int, seen: Seen) -> None:
        if asked != self._asked or self._queue is None:  # another card is wanted by now
            return
        self._state.is_turning = False
        for error in seen.damage:
            self.damaged.emit(error)
        self._state.recent_decisions, self._state.is_store_empty = seen.recent_decisions, seen.is_store_empty
        self._show_answers(seen.card, seen.answers, self._queue, reopened=self._reopened is not None)
        self._state.progress = self._queue.progress
        self._queue.shown()
        self.changed.emit()

    def _keep(self, asked: int, error: SynonymsError) -> None:
        """Leave the stage as it is, and say why."""
        if asked == self._asked:
            self._state.is_turning = False
            self._reopened = None
        self.failed.emit(str(error))

    @Slot()
    def show_marks(self) -> None:
        """Read what stands and what waits for the pair on the stage, and the recent decisions."""
        card, queue, store = self._state.card, self._queue, self._store
        if queue is None or store is None or card is None:
            return
        if self._calls.is_remote or self._write_queue.is_away:  # what waits is known at once
            self._show_waiting(card)
            self.marks_changed.emit()
            if self._write_queue.is_away or not self._write_queue.is_empty:  # what stands is asked for once that is in
                return

        def read() -> tuple[Usable[Decision], Usable[Decision]]:
            answers = store.usable_judgements(card.row.id, queue.config.seen_by)
            return answers, store.last_decisions(queue.config.annotator)

        self._calls.call(read, partial(self._show_marks_read, card, queue), partial(self._show_marks_unread, card))

    def _show_marks_unread(self, card: Card, error: SynonymsError) -> None:
        if card is self._state.card:
            self._show_waiting(card)
            self.marks_changed.emit()
        self._problem.report(error)

    def _show_marks_read(self, card: Card, queue: Queue, read: tuple[Usable[Decision], Usable[Decision]]) -> None:
        if queue is self._queue and card is self._state.card:
            answers, recent = read
            for error in (answers.error, recent.error):
                self.damaged.emit(error)
            self._state.recent_decisions = recent.found
            self._show_answers(card, answers.found, queue, reopened=self._state.reopened)
            self.marks_changed.emit()

    def reopen(self, pair: int) -> None:
        """Put a pair on the stage by hand; the queue waits behind it."""
        self._reopened = pair
        self.show()

    def bring_forward(self, pair: int) -> None:
        """Put a pair of the queue in front of the others, as it stood there before; nothing happens if it is judged."""
        if self._queue is None:
            return
        self._calls.call(
            partial(self._queue.bring_forward, pair), self._show_forward, lambda error: self.failed.emit(str(error))
        )

    def _show_forward(self, is_asked: bool) -> None:
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
