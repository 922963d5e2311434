"""What is asked of a training that is watched, and what it says. Free of torch: the window's process reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.attention.learned.looked import Looked
from core.attention.results import Answer
from core.runtime.events import Payload

Figures = tuple[tuple[str, float], ...]
"""What was measured, by the name of the measure."""


@dataclass(frozen=True, slots=True)
class LiveRequest:
    """A training.

    Attributes:
        model: which, by its name in the catalogue.
        seed: of everything that is drawn.
        example: number of the validation example whose map is wanted.
        is_resumed: go on from what was kept when it was stopped, where something was.
        hold_after: the step after which a ``Reached`` is said; 0 for none.
    """

    model: str
    seed: int = 0
    example: int = 0
    is_resumed: bool = False
    hold_after: int = 0


@dataclass(frozen=True, slots=True)
class Watched:
    """What was measured after a step.

    Attributes:
        step: how many were done.
        figures: by name; "loss" is that of the step's own examples.
    """

    step: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Begun(Payload):
    """The examples are there and the first step is next.

    Attributes:
        steps: how many there are.
        step: how many are done: more than 0 where a stopped training goes on.
        examples: how many validation examples there are to look at.
        log: what was measured before it was stopped.
    """

    steps: int
    step: int
    examples: int
    log: tuple[Watched, ...]


@dataclass(frozen=True, slots=True)
class LiveStep(Payload):
    """One step was done.

    Attributes:
        step: how many are done.
        loss: of this step's examples.
        cpu_seconds: processor time of all steps so far.
        watched: what was measured on validation examples after this step; None where nobody looked.
    """

    beat: ClassVar[bool] = True
    step: int
    loss: float
    cpu_seconds: float
    watched: Watched | None = None


@dataclass(frozen=True, slots=True)
class LiveMap(Payload):
    """Where the model looks now.

    Attributes:
        step: how many are done.
        example: number of the example.
        looked: where it looks there.
    """

    newest_only: ClassVar[bool] = True
    step: int
    example: int
    looked: Looked


@dataclass(frozen=True, slots=True)
class Reached(Payload):
    """The step that was to be held after is done."""


@dataclass(frozen=True, slots=True)
class Examining(Payload):
    """All steps are done, and the test examples are gone through."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A training came to its end and was kept.

    Attributes:
        weights: the file.
        figures: what it is worth on the test examples.
    """

    weights: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class TwinRequest:
    """How the twin of a model without attention learned, when the weights were trained that come along."""

    model: str


@dataclass(frozen=True, slots=True)
class Course:
    """How one model learned.

    Attributes:
        name: of the model.
        seed: it was trained with.
        log: what was measured.
    """

    name: str
    seed: int
    log: tuple[Watched, ...]


@dataclass(frozen=True, slots=True)
class Twin(Answer):
    """What a training can be compared with.

    Attributes:
        course: how the twin without attention learned; None where there is none.
    """

    course: Course | None
