"""Keys drawn by their weights, and how their shares come to the weights."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import numpy as np
import torch

from core.attention.export.writing import Row, place
from core.attention.mechanisms.hard import hard_contexts, running_shares, sample
from core.attention.mechanisms.scores import scaled_dot
from core.attention.mechanisms.weights import softmax, weighted_sum
from core.attention.results import Preparing
from core.attention.tasks.mechanisms.requests import MOST_DRAWS, HardRequest
from core.attention.tasks.mechanisms.results import HardSteps
from core.attention.tasks.mechanisms.vectors import numbers, query_of, read_vectors, tensor

_POINTS = 120
"""Most points of the curve."""


def show_hard(request: HardRequest) -> Generator[Preparing | HardSteps, None, None]:
    """Draw as often as was asked.

    Raises:
        AttentionError: the model or the text can't be served; the text says what to do.
    """
    vectors = yield from read_vectors(request.vectors)
    query, draws = query_of(vectors, request.query), min(request.draws, MOST_DRAWS)
    values = tensor(vectors.keys)  # (n, d)
    weights = softmax(scaled_dot(tensor(vectors.queries[query : query + 1]), values))  # (1, n)
    # All that will ever be drawn, so that one more draw changes none of those before.
    drawn = sample(weights, MOST_DRAWS, torch.Generator().manual_seed(request.seed))[0, :draws]  # (K,)
    running = numbers(running_shares(drawn, len(values)))  # (K, n)
    counted = np.unique(np.geomspace(1, draws, _POINTS).round().astype(np.int64)) if draws else np.zeros(0, np.int64)
    soft = numbers(weights[0])
    taken = hard_contexts(drawn, values)  # (K, d)
    nothing = torch.zeros(values.shape[1])
    yield HardSteps(
        vectors,
        query,
        soft,
        draws,
        int(drawn[-1]) if draws else None,
        running[-1] if draws else np.zeros(len(values), np.float32),
        numbers(weighted_sum(weights, values)[0]),
        numbers(taken[-1] if draws else nothing),
        numbers(taken.mean(dim=0) if draws else nothing),
        counted,
        np.abs(running[counted - 1] - soft).mean(axis=1),
    )


def table(shown: HardSteps) -> Iterator[Row]:
    """Yield a row for each key."""
    yield ["key", "sentence", "start", "weight", "share_drawn", "draws"]
    for token, weight, share in zip(shown.vectors.columns, shown.weights, shown.shares, strict=True):
        yield [*place(token), float(weight), float(share), shown.draws]
