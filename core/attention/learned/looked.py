"""Where a model looks in one example, as plain words and numbers, free of torch."""

from __future__ import annotations

from dataclasses import dataclass

from core.attention.results import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """One example and where a model looks in it.

    Attributes:
        rows: what looks: words that are said, words of a question, hops, sentences.
        columns: what is looked at.
        weights: (rows, columns) attention; None for a model without.
        right: (row, column) where something is known to be right.
        wanted: what is right to say.
        said: what the model says.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    weights: Floats | None
    right: tuple[tuple[int, int], ...]
    wanted: str
    said: str
