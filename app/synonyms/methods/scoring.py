"""Scoring all pairs of the store by a method, so that its score orders the queue and stands on the card."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.sentence import Sentence
from app.synonyms.annotation.session import LabelSession
from app.synonyms.ask.asking import LANE
from app.synonyms.methods.learning_words import LearningWords
from core.language import N_, _
from core.runtime.events import Payload
from core.synonyms.asking.config import AskConfig
from core.synonyms.asking.scoring import ScoredPairs
from core.synonyms.methods.registry import METHODS


def told_of_scores(pairs: int, method: str) -> Sentence:
    """Say that so many pairs of the store have a method's score now."""
    text = N_("{pairs} pairs are scored by {method}: its score can order the queue.")
    return Sentence(text, {"pairs": f"{pairs:,}", "method": METHODS[method].label})


class Scoring(QObject):
    """One scoring at a time, in the worker that answers words: what it has learnt serves both.

    Signals:
        changed: further on, or over.
        said: kind and text of a message for the person at the screen.
    """

    changed = Signal()
    said = Signal(str, object)

    def __init__(self, background: Background, session: LabelSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._method = ""
        self._scored: ScoredPairs | None = None
        self._learning = LearningWords()
        self._run = CurrentRun(
            background, LANE, int, self,
            progressed=self._on_progressed, finished=self._on_finished, failed=self._on_failed,
            cancelled=self.changed.emit,
        )  # fmt: skip

    @property
    def is_working(self) -> bool:
        """Whether pairs are scored."""
        return self._run.is_running

    def start(self, method: str) -> None:
        """Let ``method`` score the store that is open."""
        material = self._session.look_up.material
        self._method, self._scored = method, None
        self._learning.forget()
        config = AskConfig((method,), material.vectors, material.lexicons)
        self._run.start(
            "core.synonyms.asking.scoring:score_store", config=config, method=method, store=self._session.address
        )  # fmt: skip
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """Stop; the pairs that are scored stay so."""
        self._run.cancel()

    def words(self) -> str:
        """Say how far it is; empty while nothing is under way."""
        if not self.is_working:
            return ""
        if self._scored is not None:
            done, total = self._scored.done, self._scored.total
            return _("{done:,} of {total:,} pairs scored").format(done=done, total=total)
        return self._learning.words

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            if isinstance(payload, ScoredPairs):
                self._scored = payload
            else:
                self._learning.take(payload)
        self.changed.emit()

    def _on_finished(self, pairs: int) -> None:
        self.said.emit("success", told_of_scores(pairs, self._method))
        self._session.renew()
        self.changed.emit()

    def _on_failed(self, failure: Failure) -> None:
        self.said.emit("error", Sentence(N_("Scoring stopped: {reason}"), {"reason": failure.message}))
        self.changed.emit()
