"""How several seeds are told in one curve and a few numbers.

The interquartile mean and its stratified bootstrap are those of Agarwal et al. 2021, "Deep Reinforcement Learning at
the Edge of the Statistical Precipice", section 4.3: a handful of seeds is no more than a handful, and the band says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

REPETITIONS: Final = 2000
"""How often the seeds are drawn anew for a band."""
CONFIDENCE: Final = 0.95
FELL: Final = 175 / 475
"""By this share of the threshold a run must fall below it to count as lost again: below 300 in CartPole, whose
threshold is 475."""
_CUT: Final = 0.25
"""Share that the interquartile mean leaves out at each end."""


def interquartile_mean(values: npt.ArrayLike) -> Floats:
    """Return the mean of the middle half along the first axis: a quarter is left out at each end.

    Of n values ⌊n/4⌋ are left out at each end, as ``scipy.stats.trim_mean(values, 0.25)`` does; of less than four,
    none.

    Args:
        values: (seeds, …).

    Returns:
        (…).
    """
    ordered = np.sort(np.asarray(values, dtype=np.float64), axis=0)
    cut = int(_CUT * len(ordered))
    mean: Floats = ordered[cut : len(ordered) - cut].mean(axis=0)
    return mean


@dataclass(frozen=True, slots=True)
class Band:
    """A curve with its band.

    Attributes:
        iqm: interquartile mean over the seeds, (points,).
        low: lower end of its confidence interval, (points,).
        high: upper end, (points,).
    """

    iqm: Floats
    low: Floats
    high: Floats


def bootstrap_band(
    strata: Sequence[Floats], *, repetitions: int = REPETITIONS, confidence: float = CONFIDENCE, seed: int = 0
) -> Band:
    """Return the interquartile mean over all seeds with its percentile band by stratified bootstrap.

    Each repetition draws from every stratum as many of its seeds as it has, with replacement, and takes the
    interquartile mean of them all. The band holds the middle ``confidence`` of the repetitions.

    Args:
        strata: for every environment the scores of its seeds, (seeds, points). With one environment it is the ordinary
            bootstrap.
        repetitions: how often the seeds are drawn.
        confidence: share of the repetitions within the band.
        seed: where the draws come from.
    """
    scores = np.concatenate(strata)  # (n, points)
    drawn = _draw([len(stratum) for stratum in strata], repetitions, np.random.default_rng(seed))
    order = np.argsort(scores, axis=0, kind="stable")  # (n, points)
    n, cut = len(scores), int(_CUT * len(scores))
    means = np.empty((repetitions, scores.shape[1]))
    for point in range(scores.shape[1]):
        ordered = scores[order[:, point], point]  # (n,), ascending
        # How many of the drawn lie at or below each score; only those between the cuts count.
        upto = drawn[order[:, point]].cumsum(axis=0)  # (n, repetitions)
        np.clip(upto, cut, n - cut, out=upto)
        # Σ s_i (u_i − u_{i−1}) with u_{−1} = cut, summed by parts: one pass over the large array instead of two.
        total = ordered[-1] * (n - cut) - ordered[0] * cut - np.diff(ordered) @ upto[:-1]
        means[:, point] = total / (n - 2 * cut)
    outside = 50 * (1 - confidence)
    low, high = np.percentile(means, [outside, 100 - outside], axis=0)
    return Band(interquartile_mean(scores), low, high)


def _draw(sizes: Sequence[int], repetitions: int, rng: np.random.Generator) -> Floats:
    """Return how often each seed is drawn in each repetition, (seeds of all strata, repetitions)."""
    rows = []
    for size in sizes:
        chosen = rng.integers(size, size=(repetitions, size))
        cells = chosen + size * np.arange(repetitions)[:, None]
        counts = np.bincount(cells.ravel(), minlength=repetitions * size).reshape(repetitions, size)
        rows.append(counts.T.astype(np.float64))
    return np.ascontiguousarray(np.concatenate(rows))


def median_and_quartiles(values: Sequence[float]) -> tuple[float, float, float] | None:
    """Return (median, lower quartile, upper quartile); None of nothing."""
    if not values:
        return None
    low, median, high = np.percentile(values, [25, 50, 75]).tolist()
    return median, low, high


def running_mean(values: npt.ArrayLike, window: int) -> Floats:
    """Return for each value the mean of it and those before it, ``window`` in all, of fewer at the beginning."""
    sums = np.concatenate([[0.0], np.cumsum(np.asarray(values, dtype=np.float64))])
    ends = np.arange(1, sums.size)
    begins = np.maximum(0, ends - window)
    means: Floats = (sums[ends] - sums[begins]) / (ends - begins)
    return means


def times_fallen(returns: npt.ArrayLike, window: int, threshold: float | None) -> int:
    """Return how often a run was lost again after its running mean had reached ``threshold``.

    It is lost when the mean falls below the threshold by ``FELL`` of it, and may be lost again once it has come back.

    Args:
        returns: return of every training episode, (episodes,).
        window: how many episodes the running mean covers; only full windows count.
        threshold: mean return that counts as solved; None where nothing names one.
    """
    if threshold is None:
        return 0
    means = running_mean(returns, window)[window - 1 :]
    lost_below = threshold - FELL * abs(threshold)
    falls, is_up = 0, False
    for mean in means[(means >= threshold) | (means < lost_below)].tolist():
        falls += is_up and mean < lost_below
        is_up = mean >= threshold
    return falls
