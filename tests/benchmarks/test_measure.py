"""How samples become rows, without measuring anything."""

from __future__ import annotations

import pytest

from tests.benchmarks import cli
from tests.benchmarks.measure_learning import agreement, fast_rows, peer_row
from tests.benchmarks.measure_window import growth, soak_rows
from tests.benchmarks.plan import UnknownRowError, choose

RUNS = [
    {"seed": 0, "seconds": 0.2, "env_steps": 100, "solved": True, "greedy_mean": 500.0},
    {"seed": 1, "seconds": 0.6, "env_steps": 300, "solved": False, "greedy_mean": 400.0},
    {"seed": 2, "seconds": 0.3, "env_steps": 200, "solved": True, "greedy_mean": 480.0},
]


def test_agreement_counts_first_episodes():
    assert agreement([20, 11, 30], [20, 11, 30]) == 3
    assert agreement([20, 11, 30], [20, 12, 30]) == 1
    assert agreement([20, 11], [20, 11, 30]) == 2
    assert agreement([1], [2]) == 0


def test_growth_compares_the_medians_of_the_ends():
    steady = [100.0] * 100
    steady[3], steady[97] = 900.0, 900.0  # odd samples
    assert growth(steady) == 0.0
    assert growth([float(n) for n in range(100)]) == pytest.approx(94.5 - 4.5)
    assert growth([7.0]) == 0.0


def test_fast_rows_count_the_solved_and_name_the_rest():
    solved, median, worst = fast_rows(RUNS)
    assert (solved.value, solved.budget.bound, solved.ok) == (2, 3, False)
    assert solved.details["unsolved"] == [1]
    assert (median.value, median.ok) == (0.3, True)
    assert (worst.value, worst.ok) == (0.6, None)


def test_a_peer_is_held_against_our_median():
    pytest.importorskip("stable_baselines3")
    theirs = [{"seed": 0, "seconds": 3.0, "solved": True}, {"seed": 1, "seconds": 5.0, "solved": False}]
    row = peer_row("ppo", RUNS, theirs, None)
    assert (row.value, row.peer_value) == (0.3, 4.0)
    assert row.ratio == pytest.approx(4.0 / 0.3)
    assert row.ok is True
    assert "1" in row.note.rpartition(";")[2]


@pytest.mark.parametrize("reason", [None, "it is not installed"])
def test_a_peer_that_was_not_measured_says_why(reason):
    row = peer_row("a2c", RUNS, [], reason)
    assert row.value is None
    assert row.ok is None
    assert row.error
    assert reason is None or row.error == reason


def test_a_soak_becomes_five_rows():
    samples = [
        {"seconds": float(n), "window": 100.0 + n / 10, "worker": 300.0, "frames": 60 * n, "none": 5000 - 50 * n}
        for n in range(101)
    ]
    rows = {row.name: row for row in soak_rows({"samples": samples, "runs": 4, "errors": ["it broke"]})}
    assert rows["soak_window_growth"].value == pytest.approx(9.1)
    assert rows["soak_window_growth"].ok is False
    assert rows["soak_worker_growth"].value == 0.0
    assert rows["soak_frames_per_second"].value == pytest.approx(60.0)
    assert rows["soak_none_references"].ok is False
    assert rows["soak_errors"].ok is False
    soak = next(one for one in cli.MEASUREMENTS if one.name == "soak")
    assert tuple(rows) == soak.rows


def test_rows_have_one_name_each():
    names = [name for one in cli.MEASUREMENTS for name in one.rows]
    assert len(names) == len(set(names))
    assert not {one.name for one in cli.MEASUREMENTS} & set(names)


def test_everything_is_measured_but_what_has_to_be_asked_for():
    assert [one.name for one, _wanted in choose(cli.MEASUREMENTS, None)] == [
        "start_up", "live", "slowdown", "article", "article_learns", "fast", "mining", "labelling", "window_table",
        "nearest_words", "candidates_table", "annotator", "kills",
    ]  # fmt: skip


def test_rows_are_chosen_by_their_own_name_or_their_groups():
    chosen = choose(cli.MEASUREMENTS, ["fast_median", "soak"])
    assert [one.name for one, _wanted in chosen] == ["fast", "soak"]
    assert chosen[0][1] == {"fast_median"}
    assert chosen[1][1] == set(chosen[1][0].rows)
    with pytest.raises(UnknownRowError, match="start_up, live"):
        choose(cli.MEASUREMENTS, ["fast_median", "no such row"])
