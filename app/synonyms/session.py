"""Labelling under a person's hands: open a store, decide, take back, flag, note, reopen.

Decisions are written here, in the window's own process: a transaction takes some milliseconds, and the next card
must not be shown before it is on the disk. Everything longer (learning, ordering, looking up) runs in workers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.actions import key_name
from app.background import Background, Run
from app.sentence import Sentence
from app.synonyms.lookup import LookUp
from app.synonyms.state import CardState, Pair
from core.language import N_
from core.runtime.events import Failed
from core.runtime.task import Job
from core.synonyms.evidence import DeskConfig, PairEvidence
from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.config import QueueConfig, QueuePlan
from core.synonyms.verdicts import Verdict

if TYPE_CHECKING:
    from core.synonyms.queue.queue import Queue
    from core.synonyms.store import Store

RANKING_LANE: Final = "ranking"
TABLE_LANE: Final = "table"

PATIENCE: Final = 1.0
"""Seconds a decision waits for another program that writes into the store."""

_AHEAD: Final = 4
"""Pairs looked up before they are on the card."""

_TICK: Final = 1000
"""Milliseconds between two looks at the clock of a session with an end."""


class LabelSession(QObject):
    """The annotator, the queue and the card on the stage; the verbs of the tab.

    Signals:
        opened: another store is open.
        card_changed: another pair, or none, is on the stage; with it trail and counts are others.
        marks_changed: flag, note or standing verdict of the pair on the stage have changed.
        progressed: trail, counts, pace or the model have changed.
        evidence_arrived: something was found out about the pair on the stage.
        pairs_changed: ids of pairs whose verdict or flag is another now.
        failed: one or two sentences for the person at the screen.
        mended: what was said with ``failed`` of a decision is no longer so: the next one was entered.
    """

    opened = Signal()
    card_changed = Signal()
    marks_changed = Signal()
    progressed = Signal()
    evidence_arrived = Signal()
    pairs_changed = Signal(object)
    failed = Signal(object)
    mended = Signal(object)

    def __init__(self, background: Background, annotator: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._store: Store | None = None
        self._queue: Queue | None = None
        self._planning: Run | None = None
        self._reopened: int | None = None
        self._previewed: Pair | None = None
        self._complaint = ""
        self.look_up = LookUp(background, DeskConfig(), self._unknown_pair, self)
        self.look_up.found.connect(self._on_found)
        self.state = CardState()
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
    def is_planning(self) -> bool:
        """Whether the queue is being put in order."""
        return self._planning is not None

    def open(self, address: str, *, create: bool = True) -> bool:
        """Open the store at ``address`` in place of the one that is open, and say whether that worked.

        Args:
            address: a file, or a server's address.
            create: make a new store where there is none.
        """
        from core.synonyms.store import Store

        try:
            # Whoever presses a key must soon hear what is wrong.
            store = Store(address, create=create, patience=PATIENCE)
        except SynonymsError as error:
            self.failed.emit(str(error))
            return False
        self.close()
        self._store = store
        self.config = replace(self.config, store=address)
        self.state = CardState()
        if store.copied_to is not None:
            self.failed.emit(
                Sentence(
                    N_("The store was of an older version. A copy of it lies at {path}."), {"path": store.copied_to}
                )
            )
        self._begin()
        self.opened.emit()
        return True

    def close(self) -> None:
        """Close the store. Everything decided is on the disk."""
        self._clock.stop()
        self._queue = None
        self._reopened = None
        if self._store is not None:
            self._store.close()
            self._store = None

    def arrange(self, config: QueueConfig) -> None:
        """Begin a session with another annotator, order or end."""
        self.config = replace(config, store=self.config.store)
        if self._store is not None:
            self._begin()

    def _begin(self) -> None:
        from core.synonyms.queue.queue import Queue

        assert self._store is not None
        midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        try:
            self._store.add_annotator(self.annotator)
            self._queue = Queue(self._store, self.config, day_began=midnight)
        except SynonymsError as error:
            self.failed.emit(str(error))
            return
        self._reopened = None
        self._show()
        self.plan()
        if self.config.minutes is not None:
            self._clock.start()
        else:
            self._clock.stop()

    def plan(self) -> None:
        """Have the queue put in order anew, with what was learnt meanwhile."""
        if self._queue is None:
            return
        run = self._background.start(RANKING_LANE, Job("core.synonyms.queue.plan:plan_queue", {"config": self.config}))
        run.progressed.connect(self._on_plan)
        run.failed.connect(self._on_plan_failed)
        run.ended.connect(self._on_plan_ended)
        self._planning = run
        self.progressed.emit()

    def decide(self, verdict: Verdict, *, note: str | None = None) -> bool:
        """Enter ``verdict`` on the pair on the stage; the next is shown once it is on the disk."""
        queue, store, card = self._queue, self._store, self.state.card
        if queue is None or store is None or card is None:
            return False
        try:
            if self._reopened is None:
                queue.decide(verdict, note=note)
            else:
                store.decide(
                    card.row.id, verdict, self.annotator, note=note, model_score=card.probability,
                    adjudicates=self.config.adjudicate,
                )  # fmt: skip
                queue.refresh()
        except SynonymsError as error:
            self._complain(error)
            return False
        self._reopened = None
        self._after([card.row.id])
        return True

    def decide_all(self, pairs: list[int], verdict: Verdict) -> bool:
        """Enter ``verdict`` on many pairs at once; one undo takes all of them back."""
        if self._store is None or self._queue is None or not pairs:
            return False
        try:
            self._store.decide(pairs, verdict, self.annotator)
            self._queue.refresh()
        except SynonymsError as error:
            self._complain(error)
            return False
        self._after(pairs)
        return True

    @Slot()
    def undo(self) -> None:
        """Take back the last action and show its pair again; without end."""
        if self._queue is None:
            return
        try:
            taken = self._queue.undo()
        except SynonymsError as error:
            self._complain(error)
            return
        self._reopened = None
        self._after([entry.candidate for entry in taken])

    @Slot()
    def toggle_flag(self) -> None:
        """Flag the pair on the stage, or take the flag away."""
        self._mark(flagged=not self.state.flagged)

    def write_note(self, note: str) -> None:
        """Keep a note on the pair on the stage."""
        if note != self.state.note:
            self._mark(note=note)

    def _mark(self, *, flagged: bool | None = None, note: str | None = None) -> None:
        if self._store is None or self.state.card is None:
            return
        pair = self.state.card.row.id
        try:
            self._store.mark(pair, self.annotator, flagged=flagged, note=note)
            self.state.show(self.state.card, self._store.judgements(pair), self.annotator, reopened=self.state.reopened)
            self._read_trail()
        except SynonymsError as error:
            self._complain(error)
            return
        self.marks_changed.emit()
        self.progressed.emit()
        self.pairs_changed.emit([pair])

    def reopen(self, pair: int) -> None:
        """Put a pair on the stage by hand; the queue waits behind it."""
        self._reopened = pair
        self._show()

    @Slot()
    def leave_reopened(self) -> None:
        """Put the queue's own pair back on the stage."""
        if self._reopened is not None:
            self._reopened = None
            self._show()

    def renew(self) -> None:
        """Read the card, the trail and the queue anew: pairs were judged or added elsewhere."""
        if self._queue is not None:
            try:
                self._queue.refresh()
            except SynonymsError as error:
                self.failed.emit(str(error))
            self._show()
            self.plan()

    def _complain(self, error: SynonymsError) -> None:
        """Say why nothing was entered, once, however often the key is pressed."""
        self._complaint = str(error)
        self.failed.emit(self._complaint)

    def _after(self, pairs: list[int]) -> None:
        """Show what follows from a change of ``pairs``."""
        if self._complaint:
            self.mended.emit(self._complaint)
            self._complaint = ""
        self._show()
        self.pairs_changed.emit(pairs)
        if self._queue is not None and self._queue.wants_plan and self._planning is None:
            self.plan()

    def _show(self) -> None:
        """Put the right card on the stage and ask what is known of it."""
        from core.synonyms.queue.queue import Card

        if self._queue is None or self._store is None:
            return
        try:
            card = self._queue.card if self._reopened is None else Card(self._store.row(self._reopened))
            answers = self._store.judgements(card.row.id) if card is not None else []
            self._read_trail()
        except SynonymsError as error:
            self.failed.emit(str(error))
            return
        self.state.show(card, answers, self.annotator, reopened=self._reopened is not None)
        self.state.progress = self._queue.progress
        self._queue.shown()
        self.card_changed.emit()
        self.look_up.go_on()

    def _read_trail(self) -> None:
        assert self._store is not None
        self.state.trail = self._store.last_decisions(self.annotator)

    def preview(self, pair: Pair | None) -> None:
        """Ask what is known of a pair that is looked at outside the card; None ends that."""
        self._previewed = pair
        self.look_up.go_on()

    @property
    def previewed(self) -> PairEvidence | None:
        """What is known of the pair looked at outside the card."""
        return self.state.found.get(self._previewed) if self._previewed is not None else None

    def use_material(self, material: DeskConfig) -> None:
        """Look up in other vectors, thesauri and texts from now on."""
        if material != self.look_up.material:
            self.state.found.clear()
            self.look_up.use(material)
            self.card_changed.emit()

    def _unknown_pair(self) -> Pair | None:
        """Return the first pair that is or will soon be in view and was not looked up."""
        state = self.state
        for pair in (self._previewed, state.pair):
            if pair is not None and pair not in state.found:
                return pair
        upcoming = () if self._queue is None else self._queue.upcoming[:_AHEAD]
        pairs = [(card.row.word1, card.row.word2) for card in upcoming]
        return next((pair for pair in pairs if pair not in state.found), None)

    @Slot(object)
    def _on_found(self, evidence: object) -> None:
        assert isinstance(evidence, PairEvidence)
        self.state.keep(evidence)
        self.evidence_arrived.emit()

    # Plans

    @Slot(object)
    def _on_plan(self, payloads: object) -> None:
        assert isinstance(payloads, tuple)
        if self.sender() is not self._planning or self._queue is None:
            return
        for payload in payloads:
            assert isinstance(payload, QueuePlan)
            had_card = self.state.card is not None
            try:
                self._queue.take(payload)
            except SynonymsError as error:
                self.failed.emit(str(error))
                return
            self.state.model = payload.model
            if had_card:
                self.state.progress = self._queue.progress
                self.progressed.emit()
            else:
                self._show()

    @Slot(object)
    def _on_plan_failed(self, event: object) -> None:
        assert isinstance(event, Failed)
        if self.sender() is self._planning:
            self.failed.emit(
                Sentence(
                    N_("The queue could not be put in order: {reason} Press {key} to try again."),
                    {"reason": event.message, "key": key_name("F2")},
                )
            )

    @Slot()
    def _on_plan_ended(self) -> None:
        if self.sender() is self._planning:
            self._planning = None
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
