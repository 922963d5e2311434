"""The shelf: finished runs are kept, named, compared; none twice, and not without end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.policy_gradient.runs import shelf as shelf_module
from app.policy_gradient.runs.names import run_name, what_differs
from app.policy_gradient.runs.shelf import RunShelf
from app.policy_gradient.runs.shelf_view import RunShelfView
from core.policy_gradient.config import ARTICLE, FAST
from core.policy_gradient.events import EpisodeFinished
from core.policy_gradient.runs.history import RunHistory
from core.policy_gradient.runs.recording import EpisodeRecord, EpisodeStart


def episode(number, record=None):
    return EpisodeFinished(number, 9, 9.0, True, False, 9 * number, 9.0, record)


def record(number):
    return EpisodeRecord(
        number, np.zeros((10, 4), np.float32), np.zeros(9, np.int64), np.ones(9), np.ones(9), True, False, 0,
        EpisodeStart(),
    )  # fmt: skip


@pytest.fixture
def shelf(qapp):
    return RunShelf()


def test_what_was_played_is_kept_when_another_run_begins(shelf):
    shelf.begin(ARTICLE)
    shelf.take([episode(1)])
    first = shelf.current
    shelf.begin(replace(ARTICLE, seed=1))
    assert shelf.runs == [first]
    shelf.begin(replace(ARTICLE, seed=2))
    assert shelf.runs == [first], "a run without an episode is none"


def test_the_same_run_stands_there_once_the_furthest(shelf):
    shelf.begin(ARTICLE)
    shelf.take([episode(1)])
    shelf.begin(ARTICLE)
    shelf.take([episode(1), episode(2)])
    further = shelf.current
    shelf.begin(FAST)
    assert shelf.runs == [further]
    shelf.show(further)
    assert (shelf.current, shelf.runs) == (further, [])


def test_many_runs_and_long_ones_make_room(shelf, monkeypatch):
    monkeypatch.setattr(shelf_module, "MOST_RUNS", 3)
    monkeypatch.setattr(shelf_module, "MOST_BYTES", 2 * record(1).nbytes)
    for seed in range(6):
        shelf.begin(replace(ARTICLE, seed=seed))
        shelf.take([episode(1, record(1))])
    assert [run.config.seed for run in shelf.runs] == [2, 3, 4]
    assert [run.record(1) is not None for run in shelf.runs] == [False, True, True], "the oldest keeps its curve"
    assert [len(run.episodes) for run in shelf.runs] == [1, 1, 1]


def test_a_run_is_called_by_its_preset_its_seed_and_what_differs():
    assert run_name(replace(FAST, seed=3)) == "Fast training, seed 3"
    assert what_differs(replace(FAST, seed=3)) == ""
    changed = replace(ARTICLE, learning_rate=0.02, hidden=(8, 8), until_solved=True)
    assert what_differs(changed) == "Learning rate 0.02, Hidden layers 8-8, Stop when solved on"
    assert what_differs(ARTICLE.for_environment("Acrobot-v1")) == ""
    assert run_name(ARTICLE.for_environment("Acrobot-v1")) == "Acrobot-v1, Article, seed 0"


def test_the_box_offers_the_newest_first_and_says_what_is_chosen(shelf, look, qtbot):
    view = RunShelfView(look, shelf)
    qtbot.addWidget(view)
    assert view.isHidden(), "one run needs no choice"
    for seed in (0, 1, 2):
        shelf.begin(replace(ARTICLE, seed=seed))
        shelf.take([episode(1)])
    shelf.end("finished")
    assert not view.isHidden()
    assert [view.box.itemText(n) for n in range(3)] == [
        "Article, seed 2 · mean 9.0", *(f"Article, seed {n} · mean 9.0 · unfinished" for n in (1, 0))
    ]  # fmt: skip
    chosen = []
    view.chosen.connect(chosen.append)
    view.box.setCurrentIndex(2)
    view.box.activated.emit(2)
    assert chosen == [shelf.runs[0]]
    shelf.add(RunHistory(FAST, [episode(1)]))
    assert view.box.count() == 4
    shelf.remove(shelf.runs[-1])
    assert view.box.count() == 3
