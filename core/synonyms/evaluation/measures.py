"""The figures of a method on labelled pairs, from its scores.

Precision is the share of synonyms among the pairs above a threshold, recall the share of all synonyms that are above
it. Average precision (AP) is AP = Σₙ (Rₙ − Rₙ₋₁) Pₙ over the thresholds n, from the highest down; pairs of equal
score pass a threshold together. The value of guessing is the share of synonyms (the base rate).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.synonyms.labelled import Bools, LabelledPairs

Scores = npt.NDArray[np.float32]

RESAMPLES: Final = 200
"""Bootstrap samples of an interval."""
CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Figures:
    """How the scores part synonyms from other pairs.

    Attributes:
        ap: average precision.
        ap_low, ap_high: its 95 % bootstrap interval over the pairs.
        p_at_r20: precision where a fifth of the synonyms is found.
        p_at_r50: precision where half of them is found.
        best_f1: largest harmonic mean of precision and recall.
        by_kind: AP of the synonyms against one kind of other pair, brought to a base rate of one half.
    """

    ap: float
    ap_low: float
    ap_high: float
    p_at_r20: float
    p_at_r50: float
    best_f1: float
    by_kind: Mapping[str, float]


def figures(test: LabelledPairs, scores: Scores, *, seed: int = 0) -> Figures:
    """Return the figures of ``scores``, (N,), the higher the likelier a synonym.

    Raises:
        ValueError: a score is no number, or the test lacks synonyms or other pairs.
    """
    if not np.isfinite(scores).all():
        raise ValueError("a score is not a finite number")
    if test.synonym.all() or not test.synonym.any():
        raise ValueError("a test needs synonyms and other pairs")
    low, high = ap_interval(test.synonym, scores, seed=seed)
    return Figures(
        ap=average_precision(test.synonym, scores),
        ap_low=low,
        ap_high=high,
        p_at_r20=precision_at_recall(test.synonym, scores, 0.2),
        p_at_r50=precision_at_recall(test.synonym, scores, 0.5),
        best_f1=best_f1(test.synonym, scores),
        by_kind=ap_by_kind(test, scores),
    )


def average_precision(synonym: Bools, scores: Scores, weights: npt.NDArray[np.float64] | None = None) -> float:
    """Return the average precision, of pairs that count as much as ``weights`` say, (N,)."""
    from sklearn.metrics import average_precision_score  # here: the window shows figures and measures none

    return float(average_precision_score(synonym, scores, sample_weight=weights))


def ap_interval(synonym: Bools, scores: Scores, *, seed: int, resamples: int = RESAMPLES) -> tuple[float, float]:
    """Return the ends of the 95 % bootstrap interval of AP (Efron 1979).

    Synonyms and other pairs are drawn apart, each as many as there are, so that the base rate stays. Pairs are drawn
    as if they were independent; those that share a word are not quite, so the true interval is a little wider.
    """
    rng = np.random.default_rng(seed)
    positive, negative = np.flatnonzero(synonym), np.flatnonzero(~synonym)
    values = np.empty(resamples)
    for n in range(resamples):
        rows = np.concatenate([rng.choice(positive, positive.size), rng.choice(negative, negative.size)])
        values[n] = average_precision(synonym[rows], scores[rows])
    return interval_around(average_precision(synonym, scores), values, least=0.0)


def interval_around(figure: float, values: npt.NDArray[np.float64], *, least: float) -> tuple[float, float]:
    """Return the middle 95 % of what bootstrap draws came to, moved by what they overstate on average.

    A draw holds some pairs twice, and pairs of one score pass a threshold together: of few pairs a draw's AP is a
    little higher than that of the pairs themselves, by .01 at 100 of them. Without the move the worst a method can do
    would lie below its own interval.

    Args:
        figure: of the pairs themselves.
        values: of the draws, (B,).
        least: what the figure can't fall below; above 1 it can't rise.
    """
    ends = np.quantile(values, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]) + figure - values.mean()
    low, high = np.clip(ends, least, 1.0).tolist()
    return min(low, figure), max(high, figure)


def precision_and_recall(synonym: Bools, scores: Scores) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return precision and recall at each threshold, recall falling; the last point, (1, 0), is of none."""
    from sklearn.metrics import precision_recall_curve  # here, as above

    precisions, recalls, _thresholds = precision_recall_curve(synonym, scores)
    return precisions, recalls


def precision_at_recall(synonym: Bools, scores: Scores, recall: float) -> float:
    """Return the precision at the highest threshold that finds the share ``recall`` of the synonyms."""
    precisions, recalls = precision_and_recall(synonym, scores)
    reached = np.flatnonzero(recalls >= recall - 1e-12)  # recalls fall; the last that still reaches is the first found
    return float(precisions[reached[-1]])


def best_f1(synonym: Bools, scores: Scores) -> float:
    """Return the largest F1 = 2PR / (P + R) of all thresholds."""
    precisions, recalls = precision_and_recall(synonym, scores)
    both = precisions + recalls
    values = np.divide(2 * precisions * recalls, both, out=np.zeros_like(both), where=both > 0)
    return float(values.max())


def ap_by_kind(test: LabelledPairs, scores: Scores) -> dict[str, float]:
    """Return the AP of the synonyms against each kind of other pair alone.

    The kind's pairs are weighted to be as many as the synonyms, so that guessing is worth one half for every kind.
    """
    kinds = np.array(test.kinds)
    values: dict[str, float] = {}
    for kind in test.negative_kinds():
        others = ~test.synonym & (kinds == kind)
        rows = test.synonym | others
        weights = np.where(test.synonym, 1.0, test.synonym.sum() / others.sum())[rows]
        values[kind] = average_precision(test.synonym[rows], scores[rows], weights)
    return values
