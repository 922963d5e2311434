"""Local attention beside global attention."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import torch

from core.attention.export.writing import Row, place
from core.attention.mechanisms.local import gaussian, local_weights
from core.attention.mechanisms.scores import scaled_dot
from core.attention.mechanisms.weights import softmax, weighted_sum
from core.attention.results import Preparing
from core.attention.tasks.mechanisms.requests import LocalRequest
from core.attention.tasks.mechanisms.results import LocalSteps, Vectors
from core.attention.tasks.mechanisms.vectors import numbers, query_of, read_vectors, tensor


def show_local(request: LocalRequest) -> Generator[Preparing | LocalSteps, None, None]:
    """Weigh the keys in the window, and all of them.

    Raises:
        AttentionError: the model or the text can't be served; the text says what to do.
    """
    vectors = yield from read_vectors(request.vectors)
    query, n = query_of(vectors, request.query), len(vectors.columns)
    centre = centre_of(request, vectors, query)
    keys = tensor(vectors.keys)  # (n, d)
    scores = scaled_dot(tensor(vectors.queries[query : query + 1]), keys)  # (1, n)
    centres = torch.tensor([centre])  # (1,)
    inside = local_weights(scores, centres, request.width, with_gaussian=False)  # (1, n)
    is_p = request.kind == "p"
    bell = gaussian(centres, n, request.width) if is_p else torch.ones(1, n)
    weights = local_weights(scores, centres, request.width, with_gaussian=is_p)  # (1, n)
    yield LocalSteps(
        vectors,
        query,
        request.kind,
        centre,
        request.width,
        numbers(scores[0]),
        numbers(softmax(scores)[0]),
        numbers(inside[0]),
        numbers(bell[0]),
        numbers(weights[0]),
        numbers(weighted_sum(weights, keys)[0]),
    )


def centre_of(request: LocalRequest, vectors: Vectors, query: int) -> float:
    """Return p_t, within the keys: where it was moved, else the query's own place (local-m) or the middle (local-p).

    With nothing learned v_p is 0, and S · sigmoid(0) = S / 2; counted from the first key's middle that is (n − 1) / 2.
    """
    last = len(vectors.columns) - 1
    centre = request.centre if request.centre is not None else query if request.kind == "m" else last / 2
    return float(min(max(centre, 0), last))


def table(shown: LocalSteps) -> Iterator[Row]:
    """Yield a row for each key."""
    yield ["key", "sentence", "start", "score", "global", "in_window", "gaussian", "weight"]
    columns = (shown.scores, shown.everywhere, shown.inside, shown.bell, shown.weights)
    for at, token in enumerate(shown.vectors.columns):
        yield [*place(token), *(float(column[at]) for column in columns)]
