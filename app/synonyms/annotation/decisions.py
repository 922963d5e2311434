"""What an annotator says of pairs: verdict, flag and note, and taking them back.

Each verb writes through the write queue: what it says is on the disk when the verb returns True, or waits there in
order. Nobody else writes what an annotator says.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.sentence import Sentence
from app.synonyms.annotation.state import CardState
from app.synonyms.annotation.store_calls import StoreCalls
from app.synonyms.annotation.write_queue import Entry, WriteQueue
from core.synonyms.journal.journal import Owner
from core.synonyms.journal.statement import Said, Statement
from core.synonyms.pairs import SynonymsError
from core.synonyms.verdicts import Verdict

if TYPE_CHECKING:
    from core.synonyms.queue.queue import Card, Queue
    from core.synonyms.store import Store

log = logging.getLogger(__name__)


class Decisions(QObject):
    """One annotator at one queue. A verb that could not write has written nothing and may be repeated.

    Attributes:
        write_queue: the way to the disk.
        refusal: why no verdict is taken now; None while they are.

    Signals:
        decided: ids of the pairs whose verdict is on the disk.
        marked: ids of the pairs whose flag or note is on the disk.
        undone: ids of the pairs of which something was taken back on the disk.
        changed: people or shares are others on the disk.
        withdrawn: nothing waits any more, for it was taken back.
        refused: the ``Sentence`` why no verdict is taken now.
    """

    decided = Signal(object)
    marked = Signal(object)
    undone = Signal(object)
    changed = Signal()
    withdrawn = Signal()
    refused = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.write_queue = WriteQueue(self)
        self.write_queue.withdrawn.connect(self.withdrawn)
        self.refusal: Sentence | None = None
        self._calls: StoreCalls | None = None
        self._store: Store | None = None
        self._queue: Queue | None = None
        self._state = CardState()

    def begin(self, calls: StoreCalls, store: Store, queue: Queue, state: CardState) -> None:
        """Speak of the card in ``state``, and of any pair of ``store``, as the annotator of ``queue`` from now on."""
        self._store, self._queue, self._state = store, queue, state
        self._calls = calls
        self.write_queue.begin(calls, Owner(store.identity, store.where))

    def end(self, patience: float) -> None:
        """Write what waits for the last time, for up to ``patience`` seconds; then nothing can be said until begun."""
        if self._store is not None:
            self.write_queue.finish(patience)
        self._store = self._queue = None
        self._state = CardState()

    def decide(self, verdict: Verdict, *, note: str | None = None) -> bool:
        """Enter ``verdict`` on the pair on the card; the next is shown once it is on the disk.

        Returns:
            Whether it is there. If not, either an error was said, or the verdict waits and goes in by itself.
        """
        store, queue, card = self._store, self._queue, self._state.card
        if store is None or queue is None or card is None or self._state.waiting is not None or self._is_refused():
            return False
        if self._state.is_turning:
            return False
        seconds = None if self._state.reopened else queue.looked
        row, config = card.row, queue.config
        statement = Statement(
            "judge", config.annotator, (Said(row.id, row.word1, row.word2, card.probability),), verdict, note,
            seconds=seconds, adjudicates=config.settles,
        )  # fmt: skip
        work = partial(_judge, store, queue, card, statement)
        return self.write_queue.enter(Entry(work, self.decided.emit, row.id, verdict, note=note, statement=statement))

    def decide_all(self, pairs: list[int], verdict: Verdict) -> bool:
        """Enter ``verdict`` on many pairs at once, and return whether that is on the disk; one undo takes it back."""
        if self._store is None or self._queue is None or not pairs or self._is_refused():
            return False
        scores, config = self._queue.probabilities(pairs), self._queue.config
        said = tuple(Said(pair, score=scores.get(pair)) for pair in pairs)
        statement = Statement("judge", config.annotator, said, verdict, adjudicates=config.settles)
        work = partial(_judge_all, self._store, self._queue, statement)
        return self.write_queue.enter(Entry(work, self.decided.emit, statement=statement, complete=self._worded))

    @Slot()
    def undo(self) -> None:
        """Take back the last action; without end. What waits is taken back first."""
        if not self.write_queue.take_back() and self._queue is not None:
            statement = Statement("take back", self._queue.config.annotator)
            work = partial(_take_back, self._queue, statement)
            self.write_queue.enter(Entry(work, self.undone.emit, takes_back=True, statement=statement))

    @Slot()
    def toggle_flag(self) -> None:
        """Flag the pair on the card, or take the flag away."""
        self._mark(flagged=not self._state.flagged)

    def write_note(self, note: str) -> None:
        """Keep a note on the pair on the card."""
        if note != self._state.note:
            self._mark(note=note)

    def change(self, statement: Statement, then: Callable[[], None]) -> None:
        """Change people or shares in the store; ``then`` follows once that is on the disk."""
        store = self._store
        if store is None:
            return

        def write() -> list[int]:
            from core.synonyms.journal.replay import apply_to_people

            store.database.write(lambda connection: apply_to_people(connection, statement))
            return []

        def follow(_pairs: list[int]) -> None:
            self.changed.emit()
            then()

        self.write_queue.enter(Entry(write, follow, statement=statement))

    def _is_refused(self) -> bool:
        if self.refusal is not None:
            self.refused.emit(self.refusal)
        return self.refusal is not None

    def _mark(self, *, flagged: bool | None = None, note: str | None = None) -> None:
        if self._store is None or self._queue is None or self._state.card is None:
            return
        row, annotator = self._state.card.row, self._queue.config.annotator
        store = self._store
        said = (Said(row.id, row.word1, row.word2),)
        statement = Statement("mark", annotator, said, note=note, flagged=flagged)

        def write() -> list[int]:
            store.mark(row.id, annotator, flagged=flagged, note=note, action=statement.action)
            return [row.id]

        self.write_queue.enter(Entry(write, self.marked.emit, row.id, flagged=flagged, note=note, statement=statement))

    def _worded(self, statement: Statement) -> Statement:
        """Return ``statement`` with the words of its pairs, as far as the store can be read."""
        assert self._store is not None, "a store is open while anything is said"
        if self._calls is not None and self._calls.is_remote:  # to ask would hold up the window
            return statement
        try:
            rows = self._store.table_query().rows([said.pair for said in statement.pairs])
        except SynonymsError as error:
            log.warning("The words of %d pairs were not read: %s", len(statement.pairs), error)
            return statement
        words = {row.id: (row.word1, row.word2) for row in rows}
        pairs = (replace(said, word1=one, word2=two) for said in statement.pairs for one, two in [words[said.pair]])
        return replace(statement, pairs=tuple(pairs))


# What is written, once the store lets it in, where another thread asks a server for it: each returns the ids of the
# pairs that are others then. Done again, it enters nothing twice.


def _judge(store: Store, queue: Queue, card: Card, said: Statement) -> list[int]:
    """Enter a verdict on ``card``: the queue's own, which then goes on, or one that was opened by hand."""
    assert said.verdict is not None, "a judgement has a verdict"
    pair, current = card.row.id, queue.card
    if current is not None and current.row.id == pair:
        queue.decide(said.verdict, note=said.note, seconds=said.seconds, action=said.action)
    else:
        entries = store.decide(
            pair, said.verdict, said.annotator, seconds=said.seconds, note=said.note,
            model_score=card.probability, adjudicates=said.adjudicates, action=said.action,
        )  # fmt: skip
        queue.judged_elsewhere(entries)
        _refresh(queue)
    return [pair]


def _judge_all(store: Store, queue: Queue, said: Statement) -> list[int]:
    assert said.verdict is not None, "a judgement has a verdict"
    pairs = [each.pair for each in said.pairs]
    scores = {each.pair: each.score for each in said.pairs if each.score is not None}
    entries = store.decide(
        pairs, said.verdict, said.annotator, model_score=scores, adjudicates=said.adjudicates, action=said.action
    )
    queue.judged_elsewhere(entries)
    _refresh(queue)
    return pairs


def _take_back(queue: Queue, said: Statement) -> list[int]:
    return [entry.candidate for entry in queue.undo(action=said.action)]


def _refresh(queue: Queue) -> None:
    """Have the queue leave out what was judged. If it cannot be read now, the next plan does so."""
    try:
        queue.refresh()
    except SynonymsError as error:
        log.warning("The queue was not read anew: %s", error)
