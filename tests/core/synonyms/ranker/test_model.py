from __future__ import annotations

import numpy as np
import pytest

from core.synonyms.ranker.model import C, learn
from core.synonyms.ranker.quality import quality_of


def data(n, seed=0):
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(n, 3)).astype(np.float32)
    synonym = features[:, 0] * 2 - features[:, 1] + rng.logistic(size=n) > 1
    return features, synonym


def test_too_little_teaches_nothing():
    features, _ = data(10)
    assert learn(features[:0], np.zeros(0, dtype=bool)) is None
    assert learn(features, np.zeros(10, dtype=bool)) is None
    assert learn(features, np.arange(10) < 2) is None
    assert learn(features, np.arange(10) < 3) is not None


def test_what_it_learns_is_the_penalised_optimum():
    features, synonym = data(400)
    model = learn(features, synonym)
    # The gradient of −log-likelihood + |w|² / 2C is zero there, the intercept's without penalty.
    error = model.probability(features).astype(float) - synonym
    gradient = features.T.astype(float) @ error + model.weights / C
    assert gradient == pytest.approx(0, abs=0.01)
    assert error.sum() == pytest.approx(0, abs=0.01)
    assert model.weights[0] > 0.5
    assert model.weights[1] < -0.2
    assert (model.learnt, model.positives) == (400, int(synonym.sum()))


def test_one_feature_by_hand():
    # Five of each answer, the feature ± 1 with them; by symmetry the intercept is 0 and w solves
    # w / C = Σ |x| (1 − σ(w)) over the ten: w = .1 · 10 · (1 − σ(w)) → w ≈ .4010.
    features = np.array([[1.0]] * 5 + [[-1.0]] * 5, dtype=np.float32)
    model = learn(features, np.arange(10) < 5)
    assert model.weights[0] == pytest.approx(0.40106, abs=1e-3)
    assert model.intercept == pytest.approx(0, abs=1e-4)
    p = 1 / (1 + np.exp(-0.40106))
    assert model.probability(features[:1])[0] == pytest.approx(p, abs=1e-3)
    # Precision of the weight: 10 p (1 − p) + 1 / C; of the intercept: 10 p (1 − p) + 1 / C as well.
    assert model.covariance[0, 0] == pytest.approx(1 / (10 * p * (1 - p) + 1 / C), rel=1e-2)


def test_it_is_surer_after_more_judgements_and_less_sure_far_away():
    widths = {}
    for n in (50, 2000):
        features, synonym = data(n)
        model = learn(features, synonym)
        low, high = model.interval(np.zeros((1, 3), dtype=np.float32))
        assert 0 <= low[0] < model.probability(np.zeros((1, 3), dtype=np.float32))[0] < high[0] <= 1
        widths[n] = high[0] - low[0]
    assert widths[2000] < widths[50] / 3
    near, far = np.array([[0, 0, 0.1]], dtype=np.float32), np.array([[0, 0, 3.0]], dtype=np.float32)
    (near_low, near_high), (far_low, far_high) = model.interval(near), model.interval(far)
    assert far_high[0] - far_low[0] > near_high[0] - near_low[0]


def test_learning_takes_no_longer_than_a_key_may():
    features, synonym = data(2000)
    wide = np.column_stack([features, np.random.default_rng(1).normal(size=(2000, 30))]).astype(np.float32)
    # The best of many: how much of the machine is left for this is another matter.
    assert any(learn(wide, synonym).milliseconds < 50 for _attempt in range(100))


def test_quality_by_hand():
    guesses, answers = np.array([0.9, 0.8, 0.3, 0.1]), np.array([True, False, True, False])
    found = quality_of(guesses, answers)
    assert found.brier == pytest.approx((0.01 + 0.64 + 0.49 + 0.01) / 4)
    assert found.baseline == pytest.approx(0.25)
    assert found.average_precision == pytest.approx((1 / 1 + 2 / 3) / 2)


def test_equal_guesses_are_ranked_by_chance_not_by_luck():
    found = quality_of(np.full(4, 0.5), np.array([True, False, False, False]))
    assert found.average_precision == pytest.approx(0.25)
    assert quality_of(np.full(3, 0.5), np.array([True, True, True])) is None
    assert quality_of(np.empty(0), np.empty(0, dtype=bool)) is None
