"""All heads of a model in small, with the pattern scores of each."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import partial

import numpy as np

from core.attention.encoders.base import Stacked
from core.attention.export.writing import Row
from core.attention.head_patterns import patterns
from core.attention.requests import TILE, HeadsRequest
from core.attention.results import Floats, HeadsGrid, Preparing, borders
from core.attention.segments import crossing, hide, segment
from core.attention.tasks.reading import read_source, segments_of


def _one_layer(stack: Stacked, layer: int) -> Floats:
    every_head: Floats = stack.weights[layer].astype(np.float32, copy=False)
    return every_head


def show_heads(request: HeadsRequest) -> Generator[Preparing | HeadsGrid, None, None]:
    """Show every head in small, layer by layer, with the pattern scores of each.

    Raises:
        AttentionError: the model or the text can't be served; the text says what to do.
    """
    document = yield from read_source(request.source)
    specials = request.specials
    name = request.stack or document.card.stacks[0]
    attention = document.stack(name)
    rows, columns, _unit = segments_of(document, attention, request.unit, specials=specials)
    block = -(-max(len(rows.units), len(columns.units)) // TILE)
    every_key = columns.matrix(len(attention.columns), len(columns.units))  # (pieces, 1)
    if request.across is not None:
        asking, asked = crossing(rows.units, columns.units, request.across)
        rows, columns = rows.some(asking.tolist()), columns.some(asked.tolist())
        block = -(-max(len(rows.units), len(columns.units)) // TILE)
    to_blocks = columns.matrix(len(attention.columns), block)
    row_pieces, column_pieces = (
        segment(tokens, document.texts, "piece", specials=specials) for tokens in (attention.rows, attention.columns)
    )
    layers, heads = attention.parts[0].weights.shape[:2]
    tiles = np.empty((layers, heads, -(-len(rows.units) // block), -(-len(columns.units) // block)), np.float32)
    scores = []
    # Layer by layer: all heads of a long text at full size would not fit in memory.
    for layer in range(layers):
        weights = attention.read(partial(_one_layer, layer=layer))
        small = rows.mean_queries(columns.sum_keys(weights) if block == 1 else weights @ to_blocks)
        pieces = row_pieces.mean_queries(column_pieces.sum_keys(weights))
        if not specials:
            whole = rows.mean_queries(weights @ every_key)
            whole[whole == 0] = 1
            small /= whole
            pieces = hide(pieces)[0]
        tiles[layer] = rows.mean_blocks(small, block)
        scores.append(patterns(pieces))
    yield HeadsGrid(
        card=document.card,
        stack=name,
        tiles=tiles,
        block=block,
        patterns={key: np.stack([score[key] for score in scores]) for key in scores[0]},
        row_borders=tuple(borders(rows.units)),
        column_borders=tuple(borders(columns.units)),
    )


def table(shown: HeadsGrid) -> Iterator[Row]:
    """Yield a row for each head: its scores."""
    yield ["layer", "head", *shown.patterns]
    for layer, head in np.ndindex(shown.tiles.shape[:2]):
        yield [layer, head, *(float(score[layer, head]) for score in shown.patterns.values())]
