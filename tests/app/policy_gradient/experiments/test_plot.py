"""The curves show the numbers: a band a variant, in its colour, as far as there is something to see."""

from __future__ import annotations

import numpy as np
import pytest

from app.plots.band import MOST_POINTS
from app.policy_gradient.experiments.plot import ExperimentPlot
from app.policy_gradient.experiments.results import MEANINGS, NOTHING, TITLES, row_of
from core.policy_gradient.experiments.report import summarise
from core.policy_gradient.experiments.statistics import Band as Numbers
from tests.core.policy_gradient.experiments.test_report import RECORDS, record


@pytest.fixture
def plot(worn, qtbot):
    plot = ExperimentPlot(worn)
    qtbot.addWidget(plot)
    plot.resize(600, 400)
    plot.show_variants(("a", "b"), ("first", "second"), 475.0)
    return plot


def test_the_line_goes_through_the_interquartile_means(plot):
    summary = summarise("a", RECORDS)
    plot.show_summary(summary)
    x, y = plot.drawn("a")
    assert x == summary.episodes.tolist()
    assert y == summary.curve.iqm.tolist()


def test_each_variant_is_painted_in_its_colour_and_the_band_in_a_veil_of_it(plot, worn):
    plot.show_summary(summarise("b", [record([0] * 50 + [400] * 50), record([400] * 100)]))
    plot.show()
    picture = plot.grab().toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(0, picture.height(), 2)}
    colours = worn.theme.theme.colours
    assert colours.series[1] in seen
    assert colours.solved in seen


def test_a_dead_variant_does_not_press_the_others_into_a_corner(plot):
    plot.show_summary(summarise("a", [record(np.minimum(np.arange(800), 400))]))
    plot.show_summary(summarise("b", [record(np.full(6400, 9))]))
    (_left, right), (bottom, top) = plot.item.vb.viewRange()
    assert 400 < right < 700
    assert bottom <= 0
    assert top > 475


def test_a_band_has_no_more_points_than_a_screen_shows(plot):
    summary = summarise("a", [record(np.arange(6400) % 400)])
    assert len(plot_points(plot, summary)) <= MOST_POINTS
    assert isinstance(summary.curve, Numbers)


def plot_points(plot, summary):
    plot.show_summary(summary)
    return plot.drawn(summary.name)[0]


def test_another_experiment_begins_with_nothing_drawn(plot):
    plot.show_summary(summarise("a", RECORDS))
    plot.show_variants(("b",), ("second",), None)
    plot.show_summary(summarise("a", RECORDS))  # of the one before
    with pytest.raises(KeyError):
        plot.drawn("a")
    assert "second" in plot.legend.accessibleName()
    assert "475" not in plot.legend.accessibleName()


def test_a_row_says_what_a_variant_came_to():
    row = row_of(summarise("a", RECORDS))
    assert row == ("a", "2 of 3", "2 (2–3)", "1.00 (0.75–1.25)", "1", "3.00", "1 diverged")
    assert row_of(summarise("sidebar", [record([1], seed=1)])) == (
        "your settings", "0 of 1", NOTHING, NOTHING, NOTHING, NOTHING, "",
    )  # fmt: skip
    assert len(row) == len(TITLES) == len(MEANINGS)
