"""Agreement between annotators who choose one of a few verdicts.

Answers are an integer array of shape (pairs, annotators): the index of the category chosen, −1 where the
annotator did not judge the pair. Every measure is computed from sums over pairs, so that a bootstrap resample
is a weight for each kind of pair and a thousand resamples are one matrix product.

With rare synonyms raw agreement flatters: two annotators who say "not" nine times in ten by chance alone
agree on 82 % of the pairs. Kappa and alpha set chance at 0.

Sources: J. Cohen, "A coefficient of agreement for nominal scales", 1960; K. Krippendorff, "Computing
Krippendorff's alpha-reliability", 2011, sections B and C; B. Efron, "Bootstrap methods", 1979.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Answers = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]

MISSING: Final = -1
_RESAMPLES_AT_ONCE: Final = 100


class Resampling(NamedTuple):
    """How intervals are found.

    Attributes:
        resamples: how often the pairs are drawn anew; 0 for no interval.
        seed: of the drawing.
        level: coverage of the interval.
    """

    resamples: int = 1000
    seed: int = 0
    level: float = 0.95


class Interval(NamedTuple):
    """A figure and the range in which resampled pairs put it.

    Attributes:
        value: over all pairs; NaN where it is undefined.
        low, high: ends of the bootstrap's percentile interval; NaN where it is undefined.
    """

    value: float
    low: float
    high: float


_DEFAULT: Final = Resampling()


def shared_pairs(answers: Answers) -> Answers:
    """Return the rows with two answers or more: only they say anything about agreement."""
    chosen: Answers = answers[(answers >= 0).sum(axis=1) >= 2]
    return chosen


def one_hot(answers: Answers, categories: int) -> Floats:
    """Return how often each category was chosen for each pair, shape (pairs, categories)."""
    counts = np.zeros((len(answers), categories))
    for column in answers.T:
        given = np.flatnonzero(column >= 0)
        counts[given, column[given]] += 1
    return counts


def coincidences(answers: Answers, categories: int) -> Floats:
    """Return each pair's part of Krippendorff's coincidence matrix, shape (pairs, categories, categories).

    A pair with m answers gives each ordered couple of its answers the weight 1 / (m − 1), so that it counts m
    in all. Pairs with fewer than two answers give nothing.
    """
    counts = one_hot(answers, categories)  # (N, V)
    m = counts.sum(axis=1)
    couples = counts[:, :, None] * counts[:, None, :]  # (N, V, V)
    diagonal = np.arange(categories)
    couples[:, diagonal, diagonal] -= counts  # an answer is not paired with itself
    couples[m < 2] = 0
    parts: Floats = couples / np.maximum(m - 1, 1)[:, None, None]
    return parts


def alpha_of(coincidence: Floats) -> Floats:
    """Return Krippendorff's alpha for nominal data of coincidence matrices, shape (…, V, V) → (…).

    α = 1 − (n − 1) · Σ_{c≠k} o_ck / Σ_{c≠k} n_c n_k. NaN where only one category was ever used: with nothing
    to tell apart, agreement cannot be told from habit.
    """
    n_c = coincidence.sum(axis=-1)
    n = n_c.sum(axis=-1)
    observed = n - np.trace(coincidence, axis1=-2, axis2=-1)
    expected = n**2 - (n_c**2).sum(axis=-1)
    alpha: Floats = 1 - (n - 1) * _ratio(observed, expected)
    return alpha


def kappa_of(confusion: Floats) -> Floats:
    """Return Cohen's kappa of confusion matrices of two annotators, shape (…, V, V) → (…).

    κ = (p_o − p_e) / (1 − p_e); NaN where both only ever used one and the same category.
    """
    n = confusion.sum(axis=(-2, -1))
    p_o = _ratio(np.trace(confusion, axis1=-2, axis2=-1), n)
    p_e = _ratio((confusion.sum(axis=-1) * confusion.sum(axis=-2)).sum(axis=-1), n**2)
    return _ratio(p_o - p_e, 1 - p_e)


def raw_of(couples: Floats) -> Floats:
    """Return the share of agreeing couples of answers: couples (…, 2) holds those that agree and all."""
    return _ratio(couples[..., 0], couples[..., 1])


def _ratio(part: Floats, whole: Floats) -> Floats:
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    # Differences of sums of weights miss zero by rounding only.
    safe = np.abs(whole) > 1e-12
    return np.where(safe, part / np.where(safe, whole, 1.0), np.nan)


def raw_agreement(answers: Answers, how: Resampling = _DEFAULT) -> Interval:
    """Return how often two answers on one pair are the same, over all couples of annotators."""
    kinds, often = _kinds(shared_pairs(answers))
    counts = one_hot(kinds, int(kinds.max(initial=0)) + 1)
    m = counts.sum(axis=1)
    couples = np.stack([(counts * (counts - 1)).sum(axis=1), m * (m - 1)], axis=1)
    return _bootstrapped(couples, often, raw_of, how)


def krippendorff_alpha(answers: Answers, how: Resampling = _DEFAULT) -> Interval:
    """Return Krippendorff's alpha for nominal data; annotators may have judged different pairs."""
    kinds, often = _kinds(shared_pairs(answers))
    parts = coincidences(kinds, int(kinds.max(initial=0)) + 1)
    return _bootstrapped(parts, often, alpha_of, how)


def confusion_matrix(one: Answers, other: Answers, categories: int) -> npt.NDArray[np.int64]:
    """Return how often one annotator said row where the other said column, shape (categories, categories)."""
    both = (one >= 0) & (other >= 0)
    matrix = np.zeros((categories, categories), dtype=np.int64)
    np.add.at(matrix, (one[both], other[both]), 1)
    return matrix


def cohen_kappa(one: Answers, other: Answers, how: Resampling = _DEFAULT) -> Interval:
    """Return Cohen's kappa of two annotators over the pairs that both judged."""
    categories = int(max(one.max(initial=0), other.max(initial=0))) + 1
    often = confusion_matrix(one, other, categories).ravel()
    parts = np.eye(categories**2).reshape(-1, categories, categories)
    return _bootstrapped(parts[often > 0], often[often > 0], kappa_of, how)


def _kinds(answers: Answers) -> tuple[Answers, npt.NDArray[np.int64]]:
    """Return the different rows of ``answers``, and how many pairs were answered so."""
    kinds, often = np.unique(answers, axis=0, return_counts=True)
    return kinds, often.astype(np.int64)


def _bootstrapped(
    parts: Floats, often: npt.NDArray[np.int64], measure: Callable[[Floats], Floats], how: Resampling
) -> Interval:
    """Measure the sum over all pairs, and the sums over pairs drawn with replacement.

    Pairs that were answered alike are alike to every measure, so kinds of pairs are drawn, each as often as it would
    be: the same distribution, for a hundred kinds instead of ten thousands of pairs.

    Args:
        parts: what a pair of each kind adds to the sum, (kinds, …).
        often: how many pairs are of each kind, (kinds,).
        measure: of sums, (…, …) → (…).
        how: how often, and from which seed.
    """
    flat = parts.reshape(len(parts), math.prod(parts.shape[1:]))
    value = float(measure((often @ flat).reshape(parts.shape[1:])))
    n = int(often.sum())
    if n < 2 or how.resamples < 1:
        return Interval(value, float("nan"), float("nan"))
    rng = np.random.default_rng(how.seed)
    drawn = []
    for start in range(0, how.resamples, _RESAMPLES_AT_ONCE):
        weights = rng.multinomial(n, often / n, size=min(_RESAMPLES_AT_ONCE, how.resamples - start))
        drawn.append(measure((weights @ flat).reshape(-1, *parts.shape[1:])))
    found = np.concatenate(drawn)
    found = found[np.isfinite(found)]
    if not len(found):
        return Interval(value, float("nan"), float("nan"))
    low, high = np.quantile(found, [(1 - how.level) / 2, (1 + how.level) / 2])
    return Interval(value, float(low), float(high))
