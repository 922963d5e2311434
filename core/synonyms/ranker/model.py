"""Logistic regression that says how likely a pair is a synonym pair, and how sure it is.

How sure: the posterior of the weights is taken as the normal distribution around its peak (Laplace's
approximation; D. MacKay, "The evidence framework applied to classification networks", 1992). Its covariance
is the inverse of Xᵀ W X + λ I with W = diag(p (1 − p)), which gives each pair's logit a standard deviation.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from core.synonyms.ranker.features import Floats

Doubles = npt.NDArray[np.float64]

C: Final = 0.1
"""Inverse of λ. Of .03, .1, .3 and 1 the best on the simulated annotator, by little."""

LEAST: Final = 3
"""Judgements of each kind before anything is learnt."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What was learnt.

    Attributes:
        weights: (F,).
        intercept: logit of an average pair.
        covariance: of (weights, intercept), (F + 1, F + 1).
        learnt: judgements it learnt from.
        positives: those that said synonym.
        milliseconds: how long learning took.
    """

    weights: Doubles
    intercept: float
    covariance: Doubles
    learnt: int
    positives: int
    milliseconds: float

    def probability(self, features: Floats) -> Floats:
        """Return the probability of a synonym of each row, (N, F) → (N,)."""
        logit = features @ self.weights.astype(np.float32) + np.float32(self.intercept)
        return _sigmoid(logit).astype(np.float32)

    def interval(self, features: Floats) -> tuple[Floats, Floats]:
        """Return the probabilities one deviation of the logit below and above, (N, F) → (N,), (N,)."""
        x = np.column_stack([features.astype(float), np.ones(len(features))])
        logit = x[:, :-1] @ self.weights + self.intercept
        deviation = np.sqrt(np.einsum("nf,fg,ng->n", x, self.covariance, x))
        return _sigmoid(logit - deviation).astype(np.float32), _sigmoid(logit + deviation).astype(np.float32)


def learn(features: Floats, synonym: npt.NDArray[np.bool_]) -> Model | None:
    """Learn from judged pairs.

    Args:
        features: of each judgement, (J, F).
        synonym: what was said, (J,).

    Returns:
        The model, or None where there are fewer than ``LEAST`` judgements of either kind.
    """
    positives = int(synonym.sum())
    if min(positives, len(synonym) - positives) < LEAST:
        return None
    begin = time.perf_counter()
    # Few features and many rows: Newton's method needs a handful of steps where L-BFGS needs hundreds.
    fitted = LogisticRegression(C=C, solver="newton-cholesky", max_iter=200).fit(features, synonym)
    weights, intercept = fitted.coef_[0].astype(float), float(fitted.intercept_[0])
    x = np.column_stack([features.astype(float), np.ones(len(features))])
    p = _sigmoid(x[:, :-1] @ weights + intercept)
    precision = (x * (p * (1 - p))[:, None]).T @ x + np.eye(x.shape[1]) / C
    return Model(
        weights=weights,
        intercept=intercept,
        covariance=np.linalg.inv(precision),
        learnt=len(synonym),
        positives=positives,
        milliseconds=(time.perf_counter() - begin) * 1000,
    )


def _sigmoid(logit: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    # Beyond ± 60 the answer is 0 or 1 to every digit, and exp would overflow in single precision.
    share: npt.NDArray[np.floating] = 1 / (1 + np.exp(-np.clip(logit, -60, 60)))
    return share
