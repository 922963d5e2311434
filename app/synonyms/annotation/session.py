"""Labelling under a person's hands: which store is open, which queue is worked through, what follows from a decision.

Decisions (``decisions.py``) are written in the window's own process, and the next card is not shown before they are on
the disk: a file takes some milliseconds, a server is asked in a thread (``store_calls.py``). What another program does
not let in at once waits (``write_queue.py``). Everything longer (learning, ordering, looking up) runs in workers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.actions import key_name
from app.background import Background
from app.sentence import Sentence
from app.synonyms.annotation.current_card import CurrentCard
from app.synonyms.annotation.current_problem import CurrentProblem
from app.synonyms.annotation.decisions import Decisions
from app.synonyms.annotation.left_over import LeftOver
from app.synonyms.annotation.opening import is_server, open_queue, open_store
from app.synonyms.annotation.planner import Planner
from app.synonyms.annotation.state import CardState
from app.synonyms.annotation.store_calls import StoreCalls
from app.synonyms.annotation.store_retry import StoreRetry
from app.synonyms.annotation.store_watch import StoreWatch
from app.synonyms.evidence.lookup import LookUp
from core.language import N_
from core.synonyms.evidence.gather import EvidenceConfig
from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.config import QueueConfig, QueuePlan
from core.synonyms.store.errors import StoreLockedError

if TYPE_CHECKING:
    from core.synonyms.queue.queue import Card, Queue
    from core.synonyms.store import Store

TABLE_LANE: Final = "table"

_LAST_PATIENCE: Final = 1.0
"""Seconds the window stands still for what waits, when that is tried for the last time, on closing."""

_TICK: Final = 1000
"""Milliseconds between two looks at the clock of a session with an end."""


class LabelSession(QObject):
    """The annotator, the queue and the card on the stage.

    Attributes:
        decisions: what the annotator says, and the way to the disk.
        current_card: which pair is on the stage.
        look_up: what is known of the pairs in view.
        state: what the card shows.
        config: the queue that was chosen.

    Signals:
        opened: another store is open.
        arranged: another queue was chosen, in the same store.
        renewed: the store has changed otherwise than by what this annotator said of pairs.
        card_changed: another pair, or none, is on the stage; with it the recent decisions and counts are others.
        progressed: recent decisions, counts, pace or the model have changed.
        evidence_arrived: something was found out about the pair on the stage.
        pairs_changed: ids of pairs whose verdict or flag is another now.
        failed: one or two sentences for the person at the screen.
        held: what is waited for, and what to do: another program holds the store.
        resolved: what was said with ``failed`` or ``held`` is no longer so.
        told: what was done by itself.
        closing: the store is about to be closed: what was typed and not entered yet is to be entered now.
    """

    opened = Signal()
    arranged = Signal()
    renewed = Signal()
    card_changed = Signal()
    progressed = Signal()
    evidence_arrived = Signal()
    pairs_changed = Signal(object)
    failed = Signal(object)
    held = Signal(object)
    resolved = Signal(object)
    told = Signal(object)
    closing = Signal()

    def __init__(self, background: Background, annotator: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = StoreCalls(is_remote=False, parent=self)
        self._opening: StoreCalls | None = None
        self._store: Store | None = None
        self._queue: Queue | None = None
        self._planner = Planner(background, self)
        self._planner.planned.connect(self._on_plan)
        self._planner.failed.connect(self.failed)
        self._planner.ended.connect(self._on_plan_ended)
        self._problem = CurrentProblem(self)
        self._damage_told: set[str] = set()
        self._problem.failed.connect(self.failed)
        self._problem.held.connect(self.held)
        self._problem.resolved.connect(self.resolved)
        self.decisions = Decisions(self)
        self.decisions.decided.connect(self._on_decided)
        self.decisions.marked.connect(self._on_marked)
        self.decisions.undone.connect(self._on_undone)
        self.decisions.changed.connect(self._on_changed)
        self.decisions.withdrawn.connect(self._problem.resolve)
        self.current_card = CurrentCard(self.decisions.write_queue, self._problem, self)
        self.current_card.failed.connect(self.failed)
        self.current_card.damaged.connect(self.report_damage)
        self.current_card.changed.connect(self.card_changed)
        self.decisions.write_queue.changed.connect(self.current_card.show_marks)
        self.decisions.write_queue.held.connect(self._on_held)
        self.decisions.write_queue.refused.connect(self._on_refused)
        self.decisions.write_queue.unkept.connect(self._on_unkept)
        self._left_over = LeftOver(self)
        self._left_over.told.connect(self.told)
        self._left_over.entered.connect(self.renew)
        self._watch = StoreWatch(self)
        self._watch.changed.connect(self._on_news)
        self._retry = StoreRetry(self._open, self._problem, self)
        self._retry.failed.connect(self.failed)
        self._retry.changed.connect(self.card_changed)
        self.look_up = LookUp(background, EvidenceConfig(), self.current_card.in_view, self)
        self.current_card.changed.connect(self.look_up.go_on)
        self.look_up.found.connect(self.evidence_arrived)
        self.look_up.forgotten.connect(self.card_changed)
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
    def seen_by(self) -> str | None:
        """Whose own answers alone may be seen; None while disputes are settled: everybody's."""
        return self.config.seen_by

    @property
    def queue(self) -> Queue | None:
        """The queue; None while no store is open."""
        return self._queue

    @property
    def awaited(self) -> str:
        """Address of the store that is wanted and not open (yet); empty where what is wanted is open."""
        return self._retry.wanted

    @property
    def why_not_open(self) -> SynonymsError | None:
        """Why the store that is wanted is not open; None while it is being opened."""
        return self._retry.reason

    @property
    def calls(self) -> StoreCalls:
        """The way to the open store, for whatever shows what it holds."""
        return self._calls

    @property
    def is_waiting(self) -> bool:
        """Whether something was entered that the store has not taken yet."""
        return not self.decisions.write_queue.is_empty

    @property
    def is_planning(self) -> bool:
        """Whether the queue is being put in order."""
        return self._planner.is_running

    def open(self, address: str, *, create: bool = True) -> bool:
        """Open the store at ``address`` in place of the one that is open, and say whether that is done.

        A server's store is open once ``opened`` is emitted; until then the one before stays.

        Args:
            address: a file, or a server's address.
            create: make a new store where there is none.
        """
        return not self._is_busy() and self._retry.open(address, create=create, may_wait=self._store is None)

    def _open(
        self, address: str, create: bool, then: Callable[[], None], failed: Callable[[SynonymsError], None]
    ) -> None:
        self._stop_opening()
        config = replace(self.config, store=address)
        calls = self._opening = StoreCalls(is_remote=is_server(address), parent=self)
        calls.call(
            partial(open_store, config, create=create),
            partial(self._take_store, calls, then),
            partial(self._leave_store, failed),
            unheard=lambda opened: opened[0].close(),
        )

    def _take_store(self, calls: StoreCalls, then: Callable[[], None], opened: tuple[Store, Queue]) -> None:
        store, queue = opened
        if self._is_busy():  # something was entered while a server was asked
            store.close()
            self._stop_opening()
            return
        self._opening = None
        self.close()
        self._damage_told.clear()
        self._calls.deleteLater()
        self._calls, self._store = calls, store
        self.config, self.state = queue.config, CardState(found=self.look_up.known)
        if store.copied_to is not None:
            self.failed.emit(
                Sentence(
                    N_("The store was of an older version and was upgraded. A copy of the old file is at {path}."),
                    {"path": store.copied_to},
                )
            )
        if store.notice:
            self.held.emit(store.notice)
        self._begin(store, queue)
        self._left_over.begin(calls, store)
        self._watch.begin(calls, store)
        then()
        self.opened.emit()

    def _leave_store(self, failed: Callable[[SynonymsError], None], error: SynonymsError) -> None:
        self._stop_opening()
        failed(error)

    def _stop_opening(self) -> None:
        if self._opening is not None:
            self._opening.close()
            self._opening.deleteLater()
            self._opening = None

    @Slot()
    def close(self) -> None:
        """Close the store. Everything decided is on the disk."""
        if self._store is not None:
            self.closing.emit()
        self._clock.stop()
        self._watch.end()
        self._retry.stop()
        self._stop_opening()
        self._left_over.end()
        if self._store is not None:
            self._store.database.patience = _LAST_PATIENCE
            self.decisions.end(_LAST_PATIENCE)
            self._store.close()
            self._calls.deleteLater()
            self._calls = StoreCalls(is_remote=False, parent=self)
        self._store = self._queue = None
        self.current_card.end()

    def arrange(self, config: QueueConfig) -> bool:
        """Begin a session with another annotator, order or end, and return whether that worked.

        In a server's store it has begun once ``arranged`` is emitted.
        """
        if self._is_busy():
            return False
        wanted = replace(config, store=self.config.store)
        if self._store is None:
            self.config = wanted
            self.arranged.emit()
            return True
        failures: list[SynonymsError] = []

        def fail(error: SynonymsError) -> None:
            failures.append(error)
            self._say_failed(error)

        self._calls.call(partial(open_queue, self._store, wanted), partial(self._take_queue, self._store), fail)
        return not failures

    def _say_failed(self, error: SynonymsError) -> None:
        self.failed.emit(str(error))

    def _take_queue(self, store: Store, queue: Queue) -> None:
        if store is not self._store or self._is_busy():
            return
        self.config = queue.config
        self._begin(store, queue)
        self.arranged.emit()

    def _is_busy(self) -> bool:
        """Return whether something waits that belongs to the session as it is, and say so."""
        if self.is_waiting:
            message = N_(
                "Your input is still waiting for the store. Let it be saved first, or take it back with {key}."
            )
            self._problem.hold(Sentence(message, {"key": key_name("Backspace")}))
        return self.is_waiting

    def _begin(self, store: Store, queue: Queue) -> None:
        self._queue = queue
        self.decisions.begin(self._calls, store, queue, self.state)
        self.current_card.begin(self._calls, store, queue, self.state)
        self.current_card.show()
        self.plan()
        if self.config.minutes is not None:
            self._clock.start()
        else:
            self._clock.stop()

    @Slot(object)
    def report_damage(self, error: object) -> None:
        """Say what cannot be read in the store, once; None says nothing."""
        if error is not None and str(error) not in self._damage_told:
            self._damage_told.add(str(error))
            self.failed.emit(str(error))

    def plan(self) -> None:
        """Have the queue put in order anew, with what was learnt meanwhile; or try to open what is waited for."""
        if self._queue is None:
            self._retry.try_again()
            return
        self._planner.start(self.config)
        self.progressed.emit()

    # What follows once something is on the disk

    @Slot(object)
    def _on_decided(self, pairs: list[int]) -> None:
        self.current_card.settle_judged(pairs)
        self._after(pairs)

    @Slot(object)
    def _on_undone(self, pairs: list[int]) -> None:
        self.current_card.forget_reopened()
        self._after(pairs)

    @Slot(object)
    def _on_marked(self, pairs: list[int]) -> None:
        self._problem.resolve()
        self.current_card.show_marks()
        self.progressed.emit()
        self.pairs_changed.emit(pairs)

    @Slot()
    def _on_changed(self) -> None:
        self._problem.resolve()
        self.renew()

    def renew(self) -> None:
        """Read the card, the recent decisions and the queue anew: pairs were judged or added elsewhere."""
        if self._queue is None:
            self.renewed.emit()
        else:
            self._calls.call(self._queue.refresh, self._on_renewed, self._on_not_renewed)

    def _on_renewed(self, _nothing: None) -> None:
        self.current_card.show()
        self.plan()
        self.renewed.emit()

    def _on_not_renewed(self, error: SynonymsError) -> None:
        self._say_failed(error)
        self._on_renewed(None)

    @Slot()
    def look_for_news(self) -> None:
        """Take up at once what other windows and programs have decided."""
        self._watch.look()

    @Slot(object)
    def _on_news(self, pairs: list[int]) -> None:
        """Another window, perhaps of the same annotator, has decided on pairs."""
        if self._queue is None:
            return
        queue, former = self._queue, self._queue.card
        self._calls.call(
            partial(queue.take_news, pairs), partial(self._on_news_taken, queue, former, pairs), self._say_failed
        )

    def _on_news_taken(self, queue: Queue, former: Card | None, pairs: list[int], _nothing: None) -> None:
        if queue is not self._queue:
            return
        current = queue.card
        is_same = (former and former.row.id) == (current and current.row.id)
        if self.current_card.is_reopened or (is_same and self.state.card is not None):
            self.current_card.show_marks()
            self.state.progress = queue.progress
            self.progressed.emit()
        else:
            self.current_card.show()
        self.pairs_changed.emit(pairs)
        if queue.wants_plan and not self._planner.is_running:
            self.plan()

    @Slot(object)
    def _on_held(self, error: object) -> None:
        assert self._store is not None
        told = N_(
            "Another program is using {where}. What you entered is saved as soon as it is free; {key} takes it back."
        )
        if error is None:
            told = N_(
                "{where} does not answer, or another program has locked it. What you entered is saved as soon as that "
                "is possible; {key} takes it back."
            )
        elif not isinstance(error, StoreLockedError):
            told = N_("{reason} What you entered is saved as soon as that is possible; {key} takes it back.")
        values = {"where": self._store.where, "reason": str(error), "key": key_name("Backspace")}
        self._problem.hold(Sentence(told, values))
        self.current_card.show_marks()

    @Slot(str)
    def _on_unkept(self, reason: str) -> None:
        told = N_(
            "What you entered can't be kept on this machine either ({reason}). Leave the window open until it is saved."
        )
        self.failed.emit(Sentence(told, {"reason": reason}))

    @Slot(object)
    def _on_refused(self, error: object) -> None:
        assert isinstance(error, SynonymsError)
        self.current_card.show_marks()
        self._problem.report(error)

    def _after(self, pairs: list[int]) -> None:
        """Show what follows from a change of ``pairs``."""
        self._problem.resolve()
        self.current_card.show()
        self.pairs_changed.emit(pairs)
        if self._queue is not None and self._queue.wants_plan and not self._planner.is_running:
            self.plan()

    # Plans

    @Slot(object)
    def _on_plan(self, plan: object) -> None:
        assert isinstance(plan, QueuePlan)
        if self._queue is None:
            return
        queue, former = self._queue, self._queue.card
        self._calls.call(partial(queue.take, plan), partial(self._on_taken, queue, former, plan), self._say_failed)

    def _on_taken(self, queue: Queue, former: Card | None, plan: QueuePlan, _nothing: None) -> None:
        if queue is not self._queue:
            return
        self.state.model = plan.model
        if self.state.card is not None and (self.current_card.is_reopened or queue.card is former):
            self.state.progress = queue.progress
            self.progressed.emit()
        else:
            self.current_card.show()
        if queue.wants_plan:  # enough was judged while this one was being made
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
        if self._queue.card is None and self.state.card is not None and not self.current_card.is_reopened:
            self.current_card.show()
        self.progressed.emit()
