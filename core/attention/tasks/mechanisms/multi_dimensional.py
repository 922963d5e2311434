"""Several rows of weights for one query, with and without the penalty."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from math import gcd

from core.attention.export.writing import Row, place
from core.attention.mechanisms.multi_dimensional import overlap, spread
from core.attention.mechanisms.scores import scaled_dot
from core.attention.mechanisms.self_attention import split_heads
from core.attention.results import Preparing
from core.attention.tasks.mechanisms.requests import RowsRequest
from core.attention.tasks.mechanisms.results import RowsSteps
from core.attention.tasks.mechanisms.vectors import numbers, query_of, read_vectors, tensor


def show_rows(request: RowsRequest) -> Generator[Preparing | RowsSteps, None, None]:
    """Weigh the keys once for each row: row i compares the i-th stretch of query and keys.

    A trained model learns what each row compares (W_2); the stretches stand in for that.

    Raises:
        AttentionError: the model or the text can't be served; the text says what to do.
    """
    vectors = yield from read_vectors(request.vectors)
    query = query_of(vectors, request.query)
    rows = gcd(request.rows, vectors.keys.shape[1])
    queries = split_heads(tensor(vectors.queries[query : query + 1]), rows)  # (r, 1, d/r)
    scores = scaled_dot(queries, split_heads(tensor(vectors.keys), rows))[:, 0]  # (r, n)
    before, *rest = spread(scores, request.strength)
    after = rest[-1]  # (r, n)
    yield RowsSteps(
        vectors,
        query,
        request.strength,
        numbers(before),
        numbers(after),
        numbers(after @ after.mT),
        float(overlap(before)),
        float(overlap(after)),
    )


def table(shown: RowsSteps) -> Iterator[Row]:
    """Yield a row for each key."""
    numbered = range(len(shown.weights))
    yield ["key", "sentence", "start", *(f"row_{i}_before" for i in numbered), *(f"row_{i}" for i in numbered)]
    for at, token in enumerate(shown.vectors.columns):
        yield [*place(token), *shown.before[:, at].tolist(), *shown.weights[:, at].tolist()]
