"""Runs stand on the shelf again at the next start, in the real program: also those that were not finished."""

from __future__ import annotations

from dataclasses import replace

from app.policy_gradient.session import Phase
from core.policy_gradient.runs.folder import save_run
from core.policy_gradient.runs.kept_runs import run_key, shelf_folder
from core.policy_gradient.runs.shelf_files import reading
from tests.app.policy_gradient.replay.test_page import CONFIG, LOADING, train
from tests.core.policy_gradient.runs.test_kept_runs import finished


def opened(start):
    laboratory = start()
    laboratory.window.open("policy_gradient")
    return laboratory, laboratory.window.tab("policy_gradient")


def test_a_finished_run_is_on_the_shelf_at_the_next_start(start, qtbot):
    laboratory, tab = opened(start)
    train(tab, qtbot)
    run = tab.session.shelf.current
    assert tab.keeper.waiting == [run]
    laboratory.window.close()
    assert tab.keeper.waiting == [], "closing waits until it is on the disk"
    _laboratory, tab = opened(start)
    qtbot.waitUntil(lambda: bool(tab.session.shelf.runs), timeout=LOADING)
    (again,) = tab.session.shelf.runs
    assert (again.config, again.ending) == (run.config, "finished")
    assert [episode.record for episode in again.episodes] == [episode.record for episode in run.episodes]
    tab.session.open_run(again)
    assert tab.session.phase is Phase.FINISHED


def test_runs_that_were_not_finished_go_on_where_they_were_at_the_next_start(start, qtbot):
    laboratory, tab = opened(start)
    for seed in (5, 6):  # the first is left for the second, that by the end of the program
        tab.session.want(replace(CONFIG, seed=seed, episodes=10**6, solved_at=1e6))
        tab.session.reset()
        qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=LOADING)
        tab.session.toggle()
        qtbot.waitUntil(lambda: len(tab.session.shelf.current.episodes) >= 3, timeout=LOADING)
    (left,) = tab.session.shelf.runs
    laboratory.window.close()
    _laboratory, tab = opened(start)
    shelf = tab.session.shelf
    qtbot.waitUntil(lambda: len(shelf.runs) == 2, timeout=LOADING)
    again, last = shelf.runs
    assert (again.config.seed, again.ending, again.place) == (5, "under way", left.place)
    assert [episode.record for episode in again.episodes] == [episode.record for episode in left.episodes]
    assert tab.shelf_view.box.itemText(1).endswith("unfinished")
    tab.session.open_run(last)
    qtbot.waitUntil(lambda: tab.session.phase is Phase.PAUSED, timeout=LOADING)
    assert (shelf.current.config.seed, shelf.current.place) == (6, last.place)
    assert len(last.episodes) >= 3
    assert shelf.runs == [again], "what is on the screen is not on the shelf, too"


def test_a_worker_keeps_it_when_nothing_else_is_wanted(start, qtbot):
    _laboratory, tab = opened(start)
    tab.keeper._timer.setInterval(0)
    train(tab, qtbot, replace(CONFIG, seed=3))
    qtbot.waitUntil(lambda: not tab.keeper.is_busy, timeout=LOADING)
    assert [payload.run.config.seed for payload in reading(shelf_folder())] == [3]


def test_what_can_not_be_read_is_told_and_the_others_are_there(start, qtbot):
    for seed in (1, 2):
        path = shelf_folder() / run_key(finished(seed))
        path.parent.mkdir(parents=True, exist_ok=True)
        save_run(path, finished(seed))
    (shelf_folder() / run_key(finished(1)) / "progress.json").write_text("{")
    laboratory, tab = opened(start)
    qtbot.waitUntil(lambda: bool(tab.session.shelf.runs), timeout=LOADING)
    assert [run.config.seed for run in tab.session.shelf.runs] == [2]
    assert "A run on the shelf was left out" in laboratory.window.messages.text
    assert "damaged (progress.json)" in laboratory.window.messages.text
