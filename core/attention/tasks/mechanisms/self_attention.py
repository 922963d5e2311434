"""Self-attention of a sentence with heads, mask and positions."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from math import gcd

from core.attention.export.writing import Row, place
from core.attention.mechanisms.self_attention import attend_in_heads, causal_mask, sinusoids
from core.attention.results import Preparing
from core.attention.tasks.mechanisms.requests import SelfRequest
from core.attention.tasks.mechanisms.results import SelfSteps
from core.attention.tasks.mechanisms.vectors import numbers, query_of, read_vectors, tensor


def show_self(request: SelfRequest) -> Generator[Preparing | SelfSteps, None, None]:
    """Let every token ask every other, once in each head.

    Nothing is learned here: queries, keys and values are the vectors themselves, and each head has a stretch of them.

    Raises:
        AttentionError: the model or the text can't be served; the text says what to do.
    """
    alone = replace(request.vectors, source=replace(request.vectors.source, pair=None))
    vectors = yield from read_vectors(alone)
    query, (n, d) = query_of(vectors, request.query), vectors.keys.shape
    waves = sinusoids(n, d) * request.positions  # (n, d)
    x = tensor(vectors.keys) + waves  # (n, d)
    found = attend_in_heads(x, x, x, gcd(request.heads, d), causal_mask(n) if request.causal else None)
    yield SelfSteps(vectors, query, numbers(found.weights), request.causal, request.positions, numbers(waves))


def table(shown: SelfSteps) -> Iterator[Row]:
    """Yield a row for each head, query and key."""
    yield ["head", "query", "query_start", "key", "key_start", "weight"]
    places = [place(token) for token in shown.vectors.columns]
    for head, weights in enumerate(shown.weights):
        for row, (asks, _s, start) in enumerate(places):
            for column, (key, _t, key_start) in enumerate(places):
                yield [head, asks, start, key, key_start, float(weights[row, column])]
