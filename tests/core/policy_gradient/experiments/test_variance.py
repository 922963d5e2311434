"""How noisy a gradient is, by hand; and that a baseline makes it less so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.policy_gradient.config import FAST
from core.policy_gradient.experiments.record import GradientNoise
from core.policy_gradient.experiments.variance import gradient_noise, noise_of

PLAIN = replace(FAST, batch_episodes=16, normalise=False)


def test_the_noise_by_hand():
    # Mean (2, 1); squared distances 1 + 1, 1 + 1: variance 4 / (2 − 1); signal 5 − 4 / 2.
    noise = noise_of([np.array([1.0, 2.0]), np.array([3.0, 0.0])])
    assert noise == GradientNoise(variance=4.0, signal=3.0)
    assert noise.ratio == pytest.approx(4 / 3)
    assert noise_of([np.array([1.0]), np.array([-1.0])]).ratio is None


def test_a_baseline_lowers_the_gradients_variance():
    none = gradient_noise(PLAIN, batches=12, lessons=4)
    assert none == gradient_noise(PLAIN, batches=12, lessons=4), "the same seed, the same number"
    for baseline in ("mean", "step", "value"):
        noise = gradient_noise(replace(PLAIN, baseline=baseline), batches=12, lessons=4)
        assert noise.variance < 0.6 * none.variance, baseline


def test_the_whole_return_has_more_noise_than_what_follows():
    mean = replace(PLAIN, baseline="mean")
    assert gradient_noise(replace(mean, reward_to_go=False), batches=12).ratio > gradient_noise(mean, batches=12).ratio
