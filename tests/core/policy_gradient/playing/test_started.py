"""An episode from a chosen state begins there, follows the policy, and is the environment's own."""

import gymnasium as gym
import numpy as np
import pytest

from core.policy_gradient.config import ARTICLE, TrainConfig
from core.policy_gradient.environments.environment import Environment
from core.policy_gradient.environments.state import put_into_state
from core.policy_gradient.errors import EnvironmentRefusedError
from core.policy_gradient.playing.started import play_from

TOWARDS = [(np.array([[0, 0, 8, 1]], np.float32), np.array([0], np.float32))]
"""Pushes to where the pole falls, which balances it for a while."""
ALWAYS_RIGHT = [(np.zeros((1, 4), np.float32), np.array([50], np.float32))]
START = (0.5, 0.1, -0.05, 0.2)


def played(config, layers, start, **given):
    running = play_from(config, layers, start, **given)
    with pytest.raises(StopIteration) as stop:
        next(running)
    return stop.value.value


def test_it_begins_where_it_was_told_and_goes_as_the_environment_does():
    episode = played(ARTICLE, ALWAYS_RIGHT, START)
    env = gym.make("CartPole-v1")
    env.reset(seed=3)
    env.unwrapped.state = np.array(START)
    expected = [np.array(START, np.float32)]
    terminated = False
    while not terminated:
        obs, _reward, terminated, _truncated, _info = env.step(1)
        expected.append(obs)
    env.close()
    np.testing.assert_array_equal(episode.obs, np.array(expected))
    assert (episode.terminated, episode.duration, episode.episode_return) == (
        True,
        len(expected) - 1,
        len(expected) - 1,
    )


def test_a_good_policy_is_cut_off_and_a_drawn_episode_is_another():
    greedy = played(ARTICLE, TOWARDS, START)
    assert greedy.duration > 100
    np.testing.assert_array_equal(greedy.obs, played(ARTICLE, TOWARDS, START).obs)
    drawn = played(ARTICLE, TOWARDS, START, greedy=False)
    assert not np.array_equal(drawn.obs[:20], greedy.obs[:20])
    assert played(ARTICLE, TOWARDS, START, most=7).duration == 7


def test_an_environment_that_observes_no_state_is_refused():
    layers = [(np.zeros((3, 6), np.float32), np.zeros(3, np.float32))]
    with pytest.raises(EnvironmentRefusedError, match="Acrobot-v1 can't begin at a chosen state"):
        played(TrainConfig(env_id="Acrobot-v1"), layers, (0.0,) * 6)


def test_an_environment_is_put_into_a_state_as_often_as_one_likes():
    environment = Environment("CartPole-v1", 0, picture=False)
    for start in (START, (0.0, 0.0, 0.0, 0.0)):
        environment.reset()
        put_into_state(environment, start)
        assert environment.obs.tolist() == pytest.approx(start)
    environment.obs = environment.obs + 1
    with pytest.raises(EnvironmentRefusedError):
        put_into_state(environment, START)
    environment.close()


def test_a_policy_of_another_environment_is_refused_in_a_sentence():
    reads_two = [(np.zeros((1, 2), np.float32), np.zeros(1, np.float32))]
    with pytest.raises(EnvironmentRefusedError, match="reads 2 numbers, and CartPole-v1 gives 4"):
        played(ARTICLE, reads_two, START)
