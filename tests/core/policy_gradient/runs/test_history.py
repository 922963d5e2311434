"""A run's past: its landmarks, its events in their order."""

from __future__ import annotations

from core.policy_gradient.config import ARTICLE
from core.policy_gradient.events import EpisodeFinished, UpdateFinished
from core.policy_gradient.runs.history import RunHistory


def history(*returns):
    run = RunHistory(ARTICLE)
    run.apply(EpisodeFinished(n, int(r), float(r), True, False, n, float(r)) for n, r in enumerate(returns, start=1))
    return run


def test_landmarks_of_a_run():
    run = history(20, 7, 90, 7, 90, 30)
    assert [run.landmark(name) for name in ("first", "after_150", "best", "worst", "last")] == [1, 6, 3, 4, 6]
    assert history(*range(1, 201)).landmark("after_150") == 150
    assert history().landmark("best") is None


def test_changes_of_the_learning_rate_are_kept():
    run = history(10)
    run.apply([UpdateFinished(1, 1, 0, 0, 0, 0.01, 1, 1), UpdateFinished(2, 1, 0, 0, 0, 0.002, 1, 1)])
    assert run.learning_rates == [(2, 0.002)]
    assert [type(event).__name__ for event in run.events()] == [
        "PolicySnapshot", "EpisodeFinished", "UpdateFinished", "UpdateFinished",
    ]  # fmt: skip
