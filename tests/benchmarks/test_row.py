"""What a row says of a figure: kept, missed, or nothing."""

from __future__ import annotations

import json
import math

import pytest

from tests.benchmarks.row import Row, at_least, at_most, at_most_over_peer, at_most_times_peer, times_better


@pytest.mark.parametrize(
    ("budget", "figure", "holds"),
    [
        (at_most(0.8), 0.79, True),
        (at_most(0.8), 0.8, True),
        (at_most(0.8), 0.81, False),
        (at_least(55), 55, True),
        (at_least(55), 54.9, False),
        (at_most(0), 0, True),
        (at_most(1), math.nan, False),
        (at_least(1), math.nan, False),
    ],
)
def test_the_limit_itself_is_still_good(budget, figure, holds):
    assert budget.holds(figure) is holds


def test_a_ratio_tells_how_many_times_better_whichever_way_better_is():
    slower = Row(name="speed", unit="1/s", value=20.0, better="higher", peer="them", peer_value=5.0)
    sooner = Row(name="time", unit="s", value=0.5, better="lower", peer="them", peer_value=2.0)
    assert slower.ratio == 4.0
    assert sooner.ratio == 4.0
    assert Row(name="worse", unit="s", value=2.0, peer="them", peer_value=0.5).ratio == 0.25
    assert Row(name="at once", unit="s", value=0.0, peer="them", peer_value=0.5).ratio == math.inf


def test_a_budget_of_the_ratio_looks_at_the_ratio():
    given = {"name": "speed", "unit": "1/s", "value": 16.0, "better": "higher", "budget": times_better(8)}
    assert Row(**given, peer="them", peer_value=2.0).ok is True
    assert Row(**given, peer="them", peer_value=2.1).ok is False
    assert Row(**given, peer="them").ok is None


def test_budgets_beside_a_peer_bear_a_slow_machine():
    for slowness in (1.0, 3.0):
        given = {"name": "start", "unit": "s", "budget": at_most_times_peer(1.35), "peer": "empty"}
        assert Row(**given, value=1.34 * slowness, peer_value=1.0 * slowness).ok is True
        assert Row(**given, value=1.4 * slowness, peer_value=1.0 * slowness).ok is False
    given = {"name": "key", "unit": "ms", "budget": at_most_over_peer(35), "peer": "model"}
    assert Row(**given, value=65.0, peer_value=30.0).ok is True
    assert Row(**given, value=65.1, peer_value=30.0).ok is False
    assert Row(**given, value=20.0).ok is None
    given = {"name": "frames", "unit": "1/s", "better": "higher", "budget": at_least(55, or_share=0.9), "peer": "bare"}
    assert Row(**given, value=55.0, peer_value=200.0).ok is True
    assert Row(**given, value=45.0, peer_value=50.0).ok is True
    assert Row(**given, value=44.0, peer_value=50.0).ok is False
    assert Row(**given, value=54.0).ok is False
    given = {"name": "open", "unit": "s", "budget": at_most(1, or_share=0.5), "peer": "Qt's own"}
    assert Row(**given, value=1.0, peer_value=0.1).ok is True
    assert Row(**given, value=2.4, peer_value=4.8).ok is True
    assert Row(**given, value=2.5, peer_value=4.8).ok is False
    assert Row(**given, value=1.1).ok is False


def test_without_a_budget_or_a_figure_there_is_no_verdict():
    assert Row(name="plain", unit="s", value=1.0).ok is None
    assert Row(name="gone", unit="s", budget=at_most(1), error="it was not there").ok is None


@pytest.mark.parametrize("given", [{}, {"value": 1.0, "error": "both"}])
def test_a_row_has_either_a_figure_or_a_reason(given):
    with pytest.raises(ValueError, match="either"):
        Row(name="odd", unit="s", **given)


def test_json_has_value_budget_and_verdict_always_and_the_peer_where_there_is_one():
    row = Row(
        name="article",
        unit="1/s",
        value=16.0,
        better="higher",
        budget=times_better(8),
        peer="the loop",
        peer_value=1.0,
        note="short",
        details={"speeds": [16.0]},
    )
    assert json.loads(json.dumps(row.to_dict())) == {
        "name": "article",
        "value": 16.0,
        "unit": "1/s",
        "budget": 8,
        "budget_sense": "at least",
        "budget_of": "ratio",
        "bounded": 16.0,
        "ok": True,
        "peer": "the loop",
        "peer_value": 1.0,
        "ratio": 16.0,
        "note": "short",
        "details": {"speeds": [16.0]},
    }
    assert Row(name="gone", unit="s", error="no display").to_dict() == {
        "name": "gone",
        "value": None,
        "unit": "s",
        "budget": None,
        "ok": None,
        "error": "no display",
    }
