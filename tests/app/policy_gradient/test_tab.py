"""What the version before remembered is taken up."""

import pytest

from app.policy_gradient.session import Phase
from core.policy_gradient.events import Evaluating, Transition

BEFORE = {
    "config": {
        "preset": "fast", "env_id": "CartPole-v1", "seed": 4, "episodes": 6400, "learning_rate": 0.02, "gamma": 0.98,
        "batch_episodes": 32, "hidden": [8], "optimizer": "adam", "reduction": "mean", "zero_last_reward": True,
        "until_solved": True, "solved_at": 475.0, "solved_window": 100, "eval_episodes": 100, "evaluate_from": 250.0,
    },
    "speed": "slow",
}  # fmt: skip


@pytest.fixture
def tab(start):
    return start(show=False).window.tab("policy_gradient")


def test_settings_of_the_version_before_are_taken_up(tab):
    tab.restore_settings(BEFORE)
    wanted = tab.session.wanted
    assert (wanted.envs_at_once, wanted.seed, wanted.hidden, wanted.solved_at) == (32, 4, (8,), 475.0)
    assert tab.session.speed == "slow"
    assert tab.sidebar.fields["batch_episodes"].box.text() == "32"
    assert tab.session.phase is Phase.LOADING  # nobody has opened the tab
    assert tab.save_settings()["config"] == wanted.to_dict()


def test_a_page_that_is_no_more_is_passed_over(tab):
    tab.restore_settings({"page": "nowhere", "speed": ["slow"], "config": 3})
    assert tab.page.page_id == "policy_gradient.live"


def test_the_foot_says_what_is_going_on(tab):
    session = tab.session
    session.watch(True)
    session.toggle()
    assert "Loading" in tab.transport._position.accessibleName()  # it plays as soon as it can, and can't yet
    step = Transition((0.0,) * 4, 1, 0.5, (), 1.0, (0.1,) * 4, False, False, 1, 1, 1.0, 1)
    session._on_progressed((step,))
    tab._show_position()
    assert "Training · 0 of 500 episodes done" in tab.transport._position.accessibleName()
    session._on_progressed((Evaluating(1, 30, 100, 200),))
    tab._show_position()
    assert "greedy episodes: 30 of 100, step 200" in tab.transport._position.accessibleName()


def test_a_run_replaced_is_said_to_be_there_still(tab):
    said = []
    tab.message.connect(lambda kind, text: said.append((kind, str(text))))
    tab.session.watch(True)
    tab.session.reset()
    assert said == []
    step = Transition((0.0,) * 4, 1, 0.5, (), 1.0, (0.1,) * 4, False, False, 1, 1, 1.0, 1)
    tab.session._on_progressed((step,))
    tab.session.reset()
    assert [kind for kind, _text in said] == ["success"]
    assert "brings the run before back" in said[0][1]
