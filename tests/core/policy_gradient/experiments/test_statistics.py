"""The interquartile mean and its bootstrap, by hand and beside scipy's."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from core.policy_gradient.experiments.statistics import (
    bootstrap_band,
    interquartile_mean,
    median_and_quartiles,
    running_mean,
    times_fallen,
)


@pytest.mark.parametrize(
    ("values", "mean"),
    [
        ([7], 7),
        ([1, 2, 9], 4),  # of three none is left out
        ([100, 1, 2, 3], 2.5),
        ([1, 2, 3, 4, 5, 6, 7, 100], 4.5),
        ([9, 1, 2, 3, 4, 5, 6, 7, 8], 5),  # ⌊9/4⌋ = 2 at each end
    ],
)
def test_the_interquartile_mean_by_hand(values, mean):
    assert interquartile_mean(values) == mean
    assert interquartile_mean(np.array(values)[:, None] * [1, 10]).tolist() == [mean, 10 * mean]


@pytest.mark.parametrize("n", [1, 3, 4, 10, 20, 21])
def test_the_interquartile_mean_is_scipys_trimmed_mean(n):
    stats = pytest.importorskip("scipy.stats")
    values = np.random.default_rng(n).normal(size=(n, 3))
    np.testing.assert_allclose(interquartile_mean(values), stats.trim_mean(values, 0.25, axis=0))


def test_the_band_by_hand_on_a_fixed_seed():
    scores = np.array([[1.0], [2.0], [4.0], [100.0]])
    drawn = np.random.default_rng(5).integers(4, size=(6, 4))
    # Of the four drawn, the smallest and the largest are left out, and the other two averaged.
    means = [np.mean(np.sort(scores[row, 0])[1:3]) for row in drawn]
    low, high = np.percentile(means, [10, 90])
    band = bootstrap_band([scores], repetitions=6, confidence=0.8, seed=5)
    assert (band.iqm.tolist(), band.low[0], band.high[0]) == ([3.0], pytest.approx(low), pytest.approx(high))


def test_each_stratum_keeps_its_number_of_seeds():
    # Two environments with two seeds each: whichever are drawn, two are near 0 and two near 100.
    low, high = np.array([[0.0], [1.0]]), np.array([[100.0], [101.0]])
    every = [
        np.mean(np.sort([*a, *b])[1:3])
        for a in itertools.product([0, 1], repeat=2)
        for b in itertools.product([100, 101], repeat=2)
    ]
    band = bootstrap_band([low, high], repetitions=500, confidence=1.0)
    assert (band.low[0], band.high[0]) == (min(every), max(every)) == (50.0, 51.0)
    pooled = bootstrap_band([np.concatenate([low, high])], repetitions=500, confidence=1.0)
    assert (pooled.low[0], pooled.high[0]) == (0.0, 101.0)


def test_the_band_is_scipys_percentile_bootstrap_within_its_noise():
    stats = pytest.importorskip("scipy.stats")
    scores = np.random.default_rng(1).gamma(2, 100, size=(20, 1))
    ours = bootstrap_band([scores], repetitions=20_000)
    theirs = stats.bootstrap(
        (scores[:, 0],), lambda x, axis: stats.trim_mean(x, 0.25, axis=axis), n_resamples=20_000, method="percentile",
        rng=np.random.default_rng(2),
    ).confidence_interval  # fmt: skip
    width = theirs.high - theirs.low
    assert ours.low[0] == pytest.approx(theirs.low, abs=0.05 * width)
    assert ours.high[0] == pytest.approx(theirs.high, abs=0.05 * width)


def test_every_point_has_its_own_order_and_equal_seeds_no_band():
    scores = np.array([[1.0, 9.0, 5.0], [2.0, 8.0, 5.0], [3.0, 1.0, 5.0], [4.0, 2.0, 5.0], [9.0, 3.0, 5.0]])
    band = bootstrap_band([scores], repetitions=300)
    for point in range(3):
        alone = bootstrap_band([scores[:, [point]]], repetitions=300)
        assert (band.low[point], band.high[point]) == (alone.low[0], alone.high[0])
    assert band.low[0] < band.iqm[0] < band.high[0]
    assert band.low[2] == band.iqm[2] == band.high[2] == 5.0


def test_one_seed_is_its_own_band():
    band = bootstrap_band([np.array([[3.0, 4.0]])], repetitions=10)
    assert band.iqm.tolist() == band.low.tolist() == band.high.tolist() == [3.0, 4.0]


def test_median_and_quartiles():
    assert median_and_quartiles([5, 1, 3]) == (3, 2, 4)
    assert median_and_quartiles([7]) == (7, 7, 7)
    assert median_and_quartiles([]) is None


def test_the_running_mean_covers_what_there_is():
    assert running_mean([2, 4, 6, 8], 2).tolist() == [2, 3, 5, 7]
    assert running_mean([], 2).tolist() == []


@pytest.mark.parametrize(
    ("returns", "falls"),
    [
        ([100, 475, 475, 400, 475], 0),  # 400 is lower, and not lost
        ([475, 475, 299, 100, 475], 1),
        ([475, 100, 475, 100, 475, 100], 3),
        ([100, 100, 299], 0),  # never there, never lost
        ([475, 300, 475], 0),  # 300 of 475 is the limit, and not below it
    ],
)
def test_how_often_a_run_was_lost_again(returns, falls):
    assert times_fallen(returns, 1, 475.0) == falls


def test_only_full_windows_count_and_a_negative_threshold_falls_downwards():
    assert times_fallen([500, 0, 0], 3, 475.0) == 0
    assert times_fallen([-90, -130, -90, -140], 1, -100.0) == 1
    assert times_fallen([475, 0], 1, None) == 0
