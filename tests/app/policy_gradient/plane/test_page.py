"""The page follows the run's policy, plays what is started on it, and is brought back as it was."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.policy_gradient.plane.page import PlanePage
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.events import EpisodeFinished, Transition, UpdateFinished
from core.policy_gradient.plane import policy_on
from tests.app.policy_gradient.live.test_page import JSON
from tests.widgets import take_turns

CONFIG = replace(ARTICLE, episodes=40, batch_episodes=3, eval_episodes=1)


@pytest.fixture
def page(look, inline, qtbot):
    made = PlanePage(look, inline(CONFIG))
    made.session = made._session
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.session.look()
    return made


def test_the_map_is_the_policy_and_is_drawn_anew_after_each_update(page):
    first = page.map.content.values
    page.session.until(UpdateFinished)
    second = page.map.content.values
    assert not np.array_equal(first, second)
    state = page.session.state
    np.testing.assert_array_equal(second, policy_on(state.layers(4, CONFIG.hidden), page.plane))
    policy, plane = page.session.training._numpy_policy, page.plane
    corner = np.array([*plane.held[:2], plane.x_range[0], plane.y_range[1]], np.float32)
    assert second[-1, 0] == pytest.approx(policy.probability_right(corner), abs=1e-5)
    assert (page.map.content.x.name, page.map.content.y.name) == ("Angle", "Angular velocity")
    assert (page.map.content.action, page.map.content.other) == ("right", "left")


def test_what_is_held_is_moved_by_hand_or_follows_the_episode(page):
    before = page.map.content.values
    page.controls.held[0].slider.setValue(150)
    assert page.plane.held[0] == pytest.approx(1.3)
    assert not np.array_equal(page.map.content.values, before)
    page.controls.follows.setChecked(True)
    page.session.until(Transition, 3)
    assert page.plane.held == page.session.state.frame.obs
    assert not page.controls.held[0].slider.isEnabled()


def test_the_episode_lies_on_the_map_step_for_step_and_so_do_the_states_visited(page):
    page.session.until(EpisodeFinished)
    assert page.map.content.visited.sum() > 0
    states = []
    for _step in range(4):
        page.session.until(Transition)
        states.append(page.session.state.frame.obs[2:])
    first = page.session.state.transition
    assert first.step == 4
    np.testing.assert_allclose(page.map.content.path[1:], np.float32(states))
    assert page.map.content.now == states[-1]
    page.controls.path.setChecked(False)
    page.controls.visited.setChecked(False)
    assert (page.map.content.path, page.map.content.visited) == (None, None)


def test_other_numbers_can_go_along_the_axes_and_never_the_same_twice(page):
    page.controls.x_box.setCurrentIndex(0)
    page.controls.x_box.activated.emit(0)
    assert (page.map.content.x.name, page.map.content.y.name) == ("Position", "Angular velocity")
    assert [slider.isVisible() for slider in page.controls.held] == [False, True, True, False]
    page.controls.y_box.setCurrentIndex(0)
    page.controls.y_box.activated.emit(0)
    assert (page.map.content.x.name, page.map.content.y.name) == ("Angular velocity", "Position")


def started(page):
    return [job for lane, job in page.session.nothing.started if lane == "playing"]


def test_a_click_starts_an_episode_there_with_the_policy_of_the_run(page):
    page.controls.held[0].slider.setValue(150)
    page.map.chosen.emit(0.1, -1.0)
    (job,) = started(page)
    assert job.arguments["start"] == (pytest.approx(1.3), 0.0, 0.1, -1.0)
    assert job.arguments["greedy"]
    running = job.open()
    with pytest.raises(StopIteration) as stop:
        next(iter(running))
    page.starter._on_finished(stop.value.value)
    assert page.map.content.started[0].tolist() == pytest.approx([0.1, -1.0])
    assert len(page.map.content.started) == stop.value.value.duration + 1
    assert str(stop.value.value.duration) in page.words.text()
    page.session.until(UpdateFinished)
    assert len(started(page)) == 2, "it is played again with the policy of after the update"


def test_an_environment_that_nobody_has_described_is_shown_too(look, inline, qtbot):
    page = PlanePage(look, inline(replace(CONFIG, env_id="MountainCar-v0", max_episode_steps=None, episodes=2)))
    qtbot.addWidget(page)
    page.show()
    page._session.look()
    assert (page.map.content.x.name, page.map.content.y.name) == ("Position", "Velocity")
    assert not page.controls.action_box.isHidden()
    sums = 0
    for action in range(3):
        page.controls.action_box.setCurrentIndex(action)
        page.controls.action_box.activated.emit(action)
        sums = sums + page.map.content.values
    np.testing.assert_allclose(sums, 1, atol=1e-5)


def test_a_run_with_another_environment_is_shown_with_its_own_axes(page, inline):
    page.map.chosen.emit(0.1, -1.0)  # an episode of the former environment has been started
    other = inline(replace(CONFIG, env_id="MountainCar-v0", max_episode_steps=None, episodes=2))
    other.look()
    assert other.state.weights is not None
    page.session.begun = page.session.config = other.config
    page.session.state = other.state
    page.session.restarted.emit()
    page.session.progressed.emit()
    assert (page.map.content.x.name, page.map.content.y.name) == ("Position", "Velocity")
    assert page.starter.start is None


def test_it_is_brought_back_as_it_was(page):
    page.controls.held[1].slider.setValue(40)
    page.controls.visited.setChecked(False)
    page.controls.greedy.setChecked(False)
    page.controls.y_box.setCurrentIndex(0)
    page.controls.y_box.activated.emit(0)
    page.map.chosen.emit(0.05, 0.5)
    saved, shown = json.loads(json.dumps(page.save_state())), page.map.content
    page.controls.held[1].slider.setValue(10)
    page.controls.visited.setChecked(True)
    page.controls.greedy.setChecked(True)
    page.controls.y_box.setCurrentIndex(3)
    page.controls.y_box.activated.emit(3)
    page.starter.forget()
    page.restore_state({"plane": saved["plane"]})
    assert page.save_state()["plane"] == saved["plane"]
    np.testing.assert_array_equal(page.map.content.values, shown.values)
    assert started(page)[-1].arguments["start"] == tuple(saved["plane"]["start"])


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    state=st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ("axes", "held", "follows", "path", "visited", "greedy", "start", "action", "else"), JSON
        ),
    )
    | JSON
)
def test_rubbish_is_left_alone(page, state):
    page.restore_state({"plane": state})
    saved = page.save_state()
    page.restore_state({"plane": saved["plane"]})
    assert page.save_state()["plane"] == saved["plane"]


def test_in_presentation_the_choices_leave_and_what_is_said_stays(page, look):
    page.resize(900, 600)
    before = page.map.width()
    page.present(True)
    take_turns()
    assert not page.controls.isVisible()
    assert page.map.width() > before + look.scale.em(10)
    assert page.words.isVisible()
    assert "Click a place" in page.words.written
    page.map.pointed.emit((0.1, -1.0))
    assert page.words.text().startswith("π(right|s) = ")
    page.map.pointed.emit(None)
    assert "Click a place" in page.words.text()
    page.present(False)
    assert page.controls.isVisible()
