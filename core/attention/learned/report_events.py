"""What is asked of a report, and what it says. Free of torch: the window's process reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from core.attention.results import Answer
from core.runtime.events import Payload

Table = dict[str, Any]
"""Figures by the name of what they are of, as plain values."""
Weights = Literal["shipped", "own"]
"""Whose: those that come along, or those trained on this computer."""


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Every figure of the trained models.

    Attributes:
        weights: whose.
    """

    weights: Weights = "shipped"


@dataclass(frozen=True, slots=True)
class Measuring(Payload):
    """The next model is being examined: so many of all are done."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class ReportTables(Answer):
    """The figures.

    Attributes:
        request: what was asked for.
        tables: those of each task, by its name.
        models: how many were looked at.
        megabytes: what their weights take together.
        is_recomputed: from the weights; else they are what was measured when each was trained.
    """

    request: ReportRequest
    tables: Table
    models: int
    megabytes: float
    is_recomputed: bool
