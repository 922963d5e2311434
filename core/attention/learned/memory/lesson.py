"""Learning to answer questions about stories, with ten seeds at once: luck is part of what is measured."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any, Final

import torch
from torch import Tensor, nn

from core.attention.errors import ModelError
from core.attention.learned.examples import parted
from core.attention.learned.looked import Looked
from core.attention.learned.memory import words as w
from core.attention.learned.memory.model import SeedsOfMemory
from core.attention.learned.memory.stories import LONGEST, Story, stories
from core.attention.learned.store import Saved, load_into
from core.attention.learned.training import Lesson, Schedule, Scores
from core.decode import DecodeError, decode
from core.language import _

SEEDS: Final = 10
TRAIN: Final = 10_000
HELD_OUT: Final = 1_000
_SEED: Final = 2015
_EPOCHS: Final = 30
_BATCH: Final = 64
_AGES: Final = LONGEST + 5
_EMPTY: Final = 0.1
"""Share of empty memories put between the sentences while learning ("random noise", Sukhbaatar section 4.2)."""
_LINEAR: Final = 0.2
"""Share of the steps at the beginning without softmax ("linear start")."""


@dataclass(frozen=True, slots=True)
class MemoryConfig:
    """What models are built from.

    Attributes:
        task: what is asked.
        hops: K.
        width: d.
        seeds: S of them.
    """

    task: str
    hops: int
    width: int
    seeds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """Stories as numbers.

    Attributes:
        story: (N, n, 3) words.
        question: (N, 3) words.
        answer: (N,) words.
        ages: (N, n) how many sentences came after each.
        stories: the stories themselves.
    """

    story: Tensor
    question: Tensor
    answer: Tensor
    ages: Tensor
    stories: tuple[Story, ...]


class MemoryLesson(Lesson):
    """Ten models of one kind and the stories of one task."""

    def __init__(self, config: MemoryConfig, schedule: Schedule, train: int = TRAIN) -> None:
        """Build the models, each with weights by its own seed."""
        self.schedule, self.seed = schedule, config.seeds[0]
        self._config = config
        self._train, self._validation, self._test = questions(config.task, train)
        self.model: SeedsOfMemory = build(config)
        self._order, self._round = torch.arange(0), -1
        self._best = 0

    def config(self) -> dict[str, Any]:
        """Return the config, all that loading needs."""
        return {"model": asdict(self._config), "schedule": asdict(self.schedule), "stories": len(self._train.stories)}

    def loss(self, step: int) -> Tensor:
        """Return the sum over seeds of their mean cross-entropies: no seed moves another's weights."""
        rows = self._rows(step)
        part = self._train
        story, answer = part.story[rows], part.answer[rows]
        is_linear = step < _LINEAR * self.schedule.steps
        scores, _hops = self.model(story, part.question[rows], _noisy(part.ages[rows]), is_linear=is_linear)
        wanted = answer.expand(len(scores), -1)  # (S, B)
        loss = nn.functional.cross_entropy(scores.flatten(0, 1), wanted.flatten(), reduction="none")
        return loss.reshape(len(scores), -1).mean(dim=1).sum()

    def clip(self) -> None:
        """Shorten each seed's gradient by itself."""
        gradients = [weight.grad for weight in self.model.parameters() if weight.grad is not None]
        lengths = torch.stack([grad.flatten(1).norm(dim=1) for grad in gradients]).norm(dim=0)  # (S,)
        share = (self.schedule.clip / lengths.clamp_min(1e-6)).clamp_max(1.0)
        for grad in gradients:
            grad.mul_(share[:, None, None])

    def watch(self) -> Scores:
        """Return the best and the median share of wrong answers to the validation questions."""
        errors = errors_of(self.model, self._validation)
        self._best = errors.index(min(errors))
        return {"error_best": min(errors), "error_median": median(errors)}

    def scores(self) -> dict[str, Any]:
        """Return each seed's share of wrong answers to the validation and the test questions."""
        return {**examine(self.model, self._validation, self._test), "seeds": list(self._config.seeds)}

    @property
    def examples(self) -> int:
        """How many validation stories there are."""
        return len(self._validation.stories)

    @torch.no_grad()
    def look_at(self, number: int) -> Looked:
        """Return where each hop looks in a story, of the seed that was best when somebody watched last."""
        asked, one, best = self._validation, slice(number, number + 1), self._best
        scores, looked = self.model(asked.story[one], asked.question[one], asked.ages[one])
        story = asked.stories[number]
        return Looked(
            rows=tuple(str(hop + 1) for hop in range(len(looked))),
            columns=tuple("".join(fact) for fact in story.facts),
            weights=torch.stack([hop.weights[best, 0, : len(story.facts)] for hop in looked]).numpy(),
            right=tuple((hop, place) for hop in range(len(looked)) for place in story.supports),
            wanted=f"{''.join(story.question)} {story.answer}",
            said=w.WORDS[int(scores[best, 0].argmax())],
        )

    def _rows(self, step: int) -> Tensor:
        size, count = self.schedule.batch, len(self._train.stories)
        number, place = divmod(step, count // size)
        if number != self._round:
            generator = torch.Generator().manual_seed(self.seed * 7919 + number)
            self._order, self._round = torch.randperm(count, generator=generator), number
        return self._order[place * size : (place + 1) * size]


def build(config: MemoryConfig) -> SeedsOfMemory:
    """Return models that have learned nothing."""
    return SeedsOfMemory(list(config.seeds), len(w.WORDS), config.width, config.hops, _AGES)


@cache
def questions(task: str, train: int = TRAIN, held_out: int = HELD_OUT) -> tuple[Questions, Questions, Questions]:
    """Return different stories to learn from, to choose by and to be examined by."""
    parts = parted(stories(task, _SEED), lambda story: (story.facts, story.question), train, held_out, held_out)
    learned, validation, test = map(as_numbers, parts)
    return learned, validation, test


def as_numbers(given: tuple[Story, ...]) -> Questions:
    """Return stories as numbers."""
    story = torch.zeros(len(given), LONGEST, 3, dtype=torch.long)
    question = torch.zeros(len(given), 3, dtype=torch.long)
    ages = torch.zeros(len(given), LONGEST, dtype=torch.long)
    for row, one in enumerate(given):
        count = len(one.facts)
        story[row, :count] = torch.tensor([w.numbers(fact) for fact in one.facts])
        question[row, : len(one.question)] = torch.tensor(w.numbers(one.question))
        ages[row, :count] = torch.arange(count - 1, -1, -1)
    answer = torch.tensor(w.numbers([one.answer for one in given]))
    return Questions(story, question, answer, ages, given)


@torch.no_grad()
def errors_of(model: SeedsOfMemory, asked: Questions) -> list[float]:
    """Return each seed's share of wrong answers."""
    scores, _hops = model(asked.story, asked.question, asked.ages)
    wrong = scores.argmax(dim=-1) != asked.answer  # (S, N)
    return [float(share) for share in wrong.double().mean(dim=1)]


@torch.no_grad()
def examine(model: SeedsOfMemory, validation: Questions, test: Questions) -> dict[str, Any]:
    """Return errors of all seeds, which seed validation chooses, and where its hops look."""
    checked, errors = errors_of(model, validation), errors_of(model, test)
    chosen = checked.index(min(checked))
    _scores, looked = model(test.story, test.question, test.ages)
    weights = torch.stack([one.weights[chosen] for one in looked])  # (K, N, n)
    return {
        "errors": errors,
        "validation_errors": checked,
        "median": median(errors),
        "chosen_by_validation": errors[chosen],
        "chosen": chosen,
        "weight_on_supports": _on_supports(weights, test.stories),
    }


def _on_supports(weights: Tensor, told: tuple[Story, ...]) -> list[list[float]]:
    """Return for each hop the mean weight on each supporting fact, where all stories have as many of these."""
    fewest = min(len(story.supports) for story in told)
    if any(len(story.supports) != fewest for story in told):
        return []
    places = torch.tensor([story.supports for story in told])  # (N, facts)
    means = weights.gather(-1, places.expand(len(weights), -1, -1)).mean(dim=1)  # (K, facts)
    found: list[list[float]] = means.tolist()
    return found


def _noisy(ages: Tensor) -> Tensor:
    """Return ages as if empty memories had been put between the sentences here and there."""
    empty = (torch.rand(ages.shape) < _EMPTY).long()  # (B, n): after which sentence one stands
    later = empty.flip(-1).cumsum(dim=-1).flip(-1) - empty
    return (ages + later).clamp_max(_AGES - 1)


def lesson(variant: str, seed: int, _pairs: Path | None = None) -> MemoryLesson:
    """Return how "two-3" (task and hops) is learned by ``SEEDS`` seeds from ``seed`` on."""
    task, _dash, hops = variant.rpartition("-")
    config = MemoryConfig(task, int(hops), 20, tuple(range(seed, seed + SEEDS)))
    steps = _EPOCHS * (TRAIN // _BATCH)
    return MemoryLesson(config, Schedule(steps, 5e-3, _BATCH, warm_up=0, last=0.03, clip=40.0))


def measure(saved: Saved) -> dict[str, Any]:
    """Return what trained models are worth, recomputed from their weights.

    Raises:
        ModelError: they are damaged.
    """
    config, model = load(saved)
    _train, validation, test = questions(config.task)
    return {**examine(model, validation, test), "seeds": list(config.seeds)}


def load(saved: Saved) -> tuple[MemoryConfig, SeedsOfMemory]:
    """Return trained models, all seeds of them.

    Raises:
        ModelError: they are others, or damaged.
    """
    try:
        config = decode(MemoryConfig, saved.record.config["model"])
    except (DecodeError, KeyError) as error:
        message = _("{path} is no memory network, or its record is damaged: {reason}")
        raise ModelError(message.format(path=saved.weights, reason=error)) from error
    model = build(config)
    load_into(model, saved.weights)
    return config, model
