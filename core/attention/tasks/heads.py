"""All heads of a model in small, with the pattern scores of each."""

from __future__ import annotations

from functools import partial

import numpy as np

from core.attention.encoders.base import Stacked
from core.attention.head_patterns import patterns
from core.attention.long_text import Assembled, Document
from core.attention.requests import TILE, Stack
from core.attention.results import Floats, HeadsGrid
from core.attention.segments import Segments, hide, segment


def _one_layer(stack: Stacked, layer: int) -> Floats:
    every_head: Floats = stack.weights[layer].astype(np.float32)
    return every_head


def heads_grid_of(
    document: Document,
    name: Stack,
    attention: Assembled,
    rows: Segments,
    columns: Segments,
    *,
    specials: bool,
) -> HeadsGrid:
    """Return every head of ``attention`` in small, layer by layer, with the pattern scores of each."""
    block = -(-max(len(rows.units), len(columns.units)) // TILE)
    to_blocks = columns.matrix(len(attention.columns), block)
    row_pieces, column_pieces = (
        segment(tokens, document.texts, "piece", specials=specials) for tokens in (attention.rows, attention.columns)
    )
    tiles, scores = [], []
    # Layer by layer: all heads of a long text at full size would not fit in memory.
    for layer in range(attention.parts[0].weights.shape[0]):
        weights = attention.read(partial(_one_layer, layer=layer))
        small = rows.mean_queries(weights @ to_blocks)
        pieces = row_pieces.mean_queries(column_pieces.sum_keys(weights))
        if not specials:
            small, pieces = hide(small)[0], hide(pieces)[0]
        tiles.append(rows.mean_blocks(small, block))
        scores.append(patterns(pieces))
    return HeadsGrid(
        card=document.card,
        stack=name,
        tiles=np.stack(tiles),
        block=block,
        patterns={key: np.stack([score[key] for score in scores]) for key in scores[0]},
    )
