"""Environments as strangers write them: right but for one thing, which each test chooses."""

from __future__ import annotations

import contextlib
import random

import gymnasium as gym
import numpy as np

ENV_ID = "Hostile-v0"


class Hostile(gym.Env):
    """Three steps an episode, each paying 1; what a test says about ``reset``, ``step``, ``render`` … is done instead.

    Args:
        changes: for a name (reset, step, render, close, make) what is called with the environment and what it would
            give; what it returns is given instead. For a space, the space.
        episode: from which episode of a copy on.
        length: steps of an episode.
    """

    metadata = {"render_modes": ["rgb_array"], "render_fps": 50}  # noqa: RUF012  as gymnasium's own have it

    def __init__(self, render_mode=None, episode=1, length=3, **changes):
        self.render_mode = render_mode
        self.changes, self.first, self.length = changes, episode, length
        self.episode = self.steps = 0
        self.observation_space = changes.get("observation_space", gym.spaces.Box(-10, 10, (2,), np.float32))
        self.action_space = changes.get("action_space", gym.spaces.Discrete(2))
        if "make" in changes:
            changes["make"](self, None)

    def _changed(self, name, given):
        if name in self.changes and self.episode >= self.first:
            return self.changes[name](self, given)
        return given

    def reset(self, *, seed=None, options=None):  # noqa: ARG002  gymnasium's signature
        super().reset(seed=seed)
        self.episode += 1
        self.steps = 0
        return self._changed("reset", (self._obs(), {}))

    def step(self, action):  # noqa: ARG002  gymnasium's signature
        self.steps += 1
        return self._changed("step", (self._obs(), 1.0, self.steps >= self.length, False, {}))

    def render(self):
        return self._changed("render", np.full((20, 30, 3), 10 * self.steps, np.uint8))

    def close(self):
        self._changed("close", None)

    def _obs(self):
        return self.np_random.random(2, dtype=np.float32)


@contextlib.contextmanager
def registered(env_id=ENV_ID, *, entry_point=Hostile, **given):
    """Let gymnasium know a hostile environment; ``given`` goes to its maker, save what ``register`` takes."""
    own = {name: given.pop(name) for name in ("max_episode_steps", "reward_threshold") if name in given}
    gym.register(env_id, entry_point=entry_point, kwargs=given, **own)
    try:
        yield env_id
    finally:
        del gym.registry[env_id]


def raising(error):
    """Return a change that raises ``error``."""

    def change(_env, _given):
        raise error

    return change


def replacing(place, value):
    """Return a change that puts ``value`` (or what it returns, given the environment) into one place of a tuple."""

    def change(env, given):
        parts = list(given)
        parts[place] = value(env, given[place]) if callable(value) else value
        return tuple(parts)

    return change


def drawing_from_everywhere(env, _given):
    """Return a step whose observation comes from generators that no ``reset(seed=…)`` reaches."""
    of_numpy, of_python = np.random.rand(), random.random()  # noqa: NPY002
    of_spaces = env.action_space.sample() + env.observation_space.sample()[0]
    is_over = of_python < 0.2 or env.steps > 20
    return np.array([of_numpy, of_spaces], np.float32), of_numpy + of_spaces, is_over, False, {}
