"""Answers of the mechanisms with numbers that can be worked out, as a worker would give them."""

from __future__ import annotations

import numpy as np

from core.attention.tasks.mechanisms.requests import (
    HardRequest,
    LocalRequest,
    OverRequest,
    RowsRequest,
    ScoreRequest,
    SelfRequest,
)
from core.attention.tasks.mechanisms.results import (
    Candidate,
    HardSteps,
    LocalSteps,
    OverSteps,
    RowsSteps,
    ScoreSteps,
    SelfSteps,
    Vectors,
)
from tests.app.attention.conftest import E5, tokens_of

MECHANISMS = {HardRequest, LocalRequest, OverRequest, RowsRequest, ScoreRequest, SelfRequest}


def vectors_of(request):
    """Vectors that differ from token to token."""
    source = request.vectors.source
    rows = tokens_of(source.text)
    is_pair = source.pair is not None and not isinstance(request, SelfRequest)
    columns = tokens_of(source.pair, sentence=1) if is_pair else rows

    def some(count):
        return np.sin(np.arange(count * 8, dtype=np.float32)).reshape(count, 8)

    return Vectors(E5, request.vectors.layer or 1, rows, columns, some(len(rows)), some(len(columns)), is_pair)


def falling(n):
    """Weights of which each is half of the one before."""
    weights = 0.5 ** np.arange(n, dtype=np.float32)
    return weights / weights.sum()


def answer_of_mechanism(request):
    """Answer ``request``; what was moved by hand shows in the numbers."""
    vectors = vectors_of(request)
    n, query = len(vectors.columns), min(getattr(request, "query", 0), len(vectors.rows) - 1)
    weights = np.roll(falling(n), query)
    context = weights @ vectors.keys
    match request:
        case ScoreRequest(score=score):
            return ScoreSteps(vectors, query, score, score == "additive", np.log(weights) + 2, weights, context)
        case LocalRequest(kind=kind, centre=centre, width=width):
            bell = np.exp(-((np.arange(n) - (centre or 0)) ** 2)).astype(np.float32)
            return LocalSteps(
                vectors, query, kind, min(centre or 0.0, n - 1.0), width, np.log(weights), weights, weights, bell,
                weights * bell, context,
            )  # fmt: skip
        case HardRequest(draws=draws):
            counted = np.array([1, draws], np.int64) if draws > 1 else np.arange(1, draws + 1)
            shares = falling(n) if draws else np.zeros(n, np.float32)
            return HardSteps(
                vectors, query, weights, draws, 0 if draws else None, shares, context, vectors.keys[0], context,
                counted, np.linspace(0.5, 0.1, len(counted), dtype=np.float32),
            )  # fmt: skip
        case RowsRequest(rows=r, strength=strength):
            before = np.tile(weights, (r, 1))
            after = np.stack([np.roll(weights, row if strength else 0) for row in range(r)])
            return RowsSteps(vectors, query, strength, before, after, after @ after.T, 3.0, 3.0 - strength / 4)
        case OverRequest():
            turned = Vectors(E5, 1, vectors.columns, vectors.rows, vectors.keys, vectors.queries, is_pair=True)
            q, d = len(turned.rows), len(turned.columns)
            word = turned.columns[0].text
            return OverSteps(
                turned, 0, np.tile(falling(d), (q, 1)), np.full((q, d), 1 / q, np.float32), falling(q), falling(d),
                (Candidate(word, float(falling(d)[0]), 1), *(Candidate(t.text, 0.1, 1) for t in turned.columns[1:])),
            )  # fmt: skip
        case SelfRequest(heads=heads, causal=causal, positions=positions):
            waves = np.ones((n, 8), np.float32) * positions
            return SelfSteps(vectors, query, np.tile(weights, (heads, 1)), causal, positions, waves)
    raise AssertionError(request)
