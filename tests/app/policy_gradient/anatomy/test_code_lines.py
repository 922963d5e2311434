"""The article's code: the line that computes a number, and the lines that a correction that is off leaves out."""

import ast

import pytest

from app.policy_gradient.anatomy.code_lines import code_lines, running
from app.policy_gradient.anatomy.rows import ROWS
from core.policy_gradient.anatomy.findings import ALL_CORRECTIONS, Corrections
from tests.app.policy_gradient.anatomy.toy import anatomy

LAST = 3


def said(row, t, corrections=Corrections()):  # noqa: B008  frozen
    return [code_lines()[number].text.strip() for number in sorted(running(row, t, anatomy(), corrections))]


def test_it_is_python_without_marks():
    text = "\n".join(line.text for line in code_lines())
    ast.parse(text)
    assert "#" not in text


@pytest.mark.parametrize(
    ("row", "first", "last"),
    [
        ("action", "action = Bernoulli(probs).sample()", None),
        ("log_prob", "m = Bernoulli(probs)", None),
        ("product", "loss = -m.log_prob(self.action_pool[i]) * reward", None),
        ("probability", "self.optimizer.step()", None),
    ],
)
def test_one_line_computes_a_number(row, first, last):
    assert said(row, 0) == [first]
    assert said(row, LAST) == [first if last is None else last]


def test_only_the_last_reward_is_set_to_0():
    zeroing = "reward = 0"
    assert zeroing not in said("reward", 0)
    assert zeroing in said("reward", LAST)


def test_the_running_sum_begins_anew_at_the_last_step():
    assert any("self.gamma" in line for line in said("returns", 0))
    assert said("returns", LAST) == ["if self.reward_pool[i] == 0:", "running_add = 0"]


def test_a_correction_that_is_off_runs_no_line():
    assert said("returns", 0, Corrections("reward", True)) == []
    assert said("advantage", 0, Corrections("to_go", False)) == []
    out_of_use = [
        {line.row for line in code_lines() if not line.is_in_use(corrections)} for corrections in ALL_CORRECTIONS
    ]
    off = [set(), {"advantage"}, {"returns"}, {"returns", "advantage"}, {"returns"}, {"returns", "advantage"}]
    assert out_of_use == off


def test_every_row_has_its_line():
    assert all(said(spec.id, 0) for spec in ROWS)
