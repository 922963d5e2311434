"""A round is played by keys and pushes, both carts are painted as they stand, and scores are kept."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from app.policy_gradient.play.page import PlayPage
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.events import UpdateFinished
from core.policy_gradient.playing.events import GameStep
from tests.app.policy_gradient.live.test_page import JSON

CONFIG = replace(ARTICLE, episodes=20, eval_episodes=1)


class Playing:
    """The page's newest round, played here instead of in a worker."""

    def __init__(self, page):
        self.page = page
        lane, job = page._session.nothing.started[-1]
        assert lane == "playing"
        self.job, self.game = job, job.open()
        self._running = iter(self.game)
        self._heard = len(page._session.nothing.controlled)

    def on(self, steps=1):
        """Play so many steps more; return whether the round is over."""
        for _step in range(steps):
            for name, value in self.page._session.nothing.controlled[self._heard :]:
                self.game.control(name, value)
            self._heard = len(self.page._session.nothing.controlled)
            try:
                self.page.rounds._on_progressed((next(self._running),))
            except StopIteration as stop:
                self.page.rounds._on_finished(stop.value)
                return True
        return False


@pytest.fixture
def page(look, inline, qtbot):
    made = PlayPage(look, inline(CONFIG))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made._session.look()
    return made


def test_both_start_alike_and_the_first_key_begins(page):
    playing = Playing(page)
    playing.on()
    assert page.person.scene().obs == page.agent.scene().obs
    assert "to begin" in page.status.text()
    page.rounds.press(1)
    playing.on(3)
    assert page.rounds.step.person.action == 1
    assert page.person.scene().action == 1
    page.keyReleaseEvent(key(Qt.Key.Key_Right))
    playing.on(2)
    assert page.rounds.step.person.action == 1, "by turns: left, then right"
    assert page.rounds.step.person.obs != page.rounds.step.agent.obs


def test_the_agent_plays_with_the_policy_of_the_moment_the_round_begins(page):
    playing = Playing(page)
    playing.on()
    page._session.until(UpdateFinished)
    page.rounds.press(0)
    playing.on()
    np.testing.assert_array_equal(playing.game._layers[0][0], page._layers()[0][0])
    assert not np.array_equal(playing.job.arguments["layers"][0][0], page._layers()[0][0])
    assert "after 1 update" in page._titles["agent"].text()


def key(which):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyRelease, which, Qt.KeyboardModifier.NoModifier)


def test_scores_of_the_rounds_are_kept(page):
    for round_number in range(2):
        page._begin(round_number)
        playing = Playing(page)
        page.rounds.press(0)
        while not playing.on():
            pass
    first, second = page.rounds.scores
    assert 5 < first[0] < 15
    assert page.scores.texts()[2:5] == ["2", str(max(first[0], second[0])), f"{(first[0] + second[0]) / 2:.1f}"]
    assert str(second[1]) in page.status.text()
    assert page.person.scene().ending == "fell"


def test_a_pull_with_the_mouse_is_a_push_in_the_direction_and_place_of_the_pull(page, qtbot):
    page.mode_buttons["push"].click()
    playing = Playing(page)
    assert playing.job.arguments["mode"] == "push"
    assert not page.person.isVisible()
    playing.on()
    view, geometry, obs = page.agent, page.agent._geometry(), page.agent.scene().obs
    tip = geometry.tip(obs).toPoint()
    metre = round(geometry.pixels)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=tip)
    with qtbot.waitSignal(view.pushed) as pushed:
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=tip - type(tip)(metre, 0))
    impulse, along = pushed.args
    assert (impulse, along) == (pytest.approx(-0.15, abs=0.01), pytest.approx(1.0, abs=0.02))
    assert page.rounds.has_begun
    before = page.rounds.step.agent_obs
    playing.on()
    assert page.rounds.step.agent.obs[3] < before[3] - 2, "the pole is thrown to the left"
    assert "The pole was pushed with −0.15 N·s" in page.status.text()
    assert view.held_at(geometry.body(obs).center()) == 0.0
    assert view.held_at(geometry.tip(obs) * 0) is None


def calm(number, angle, *, over=False):
    return GameStep(number, None, (0.0, 0.0, angle, 0.0), 0.5, None, (), over, False)


def test_it_is_told_whether_the_agent_recovers(page):
    page.mode_buttons["push"].click()
    Playing(page).on()
    page.rounds.give_push(0.3, 0.0)
    for number in range(1, 80):
        page.rounds._on_progressed((calm(number, 0.1 if number < 20 else 0.01),))
    assert page.rounds.recovered_after == 19
    assert "It recovered within 19 steps." in page.status.text()
    page.rounds.give_push(0.3, 0.0)
    page.rounds._on_progressed((calm(85, 0.3, over=True),))
    assert "It has fallen 6 steps later" in page.status.text()


def test_it_is_brought_back_at_the_start_of_its_round(page):
    page.rounds.scores = [(9, 200), (23, 500)]
    page.mode_buttons["push"].click()
    page._begin(7)
    page.rounds.pace("real")
    saved = json.loads(json.dumps(page.save_state()))["play"]
    page.mode_buttons["against"].click()
    page.rounds.scores = []
    page.rounds.pace("quarter")
    page._begin(1)
    page.restore_state({"play": saved})
    assert json.loads(json.dumps(page.save_state()))["play"] == saved
    assert (page.rounds.seed, page.rounds.mode, page.pacing.value) == (7, "push", "real")


def test_it_is_brought_back_in_the_midst_of_its_round(page, look, qtbot):
    session = page._session
    session.until(UpdateFinished)
    page._begin(4)
    playing = Playing(page)
    playing.on()
    page.rounds.press(1)
    playing.on(6)
    saved = json.loads(json.dumps(page.save_state()))
    session.until(UpdateFinished)  # the policy goes on; the round is played with the one it began with
    other = PlayPage(look, session)
    qtbot.addWidget(other)
    other.resize(900, 600)
    other.restore_state({"play": saved["play"]})
    assert json.loads(json.dumps(other.save_state()))["play"] == saved["play"], "kept until the page is seen"
    other.show()
    session.look()
    again = Playing(other)
    again.on()
    assert other.rounds.step == page.rounds.step
    assert "held at step 6" in other.status.text()
    np.testing.assert_array_equal(again.game._layers[0][0], playing.game._layers[0][0])
    assert json.loads(json.dumps(other.save_state()))["play"] == saved["play"]
    other.rounds.press(1)
    again.on(3)
    playing.on(3)
    assert other.rounds.step == page.rounds.step, "and it goes on as it would have"
    assert "held at step" not in other.status.text()


def test_a_round_is_held_while_another_page_is_in_front(page):
    Playing(page).on()
    page.rounds.press(0)
    playing = Playing(page)
    playing.on(4)
    before = page.rounds.step
    page.hide()
    assert page.rounds.step is None
    page.show()
    page._session.look()
    Playing(page).on()
    assert page.rounds.step == before


def test_another_environment_has_nothing_to_play(look, inline, qtbot):
    page = PlayPage(look, inline(replace(CONFIG, env_id="MountainCar-v0", episodes=2)))
    qtbot.addWidget(page)
    page.show()
    page._session.look()
    assert "MountainCar-v0 has no cart" in page.empty.reason.text()
    assert [lane for lane, _job in page._session.nothing.started] == ["training"]


FIELDS = ("mode", "pacing", "seed", "scores", "round")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    state=st.fixed_dictionaries({}, optional=dict.fromkeys(("mode", "pacing", "seed", "scores", "round"), JSON)) | JSON
)
def test_rubbish_is_left_alone(page, state):
    page.restore_state({"play": state})
    saved = page.save_state()
    page.restore_state({"play": saved["play"]})
    assert page.save_state()["play"] == saved["play"]
