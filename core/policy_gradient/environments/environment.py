"""Gymnasium's environments as this subject needs them: checked, seeded, and able to show themselves.

``Environment`` is one environment, ``VectorEnvironment`` many stepped at once.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, Final, Protocol

import gymnasium as gym
import numpy as np
import numpy.typing as npt
from gymnasium import spaces

from core.language import _
from core.policy_gradient.errors import EnvironmentRefusedError
from core.policy_gradient.events import Transition
from core.policy_gradient.policy import Obs

STEP_LIMIT: Final = 10_000
"""An environment that sets its episodes no limit gets this one: a good policy would never come home."""

Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a policy must know of an environment.

    Attributes:
        n_obs: numbers in an observation.
        n_actions: actions to choose from.
        first_action: the environment's name for action 0.
        threshold: the mean return from which on it counts as solved, if it says so.
    """

    n_obs: int
    n_actions: int
    first_action: int
    threshold: float | None


def make(env_id: str, *, picture: bool = False) -> gym.Env[Any, Any]:
    """Make one environment.

    Args:
        env_id: Gymnasium's id, such as ``"CartPole-v1"``.
        picture: whether it must be able to draw itself; one that can't is made without.

    Raises:
        EnvironmentRefusedError: there is none of this id, a package it needs is missing, or it is of a kind
            that this agent can't play.
    """
    try:
        limit = None if gym.spec(env_id).max_episode_steps else STEP_LIMIT
        env: gym.Env[Any, Any] = gym.make(env_id, max_episode_steps=limit, disable_env_checker=True)
        if picture and "rgb_array" in env.metadata.get("render_modes", ()):
            env.close()
            env = gym.make(env_id, max_episode_steps=limit, disable_env_checker=True, render_mode="rgb_array")
    except (gym.error.Error, ImportError) as error:
        reason = " ".join(str(error).split())
        raise EnvironmentRefusedError(
            _("The environment {env_id} can't be made: {reason}").format(env_id=env_id, reason=reason)
        ) from error
    try:
        shape_of(env)
    except EnvironmentRefusedError:
        env.close()
        raise
    return env


def shape_of(env: gym.Env[Any, Any]) -> Shape:
    """Return what a policy must know of ``env``.

    Raises:
        EnvironmentRefusedError: its actions are not discrete, or its observations are not a vector of
        numbers.
    """
    name = env.spec.id if env.spec else type(env.unwrapped).__name__
    actions, observations = env.action_space, env.observation_space
    if not isinstance(actions, spaces.Discrete) or actions.n < 2:
        message = _("{env_id} can't be used: its actions are {space}; two or more discrete actions are needed.")
        raise EnvironmentRefusedError(message.format(env_id=name, space=actions))
    if not isinstance(observations, spaces.Box) or len(observations.shape) != 1:
        message = _("{env_id} can't be used: it observes {space}; a vector of numbers is needed.")
        raise EnvironmentRefusedError(message.format(env_id=name, space=observations))
    threshold = env.spec.reward_threshold if env.spec else None
    return Shape(observations.shape[0], int(actions.n), int(actions.start), threshold)


def draw(env: gym.Env[Any, Any]) -> Picture | None:
    """Return the environment's own picture of its state, (height, width, 3); None if it can't draw.

    Drawing neither advances the environment nor touches its randomness.
    """
    if env.render_mode != "rgb_array":
        return None
    # Drawing into memory wants neither a screen nor a sound card, and pygame greets on stdout unless told not
    # to.
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    return np.asarray(env.render(), dtype=np.uint8)


class ShownEnvironment(Protocol):
    """What one environment and many at once have in common: one of them is on display.

    Attributes:
        shape: what a policy must know of it.
        last: the step that led to what it shows; None before the first.
    """

    shape: Shape
    last: Transition | None

    @property
    def shown_obs(self) -> Obs:
        """The state on display, (n_obs,) float32."""
        ...

    def picture(self) -> Picture | None:
        """Return a picture of that state; None if it can't draw."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...


class Environment:
    """One environment, and where it stands.

    Args:
        env_id: Gymnasium's id.
        seed: of all its episodes; later resets carry on with the same generator.

    Attributes:
        env: the environment.
        shape: what a policy must know of it.
        obs: the state it is in now, (n_obs,) float32.
        last: the step that led there; None before the first.

    Raises:
        EnvironmentRefusedError: see ``make``.
    """

    def __init__(self, env_id: str, seed: int) -> None:
        self.env = make(env_id, picture=True)
        self.shape = shape_of(self.env)
        self.last: Transition | None = None
        self.obs: Obs = np.asarray(self.env.reset(seed=seed)[0], dtype=np.float32)

    @property
    def shown_obs(self) -> Obs:
        """The state it is in now, (n_obs,) float32."""
        return self.obs

    def reset(self) -> None:
        """Begin a new episode."""
        self.obs = np.asarray(self.env.reset()[0], dtype=np.float32)

    def picture(self) -> Picture | None:
        """Return a picture of the state it is in."""
        return draw(self.env)

    def close(self) -> None:
        """Let go of what the environment holds."""
        self.env.close()
