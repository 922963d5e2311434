"""The numbers of a plot as a file: what they come from, then rows that nobody can take for anything else."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import numpy as np
import pytest

from core.policy_gradient.config import ARTICLE
from core.policy_gradient.environments.description import describe
from core.policy_gradient.errors import ExportError
from core.policy_gradient.events import EpisodeFinished, Evaluated, UpdateFinished
from core.policy_gradient.export.plot_table import PlotTable, provenance_of, write_plot_table, writing
from core.policy_gradient.export.run_plots import batch_table, curve_table, observation_names, plane_table
from core.policy_gradient.plane import Plane
from core.policy_gradient.runs.history import RunHistory

CONFIG = replace(ARTICLE, seed=5)


def history():
    run = RunHistory(CONFIG)
    for number, duration in enumerate((10, 30, 50, 70), start=1):
        run.episodes.append(EpisodeFinished(number, duration, float(duration), True, False, 0, 20.0))
    run.updates = [
        UpdateFinished(1, 2, 0.5, 0.6, 7.0, 0.01, 40, 40),
        UpdateFinished(2, 4, 0.4, 0.5, 6.0, 0.02, 120, 160),
    ]
    run.learning_rates = [(2, 0.02)]
    run.evaluations = [Evaluated(2, 1, np.array([10, 30]), np.array([10.0, 30.0]), 20.0, True)]
    return run


def test_comments_come_first_and_cells_are_safe(tmp_path):
    table = PlotTable({"seed": 3, "note": "two\nlines"}, ("a", "b"), [["=1+1", None], [True, 0.1]])
    write_plot_table(tmp_path / "t.csv", table)
    assert (tmp_path / "t.csv").read_text("utf-8") == "# seed: 3\n# note: two lines\na,b\n'=1+1,\n1,0.1\n"


def test_a_run_says_what_it_comes_from(tmp_path):
    origin = provenance_of(history(), update=2)
    assert (origin["seed"], origin["update"], origin["learning_rates"]) == (5, 2, [[2, 0.02]])
    write_plot_table(tmp_path / "t.csv", PlotTable(origin, ("a",), []))
    lines = (tmp_path / "t.csv").read_text("utf-8").splitlines()
    config = next(line for line in lines if line.startswith("# config: "))
    assert json.loads(config.removeprefix("# config: ")) == CONFIG.to_dict()


def test_the_curve_has_the_rows_of_the_run_in_their_order():
    table = curve_table(history())
    assert [row[2] for row in table.rows] == [
        "episode",
        "episode",
        "update",
        "evaluation",
        "episode",
        "episode",
        "update",
    ]
    evaluation = dict(zip(table.columns, table.rows[3], strict=True))
    assert (evaluation["greedy_mean"], evaluation["greedy_deviation"]) == (20.0, 10.0)
    assert evaluation["loss"] is None


def test_the_runs_behind_the_curve_are_told_apart_by_number_and_seed(tmp_path):
    ghost = RunHistory(replace(CONFIG, seed=8), ending="finished")
    ghost.episodes.append(EpisodeFinished(1, 9, 9.0, True, False, 0, 9.0))
    write_plot_table(tmp_path / "t.csv", curve_table(history(), [ghost]))
    text = (tmp_path / "t.csv").read_text("utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    assert [(row["run"], row["seed"], row["duration"]) for row in rows if row["row"] == "episode"] == [
        ("1", "5", "10"), ("1", "5", "30"), ("1", "5", "50"), ("1", "5", "70"), ("2", "8", "9"),
    ]  # fmt: skip
    (behind,) = json.loads(next(line for line in text.splitlines() if line.startswith("# ghosts"))[10:])
    assert (behind["seed"], behind["ending"], behind["config"]["seed"]) == (8, "finished", 8)


def test_a_batch_is_the_episodes_since_the_update_before():
    assert batch_table(history()).rows == [[1, 1, 2, 20.0], [2, 3, 4, 60.0]]


def test_the_plane_has_a_row_a_state_in_the_environments_own_units():
    plane = Plane(2, 3, (-0.2, 0.2), (-1.0, 1.0), (0.5, 0.0, 0.0, 0.0))
    values = np.array([[0.0, 0.25, 0.5], [0.5, 0.75, 1.0], [0.1, 0.2, 0.3]], np.float32)
    table = plane_table(history(), plane, values, 1)
    assert table.columns == ("angle", "angular_velocity", "probability_of_1")
    assert [row[:2] for row in table.rows[:4]] == [[-0.2, -1.0], [0.0, -1.0], [pytest.approx(0.2), -1.0], [-0.2, 0.0]]
    assert [row[2] for row in table.rows[3:6]] == [0.5, 0.75, 1.0]
    assert table.comments["held"] == [0.5, 0.0]


def test_numbers_without_names_are_counted():
    assert observation_names(describe("CartPole-v1"), 4)[0] == "position"
    assert observation_names(describe("FrozenLake-v1"), 16)[:2] == ["s1", "s2"]
    assert observation_names(None, 2) == ["s1", "s2"]


def test_a_full_disk_is_said_in_a_sentence(tmp_path):
    (tmp_path / "full.csv").symlink_to("/dev/full")
    with pytest.raises(ExportError, match="was not saved: No space left on device"):
        list(writing(tmp_path / "full.csv", PlotTable({}, ("a",), [])))


def test_a_reader_of_tables_takes_it(tmp_path):
    write_plot_table(tmp_path / "t.csv", curve_table(history()))
    lines = (tmp_path / "t.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert [float(row["duration"]) for row in rows if row["row"] == "episode"] == [10, 30, 50, 70]
