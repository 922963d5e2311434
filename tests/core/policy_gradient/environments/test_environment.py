"""Environments are checked, and show themselves without being disturbed."""

from __future__ import annotations

import gymnasium as gym
import numpy as np
import pytest

from core.policy_gradient.environments.environment import STEP_LIMIT, Environment, make, shape_of
from core.policy_gradient.environments.vector import VectorEnvironment
from core.policy_gradient.errors import EnvironmentRefusedError


@pytest.fixture
def closing():
    opened = []
    yield lambda environment: opened.append(environment) or environment
    for environment in opened:
        environment.close()


class Endless(gym.Env):
    """Never ends by itself; actions are called 3 and 4."""

    observation_space = gym.spaces.Box(-1, 1, (1,), np.float64)
    action_space = gym.spaces.Discrete(2, start=3)

    def reset(self, *, seed=None, options=None):  # noqa: ARG002  gymnasium's signature
        super().reset(seed=seed)
        return np.zeros(1), {}

    def step(self, action):
        assert self.action_space.contains(action)
        return np.zeros(1), 1.0, False, False, {}


@pytest.fixture
def endless():
    gym.register("Endless-v0", entry_point=Endless)
    yield "Endless-v0"
    del gym.registry["Endless-v0"]


def cartpole_picture(state):
    env = gym.make("CartPole-v1", render_mode="rgb_array")
    env.reset()
    env.unwrapped.state = tuple(state)
    image = env.render()
    env.close()
    return image


@pytest.mark.parametrize(
    ("env_id", "words"),
    [
        ("CartPoole-v1", "CartPoole"),
        ("CartPole-v99", "99"),
        ("no_such_module:Thing-v0", "no_such_module"),
        ("Pendulum-v1", "discrete"),
    ],
)
def test_what_can_not_be_played_is_refused_in_one_line(env_id, words):
    with pytest.raises(EnvironmentRefusedError, match=words) as caught:
        make(env_id)
    assert "\n" not in str(caught.value)


def test_the_shapes_of_known_environments():
    for env_id, n_obs, n_actions, threshold in [
        ("CartPole-v1", 4, 2, 475.0),
        ("Acrobot-v1", 6, 3, -100.0),
        ("MountainCar-v0", 2, 3, -110.0),
        ("FrozenLake-v1", 16, 4, 0.7),
        ("CliffWalking-v1", 48, 4, None),
        ("Blackjack-v1", 45, 2, None),
    ]:
        env = make(env_id)
        shape = shape_of(env)
        env.close()
        assert (shape.n_obs, shape.n_actions, shape.first_action) == (n_obs, n_actions, 0)
        assert shape.threshold == threshold


def test_an_environment_without_a_limit_gets_one(endless):
    env = make(endless)
    assert shape_of(env).first_action == 3
    env.reset()
    steps, truncated = 0, False
    while not truncated:
        _obs, _reward, terminated, truncated, _info = env.step(3)
        steps += 1
        assert not terminated
    assert steps == STEP_LIMIT
    env.close()


def test_what_can_not_draw_shows_nothing(endless, closing):
    assert closing(Environment(endless, 0)).picture() is None
    assert closing(VectorEnvironment(endless, 2, 0)).picture() is None


def test_a_stage_shows_the_state_it_is_in(closing):
    environment = closing(Environment("CartPole-v1", 0))
    first = environment.picture()
    assert first.shape == (400, 600, 3)
    assert first.dtype == np.uint8
    np.testing.assert_array_equal(first, cartpole_picture(environment.obs))
    for _ in range(8):
        environment.env.step(1)
    assert (environment.picture() != first).any()


def test_drawing_disturbs_nothing(closing):
    watched, unwatched = closing(Environment("CartPole-v1", 5)), closing(Environment("CartPole-v1", 5))
    for step in range(30):
        watched.picture()
        one, other = watched.env.step(step % 2), unwatched.env.step(step % 2)
        np.testing.assert_array_equal(one[0], other[0])
        if one[2] or one[3]:
            watched.reset()
            unwatched.reset()
            np.testing.assert_array_equal(watched.obs, unwatched.obs)


def test_cartpole_comes_vectorised_and_others_one_by_one(closing):
    assert closing(VectorEnvironment("CartPole-v1", 3, 0)).is_vectorised
    assert not closing(VectorEnvironment("Acrobot-v1", 2, 0)).is_vectorised


def test_a_fleet_shows_the_copy_on_display(closing):
    environments = closing(VectorEnvironment("CartPole-v1", 4, 0))
    for _ in range(6):
        environments.step(np.array([0, 1, 0, 1]))
    pictures = []
    for environments.shown in range(4):
        pictures.append(environments.picture())
        np.testing.assert_array_equal(
            pictures[-1], cartpole_picture(environments.obs[environments.shown].astype(float))
        )
    assert (pictures[0] != pictures[1]).any()


def test_a_fleet_of_others_shows_the_copy_on_display(closing):
    environments = closing(VectorEnvironment("Acrobot-v1", 2, 0))
    for _ in range(10):
        environments.step(np.array([0, 2]))
    shown = []
    for environments.shown in (0, 1):
        shown.append(environments.picture())
    assert shown[0].ndim == 3
    assert (shown[0] != shown[1]).any()
