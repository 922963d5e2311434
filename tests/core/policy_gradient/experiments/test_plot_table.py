"""An experiment's plot as a table: what each variant came to, its curve, and the seeds and parameters."""

from __future__ import annotations

from core.policy_gradient.experiments.plot_table import origin_of, plot_table
from tests.core.policy_gradient.experiments.test_report import played, summaries


def test_variants_and_curves_are_rows_of_one_table():
    schedule = played()
    told = summaries(schedule)
    table = plot_table(schedule, told)
    variants = [dict(zip(table.columns, row, strict=True)) for row in table.rows if row[0] == "variant"]
    points = [dict(zip(table.columns, row, strict=True)) for row in table.rows if row[0] == "curve"]
    assert [row["variant"] for row in variants] == [summary.name for summary in told]
    assert variants[0]["runs"] == told[0].runs
    assert [row["episode"] for row in points if row["variant"] == "a"] == told[0].episodes.tolist()
    assert [row["iqm"] for row in points if row["variant"] == "a"] == told[0].curve.iqm.tolist()
    assert points[0]["solved"] is None


def test_seeds_and_parameters_are_said():
    origin = origin_of(played())
    assert origin["seeds"] == [0, 1, 2]
    assert origin["variants"]["a"]["learning_rate"] == 0.01
    assert "seed" not in origin["variants"]["a"]
