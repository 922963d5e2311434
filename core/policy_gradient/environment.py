"""Gymnasium's environments as this subject needs them: checked, seeded, and able to show themselves.

``Stage`` is one environment, ``Fleet`` many stepped at once.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, Final

import gymnasium as gym
import numpy as np
import numpy.typing as npt
from gymnasium import spaces
from gymnasium.vector import SyncVectorEnv, VectorEnv

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
        message = _("{env_id} can't be learned here: it takes {space}; two or more discrete actions are needed.")
        raise EnvironmentRefusedError(message.format(env_id=name, space=actions))
    if not isinstance(observations, spaces.Box) or len(observations.shape) != 1:
        message = _("{env_id} can't be learned here: it shows {space}; a vector of numbers is needed.")
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


class Stage:
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

    def reset(self) -> None:
        """Begin a new episode."""
        self.obs = np.asarray(self.env.reset()[0], dtype=np.float32)

    def picture(self) -> Picture | None:
        """Return a picture of the state it is in."""
        return draw(self.env)

    def close(self) -> None:
        """Let go of what the environment holds."""
        self.env.close()


class _OwnActions(spaces.MultiDiscrete):
    """The actions of a fleet, unchecked: a policy's output names an action by construction.

    Gymnasium asks at every step whether the actions are allowed, for a seventh of the step's time.
    """

    def contains(self, x: Any) -> bool:  # noqa: ARG002  the name is Gymnasium's
        """Return that ``x`` is allowed."""
        return True


class Fleet:
    """Many copies of an environment, stepped at once.

    CartPole comes with a vectorised form that moves all carts in one numpy expression, some ten times faster
    than one after the other. It has a ``state``, so that any one of them can be shown in an ordinary
    environment; a vectorised form without that, or none at all, is replaced by copies stepped in turn.

    Both reset a finished copy on the *next* step, which ignores the action and pays nothing. Whoever steps a
    fleet must therefore stop listening to a copy once it is done.

    Args:
        env_id: Gymnasium's id.
        count: how many copies.
        seed: of all their episodes.

    Attributes:
        envs: the vector environment.
        shape: what a policy must know of one copy.
        obs: the states they are in now, (count, n_obs) float32.
        shown: the copy on display.
        last: the step that led to what it shows; None before the first.

    Raises:
        EnvironmentRefusedError: see ``make``.
    """

    def __init__(self, env_id: str, count: int, seed: int) -> None:
        self._single = make(env_id, picture=True)
        self.shape = shape_of(self._single)
        self.count = count
        self.envs = self._vectorised(env_id) or SyncVectorEnv([lambda: make(env_id, picture=True)] * count)
        self.shown = 0
        self.last: Transition | None = None
        self._single.reset(seed=seed)
        self.obs: Obs = np.asarray(self.envs.reset(seed=seed)[0], dtype=np.float32)

    def _vectorised(self, env_id: str) -> VectorEnv[Any, Any, Any] | None:
        """Return the environment's own vectorised form, if it has one that can be looked into."""
        if gym.spec(env_id).vector_entry_point is None or not hasattr(self._single.unwrapped, "state"):
            return None
        envs = gym.make_vec(env_id, num_envs=self.count, vectorization_mode="vector_entry_point")
        if hasattr(envs.unwrapped, "state"):
            if isinstance(envs.action_space, spaces.MultiDiscrete):
                envs.unwrapped.action_space = _OwnActions(envs.action_space.nvec, start=envs.action_space.start)
            return envs
        envs.close()
        return None

    def step(
        self, actions: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.floating[Any]], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Take a step in every copy.

        Args:
            actions: as the policy counts them, from 0, (count,).

        Returns:
            rewards, terminated and truncated, (count,) each.
        """
        first_action = self.shape.first_action  # mostly 0, and even adding that takes a hundredth of the step
        named = actions + first_action if first_action else actions
        raw_obs, rewards, terminated, truncated, _info = self.envs.step(named)
        self.obs = np.asarray(raw_obs, dtype=np.float32)
        return rewards, terminated, truncated

    def reset(self) -> None:
        """Begin a new episode in every copy."""
        self.obs = np.asarray(self.envs.reset()[0], dtype=np.float32)

    def picture(self) -> Picture | None:
        """Return a picture of the copy on display."""
        if isinstance(self.envs, SyncVectorEnv):
            return draw(self.envs.envs[self.shown])
        single: Any = self._single.unwrapped
        states: npt.NDArray[np.float64] = getattr(self.envs.unwrapped, "state")  # noqa: B009  typed nowhere
        single.state = tuple(states[:, self.shown].tolist())
        return draw(self._single)

    def close(self) -> None:
        """Let go of what the environments hold."""
        self._single.close()
        self.envs.close()
