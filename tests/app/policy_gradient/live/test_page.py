"""The page is brought back exactly: what it shows, the run, and what the run does next."""

import json
import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.policy_gradient.live.page import LivePage
from app.policy_gradient.session import Phase
from core.policy_gradient.config import ARTICLE, FAST

LOADING = 60_000


@pytest.fixture
def tab(laboratory, qtbot):
    """The tab with a run at its start, the first picture shown."""
    tab = laboratory.window.tab("policy_gradient")
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY and tab.session.state.frame is not None, timeout=LOADING)
    assert isinstance(tab.page, LivePage)
    return tab


def step(tab, qtbot, kind, times=1):
    """Step ``times`` times, and wait until the picture shows where it led."""
    for _time in range(times):
        tab.session.step(kind)
        qtbot.waitUntil(lambda: tab.session.phase is Phase.PAUSED, timeout=LOADING)
    qtbot.waitUntil(lambda: tab.session.state.frame.transition == tab.session.state.transition, timeout=LOADING)


def shown(tab):
    """Everything the page shows of the run."""
    state, page = tab.session.state, tab.page
    series = (state.durations, state.means, state.update_episodes, state.losses, state.entropies, state.grad_norms)
    return {
        "own frame": None if state.frame.image is None else state.frame.image.tobytes(),
        "painted": page.environment_view.is_painted,
        "obs": state.frame.obs,
        "probability": state.frame.probability_right,
        "action": page.last_action.words(),
        "step": state.transition,
        "numbers": page.run_numbers.texts(),
        "curves": [values.values.tolist() for values in series],
        "solved": page.solved.text,
        "explained": dict(page.explain().values),
        "details": page.curves.loss.isVisible(),
        "config": tab.session.config,
        "wanted": tab.session.wanted,
        "speed": tab.session.speed,
    }


def bring_back(tab, qtbot, saved):
    tab.page.restore_state(json.loads(json.dumps(saved)))
    assert tab.page.save_state() == saved
    qtbot.waitUntil(lambda: tab.session.phase not in {Phase.RESTORING, Phase.LOADING}, timeout=LOADING)
    qtbot.waitUntil(lambda: tab.session.state.frame is not None, timeout=LOADING)


def test_in_the_middle_of_episode_7_and_back_again(tab, qtbot, laboratory):
    laboratory.window.actions_table["pg_details"].setChecked(True)
    tab.session.set_speed("real")
    step(tab, qtbot, "EpisodeFinished", 6)
    step(tab, qtbot, "Transition", 5)
    assert (tab.session.state.transition.episode, tab.session.state.transition.step) == (7, 5)
    before, saved = shown(tab), tab.page.save_state()
    step(tab, qtbot, "Transition")
    next_step = tab.session.state.transition
    tab.session.set_speed("turbo")
    tab.session.choose(FAST)
    tab.session.reset()
    laboratory.window.actions_table["pg_details"].setChecked(False)
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=LOADING)

    bring_back(tab, qtbot, saved)
    assert tab.session.phase is Phase.PAUSED
    assert shown(tab) == before
    assert tab.page.save_state() == saved
    assert laboratory.window.actions_table["pg_details"].isChecked()
    assert not tab.page.restore_bar.isVisible()
    step(tab, qtbot, "Transition")
    assert tab.session.state.transition == next_step


def wander(tab, qtbot, rng):
    """Do what a person may do: another config, another speed, steps of every kind, a learning rate in between."""
    preset = replace(rng.choice([ARTICLE, FAST]), seed=rng.randrange(9), batch_episodes=rng.randint(2, 6))
    tab.session.set_speed(rng.choice(["slow", "real", "fast", "turbo"]))
    tab.session.choose(preset)
    tab.session.reset()
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=LOADING)
    for _time in range(rng.randint(1, 6)):
        step(tab, qtbot, rng.choice(["Transition", "EpisodeFinished", "UpdateFinished"]))
        if rng.random() < 0.4:
            tab.session.choose(replace(tab.session.wanted, learning_rate=rng.choice([0.01, 0.005, 0.02]), gamma=0.9))
    tab.window().actions_table["pg_details"].setChecked(rng.random() < 0.5)
    tab.window().actions_table["pg_own_frame"].setChecked(rng.random() < 0.5)
    qtbot.waitUntil(lambda: (tab.session.state.frame.image is not None) == tab.session.has_own_frame, timeout=LOADING)


def test_wherever_one_has_been_one_is_brought_back(tab, qtbot):
    rng = random.Random(7)
    for _time in range(5):
        wander(tab, qtbot, rng)
        before, saved = shown(tab), tab.page.save_state()
        wander(tab, qtbot, rng)
        bring_back(tab, qtbot, saved)
        assert shown(tab) == before
        assert tab.page.save_state() == saved


def test_a_learning_rate_changed_by_hand_comes_back_when_it_did(tab, qtbot):
    step(tab, qtbot, "UpdateFinished")
    tab.session.choose(replace(ARTICLE, learning_rate=0.002))
    step(tab, qtbot, "UpdateFinished", 2)
    tab.session.choose(replace(ARTICLE, learning_rate=0.02))
    before, saved = shown(tab), tab.page.save_state()
    assert saved["run"]["learning_rates"] == [[2, 0.002]]  # the newest is in force from the next update on
    step(tab, qtbot, "UpdateFinished")
    next_curves = shown(tab)["curves"]
    bring_back(tab, qtbot, saved)
    assert shown(tab) == before
    step(tab, qtbot, "UpdateFinished")
    assert shown(tab)["curves"] == next_curves


@pytest.mark.long
def test_a_run_that_had_ended_is_brought_to_its_end(tab, qtbot):
    tab.session.set_speed("turbo")
    tab.session.choose(FAST)
    tab.session.toggle()
    qtbot.waitUntil(lambda: tab.session.phase is Phase.FINISHED, timeout=LOADING)
    before, saved = shown(tab), tab.page.save_state()
    assert tab.page.solved.isVisible()
    tab.session.reset()
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=LOADING)
    bring_back(tab, qtbot, saved)
    assert tab.session.phase is Phase.FINISHED
    assert shown(tab) == before


def test_the_way_back_is_shown_with_a_bar_and_can_be_called_off(tab, qtbot):
    far = json.loads(json.dumps(tab.page.save_state()))
    far["run"]["place"] |= {"env_steps": 3_000_000, "episodes": 40_000}
    far["run"]["config"]["episodes"] = 100_000
    tab.page.restore_state(far)
    qtbot.waitUntil(lambda: tab.page.restore_bar.isVisible() and tab.page.restore_bar.share > 0, timeout=LOADING)
    assert tab.session.phase is Phase.RESTORING
    assert tab.session.state.pictures == 0  # nobody looks on
    actions = tab.window().actions_table
    assert not any(actions[name].isEnabled() for name in ("pg_play", "pg_step", "pg_step_episode", "pg_step_update"))
    tab.page.restore_bar.cancel.click()
    assert all(actions[name].isEnabled() for name in ("pg_play", "pg_step", "pg_reset"))
    assert not tab.page.restore_bar.isVisible()
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=LOADING)
    assert len(tab.session.state.durations) == 0


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NEARLY = st.fixed_dictionaries(
    {},
    optional={
        "config": JSON | st.fixed_dictionaries({}, optional={"learning_rate": JSON, "hidden": JSON, "n_envs": JSON}),
        "speed": JSON | st.sampled_from(["slow", "turbo"]),
        "details": JSON,
        "own_frame": JSON | st.booleans(),
        "run": JSON
        | st.fixed_dictionaries({"config": JSON, "place": JSON, "learning_rates": JSON, "is_finished": JSON})
        | st.fixed_dictionaries({"config": st.just({}), "place": st.fixed_dictionaries({"env_steps": JSON})}),
    },
)


class Nothing:
    """A background in which nothing runs."""

    def start(self, *_given, **_named):
        return Silent()


class Silent:
    def __getattr__(self, _name):
        return Silent()

    def __call__(self, *_given):
        return Silent()


@pytest.fixture
def lone_page(look, qtbot):
    """The page without a tab or a worker."""
    from app.policy_gradient.session import TrainingSession

    session = TrainingSession(Nothing())
    page = LivePage(look, session)
    page.kept = session
    qtbot.addWidget(page)
    return page


RUN_OF_NOTHING = {"config": {"quack": 1}, "place": {}, "learning_rates": [], "is_finished": False}


@example(state={"config": {}, "run": RUN_OF_NOTHING})
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(state=NEARLY | st.dictionaries(st.text(), JSON, max_size=3))
def test_rubbish_is_left_alone(lone_page, state):
    lone_page.restore_state(state)
    saved = lone_page.save_state()
    lone_page.restore_state(saved)
    assert lone_page.save_state() == saved


def test_the_explained_numbers_are_renewed_a_few_times_a_second_while_it_plays(tab, qtbot):
    renewed = []
    tab.page.explanation_changed.connect(lambda: renewed.append(tab.session.phase))
    step(tab, qtbot, "Transition")
    assert renewed
    tab.session.set_speed("fast")
    tab.session.toggle()
    qtbot.waitUntil(lambda: tab.session.phase is Phase.PLAYING)
    renewed.clear()
    painted = tab.page.environment_view.frames_painted
    qtbot.waitUntil(lambda: tab.page.environment_view.frames_painted > painted + 40, timeout=LOADING)
    assert len(renewed) < 20
