"""What the version before remembered is taken up."""

import pytest

from app.policy_gradient.session import Phase

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
    tab.restore_settings({"page": "swarm", "speed": ["slow"], "config": 3})
    assert tab.page.page_id == "policy_gradient.live"
