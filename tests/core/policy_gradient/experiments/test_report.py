"""What an experiment came to: numbers by hand, the shape of the JSON, the picture."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from core.charts.png import SERIES
from core.json_text import to_json
from core.language import set_language
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.experiments.picture import stroke, write_picture
from core.policy_gradient.experiments.record import GradientNoise, RunRecord
from core.policy_gradient.experiments.report import (
    MOST_POINTS,
    as_json,
    as_rows,
    caption,
    last_episode_worth_drawing,
    summaries,
    summarise,
    threshold_of,
)
from core.policy_gradient.experiments.schedule import Schedule, Study
from core.policy_gradient.experiments.variants import Variant

CONFIG = replace(ARTICLE, solved_window=2)


def record(returns, solved=None, seconds=None, error="", seed=0):
    return RunRecord(
        replace(CONFIG, seed=seed).to_dict(), tuple(map(int, returns)), tuple(map(float, returns)), solved, seconds,
        9.0, 475.0, error, GradientNoise(12.0, 4.0) if seed == 0 else None,
    )  # fmt: skip


RECORDS = [
    record([100, 200, 300], 3, 1.5),
    record([0, 475, 475, 0, 100], 2, 0.5, seed=1),
    record([10], error="diverged"),
]


def played():
    schedule = Schedule(Study((Variant("a", CONFIG), Variant("b", replace(CONFIG, gamma=1.0))), (0, 1, 2)))
    while (run := schedule.next()) is not None:
        if run.variant.name == "a":
            schedule.finished(run, RECORDS[run.seed])
    return schedule


def test_a_variant_by_hand():
    summary = summarise("a", RECORDS)
    assert (summary.runs, summary.solved, summary.errors) == (3, 2, 1)
    assert summary.solved_fraction == pytest.approx(2 / 3)
    assert summary.episodes_to_solve == (2.5, 2.25, 2.75)
    assert summary.seconds_to_solve == (1.0, 0.75, 1.25)
    assert (summary.times_fallen, summary.runs_fallen) == (1, 1)
    assert summary.episodes.tolist() == [1, 2, 3, 4, 5]
    # Means of two: 100 150 250, 0 237.5 475 237.5 50, 10; those that have ended go on as they ended. Of three seeds
    # the interquartile mean leaves none out.
    np.testing.assert_allclose(
        summary.curve.iqm, [110 / 3, (150 + 237.5 + 10) / 3, 735 / 3, (250 + 237.5 + 10) / 3, 310 / 3]
    )
    assert (summary.curve.low <= summary.curve.iqm).all()
    assert (summary.curve.iqm <= summary.curve.high).all()


def test_none_solved_has_no_median():
    summary = summarise("a", [record([1, 2])])
    assert (summary.episodes_to_solve, summary.seconds_to_solve, summary.solved_fraction) == (None, None, 0.0)


def test_long_curves_have_points_enough_for_a_screen():
    summary = summarise("a", [record(np.arange(6400) % 500)])
    assert summary.episodes.size <= MOST_POINTS
    assert (summary.episodes[0], summary.episodes[-1]) == (1, 6400)


def test_a_run_without_an_episode_has_no_part_in_the_curve():
    assert summarise("a", [record([]), record([5, 7])]).curve.iqm.tolist() == [5, 6]
    assert summarise("a", [record([])]).episodes.size == 0


def test_the_json_has_the_shape_that_scripts_read():
    schedule = played()
    content = json.loads(to_json(as_json(schedule, summaries(schedule), seconds=3.0, interrupted=True)))
    assert list(content["variants"]) == ["a"], "a variant without a finished run has nothing to say"
    told = content["variants"]["a"]
    assert told["solved_fraction"] == pytest.approx(2 / 3)
    assert told["episodes_to_solve"] == [2.5, 2.25, 2.75]
    assert told["seconds_to_solve"] == [1.0, 0.75, 1.25]
    assert told["durations"] == [[100, 200, 300], [0, 475, 475, 0, 100], [10]]
    assert {name: len(values) for name, values in told["curve"].items()} == {
        "episode": 5,
        "iqm": 5,
        "low": 5,
        "high": 5,
    }
    assert told["gradient_noise"] == {"variance": 12.0, "signal": 4.0, "ratio": 3.0}
    assert (told["seeds"], told["errors"]) == ([0, 1, 2], ["diverged"])
    assert "seed" not in told["config"]
    assert (content["seeds"], content["interrupted"]) == ([0, 1, 2], True)


def test_the_table_has_a_row_a_variant():
    ((name, runs, solved, _fraction, episodes, *_quartiles, fallen, variance, noise),) = as_rows(summaries(played()))
    assert (name, runs, solved, episodes, fallen) == ("a", 3, 2, 2.5, 1)
    assert (variance, noise) == (12.0, 3.0)


def test_a_plot_ends_where_its_curves_have_come_to_rest():
    rising = summarise("a", [record(np.minimum(np.arange(800), 400))])
    dead = summarise("b", [record(np.full(6400, 9))])
    end = last_episode_worth_drawing([rising, dead])
    assert 400 <= end <= 600
    assert last_episode_worth_drawing([dead]) <= 2
    assert last_episode_worth_drawing([]) == 1


def test_the_picture_shows_every_variant_in_its_colour(tmp_path):
    schedule = played()
    told = [summarise("a", RECORDS), summarise("b", [record([200, 200, 200])])]
    file = tmp_path / "curves.png"
    write_picture(file, told, threshold_of(schedule), caption(schedule))
    with Image.open(file) as picture:
        assert "3 of 6 runs" in picture.text["Description"]
        pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    for colour in SERIES[:2]:
        assert (pixels == colour).all(axis=1).sum() > 200
    assert threshold_of(schedule) == 475.0


def test_variants_beyond_the_colours_differ_by_their_strokes():
    assert len({stroke(number) for number in range(20)}) == 20


def test_the_picture_is_drawn_in_chinese_and_of_one_point(tmp_path):
    set_language("zh_CN")
    write_picture(tmp_path / "one.png", [summarise("a", [record([7])])], None, caption(played()))
    assert (tmp_path / "one.png").stat().st_size > 1000
