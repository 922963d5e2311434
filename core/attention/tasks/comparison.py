"""Two maps and their difference."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Final

import numpy as np

from core.attention.export.writing import Row, place
from core.attention.requests import ComparisonRequest
from core.attention.results import AttentionMap, Comparison, Floats, Preparing
from core.attention.tasks.attention_map import attend

PLACES: Final = ("query", "query_sentence", "query_start", "key", "key_sentence", "key_start")


def compare(request: ComparisonRequest) -> Generator[Preparing | Comparison, None, None]:
    """Show two maps side by side, and their difference where it means something.

    Raises:
        AttentionError: a model, a text can't be served; the text says what to do.
    """
    maps = []
    for which in (request.first, request.second):
        for step in attend(which):
            if isinstance(step, Preparing):
                yield step
            elif isinstance(step, AttentionMap):
                maps.append(step)
    first, second = maps
    yield Comparison(first, second, difference(first, second))


def difference(first: AttentionMap, second: AttentionMap) -> Floats:
    """Return ``first`` minus ``second``; empty, (0, 0), where their rows or columns are different units."""
    here, there = (
        [(unit.sentence, unit.start, unit.text) for unit in (*which.rows, *which.columns)] for which in (first, second)
    )
    same = here == there and first.weights.shape == second.weights.shape
    apart: Floats = first.weights - second.weights if same else np.zeros((0, 0), np.float32)
    return apart


def table(shown: Comparison) -> Iterator[Row]:
    """Yield a row for each cell of both maps; of a mean, layer and head are empty; a chosen set stands as the layer."""
    yield ["map", "model", "layer", "head", *PLACES, "weight"]
    for name, one in (("first", shown.first), ("second", shown.second)):
        for row, column in np.ndindex(one.weights.shape):
            layer, head = ("" if index is None else index for index in (one.layer, one.head))
            layer = layer if one.chosen is None else str(one.chosen)
            where = (*place(one.rows[row]), *place(one.columns[column]))
            yield [name, one.card.name, layer, head, *where, float(one.weights[row, column])]
