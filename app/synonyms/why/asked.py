"""The pair that is asked about, and the reasons that have come back so far."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.background import Background
from app.synonyms.annotation.session import LabelSession
from app.synonyms.ask.asking import LANE
from app.synonyms.methods.learning_words import LearningWords
from app.synonyms.question import Question
from core.language import N_
from core.runtime.events import Payload
from core.synonyms.asking.config import AskConfig
from core.synonyms.evidence.gather import EvidenceConfig
from core.synonyms.why.reasons import (
    AboutPair,
    Contributions,
    FoundPatterns,
    NeighbourMap,
    NotLearnt,
    Reason,
    WeighedSentences,
)


class AskedPair(QObject):
    """Asks about one pair and one method at a time, in the worker that answers words; the newest question counts.

    Attributes:
        words: the pair; empty before the first.
        method: that is asked.
        about: what is known of the pair; None until that has come.
        reasons: of each method that has answered.
        not_learnt: what the method will take to learn; None unless it has yet to.
        learning: what the worker is doing.
        is_asking: no answer has come yet, but one will.

    Signals:
        changed: something has come, or another pair or method is asked.
    """

    changed = Signal()

    def __init__(self, background: Background, session: LabelSession, parent: QObject) -> None:
        super().__init__(parent)
        self.words = ("", "")
        self.method = ""
        self.about: AboutPair | None = None
        self.reasons: dict[str, Reason] = {}
        self.not_learnt: NotLearnt | None = None
        self.learning = LearningWords()
        self.is_asking = False
        self._question = Question(
            background, LANE, session, self,
            message=N_("It can't be said why: {reason} Press {key} to try again."), key="F10",
            answered=self._take, failed=self._on_failed,
        )  # fmt: skip

    @property
    def has_failed(self) -> bool:
        """Whether there is no answer, and none is under way."""
        return self._question.has_failed

    @property
    def reason(self) -> Reason | None:
        """What the method that is asked has said; None until it has."""
        return self.reasons.get(self.method)

    def ask(self, words: tuple[str, str], method: str, material: EvidenceConfig, *, learn: bool = False) -> None:
        """Ask why ``method`` scores ``words`` as it does; with ``learn`` it may learn first."""
        if set(words) != set(self.words):
            self.about, self.reasons = None, {}
        self.words, self.method, self.not_learnt = words, method, None
        self.learning.forget()
        self.is_asking = bool(method) and all(words) and method not in self.reasons
        if self.is_asking:
            config = AskConfig((method,), material.vectors, material.lexicons)
            self._question.ask(
                "core.synonyms.why.explain:why_pair", config=config, one=words[0], other=words[1], method=method,
                learn=learn,
            )  # fmt: skip
        else:
            self._question.forget()
        self.changed.emit()

    def forget(self) -> None:
        """Forget every answer: words are looked at in other material."""
        self._question.forget()
        self.about, self.reasons, self.not_learnt, self.is_asking = None, {}, None, False

    def _take(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            if self.learning.take(payload):
                continue
            match payload:
                case AboutPair():
                    self.about = payload
                    if any(word.rank is None for word in payload.words):
                        self.is_asking = False
                case NotLearnt():
                    self.not_learnt, self.is_asking = payload, False
                case NeighbourMap() | WeighedSentences() | FoundPatterns() | Contributions():
                    self.reasons[payload.method] = payload
                    self.is_asking = False
        self.changed.emit()

    def _on_failed(self) -> None:
        self.is_asking = False
        self.changed.emit()
