"""Filling the store under a person's hands: start, stop, go on, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.sentence import Sentence
from app.synonyms.evidence.lookup import reading_words
from app.synonyms.source_names import stage_name
from app.time_left import TimeLeft
from core.language import N_, _, ngettext
from core.runtime.events import Payload
from core.synonyms.mining.config import MineConfig
from core.synonyms.mining.events import MinePlan, MineReport, StageEnded, StageProgress
from core.synonyms.progress import FaultyLines, ReadProgress

LANE: Final = "mining"

StageState = Literal["waiting", "working", "done", "before"]
"""Not begun, at work, seen to its end, or seen to its end by an earlier mining."""

_WEIGHTS: Final = {"reference": 1, "gloss": 2, "characters": 6, "cosine": 7, "sentences": 6}
"""How long the stages take beside each other, with the included data. Only the time that is left is told by it."""
_USUAL_WEIGHT: Final = 4

Phase = Literal["idle", "working", "finished", "stopped", "failed"]


@dataclass(slots=True)
class Stage:
    """One stage of a mining.

    Attributes:
        name: a source of candidates, or the indexing of sentences.
        state: how far.
        share: of its work done, 0 to 1.
        proposed: pairs it proposed.
        added: how many of them were new.
    """

    name: str
    state: StageState = "waiting"
    share: float = 0.0
    proposed: int = 0
    added: int = 0


@dataclass(slots=True)
class MiningState:
    """A mining as the window sees it.

    Attributes:
        phase: whether it is at work, and how it ended.
        stages: in their order.
        reading: the material being read, and how much of it, 0 to 1; None once stages are at work.
        report: what it brought.
        indexed: words in the index just built; None where none was.
        faulty: lines of the files read that are not as they should be, a file each.
    """

    phase: Phase = "idle"
    stages: list[Stage] = field(default_factory=list)
    reading: tuple[str, float] | None = None
    report: MineReport | None = None
    indexed: int | None = None
    faulty: list[FaultyLines] = field(default_factory=list)

    @property
    def added(self) -> int:
        """Pairs new to the store so far."""
        return sum(stage.added for stage in self.stages)

    @property
    def share(self) -> float:
        """How much of the work is done, 0 to 1; what an earlier mining did is none of it."""
        stages = [stage for stage in self.stages if stage.state != "before"]
        weights = [_WEIGHTS.get(stage.name, _USUAL_WEIGHT) for stage in stages]
        done = sum(weight * stage.share for weight, stage in zip(weights, stages, strict=True))
        return done / sum(weights) if weights else 0.0

    def apply(self, payload: Payload) -> None:
        """Take in what mining told."""
        match payload:
            case MinePlan(stages, completed):
                self.stages = [Stage(name, "before", 1.0) if name in completed else Stage(name) for name in stages]
            case ReadProgress(name, done, total):
                self.reading = (name, done / total if total else 1.0)
            case FaultyLines():
                self.faulty.append(payload)
            case StageProgress(name, done, total, proposed, added):
                self.reading = None
                self._set(Stage(name, "working", done / total if total else 1.0, proposed, added))
            case StageEnded(name, proposed, added):
                self.reading = None
                self._set(Stage(name, "done", 1.0, proposed, added))

    def _set(self, stage: Stage) -> None:
        # What an earlier mining had done counts for nothing here, and the newest progress of a stage may be heard
        # after its end: of progress only the newest is delivered, behind everything else.
        over = ("before", "done")
        self.stages = [stage if each.name == stage.name and each.state not in over else each for each in self.stages]


class Mining(QObject):
    """One mining at a time.

    Signals:
        changed: the state is another.
        grew: pairs were added to the store.
        ended: it has come to its end, was stopped, or failed.
        failed: one or two sentences for the person at the screen.
    """

    changed = Signal()
    grew = Signal()
    ended = Signal()
    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = CurrentRun(
            background, LANE, (MineReport, int), self,
            progressed=self._on_progressed, finished=self._on_finished, failed=self._on_failed,
            cancelled=self._on_cancelled,
        )  # fmt: skip
        self.config: MineConfig | None = None
        self.state = MiningState()
        self._left = TimeLeft()

    @property
    def is_working(self) -> bool:
        """Whether a mining is under way."""
        return self.state.phase == "working"

    def start(self, config: MineConfig) -> None:
        """Mine as ``config`` says; stages the store has seen to their end are skipped, so this also goes on."""
        self.config = config
        self.state, self._left = MiningState("working"), TimeLeft()
        self._run.start("core.synonyms.mining.run:mine", config=config)
        self.changed.emit()

    def index(self, path: Path) -> None:
        """Build an index of neighbours for large word vectors, so that looking up stays quick."""
        self.state = MiningState("working")
        self._run.start("core.synonyms.vectors.index_task:index_vectors", path=path)
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """End it after the pairs in hand; what was added stays."""
        self._run.cancel()

    def words(self) -> str:
        """Return how far it is in a few words; empty while nothing is at work."""
        if not self.is_working:
            return ""
        if self.state.reading is not None:
            name, share = self.state.reading
            return reading_words(name, share)
        stages = self.state.stages
        at = next((index for index, stage in enumerate(stages) if stage.state in {"waiting", "working"}), None)
        if at is None:
            return _("Reading dictionaries and vectors…")
        told = _("Step {at} of {all}: {name}").format(at=at + 1, all=len(stages), name=stage_name(stages[at].name))
        pairs = ngettext("{n:,} pair mined", "{n:,} pairs mined", self.state.added).format(n=self.state.added)
        return "  ·  ".join(filter(None, (told, pairs, self._left.words(self.state.share))))

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        before = self.state.added
        for payload in payloads:
            self.state.apply(payload)
        self.changed.emit()
        if self.state.added != before:
            self.grew.emit()

    def _on_finished(self, result: object) -> None:
        if isinstance(result, MineReport):
            self.state.report = result
            self._end("finished")
        else:
            assert isinstance(result, int)
            self.state.indexed = result
            self._end("idle")

    def _on_cancelled(self) -> None:
        self._end("stopped")

    def _on_failed(self, failure: Failure) -> None:
        self._end("failed")
        if failure.has_died:
            self.failed.emit(
                Sentence(
                    N_("The mining process ended unexpectedly. Pairs added so far are kept; continue under Sources.")
                )
            )
        else:
            self.failed.emit(Sentence(N_("Mining stopped: {reason}"), {"reason": failure.message}))

    def _end(self, phase: Phase) -> None:
        self.state.phase = phase
        self.changed.emit()
        self.ended.emit()
