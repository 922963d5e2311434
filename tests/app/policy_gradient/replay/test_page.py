"""Replay in the real window: the article's pair, any episode, scrubbed, in step; and the page brought back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from app.policy_gradient.runs.shelf_view import run_words
from app.policy_gradient.session import Phase
from core.policy_gradient.config import ARTICLE

LOADING = 60_000
CONFIG = replace(ARTICLE, episodes=8, batch_episodes=3, eval_episodes=1, evaluate_every=None)


def train(tab, qtbot, config=CONFIG):
    tab.session.choose(config)
    if tab.session.is_over:
        tab.session.reset()
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=LOADING)
    tab.session.set_speed("turbo")
    tab.session.toggle()
    qtbot.waitUntil(lambda: tab.session.phase is Phase.FINISHED, timeout=LOADING)


@pytest.fixture
def tab(laboratory, qtbot):
    """The tab with a finished run of eight episodes."""
    tab = laboratory.window.tab("policy_gradient")
    train(tab, qtbot)
    return tab


@pytest.fixture
def page(tab, laboratory):
    laboratory.window.actions_table["pg_page_replay"].trigger()
    assert tab.page.page_id == "policy_gradient.replay"
    return tab.page


def test_the_articles_pair_is_played_in_step(page, tab, laboratory, qtbot):
    run = tab.session.shelf.current
    assert [pane.record.episode for pane in page.shown] == [1, 8], "of fewer than 150 games, the last"
    assert page.clock.length == max(run.record(1).duration, run.record(8).duration)
    page.clock.steps_a_second = 1000.0
    laboratory.window.actions_table["rp_play"].trigger()
    qtbot.waitUntil(lambda: not page.clock.is_playing, timeout=LOADING)
    assert [pane.view.step for pane in page.shown] == [pane.duration for pane in page.shown], "each to its own end"
    laboratory.window.actions_table["rp_back"].trigger()
    assert page.clock.step == page.clock.length - 1
    page.scrubber.slider.setValue(3)
    assert [pane.view.step for pane in page.shown] == [3, 3]
    step = run.record(1)
    words = f"step 3: {('left', 'right')[step.actions[2]]}, π = {step.probabilities[2]:.0%}"
    assert page.panes[0].action.text == words
    assert page.panes[0].returned.text == "return 3"
    values = page.explain().values
    assert (values["a"], values["r"], values["G"]) == (("left", "right")[step.actions[2]], "1", "3 so far")
    assert values["pi"] == f"{step.probabilities[2]:.1%}"
    assert values["theta"] == "after 0 updates"
    page.clock.go_to(0)
    assert {"s", "gamma"} <= set(page.explain().values)
    assert {"a", "pi"}.isdisjoint(page.explain().values)


def test_any_episode_and_a_third_can_be_chosen(page, tab, laboratory):
    run = tab.session.shelf.current
    page.panes[0].chooser.number.setValue(5)
    assert page.panes[0].record == run.record(5)
    assert page.panes[0].chooser.names.currentText() == "Episode no."
    page.panes[1].chooser.names.setCurrentIndex(3)
    assert page.panes[1].record == run.record(run.landmark("worst"))
    assert page.panes[1].chooser.number.value() == run.landmark("worst")
    laboratory.window.actions_table["rp_third"].trigger()
    assert [pane.record.episode for pane in page.shown] == [5, run.landmark("worst"), run.landmark("best")]


def test_a_click_on_the_curve_shows_that_episode(page, tab, laboratory, qtbot):
    page.curves.build()
    plot = page.curves.durations
    qtbot.waitUntil(lambda: plot.item.vb.width() > 50, timeout=LOADING)
    place = plot.item.vb.mapViewToScene(QPointF(6.2, 20.0))
    QTest.mouseClick(plot.widget.viewport(), Qt.MouseButton.LeftButton, pos=plot.widget.mapFromScene(place))
    assert page.shown[-1].record.episode == 6
    laboratory.window.actions_table["pg_page_live"].trigger()
    live = tab.page.curves
    live.build()
    live.episode_chosen.emit(4)
    assert tab.page is page
    assert page.shown[-1].record.episode == 4
    assert page.clock.is_playing
    laboratory.window.actions_table["pg_page_live"].trigger()
    assert not page.clock.is_playing, "nothing moves that nobody sees"
    QTest.mouseClick(plot.widget.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert page.shown[-1].record.episode == 4, "beside the axes nothing is clicked"


def test_the_page_is_brought_back(page, tab, laboratory, qtbot):
    laboratory.window.actions_table["rp_third"].setChecked(True)
    page.panes[0].chooser.number.setValue(2)
    page.scrubber.rate.setCurrentIndex(3)
    page.clock.go_to(5)
    saved = json.loads(json.dumps(page.save_state()))
    laboratory.window.actions_table["rp_third"].setChecked(False)
    page.panes[0].choose("worst")
    page.clock.go_to(0)
    page.restore_state(saved)
    assert page.save_state() == saved, "also on its way back"
    qtbot.waitUntil(lambda: tab.session.phase is Phase.FINISHED, timeout=LOADING)
    qtbot.waitUntil(lambda: page.clock.step == 5, timeout=LOADING)
    assert json.loads(json.dumps(page.save_state())) == saved
    assert page.panes[0].record.episode == 2
    page.restore_state({"replay": {"panes": 7, "choices": ["first"], "step": -1, "rate": "fast"}, "run": 3})
    page.restore_state({"replay": None})
    assert json.loads(json.dumps(page.save_state())) == saved


def test_episodes_of_another_run_stand_beside_those_of_this_one(page, tab, laboratory, qtbot):
    first = tab.session.shelf.current
    assert not page.panes[0].runs.isVisible(), "there is one run alone"
    train(tab, qtbot, replace(CONFIG, seed=1))
    second = tab.session.shelf.current
    assert tab.session.shelf.runs == [first]
    left, right = page.panes[:2]
    assert left.runs.isVisible()
    assert [left.runs.box.itemText(place) for place in range(2)] == ["The run on the screen", run_words(first)]
    left.runs.box.setCurrentIndex(1)
    left.runs.box.activated.emit(1)
    left.chooser.number.setValue(4)
    right.choose(4)
    page._on_pane_changed()
    assert (left.run, right.run) == (first, second)
    assert (left.record, right.record) == (first.record(4), second.record(4))
    assert page.clock.length == max(left.duration, right.duration)
    assert page.curves._rings == ((4, second.record(4).episode_return),), "the curve is this run's alone"
    assert len(page.saved_plot().table().comments["runs"]) == 2
    saved = json.loads(json.dumps(page.save_state()))
    left.choose("first")
    assert left.run is second
    page.restore_state(saved)
    qtbot.waitUntil(lambda: tab.session.phase is Phase.FINISHED, timeout=LOADING)
    assert left.run is first
    assert json.loads(json.dumps(page.save_state())) == saved
    tab.session.open_run(first)
    assert left.runs.key is None, "it is the run on the screen now"
    assert left.run is tab.session.shelf.current is first


def test_other_environments_draw_themselves(laboratory, qtbot):
    tab = laboratory.window.tab("policy_gradient")
    train(tab, qtbot, replace(CONFIG, episodes=1).for_environment("MountainCar-v0"))
    laboratory.window.actions_table["pg_page_replay"].trigger()
    page = tab.page
    view = page.panes[0].view
    if view._image is None:
        assert view.accessibleDescription() == "The environment is drawing this moment…"
    qtbot.waitUntil(lambda: view._image is not None, timeout=LOADING)
    assert not view.is_painted
    assert view.accessibleDescription() == ""


def test_without_an_episode_it_says_what_to_do(laboratory):
    laboratory.window.open("policy_gradient")
    laboratory.window.actions_table["pg_page_replay"].trigger()
    page = laboratory.window.tab("policy_gradient").page
    assert page.panes[0].record is None
    assert "Press Play to train" in page.panes[0].view.accessibleDescription()
    assert not page.scrubber.slider.isEnabled()
