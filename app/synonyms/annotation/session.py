"""Labelling under a person's hands: open a store, decide, take back, flag, note, reopen.

Decisions are written here, in the window's own process: a transaction takes some milliseconds, and the next card
must not be shown before it is on the disk. What another program does not let in at once waits (``waiting.py``).
Everything longer (learning, ordering, looking up) runs in workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.actions import key_name
from app.background import Background
from app.sentence import Sentence
from app.synonyms.annotation.current_problem import CurrentProblem
from app.synonyms.annotation.decisions import Decisions
from app.synonyms.annotation.planner import Planner
from app.synonyms.annotation.state import CardState
from app.synonyms.annotation.store_retry import StoreRetry
from app.synonyms.annotation.write_queue import Entry, WriteQueue
from app.synonyms.evidence.lookup import LookUp, Pair
from core.language import N_
from core.synonyms.evidence.gather import EvidenceConfig
from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.config import QueueConfig, QueuePlan
from core.synonyms.verdicts import Decision, Verdict

if TYPE_CHECKING:
    from core.synonyms.queue.queue import Card, Queue
    from core.synonyms.store import Store

TABLE_LANE: Final = "table"

PATIENCE: Final = 0.012
"""Seconds the window stands still for another program that holds the store; then the entry waits without it."""

_LAST_PATIENCE: Final = 1.0
"""The same, when what waits is tried for the last time, on closing."""

_AHEAD: Final = 4
"""Pairs looked up before they are on the card."""

_TICK: Final = 1000
"""Milliseconds between two looks at the clock of a session with an end."""


class LabelSession(QObject):
    """The annotator, the queue and the card on the stage; the verbs of the tab.

    Signals:
        opened: another store is open.
        card_changed: another pair, or none, is on the stage; with it the recent decisions and counts are others.
        marks_changed: flag, note or standing verdict of the pair on the stage have changed.
        progressed: recent decisions, counts, pace or the model have changed.
        evidence_arrived: something was found out about the pair on the stage.
        settled: id of the pair that was opened by hand, and whether it has been judged; else it was left as it is.
        pairs_changed: ids of pairs whose verdict or flag is another now.
        failed: one or two sentences for the person at the screen.
        held: what is waited for, and what to do: another program holds the store.
        resolved: what was said with ``failed`` or ``held`` is no longer so.
    """

    opened = Signal()
    card_changed = Signal()
    marks_changed = Signal()
    progressed = Signal()
    evidence_arrived = Signal()
    settled = Signal(int, bool)
    pairs_changed = Signal(object)
    failed = Signal(object)
    held = Signal(object)
    resolved = Signal(object)

    def __init__(self, background: Background, annotator: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: Store | None = None
        self._queue: Queue | None = None
        self._decisions: Decisions | None = None
        self._planner = Planner(background, self)
        self._planner.planned.connect(self._on_plan)
        self._planner.failed.connect(self.failed)
        self._planner.ended.connect(self._on_plan_ended)
        self._reopened: int | None = None
        self._problem = CurrentProblem(self)
        self._problem.failed.connect(self.failed)
        self._problem.held.connect(self.held)
        self._problem.resolved.connect(self.resolved)
        self._write_queue = WriteQueue(self)
        self._write_queue.changed.connect(self._show_marks)
        self._write_queue.held.connect(self._on_held)
        self._write_queue.refused.connect(self._on_refused)
        self._store_retry = StoreRetry(self)
        self._store_retry.due.connect(self._open_awaited)
        self.look_up = LookUp(background, EvidenceConfig(), self._in_view, self)
        self.look_up.found.connect(self.evidence_arrived)
        self.state = CardState(found=self.look_up.known)
        self.config = QueueConfig("", annotator)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK)
        self._clock.timeout.connect(self._on_tick)

    @property
    def store(self) -> Store | None:
        """The open store."""
        return self._store

    @property
    def address(self) -> str:
        """Address of the open store; empty while none is."""
        return self.config.store

    @property
    def annotator(self) -> str:
        """Who decides."""
        return self.config.annotator

    @property
    def queue(self) -> Queue | None:
        """The queue; None while no store is open."""
        return self._queue

    @property
    def awaited(self) -> str:
        """Address of the store that is opened as soon as another program lets go of it; empty while none is."""
        return self._store_retry.address

    @property
    def is_waiting(self) -> bool:
        """Whether something was entered that the store has not taken yet."""
        return not self._write_queue.is_empty

    @property
    def is_planning(self) -> bool:
        """Whether the queue is being put in order."""
        return self._planner.is_running

    def open(self, address: str, *, create: bool = True) -> bool:
        """Open the store at ``address`` in place of the one that is open, and say whether that worked.

        Args:
            address: a file, or a server's address.
            create: make a new store where there is none.
        """
        from core.synonyms.store import StoreLockedError

        if self._is_busy():
            return False
        try:
            self._open(address, create=create)
        except StoreLockedError as error:
            if self._store is None:
                self._store_retry.wait_for(address, create=create)
                told = N_(
                    "Another program keeps the store for itself. It opens as soon as that is possible; {key} tries at "
                    "once."
                )
                self._problem.hold(Sentence(told, {"key": key_name("F2")}))
                self.card_changed.emit()
            else:
                self.failed.emit(str(error))
            return False
        except SynonymsError as error:
            self.failed.emit(str(error))
            return False
        return True

    def _open(self, address: str, *, create: bool) -> None:
        from core.synonyms.store import Store

        store = Store(address, create=create, patience=PATIENCE)
        config = replace(self.config, store=address)
        try:
            queue = _queue_of(store, config)
        except SynonymsError:
            store.close()
            raise
        self.close()
        self._store, self.config, self.state = store, config, CardState(found=self.look_up.known)
        if store.copied_to is not None:
            self.failed.emit(
                Sentence(
                    N_("The store was of an older version. A copy of it lies at {path}."), {"path": store.copied_to}
                )
            )
        self._begin(store, queue)
        self.opened.emit()

    @Slot()
    def _open_awaited(self) -> None:
        """Try again to open the store that another program kept."""
        from core.synonyms.store import StoreLockedError

        if not self.awaited:
            return
        try:
            self._open(self.awaited, create=self._store_retry.create)
        except StoreLockedError:
            return
        except SynonymsError as error:
            self._store_retry.stop()
            self._problem.report(error)
            self.card_changed.emit()
            return
        self._problem.resolve()

    @Slot()
    def close(self) -> None:
        """Close the store. Everything decided is on the disk."""
        self._clock.stop()
        self._store_retry.stop()
        if self._store is not None:
            self._store.database.patience = _LAST_PATIENCE
            self._write_queue.finish()
            self._store.close()
        self._store = self._queue = self._decisions = None
        self._reopened = None

    def arrange(self, config: QueueConfig) -> bool:
        """Begin a session with another annotator, order or end, and return whether that worked."""
        if self._is_busy():
            return False
        wanted = replace(config, store=self.config.store)
        if self._store is None:
            self.config = wanted
            return True
        try:
            queue = _queue_of(self._store, wanted)
        except SynonymsError as error:
            self.failed.emit(str(error))
            return False
        self.config = wanted
        self._begin(self._store, queue)
        return True

    def _is_busy(self) -> bool:
        """Return whether something waits that belongs to the session as it is, and say so."""
        if self.is_waiting:
            told = N_("What you entered still waits for the store. Let it go in first, or take it back with {key}.")
            self._problem.hold(Sentence(told, {"key": key_name("Backspace")}))
        return self.is_waiting

    def _begin(self, store: Store, queue: Queue) -> None:
        self._queue, self._decisions = queue, Decisions(store, queue)
        self._reopened = None
        self._show()
        self.plan()
        if self.config.minutes is not None:
            self._clock.start()
        else:
            self._clock.stop()

    def plan(self) -> None:
        """Have the queue put in order anew, with what was learnt meanwhile; or try to open what is waited for."""
        if self._queue is None:
            self._open_awaited()
            return
        self._planner.start(self.config)
        self.progressed.emit()

    def decide(self, verdict: Verdict, *, note: str | None = None) -> bool:
        """Enter ``verdict`` on the pair on the stage; the next is shown once it is on the disk.

        Returns:
            Whether it is there. If not, either an error was said, or the verdict waits and goes in by itself.
        """
        queue, decisions, card = self._queue, self._decisions, self.state.card
        if queue is None or decisions is None or card is None or self.state.waiting is not None:
            return False
        work = partial(decisions.judge, card, verdict, note, None if self.state.reopened else queue.looked)
        return self._write_queue.enter(Entry(work, self._after_verdict, card.row.id, verdict, note=note))

    def _after_verdict(self, pairs: list[int]) -> None:
        if self._reopened in pairs:
            self._settle(self._reopened, judged=True)
        self._after(pairs)

    def decide_all(self, pairs: list[int], verdict: Verdict) -> bool:
        """Enter ``verdict`` on many pairs at once, and return whether that is on the disk; one undo takes it back."""
        if self._decisions is None or not pairs:
            return False
        return self._write_queue.enter(Entry(partial(self._decisions.judge_all, pairs, verdict), self._after))

    def change(self, work: Callable[[Store], object], then: Callable[[], None]) -> None:
        """Change people or shares in the store; ``then`` follows once that is on the disk and was read."""
        store = self._store
        if store is None:
            return

        def write() -> list[int]:
            work(store)
            return []

        def follow(_pairs: list[int]) -> None:
            self._problem.resolve()
            self.renew()
            then()

        self._write_queue.enter(Entry(write, follow))

    @Slot()
    def undo(self) -> None:
        """Take back the last action and show its pair again; without end. What waits is taken back first."""
        if self._write_queue.take_back():
            if self._write_queue.is_empty:
                self._problem.resolve()
        elif self._decisions is not None:
            self._write_queue.enter(Entry(self._decisions.take_back, self._after_undo, takes_back=True))

    def _after_undo(self, pairs: list[int]) -> None:
        self._reopened = None
        self._after(pairs)

    @Slot()
    def toggle_flag(self) -> None:
        """Flag the pair on the stage, or take the flag away."""
        self._mark(flagged=not self.state.flagged)

    def write_note(self, note: str) -> None:
        """Keep a note on the pair on the stage."""
        if note != self.state.note:
            self._mark(note=note)

    def _mark(self, *, flagged: bool | None = None, note: str | None = None) -> None:
        if self._decisions is None or self.state.card is None:
            return
        pair = self.state.card.row.id
        work = partial(self._decisions.mark, pair, flagged, note)
        self._write_queue.enter(Entry(work, self._after_mark, pair, flagged=flagged, note=note))

    def _after_mark(self, pairs: list[int]) -> None:
        self._problem.resolve()
        self._show_marks()
        self.progressed.emit()
        self.pairs_changed.emit(pairs)

    @Slot()
    def _show_marks(self) -> None:
        """Read what stands and what waits for the pair on the stage, and the recent decisions."""
        card = self.state.card
        if self._store is None or card is None:
            return
        try:
            answers = self._store.judgements(card.row.id)
            self._read_recent_decisions()
        except SynonymsError as error:
            self._problem.report(error)
            return
        self._show_answers(card, answers, reopened=self.state.reopened)
        self.marks_changed.emit()

    def _show_answers(self, card: Card | None, answers: list[Decision], *, reopened: bool) -> None:
        self.state.show(card, answers, self.annotator, reopened=reopened)
        self.state.expect(*(self._write_queue.said_of(card.row.id) if card is not None else (None, None, None)))
        self.state.is_held = self._write_queue.is_held

    def reopen(self, pair: int) -> None:
        """Put a pair on the stage by hand; the queue waits behind it."""
        self._reopened = pair
        self._show()

    @Slot()
    def leave_reopened(self) -> None:
        """Put the queue's own pair back on the stage."""
        if self._reopened is not None:
            self._settle(self._reopened, judged=False)
            self._show()

    def _settle(self, pair: int, *, judged: bool) -> None:
        self._reopened = None
        self.settled.emit(pair, judged)

    def renew(self) -> None:
        """Read the card, the recent decisions and the queue anew: pairs were judged or added elsewhere."""
        if self._queue is not None:
            try:
                self._queue.refresh()
            except SynonymsError as error:
                self.failed.emit(str(error))
            self._show()
            self.plan()

    @Slot()
    def _on_held(self) -> None:
        assert self._store is not None
        told = N_("Another program holds {where}. What you entered waits and goes in by itself; {key} takes it back.")
        self._problem.hold(Sentence(told, {"where": self._store.where, "key": key_name("Backspace")}))
        self._show_marks()

    @Slot(object)
    def _on_refused(self, error: object) -> None:
        assert isinstance(error, SynonymsError)
        self._show_marks()
        self._problem.report(error)

    def _after(self, pairs: list[int]) -> None:
        """Show what follows from a change of ``pairs``."""
        self._problem.resolve()
        self._show()
        self.pairs_changed.emit(pairs)
        if self._queue is not None and self._queue.wants_plan and not self._planner.is_running:
            self.plan()

    def _show(self) -> None:
        """Put the right card on the stage and ask what is known of it."""
        from core.synonyms.queue.queue import Card

        if self._queue is None or self._store is None:
            return
        try:
            card = self._queue.card if self._reopened is None else Card(self._store.row(self._reopened))
            answers = self._store.judgements(card.row.id) if card is not None else []
            self._read_recent_decisions()
        except SynonymsError as error:
            self.failed.emit(str(error))
            return
        self._show_answers(card, answers, reopened=self._reopened is not None)
        self.state.progress = self._queue.progress
        self._queue.shown()
        self.card_changed.emit()
        self.look_up.go_on()

    def _read_recent_decisions(self) -> None:
        assert self._store is not None
        self.state.recent_decisions = self._store.last_decisions(self.annotator)

    def use_material(self, material: EvidenceConfig) -> None:
        """Look up in other vectors, thesauri and texts from now on."""
        if material != self.look_up.material:
            self.look_up.use(material)
            self.card_changed.emit()

    def _in_view(self) -> Iterator[Pair]:
        """Yield the pair on the stage and those that come next."""
        if self.state.pair is not None:
            yield self.state.pair
        for card in () if self._queue is None else self._queue.upcoming[:_AHEAD]:
            yield card.row.word1, card.row.word2

    # Plans

    @Slot(object)
    def _on_plan(self, plan: object) -> None:
        assert isinstance(plan, QueuePlan)
        if self._queue is None:
            return
        had_card = self.state.card is not None
        try:
            self._queue.take(plan)
        except SynonymsError as error:
            self.failed.emit(str(error))
            return
        self.state.model = plan.model
        if had_card:
            self.state.progress = self._queue.progress
            self.progressed.emit()
        else:
            self._show()
        if self._queue.wants_plan:  # enough was judged while this one was being made
            self.plan()

    @Slot()
    def _on_plan_ended(self) -> None:
        self.card_changed.emit() if self.state.card is None else self.progressed.emit()

    @Slot()
    def _on_tick(self) -> None:
        """Look at the clock: a session of some minutes ends on time."""
        if self._queue is None:
            return
        self.state.progress = self._queue.progress
        if self._queue.card is None and self.state.card is not None and self._reopened is None:
            self._show()
        self.progressed.emit()


def _queue_of(store: Store, config: QueueConfig) -> Queue:
    from core.synonyms.queue.queue import Queue

    midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return Queue(store, config, day_began=midnight)
