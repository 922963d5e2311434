"""The word that is asked, and what has come back so far."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.synonyms.annotation.session import LabelSession
from app.synonyms.evidence.lookup import reading_words
from app.synonyms.question import Question
from app.synonyms.relation_style import RELATION_OF
from app.time_left import TimeLeft
from core.language import N_, _
from core.runtime.events import Payload
from core.synonyms.asking.config import Answer, AskConfig, AskedWord, Learning, Near, NoAnswer
from core.synonyms.asking.relations import Relation
from core.synonyms.evidence.gather import EvidenceConfig
from core.synonyms.pairs import SynonymsError, WordPair, word_pair
from core.synonyms.progress import ReadProgress

LANE = "asking"


class Asking(QObject):
    """Asks one word at a time; the newest replaces the one before.

    Attributes:
        word: that was asked last; empty before the first.
        methods: that are asked.
        about: what is known of the word; None until that has come.
        answers: by method.
        refusals: why a method cannot answer, by method.

    Signals:
        changed: something has come, or another word is asked.
        labelled: what the store says of the pairs has come.
    """

    changed = Signal()
    labelled = Signal()

    def __init__(self, background: Background, session: LabelSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.word = ""
        self.methods: tuple[str, ...] = ()
        self.about: AskedWord | None = None
        self.answers: dict[str, Answer] = {}
        self.refusals: dict[str, str] = {}
        self._labels: dict[WordPair, Relation] = {}
        self._learning: tuple[str, float] | None = None
        self._reading = ""
        self._left = TimeLeft()
        self._question = Question(
            background, LANE, session, self,
            message=N_("The word can't be looked at: {reason} Press {key} to try again."), key="F7",
            answered=self._take, failed=self.changed.emit,
        )  # fmt: skip
        for signal in (session.opened, session.renewed, session.pairs_changed):
            signal.connect(self._read_labels)

    @property
    def has_failed(self) -> bool:
        """Whether there is no answer, and none is under way."""
        return self._question.has_failed

    @property
    def is_asking(self) -> bool:
        """Whether more is to come."""
        return self._question.is_asking

    def ask(self, word: str, methods: Collection[str], material: EvidenceConfig) -> None:
        """Ask ``word``; what is known of it already stays."""
        if word != self.word:
            self.about, self.answers, self.refusals, self._labels = None, {}, {}, {}
        self.word, self.methods = word, tuple(methods)
        self._learning, self._reading = None, ""
        if not word:
            self._question.forget()
        elif self.about is None or any(method not in self.answers for method in self.methods):
            config = AskConfig(self.methods, material.vectors, material.lexicons)
            self._question.ask("core.synonyms.asking.ask:ask_word", config=config, word=word)
        self.changed.emit()

    def forget(self) -> None:
        """Forget every answer: words are looked up in other material."""
        self._question.forget()
        self.about, self.answers, self.refusals, self._labels = None, {}, {}, {}

    def relation(self, near: Near) -> tuple[Relation, bool]:
        """Return what a word is to the one asked, and whether the store says so and not a dictionary."""
        said = self._labels.get(word_pair(self.word, near.word))
        return (near.relation, False) if said is None else (said, True)

    @property
    def reading(self) -> str:
        """What is being read before anything can be answered, in words."""
        return self._reading

    def waiting(self, method: str) -> tuple[str, float | None]:
        """Say why a method has not answered yet, and how far it has learnt, 0 to 1; None where nobody can tell."""
        if method in self.refusals:
            return self.refusals[method], None
        if self.about is None or self._learning is None:
            return "", None
        learns, share = self._learning
        if learns == method:
            words = _("learning… {share:.0%}").format(share=share)
        elif not learns:
            words = _("drawing pairs… {share:.0%}").format(share=share)
        else:
            return _("waits"), None
        left = self._left.words(share)
        return "  ".join(filter(None, (words, left))), share

    def _take(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            match payload:
                case ReadProgress(name, done, total):
                    self._reading = reading_words(name, done / total if total else 1.0)
                case AskedWord():
                    self._reading = ""
                    self.about = payload
                case Learning(method, done, total):
                    if self._learning is None or self._learning[0] != method:
                        self._left = TimeLeft()
                    self._learning = method, done / max(total, 1)
                case Answer():
                    self._learning = None
                    self.answers[payload.method] = payload
                case NoAnswer():
                    self.refusals[payload.method] = payload.reason
        if any(isinstance(payload, Answer) for payload in payloads):
            self._read_labels()
        self.changed.emit()

    @Slot()
    def _read_labels(self) -> None:
        """Read what the store says of the word's pairs."""
        store = self._session.store
        if store is None or not self.answers:
            self._labels = {}
            return
        pairs = {word_pair(self.word, near.word) for answer in self.answers.values() for near in answer.near}

        def read() -> dict[WordPair, Relation]:
            found = store.find(pairs)
            rows = store.table_query().rows(list(found.values()), self._session.seen_by)
            said = {WordPair(row.word1, row.word2): row.verdict for row in rows if row.verdict is not None}
            return {pair: RELATION_OF[verdict] for pair, verdict in said.items() if verdict in RELATION_OF}

        self._session.calls.call(read, partial(self._show_labels, self.word), self._say_failed)

    def _show_labels(self, word: str, labels: dict[WordPair, Relation]) -> None:
        if word == self.word and labels != self._labels:
            self._labels = labels
            self.labelled.emit()

    def _say_failed(self, error: SynonymsError) -> None:
        self._session.failed.emit(str(error))
