"""How every model of ours is trained: one generator that knows no clock, no thread and no file.

A :class:`Lesson` is a model with what it learns from; :class:`Training` does its steps. All chance of a step comes from
the seed and the number of the step, so that a training that goes on from a checkpoint ends where it would have ended.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import torch
from torch import Tensor, nn

from core.attention.learned.looked import Looked

Scores = dict[str, float]
"""What was measured, by the name of the measure."""

_LARGE_PRIME: Final = 1_000_003


@dataclass(frozen=True, slots=True)
class Schedule:
    """How many steps, and how large.

    Attributes:
        steps: how many there are.
        learning_rate: Adam's, at its highest.
        batch: examples a step.
        warm_up: steps in which the learning rate rises from 0.
        last: what is left of it at the end, as a share; it falls in a straight line.
        clip: longest gradient.
    """

    steps: int
    learning_rate: float
    batch: int
    warm_up: int = 100
    last: float = 0.02
    clip: float = 1.0

    def rate(self, step: int) -> float:
        """Return the learning rate of ``step``, counted from 0."""
        warmth = min(1.0, (step + 1) / self.warm_up) if self.warm_up else 1.0
        fall = 1 - (1 - self.last) * step / max(1, self.steps - 1)
        return self.learning_rate * warmth * fall


class Lesson(ABC):
    """A model, what it learns from, and how it is examined.

    Attributes:
        model: has the weights.
        schedule: how it is trained.
        seed: of the weights, the order of the examples and everything else that is drawn.
    """

    model: nn.Module
    schedule: Schedule
    seed: int

    @abstractmethod
    def loss(self, step: int) -> Tensor:
        """Return the loss of the examples of ``step``."""

    @abstractmethod
    def watch(self) -> Scores:
        """Return what is looked at while training goes on, on examples kept apart for it."""

    @abstractmethod
    def scores(self) -> dict[str, Any]:
        """Return what the model is worth, on examples that nothing was chosen by."""

    @abstractmethod
    def config(self) -> dict[str, Any]:
        """Return what the model can be built from again, as plain values."""

    @property
    @abstractmethod
    def examples(self) -> int:
        """How many validation examples can be looked at."""

    @abstractmethod
    def look_at(self, number: int) -> Looked:
        """Return where the model looks in one of the validation examples, counted from 0."""

    def clip(self) -> None:
        """Shorten the gradient."""
        nn.utils.clip_grad_norm_(self.model.parameters(), self.schedule.clip)


@dataclass(frozen=True, slots=True)
class TrainStep:
    """One step was done.

    Attributes:
        step: how many are done.
        steps: how many there are.
        loss: of this step's examples.
        cpu_seconds: processor time of all steps so far, without what was spent on watching.
        watched: what :meth:`Lesson.watch` gave after this step; None where nobody looked.
    """

    step: int
    steps: int
    loss: float
    cpu_seconds: float
    watched: Scores | None = None


class Training:
    """A lesson under way.

    Attributes:
        lesson: what is learned.
        step: steps done.
        cpu_seconds: processor time they took.
        log: the steps after which somebody looked, as plain values.
    """

    def __init__(self, lesson: Lesson, watch_every: int | None = None) -> None:
        """Begin at the beginning.

        Args:
            lesson: what is learned.
            watch_every: steps between two looks at the validation examples; a fifteenth of all by default.
        """
        self.lesson = lesson
        self.step = 0
        self.cpu_seconds = 0.0
        self.log: list[dict[str, float]] = []
        self._watch_every = watch_every or max(1, lesson.schedule.steps // 15)
        self._optimiser = torch.optim.Adam(lesson.model.parameters(), lr=lesson.schedule.learning_rate)

    @property
    def is_done(self) -> bool:
        """Whether all steps are done."""
        return self.step >= self.lesson.schedule.steps

    def run(self) -> Iterator[TrainStep]:
        """Do the steps that are left, one each time the generator is advanced."""
        while not self.is_done:
            begin = time.process_time()
            loss = self._do_step()
            self.cpu_seconds += time.process_time() - begin
            self.step += 1
            watched = self._look(loss) if self.step % self._watch_every == 0 or self.is_done else None
            yield TrainStep(self.step, self.lesson.schedule.steps, loss, self.cpu_seconds, watched)

    def _do_step(self) -> float:
        lesson = self.lesson
        lesson.model.train()
        for group in self._optimiser.param_groups:
            group["lr"] = lesson.schedule.rate(self.step)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(lesson.seed * _LARGE_PRIME + self.step)
            loss = lesson.loss(self.step)
            self._optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]  # torch gives it no types
        lesson.clip()
        self._optimiser.step()
        return float(loss.detach())

    def _look(self, loss: float) -> Scores:
        self.lesson.model.eval()
        with torch.no_grad():
            watched = self.lesson.watch()
        self.log.append({"step": self.step, "cpu_seconds": round(self.cpu_seconds, 1), "loss": loss, **watched})
        return watched

    def moments(self) -> dict[str, Tensor]:
        """Return what Adam remembers, by the name of the weight and of the moment."""
        state = self._optimiser.state_dict()["state"]
        names = [name for name, _weight in self.lesson.model.named_parameters()]
        return {f"{names[number]}|{moment}": value for number, held in state.items() for moment, value in held.items()}

    def go_on(self, step: int, cpu_seconds: float, log: list[dict[str, float]], moments: Mapping[str, Tensor]) -> None:
        """Go on from where an earlier training of this lesson was, whose weights the model has."""
        self.step, self.cpu_seconds, self.log = step, cpu_seconds, list(log)
        held: dict[int, dict[str, Tensor]] = {}
        for number, (name, _weight) in enumerate(self.lesson.model.named_parameters()):
            mine = {key.rpartition("|")[2]: value for key, value in moments.items() if key.rpartition("|")[0] == name}
            if mine:
                held[number] = mine
        groups = self._optimiser.state_dict()["param_groups"]
        self._optimiser.load_state_dict({"state": held, "param_groups": groups})


def fresh(seed: int, build: type[nn.Module] | Any, *arguments: Any) -> Any:
    """Return ``build(*arguments)`` with weights that depend on ``seed`` alone, the process's own chance untouched."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return build(*arguments)
