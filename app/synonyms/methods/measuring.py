"""An evaluation under a person's hands: run, stop, go on, and what it has come to so far."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.sentence import Sentence
from app.synonyms.evidence.lookup import reading_words
from app.time_left import TimeLeft
from core.language import N_, _
from core.paths import data_folder
from core.runtime.events import Payload
from core.synonyms.evaluation.progress import EvaluationProgress
from core.synonyms.evaluation.results.kept import Kept
from core.synonyms.evaluation.results.ranking import Ranking
from core.synonyms.evaluation.run import EvaluateConfig, Material, Measured
from core.synonyms.evaluation.split import Protocol
from core.synonyms.methods.registry import METHODS
from core.synonyms.progress import FaultyLines, ReadProgress

LANE = "evaluation"


class Phase(Enum):
    """Where an evaluation is."""

    IDLE = "idle"
    WORKING = "working"
    STOPPED = "stopped"
    FAILED = "failed"


class Measuring(QObject):
    """One evaluation at a time; its results are kept on disk, and shown at the next start.

    Attributes:
        phase: where it is.
        material: what is measured on; None before anything is known.
        measured: the methods that are done, by name, in the order of ``METHODS``.
        was_read: it is known whether results were kept.

    Signals:
        changed: another phase, further on, or another result.
        failed: one sentence for the person at the screen.
        faulty: likewise, of lines that were passed over.
    """

    changed = Signal()
    failed = Signal(object)
    faulty = Signal(object)

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._run = CurrentRun(
            background, LANE, type(None), self,
            progressed=self._on_progressed, finished=self._on_finished, failed=self._on_failed,
            cancelled=self._on_cancelled,
        )  # fmt: skip
        self.phase = Phase.IDLE
        self.material: Material | None = None
        self.was_read = False
        self._results: dict[str, Measured] = {}
        self._rankings: dict[tuple[str, Protocol], Ranking] = {}
        self._step: EvaluationProgress | ReadProgress | None = None
        self._left = TimeLeft()

    @property
    def file(self) -> Path:
        """Where results are kept."""
        return data_folder() / "evaluation" / "results.npz"

    @property
    def is_working(self) -> bool:
        """Whether methods are measured."""
        return self.phase is Phase.WORKING

    @property
    def measured(self) -> list[Measured]:
        """The methods that are done, in the order of the registry."""
        return [self._results[name] for name in METHODS if name in self._results]

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        step = self._step
        return step.done / step.total if isinstance(step, EvaluationProgress) and step.total else 0.0

    def ranking(self, method: str, protocol: Protocol) -> Ranking | None:
        """Return the test in a method's order; None where it is not measured."""
        if self.material is None or method not in self._results:
            return None
        key = method, protocol
        if key not in self._rankings:
            self._rankings[key] = Ranking.of(self.material.test, self._results[method].scores[protocol])
        return self._rankings[key]

    def read(self) -> None:
        """Show what is kept, unless that is known."""
        if not self.was_read and not self._run.is_running:
            self._run.start("core.synonyms.evaluation.results.kept:show_kept", path=self.file)

    def start(self, config: EvaluateConfig, *, again: bool = False) -> None:
        """Measure what is not measured yet on these data; with ``again``, everything."""
        if again:
            self._forget()
        self._step, self._left = None, TimeLeft()
        self._run.start(
            "core.synonyms.evaluation.results.kept:measure", config=config, path=self.file, again=again
        )  # fmt: skip
        self._enter(Phase.WORKING)

    @Slot()
    def stop(self) -> None:
        """Stop; the methods that are done stay."""
        if self.is_working:
            self._run.cancel()

    def words(self) -> str:
        """Say what is being done and how long it still takes; empty while nothing is."""
        if not self.is_working:
            return ""
        step = self._step
        if isinstance(step, ReadProgress):
            return reading_words(step.name, step.done / step.total if step.total else 1.0)
        if step is None:
            return _("Reading dictionaries and vectors…")
        name = METHODS[step.name].label if step.name in METHODS else _("drawing pairs")
        return "  ·  ".join(filter(None, (name, self._left.words(self.share))))

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            match payload:
                case EvaluationProgress() | ReadProgress():
                    self._step = payload
                case FaultyLines():
                    told = N_("Malformed lines in {name}: {n:,}.")
                    self.faulty.emit(Sentence(told, {"name": payload.name, "n": payload.count}))
                case Kept():
                    self._forget()
                    self.material = payload.material
                    self._results = {each.method: each for each in payload.measured if each.method in METHODS}
                case Material():
                    self._take_material(payload)
                case Measured():
                    self._results[payload.method] = payload
                    self._rankings = {key: kept for key, kept in self._rankings.items() if key[0] != payload.method}
        self.changed.emit()

    def _take_material(self, material: Material) -> None:
        """Take up what is measured on; results on other pairs stand no longer beside what comes."""
        if self.material is None or self.material.test.pairs != material.test.pairs:
            self._forget()
        self.material = material

    def _forget(self) -> None:
        self.material, self._results, self._rankings = None, {}, {}

    def _on_finished(self, _nothing: None) -> None:
        self.was_read = True
        self._enter(Phase.IDLE)

    def _on_cancelled(self) -> None:
        self._enter(Phase.STOPPED)

    def _on_failed(self, failure: Failure) -> None:
        self.was_read = True
        self._enter(Phase.FAILED)
        self.failed.emit(Sentence(N_("Measuring stopped: {reason}"), {"reason": failure.message}))

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self.changed.emit()
