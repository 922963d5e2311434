"""Queries and keys of what was typed, from the pretrained encoder."""

from __future__ import annotations

from collections.abc import Generator
from typing import Final

import numpy as np
import torch
from torch import Tensor

from core.attention.encoders.base import check_index
from core.attention.results import Floats, Preparing
from core.attention.tasks.mechanisms.requests import VectorsRequest
from core.attention.tasks.mechanisms.results import Vectors
from core.attention.tasks.reading import read_apart
from core.language import _

DEVIATION: Final = 0.4
"""Standard deviation of one number of a vector. With 1, as for the square root's argument in Vaswani et al., a
translation would take all weight, and with nothing learned there would be nothing to see of the others."""


def read_vectors(request: VectorsRequest) -> Generator[Preparing, None, Vectors]:
    """Yield what takes time; return the vectors.

    Two sentences are read apart, so that they can't copy each other. All vectors are moved by their common mean, for an
    encoder's states share a large part that says nothing about any of them, and divided by one number, so that the
    numbers deviate from 0 by ``DEVIATION``.

    Raises:
        AttentionError: the model or the text can't be served; the text says what to do.
    """
    refusal = _("{model} translates; these pages need a model that only reads. Choose multilingual-e5.")
    sides = yield from read_apart(request.source, request.unit, refusal)
    card = sides[0][0].card
    layer = check_index(card.layers // 2 if request.layer is None else request.layer, card.layers + 1, _("layer"))
    states = [segments.mean_queries(document.stack().states(layer)) for document, segments in sides]
    together = np.concatenate(states)
    mean, size = together.mean(axis=0), float(together.std(axis=0).mean()) or 1.0
    states = [((one - mean) * (DEVIATION / size)).astype(np.float32) for one in states]
    columns = sides[-1][1].units
    is_pair = len(sides) == 2
    return Vectors(
        card,
        layer,
        sides[0][1].units,
        tuple(unit.in_sentence(1) for unit in columns) if is_pair else columns,
        states[0],
        states[-1],
        is_pair,
    )


def query_of(vectors: Vectors, query: int) -> int:
    """Return the index of a token that asks: the last one where there are fewer."""
    return min(query, len(vectors.rows) - 1)


def tensor(numbers: Floats) -> Tensor:
    """Return numbers for torch."""
    return torch.from_numpy(np.ascontiguousarray(numbers))


def numbers(given: Tensor) -> Floats:
    """Return what torch computed."""
    found: Floats = given.detach().numpy().astype(np.float32)
    return found
