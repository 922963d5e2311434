"""How far an evaluation is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.runtime.events import Payload


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
