"""What mining tells while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.runtime.events import Payload


@dataclass(frozen=True, slots=True)
class MinePlan(Payload):
    """Mining begins.

    Attributes:
        stages: all stages in their order.
        completed: those the store has seen to the end already; they add nothing.
    """

    stages: tuple[str, ...]
    completed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageProgress(Payload):
    """A stage is at work.

    Attributes:
        stage: which.
        done: how much of its material it has looked through, or of its share of pairs it has proposed.
        total: how much of that there is.
        proposed: pairs this stage has proposed that no earlier one had.
        added: how many of them were new to the store.
    """

    newest_only: ClassVar[bool] = True

    stage: str
    done: int
    total: int
    proposed: int
    added: int


@dataclass(frozen=True, slots=True)
class StageEnded(Payload):
    """A stage has come to its end and will not be repeated.

    Attributes:
        stage: which.
        proposed: pairs it proposed that no earlier one had.
        added: how many of them were new to the store.
    """

    stage: str
    proposed: int
    added: int


@dataclass(frozen=True, slots=True)
class MineReport:
    """What mining brought: its result.

    Attributes:
        proposed: pairs proposed in all.
        added: pairs new to the store.
        completed: stages skipped because the store had seen them.
    """

    proposed: int
    added: int
    completed: tuple[str, ...]
