"""How samples become rows, without measuring anything."""

from __future__ import annotations

import pytest

from app.attention.views import VIEWS
from tests.benchmarks import cli
from tests.benchmarks.measure_attention import heads_rows, key_row, memory_rows
from tests.benchmarks.measure_experiments import against_row, click_rows, study_row
from tests.benchmarks.measure_laboratory import page_rows, picture_row, recording_row
from tests.benchmarks.measure_learning import agreement, fast_rows, peer_row
from tests.benchmarks.measure_mechanisms import VIEWS as MECHANISMS
from tests.benchmarks.measure_mechanisms import key_row as key_of_page
from tests.benchmarks.measure_mechanisms import training_rows
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


def test_experiments_become_rows_with_their_budgets():
    gaps = {"median": 1.0, "p99": 21.0, "worst": 40.0, "felt_p99": 22.0, "beats": 100}
    band, gap = click_rows({"seconds": 5.9, "solved": 10, "gaps_ms": gaps}, 10)
    assert (band.ok, gap.ok) == (True, False)
    study = study_row({"seconds": 61.0, "solved": {"fast": 20}, "runs": 120}, 20)
    assert study.ok is False
    assert "20" in study.note
    recorded = recording_row({"seconds": [0.009, 0.01, 0.02], "width": 1710, "height": 971})
    assert (recorded.value, recorded.ok, recorded.details) == (10.0, True, {"longest": 20.0})
    named = {row for one in cli.MEASUREMENTS for row in one.rows}
    assert {band.name, gap.name, study.name} <= named


def test_an_experiment_is_held_against_its_seeds_one_after_the_other():
    told = {"seconds": 4.0, "solved": 10, "gaps_ms": {}}
    row = against_row(told, 10, [{"seconds": 3.0}, {"seconds": 5.0}], None)
    assert (row.value, row.peer_value, row.ratio, row.ok) == (0.4, 4.0, 10.0, True)
    missing = against_row(told, 10, [], "not installed")
    assert (missing.value, missing.error, missing.ok) == (None, "not installed", None)


def test_pages_that_draw_what_is_learned_become_rows():
    told = {"frames_per_second": 54.0, "gaps_ms": {"p99": 8.0}, "updates_per_second": 3.0}
    frames, gap = page_rows("swarm", told)
    assert (frames.name, frames.ok, gap.name, gap.ok) == ("swarm_frames_per_second", False, "swarm_gap_p99", True)
    assert [row.name for row in page_rows("plane", told)] == ["plane_gap_p99"]
    row = picture_row({"seconds": [0.002, 0.003, 0.9], "peer_seconds": [0.004, 0.006, 0.1], "states": 25921})
    assert (row.value, row.peer_value, row.ratio, row.ok) == (3.0, 6.0, 2.0, True)
    assert "25921" in row.note
    recorded = recording_row({"seconds": [0.009, 0.01, 0.02], "width": 1710, "height": 971})
    assert (recorded.value, recorded.ok, recorded.details) == (10.0, True, {"longest": 20.0})
    named = {row for one in cli.MEASUREMENTS for row in one.rows}
    assert {row.name, frames.name, gap.name, recorded.name} <= named


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
    assert rows["soak_window_growth"].value == pytest.approx(8.2)  # 109.6 at the end, 101.4 when settled
    assert rows["soak_window_growth"].ok is False
    assert rows["soak_worker_growth"].value == 0.0
    assert rows["soak_frames_per_second"].value == pytest.approx(60.0)
    assert rows["soak_none_references"].ok is False
    assert rows["soak_errors"].ok is False
    soak = next(one for one in cli.MEASUREMENTS if one.name == "soak")
    assert tuple(rows) == soak.rows


def test_a_key_row_is_the_median_held_against_the_budget_of_its_length():
    keys = {
        "ms": [50.0, 70.0, 60.0, 500.0, 40.0],
        "forward_ms": [30.0, 20.0, 400.0],
        "tokens": [30, 33],
        "text": "so on",
    }
    row = key_row("minilm", 30, "offscreen", keys, peer={"seconds": 0.3, "mb": 3.0}, where="in memory")
    assert (row.name, row.value, row.bounded, row.ok) == ("attention_key_minilm_30_offscreen", 60.0, 30.0, True)
    slower = key_row("minilm", 100, "offscreen", keys | {"forward_ms": [24.0]}, peer=None, where="in memory")
    assert (slower.bounded, slower.ok) == (36.0, False)
    assert row.details["bertviz"]["seconds"] == 0.3
    assert row.details["worst_ms"] == 500.0
    assert "worst 500 ms" in row.note
    unpromised = key_row("e5", 10, "offscreen", keys, peer=None, where="in memory")
    assert (unpromised.ok, unpromised.peer_value) == (None, 30.0)
    assert key_row("e5", 300, "display", keys, peer=None, where="there").budget.bound == 500


def test_all_heads_are_two_rows_and_the_forward_pass_stands_beside_the_typed_one():
    heads = {
        "typed_ms": [100.0, 300.0, 200.0],
        "forward_ms": [140.0, 130.0, 150.0],
        "recoloured_ms": [30.0, 20.0, 10.0],
        "tokens": 101,
        "text": "so on",
    }
    typed, recoloured = heads_rows("e5", "offscreen", heads, peer={"seconds": 2.0, "mb": 65.0}, where="in memory")
    assert (typed.value, typed.bounded, typed.ok) == (200.0, 60.0, True)
    assert typed.details["bertviz"]["mb"] == 65.0
    assert "101 tokens" in typed.note
    assert (recoloured.value, recoloured.ok, recoloured.peer) == (20.0, True, None)


def test_memory_is_the_windows_and_that_of_all():
    part = {"rss": 100.0, "uss": 60.0}
    window, everything = memory_rows({"window": part, "children": {"7": {"rss": 900.0, "uss": 800.0}, "8": part}})
    assert (window.value, window.ok) == (100.0, True)
    assert (everything.value, everything.details["uss_mib"], everything.details["processes"]) == (1100.0, 920.0, 3)


def test_a_key_on_a_page_says_what_it_cost_the_processor():
    row = key_of_page("memory", {"ms": [100.0, 90.0, 130.0], "window_ms": 30.0, "workers_ms": 12.0})
    assert (row.name, row.value, row.ok) == ("attention_mechanism_memory", 100.0, True)
    assert "30 ms in the window and 12 ms in the workers" in row.note


def test_every_mechanism_has_a_row():
    assert set(MECHANISMS) == {spec.id for spec in VIEWS if spec.is_mechanism}


def test_a_watched_training_has_two_rows():
    sharp, end = training_rows("memory-two-3", {"sharp_s": 61.0, "end_s": 300.0, "steps": 9})
    assert (sharp.value, sharp.ok) == (61.0, False)
    assert (end.value, end.ok) == (300.0, True)


def test_rows_have_one_name_each():
    names = [name for one in cli.MEASUREMENTS for name in one.rows]
    assert len(names) == len(set(names))
    assert not {one.name for one in cli.MEASUREMENTS} & set(names)


def test_everything_is_measured_but_what_has_to_be_asked_for():
    assert [one.name for one, _wanted in choose(cli.MEASUREMENTS, None)] == [
        "start_up", "live", "slowdown", "article", "article_learns", "fast", "ablate", "experiment",
        "laboratory", "picture", "recording",
        "attention_first", "attention_typing", "mechanisms", "train_live", "mining", "labelling",
        "window_table", "nearest_words", "methods_learn", "candidates_table", "annotator", "kills",
    ]  # fmt: skip


def test_rows_are_chosen_by_their_own_name_or_their_groups():
    chosen = choose(cli.MEASUREMENTS, ["fast_median", "soak"])
    assert [one.name for one, _wanted in chosen] == ["fast", "soak"]
    assert chosen[0][1] == {"fast_median"}
    assert chosen[1][1] == set(chosen[1][0].rows)
    with pytest.raises(UnknownRowError, match="start_up, live"):
        choose(cli.MEASUREMENTS, ["fast_median", "no such row"])
