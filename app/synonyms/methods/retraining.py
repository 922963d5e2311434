"""Methods that learn from the store's labels, one after the other, and what each has come to.

The labels are those that whoever sits here may see: their own, and everybody's while disputes are settled.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.sentence import Sentence
from app.synonyms.annotation.session import LabelSession
from app.synonyms.evidence.lookup import reading_words
from app.synonyms.methods.measuring import LANE
from app.synonyms.methods.scoring import told_of_scores
from app.time_left import TimeLeft
from core.language import N_, _
from core.runtime.events import Payload
from core.synonyms.evaluation.progress import EvaluationProgress
from core.synonyms.methods.registry import METHODS
from core.synonyms.progress import ReadProgress
from core.synonyms.retraining.config import NOT_FROM_LABELS, Entered, RetrainConfig, Retrained


class Retraining(QObject):
    """One round at a time, in the worker that measures; its results last as long as the window.

    Attributes:
        results: of each method that has learnt from the labels.

    Signals:
        changed: further on, over, or another result.
        said: kind and text of a message for the person at the screen.
    """

    changed = Signal()
    said = Signal(str, object)

    def __init__(self, background: Background, session: LabelSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.results: dict[str, Retrained] = {}
        self._waiting: list[str] = []
        self._method = ""
        self._enter = False
        self._seed = 0
        self._seen_by = session.seen_by
        self._step: EvaluationProgress | ReadProgress | None = None
        self._left = TimeLeft()
        self._run = CurrentRun(
            background, LANE, Retrained, self,
            progressed=self._on_progressed, finished=self._on_finished, failed=self._on_failed,
            cancelled=self.changed.emit,
        )  # fmt: skip
        session.opened.connect(self._on_store)
        session.arranged.connect(self._on_arranged)

    @property
    def is_working(self) -> bool:
        """Whether a method is learning."""
        return self._run.is_running

    @property
    def share(self) -> float:
        """How much of the method at work is done, 0 to 1."""
        step = self._step
        return step.done / step.total if isinstance(step, EvaluationProgress) and step.total else 0.0

    def start(self, methods: Sequence[str], *, seed: int, enter: bool) -> None:
        """Let ``methods`` learn from the store that is open, those that can; with ``enter`` store their scores."""
        self._waiting = [name for name in methods if name not in NOT_FROM_LABELS]
        self._seed, self._enter, self._seen_by = seed, enter, self._session.seen_by
        self._go_on()

    @Slot()
    def stop(self) -> None:
        """Stop; what has been found stays."""
        self._waiting = []
        self._run.cancel()

    def words(self) -> str:
        """Say what is being done and how long it still takes; empty while nothing is."""
        if not self.is_working:
            return ""
        name = METHODS[self._method].label
        if isinstance(self._step, ReadProgress):
            step = self._step
            return f"{name}  ·  {reading_words(step.name, step.done / step.total if step.total else 1.0)}"
        further = _("{n} more").format(n=len(self._waiting)) if self._waiting else ""
        return "  ·  ".join(filter(None, (name, self._left.words(self.share), further)))

    def _go_on(self) -> None:
        if self._waiting:
            self._method = self._waiting.pop(0)
            self._step, self._left = None, TimeLeft()
            material = self._session.look_up.material
            config = RetrainConfig(
                self._session.address, self._method, annotator=self._seen_by, vectors=material.vectors,
                seed=self._seed, enter=self._enter, only_alone=True,
            )  # fmt: skip
            self._run.start("core.synonyms.retraining.retrain:retrain", config=config)
        self.changed.emit()

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            match payload:
                case EvaluationProgress() | ReadProgress():
                    self._step = payload
                case Retrained():
                    self.results[payload.method] = payload
                case Entered():
                    self.said.emit("success", told_of_scores(payload.pairs, payload.method))
                    self._session.renew()
        self.changed.emit()

    def _on_finished(self, result: Retrained) -> None:
        self.results[result.method] = result
        self._go_on()

    def _on_failed(self, failure: Failure) -> None:
        self._waiting = []
        self.said.emit("error", Sentence(N_("Nothing was learnt: {reason}"), {"reason": failure.message}))
        self.changed.emit()

    @Slot()
    def _on_store(self) -> None:
        """Another store has other labels."""
        self._waiting, self.results = [], {}
        self._run.forget(stop=True)
        self.changed.emit()

    @Slot()
    def _on_arranged(self) -> None:
        """Somebody else may see other labels."""
        if self._session.seen_by != self._seen_by:
            self._seen_by = self._session.seen_by
            self._on_store()
