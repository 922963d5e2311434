from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from core.synonyms.agreement.measures import (
    Resampling,
    cohen_kappa,
    coincidences,
    confusion_matrix,
    krippendorff_alpha,
    raw_agreement,
    shared_pairs,
)

_ = -1
KRIPPENDORFF_C = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
).T
"""Section C of Krippendorff 2011: four observers, five values, missing data; nominal alpha .743."""

KRIPPENDORFF_A = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]).T
"""Section A: two observers, binary data; alpha .095."""

COHEN = np.array([[0, 0]] * 20 + [[0, 1]] * 5 + [[1, 0]] * 10 + [[1, 1]] * 15)
"""p_o = 35/50 = .7, p_e = .5·.6 + .5·.4 = .5, κ = (.7 − .5) / .5 = .4."""


def test_alpha_of_the_published_examples():
    assert krippendorff_alpha(KRIPPENDORFF_A).value == pytest.approx(0.095, abs=5e-4)
    assert krippendorff_alpha(KRIPPENDORFF_C).value == pytest.approx(0.743, abs=5e-4)


def test_coincidences_by_hand():
    # Three answers 0, 0, 1: ordered couples 00 twice, 01 twice, 10 twice, each 1/2.
    matrix = coincidences(np.array([[0, 0, 1]]), 2)[0]
    assert matrix.tolist() == [[1.0, 1.0], [1.0, 0.0]]
    assert coincidences(np.array([[0, _, _]]), 2).sum() == 0


def test_kappa_by_hand_and_against_scikit_learn():
    assert cohen_kappa(COHEN[:, 0], COHEN[:, 1]).value == pytest.approx(0.4)
    rng = np.random.default_rng(0)
    one, other = rng.integers(0, 5, size=(2, 200))
    other = np.where(rng.random(200) < 0.6, one, other)
    assert cohen_kappa(one, other).value == pytest.approx(cohen_kappa_score(one, other))


def test_kappa_looks_only_at_pairs_both_judged():
    padded = np.concatenate([COHEN, [[0, _], [_, 1], [_, _]]])
    assert cohen_kappa(padded[:, 0], padded[:, 1]).value == pytest.approx(0.4)


def test_raw_agreement_by_hand():
    assert raw_agreement(COHEN).value == pytest.approx(0.7)
    # Couples: (0,0,1) has one of three that agree, (1,1) one of one.
    assert raw_agreement(np.array([[0, 0, 1], [1, 1, _], [1, _, _]])).value == pytest.approx(2 / 4)


def test_confusion_by_hand():
    assert confusion_matrix(COHEN[:, 0], COHEN[:, 1], 2).tolist() == [[20, 5], [10, 15]]


def test_perfect_agreement_is_one_and_chance_is_about_zero():
    same = np.repeat(np.arange(4)[:, None], 3, axis=1)
    assert krippendorff_alpha(same).value == 1
    assert cohen_kappa(same[:, 0], same[:, 1]).value == 1
    chance = np.random.default_rng(1).integers(0, 3, size=(4000, 2))
    assert abs(krippendorff_alpha(chance).value) < 0.05
    assert abs(cohen_kappa(chance[:, 0], chance[:, 1]).value) < 0.05


def test_a_single_category_leaves_chance_measures_undefined_not_perfect():
    always = np.zeros((10, 2), dtype=int)
    assert raw_agreement(always).value == 1
    assert math.isnan(krippendorff_alpha(always).value)
    assert math.isnan(cohen_kappa(always[:, 0], always[:, 1]).value)


def test_rare_synonyms_raw_agreement_flatters():
    # 9 pairs in 10 "not" from both, independently: raw .82, kappa 0 by construction.
    parts = [[[0, 0]] * 1, [[0, 1]] * 9, [[1, 0]] * 9, [[1, 1]] * 81]
    answers = np.concatenate([np.array(part) for part in parts])
    assert raw_agreement(answers).value == pytest.approx(0.82)
    assert cohen_kappa(answers[:, 0], answers[:, 1]).value == pytest.approx(0.0)


def test_intervals_hold_the_value_repeat_with_the_seed_and_narrow_with_data():
    few, many = (
        krippendorff_alpha(COHEN, Resampling(seed=3)),
        krippendorff_alpha(np.tile(COHEN, (16, 1)), Resampling(seed=3)),
    )
    assert few == krippendorff_alpha(COHEN, Resampling(seed=3))
    assert many != krippendorff_alpha(np.tile(COHEN, (16, 1)), Resampling(seed=4))
    for found in (few, many):
        assert found.low < found.value < found.high
    # Sixteen times the pairs: a quarter of the width.
    assert (many.high - many.low) / (few.high - few.low) == pytest.approx(0.25, abs=0.06)


def test_the_interval_of_kappa_is_close_to_its_asymptotic_error():
    # Fleiss, Cohen and Everitt 1969 for this table: se = sqrt(p_o (1 − p_o) / n) / (1 − p_e) ≈ .1296.
    found = cohen_kappa(COHEN[:, 0], COHEN[:, 1], Resampling(resamples=4000))
    assert (found.high - found.low) / (2 * 1.96) == pytest.approx(0.1296, abs=0.015)


def test_nothing_shared_is_undefined():
    alone = np.array([[0, _], [_, 1]])
    assert len(shared_pairs(alone)) == 0
    for found in (raw_agreement(alone), krippendorff_alpha(alone), cohen_kappa(alone[:, 0], alone[:, 1])):
        assert all(math.isnan(figure) for figure in found)
