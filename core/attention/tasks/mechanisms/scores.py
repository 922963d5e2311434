"""The three steps with each score function."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import torch

from core.attention.export.writing import Row, place
from core.attention.mechanisms.scores import score_function
from core.attention.mechanisms.weights import softmax, weighted_sum
from core.attention.results import Preparing
from core.attention.tasks.mechanisms.requests import ScoreRequest
from core.attention.tasks.mechanisms.results import ScoreSteps
from core.attention.tasks.mechanisms.vectors import numbers, query_of, read_vectors, tensor

_HIDDEN = 64
"""d_a: numbers between query and score."""


def show_scores(request: ScoreRequest) -> Generator[Preparing | ScoreSteps, None, None]:
    """Score, normalise, sum.

    Raises:
        AttentionError: the model or the text can't be served; the text says what to do.
    """
    vectors = yield from read_vectors(request.vectors)
    query, d = query_of(vectors, request.query), vectors.keys.shape[1]
    with torch.random.fork_rng(), torch.no_grad():
        torch.manual_seed(request.seed)
        score = score_function(
            request.score, d_query=d, d_key=d, d_hidden=_HIDDEN, longest=max(64, len(vectors.columns))
        )
        keys = tensor(vectors.keys)  # (n, d)
        scores = score(tensor(vectors.queries[query : query + 1]), keys)  # (1, n)
        weights = softmax(scores)  # (1, n)
        context = weighted_sum(weights, keys)  # (1, d)
    yield ScoreSteps(
        vectors,
        query,
        request.score,
        any(True for _weight in score.parameters()),
        numbers(scores[0]),
        numbers(weights[0]),
        numbers(context[0]),
    )


def table(shown: ScoreSteps) -> Iterator[Row]:
    """Yield a row for each key."""
    yield ["key", "sentence", "start", "score", "weight"]
    for token, score, weight in zip(shown.vectors.columns, shown.scores, shown.weights, strict=True):
        yield [*place(token), float(score), float(weight)]
