"""Scores as bars."""

import pytest

from app.synonyms.evidence.score_bars import ScoreBars
from tests.widgets import pixels_of


def test_a_bar_is_as_long_as_its_score(qtbot, look):
    bars = ScoreBars(look)
    qtbot.addWidget(bars)
    bars.resize(600, bars.sizeHint().height())
    bars.show_scores({"cosine": 0.5, "characters": 1.0}, ("cosine",))
    colours = look.theme.theme.colours
    middles = [round(bars.look.scale.em(1.25) * (row + 0.5)) for row in range(2)]
    filled = pixels_of(bars, colours.muted)
    half, whole = filled[middles[0]], filled[middles[1]]
    assert len(whole) > 300
    assert len(half) == pytest.approx(len(whole) / 2, abs=2)
    assert "Cosine of the vectors 0.50" in bars.accessibleDescription()
    assert "Identical glosses –" in bars.accessibleDescription()


def test_a_negative_score_has_a_true_minus(qtbot, look):
    view = ScoreBars(look)
    qtbot.addWidget(view)
    view.show_scores({"cosine": -0.031}, ())
    assert "−0.03" in view.accessibleDescription()
