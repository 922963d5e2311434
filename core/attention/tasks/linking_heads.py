"""Which heads link a pair of units: the weight of one cell in every head of every layer."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import partial

import numpy as np

from core.attention.encoders.base import Stacked, check_index
from core.attention.export.writing import Row, place
from core.attention.requests import LinkingHeadsRequest
from core.attention.results import Floats, LinkingHeads, Preparing
from core.attention.segments import Segments, crossing, hide
from core.attention.tasks.reading import read_source, segments_of
from core.language import _


def rank_heads(request: LinkingHeadsRequest) -> Generator[Preparing | LinkingHeads, None, None]:
    """Read the weight of one cell off every head.

    Raises:
        AttentionError: the model or the text can't be served, or there is no such row or column.
    """
    document = yield from read_source(request.source)
    name = request.stack or document.card.stacks[0]
    attention = document.stack(name)
    rows, columns, _unit = segments_of(document, attention, request.unit, specials=request.specials)
    query, key = request.query, request.key
    if request.across is not None:
        asking, asked = crossing(rows.units, columns.units, request.across)
        query = int(asking[check_index(query, len(asking), _("query"))])
        key = int(asked[check_index(key, len(asked), _("key"))])
    query = check_index(query, len(rows.units), _("query"))
    key = check_index(key, len(columns.units), _("key"))
    layers = range(attention.parts[0].weights.shape[0])
    # Layer by layer: all heads of a long text at full size would not fit in memory.
    read = (attention.read(partial(_one_layer, layer=layer)) for layer in layers)
    weights = [cell_of_heads(one, rows, columns, (query, key), specials=request.specials) for one in read]
    yield LinkingHeads(document.card, name, rows.units[query], columns.units[key], np.stack(weights))


def _one_layer(stack: Stacked, layer: int) -> Floats:
    every_head: Floats = stack.weights[layer].astype(np.float32)
    return every_head


def cell_of_heads(
    weights: Floats, rows: Segments, columns: Segments, cell: tuple[int, int], *, specials: bool
) -> Floats:
    """Return the weight of one cell of the map in each head.

    Args:
        weights: (heads, n, m) between pieces, as the model gave them.
        rows: the units of the queries.
        columns: the units of the keys.
        cell: which row and which column.
        specials: what stands for nothing typed is among the units; else each row is made to sum to 1 again.

    Returns:
        (heads,)
    """
    row = columns.sum_keys(rows.some(cell[:1]).mean_queries(weights))  # (heads, 1, units)
    shown = row if specials else hide(row)[0]
    one: Floats = shown[:, 0, cell[1]]
    return one


def table(shown: LinkingHeads) -> Iterator[Row]:
    """Yield a row for each head, the strongest first."""
    yield ["layer", "head", "query", "query_sentence", "query_start", "key", "key_sentence", "key_start", "weight"]
    where = (*place(shown.query), *place(shown.key))
    for layer, head in shown.ranked:
        yield [layer, head, *where, float(shown.weights[layer, head])]
