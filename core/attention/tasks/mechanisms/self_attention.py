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
    """Let a token ask every other and itself, once in each head.

    Nothing is learned here: queries, keys and values are the vectors themselves, and each head has a stretch of them.

    Raises:
        AttentionError: the model or the text can't be served; the text says what to do.
    """
    alone = replace(request.vectors, source=replace(request.vectors.source, pair=None))
    vectors = yield from read_vectors(alone)
    query, (n, d) = query_of(vectors, request.query), vectors.keys.shape
    waves = sinusoids(n, d) * request.positions  # (n, d)
    x = tensor(vectors.keys) + waves  # (n, d)
    mask = causal_mask(n)[query] if request.causal else None  # (n,)
    found = attend_in_heads(x[query : query + 1], x, x, gcd(request.heads, d), mask)
    weights = numbers(found.weights[:, 0])  # (h, n)
    yield SelfSteps(vectors, query, weights, request.causal, request.positions, numbers(waves))


def table(shown: SelfSteps) -> Iterator[Row]:
    """Yield a row for each key."""
    yield ["key", "sentence", "start", *(f"head_{head + 1}" for head in range(len(shown.weights)))]
    for at, token in enumerate(shown.vectors.columns):
        yield [*place(token), *shown.weights[:, at].tolist()]
