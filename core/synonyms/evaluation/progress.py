"""How far an evaluation is."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import ClassVar, Final, Protocol, TypeAlias, TypeVar

from core.runtime.events import Payload
from core.synonyms.progress import told_as

_PRECISION: Final = 100
"""Parts of a second's worth of work in which progress is told."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class EvaluationProgress(Payload):
    """Something is being worked on.

    Attributes:
        name: what: ``pairs``, ``queue``, or a method.
        done: how much of it.
        total: of how much.
    """

    newest_only: ClassVar[bool] = True

    name: str
    done: int
    total: int


class Steps(Protocol):
    """Anything that says how far something is."""

    @property
    def done(self) -> int:
        """How much is done."""

    @property
    def total(self) -> int:
        """Of how much."""


Part: TypeAlias = Generator[EvaluationProgress, None, Result]
"""Work that tells how far the whole is."""


class Clock:
    """How far the whole is, by what its parts usually cost.

    Attributes:
        total: cost of the whole.
        before: cost of the parts that have ended.
    """

    def __init__(self, total: float) -> None:
        self.total = total
        self.before = 0.0

    def part(self, name: str, cost: float, task: Generator[Steps, None, Result]) -> Part[Result]:
        """Run ``task``, which is worth ``cost``, to its end; yield how far the whole is; return its result."""

        def told(step: Steps) -> EvaluationProgress:
            done = self.before + cost * step.done / max(step.total, 1)
            return EvaluationProgress(name, round(_PRECISION * done), round(_PRECISION * self.total))

        result = yield from told_as(task, told)
        self.before += cost
        return result
