"""Pair classifier: logistic regression on what two vectors differ in and what they have in common.

The article's second idea, the pair as a binary classification. With unit vectors u, v and x = [|u − v|, u ∘ v]:

    P(synonym | u, v) = σ(w·x + b),    loss = − Σ log P(label) + ‖w‖² / (2C).

Both parts are the same for (u, v) and (v, u), so that the order of a pair changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sklearn.linear_model import LogisticRegression

from core.synonyms.methods.method import Floats, Ints, Learning, MethodData, MethodProgress
from core.synonyms.methods.space import Space
from core.synonyms.pairs import WordPair

DIFFERENCE: Final = "difference"
"""What the two vectors differ in: |u − v|."""
PRODUCT: Final = "product"
"""What they have in common: u ∘ v."""


@dataclass(frozen=True, slots=True)
class ClassifierConfig:
    """How it learns.

    Attributes:
        c: C, how much the weights may grow.
        steps: most steps of the solver.
    """

    c: float = 1.0
    steps: int = 200


@dataclass(frozen=True, slots=True, eq=False)
class ClassifierScorer:
    """A fitted regression over a space."""

    space: Space
    model: Any

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return the log-odds of synonym, (N,)."""
        return self.score_rows(self.rows(pairs)) if pairs else np.zeros(0, dtype=np.float32)

    @property
    def features(self) -> dict[str, Ints]:
        """The columns of the two halves of x."""
        dim = self.space.vectors.dim
        return {DIFFERENCE: np.arange(dim), PRODUCT: np.arange(dim, 2 * dim)}

    def rows(self, pairs: Sequence[WordPair]) -> Floats:
        """Return x of ``pairs``, (N, 2 dim)."""
        return _features(self.space, pairs)

    def score_rows(self, rows: Floats) -> Floats:
        """Return w·x + b of such rows, (N,)."""
        scores: Floats = self.model.decision_function(rows).astype(np.float32)
        return scores


def classifier(config: ClassifierConfig, data: MethodData) -> Learning:
    """Fit on the training pairs; return the scorer."""
    yield MethodProgress(0, 1)
    space = Space(data.vectors)
    # More rows than columns by far: Newton's method forms one small matrix a step.
    model = LogisticRegression(C=config.c, solver="newton-cholesky", max_iter=config.steps)
    model.fit(_features(space, data.training.pairs), data.training.synonym)
    yield MethodProgress(1, 1)
    return ClassifierScorer(space, model)


def _features(space: Space, pairs: Sequence[WordPair]) -> Floats:
    u, v = space.couples(pairs)
    return np.concatenate([np.abs(u - v), u * v], axis=1)  # (N, 2 dim)
