"""The numbers of a step as they stand in the formulas, and the sum that makes the loss."""

import math
from dataclasses import replace

import pytest

from app.policy_gradient.anatomy.numbers import (
    advantage_line,
    angle_words,
    curve_line,
    plain,
    product_line,
    returns_line,
    signed,
    sum_line,
    values_at,
)
from core.policy_gradient.anatomy.findings import Corrections
from tests.app.policy_gradient.anatomy.toy import anatomy


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0"), (1.0, "1"), (-2.0, "−2"), (0.62, "0.620"), (-1.314, "−1.31"), (51.72, "51.7"), (123.4, "123"),
        (0.000_04, "0.0000"), (-0.000_01, "0.0000"), (float("nan"), "nan"),
    ],
)  # fmt: skip
def test_three_digits_that_count(number, written):
    assert plain(number) == written


def test_a_sign_is_always_written():
    assert (signed(1.31), signed(-1.31), signed(0)) == ("+1.31", "−1.31", "+0")


def test_a_step_by_hand():
    shown = anatomy()
    own = shown.lesson(shown.own)
    assert returns_line(shown, own, 0) == "1 + 0.5 · 1.50 = 1.75"
    assert returns_line(shown, own, 3) == "r = 0"  # the last one
    assert advantage_line(own, 0) == "(1.75 − 1.25) / 0.500 = +1"
    assert product_line(shown, own, 0) == "−log(0.500) · (+1) = +0.693"
    assert product_line(shown, own, 2) == "−log(0.800) · (−0.500) = −0.112"


def test_a_step_without_the_corrections():
    shown = anatomy()
    plain_one = shown.lesson(Corrections("reward", False))
    assert returns_line(shown, plain_one, 1) == "r = 1"
    assert advantage_line(plain_one, 1) == "G = +1"
    assert returns_line(shown, shown.lesson(Corrections("episode", True)), 2) == "1 + 0.5 · … = 1.75"


def test_a_baseline_stands_between():
    shown = anatomy(baseline=0.25)
    assert advantage_line(shown.lesson(shown.own), 1) == "(1.50 − 0.250 − 1.25) / 0.500 = +0"
    assert advantage_line(shown.lesson(Corrections("to_go", False)), 1) == "1.50 − 0.250 = +1.25"


def test_the_sum_is_the_loss():
    shown = anatomy()
    own = shown.lesson(shown.own)
    products = [math.log(2) * 1, math.log(4) * 0.5, math.log(1.25) * -0.5, math.log(2) * -2.5]
    total = sum(products)
    assert total == pytest.approx(-0.458, abs=5e-4)
    assert sum_line(shown, own) == "L = (this episode −0.458 + 2 others +2) / 10 steps = +0.154"
    assert (total + 2) / 10 == pytest.approx(0.154, abs=5e-4)
    assert curve_line(shown, own) == "✓ the loss that the curve shows for update 3"
    assert curve_line(replace(shown, loss=0.2), own) == "the curve shows +0.200 for update 3"
    other = shown.lesson(Corrections("to_go", False))
    assert curve_line(shown, other) == "The run learned otherwise: the curve shows +0.154 for update 3"
    alone = replace(shown, episodes=(7, 7), batch_steps=4)
    assert sum_line(alone, own).startswith("L = (this episode −0.458) / 4 steps")


def test_the_angle_in_words():
    shown = anatomy()
    said = [angle_words(shown.own, lesson) for lesson in shown.lessons]
    assert said[0] == "the run's own gradient, length 12.5"
    assert [words.partition(";")[0] for words in said[1:]] == [
        "30° from the run's own gradient: nearly the same direction",
        "60° from the run's own gradient: partly the same direction",
        "90° from the run's own gradient: hardly related",
        "120° from the run's own gradient: partly against it",
        "150° from the run's own gradient: against it",
    ]
    nothing = replace(shown.lessons[1], agreement=float("nan"))
    assert angle_words(shown.own, nothing) == "no gradient: nothing would be learned"


def test_what_the_symbols_stand_for():
    shown = anatomy()
    assert values_at("CartPole-v1", shown, shown.lesson(shown.own), 1) == {
        "a": "← left", "r": "1", "G": "1.50", "R": "+0.500", "pi": "25.0% → 55.0%", "loss": "+0.154", "gamma": "0.5",
        "theta": "after 2 updates",
    }  # fmt: skip
    assert values_at("Acrobot-v1", shown, shown.lesson(shown.own), 0)["a"] == "no torque"
    assert values_at("Nobody/Knows-v0", shown, shown.lesson(shown.own), 0)["a"] == "1"
