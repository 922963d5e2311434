"""Many copies of an environment, stepped at once."""

from __future__ import annotations

from typing import Any

import gymnasium as gym
import numpy as np
import numpy.typing as npt
from gymnasium import spaces
from gymnasium.vector import SyncVectorEnv, VectorEnv

from core.policy_gradient.environments.environment import Picture, draw, make, shape_of
from core.policy_gradient.events import Transition
from core.policy_gradient.policy import Obs


class _OwnActions(spaces.MultiDiscrete):
    """The actions of a vector environment, unchecked: a policy's output names an action by construction.

    Gymnasium asks at every step whether the actions are allowed, for a seventh of the step's time.
    """

    def contains(self, x: Any) -> bool:  # noqa: ARG002  the name is Gymnasium's
        """Return that ``x`` is allowed."""
        return True


class VectorEnvironment:
    """Many copies of an environment, stepped at once.

    CartPole comes with a vectorised form that moves all carts in one numpy expression, some ten times faster
    than one after the other. It has a ``state``, so that any one of them can be shown in an ordinary
    environment; a vectorised form without that, or none at all, is replaced by copies stepped in turn.

    Both reset a finished copy on the *next* step, which ignores the action and pays nothing. Whoever steps
    them must therefore stop listening to a copy once it is done.

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

    @property
    def shown_obs(self) -> Obs:
        """The state of the copy on display, (n_obs,) float32."""
        shown: Obs = self.obs[self.shown]
        return shown

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
