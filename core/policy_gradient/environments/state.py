"""Putting an environment into a state that is asked for, where its state is what it observes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from gymnasium.wrappers import TimeLimit

from core.language import _
from core.policy_gradient.environments.environment import Environment
from core.policy_gradient.errors import EnvironmentRefusedError


def exact_state(environment: Environment) -> tuple[float, ...]:
    """Return the numbers that the environment itself computes with; none where it keeps no ``state``."""
    state = getattr(environment.env.unwrapped, "state", None)
    if not isinstance(state, (np.ndarray, tuple, list)):
        return ()
    return tuple(np.asarray(state, np.float64).ravel().tolist())


def return_to_moment(environment: Environment, state: Sequence[float], obs: Sequence[float], steps: int) -> None:
    """Put an environment that was just reset where an episode of it was held.

    Args:
        environment: of the same kind.
        state: what ``exact_state`` gave there.
        obs: what was observed there.
        steps: how many steps were taken until there: the limit of an episode counts them.

    Raises:
        EnvironmentRefusedError: its state is no such numbers.
    """
    if len(exact_state(environment)) != len(state):
        message = _("{env_id} can't be put back where it was held.")
        raise EnvironmentRefusedError(message.format(env_id=environment.env_id))
    raw: Any = environment.env.unwrapped
    raw.state = np.array(state, np.float64)
    environment.obs = np.array(obs, np.float32)
    environment.steps = steps
    layer: Any = environment.env
    while layer is not raw:
        if isinstance(layer, TimeLimit):
            vars(layer)["_elapsed_steps"] = steps  # Gymnasium offers no other way to go on in the midst of an episode
        layer = layer.env


def put_into_state(environment: Environment, obs: Sequence[float]) -> None:
    """Put an environment that was just reset into the state in which it observes ``obs``.

    Gymnasium has no way of its own for this. Environments such as CartPole and MountainCar keep in ``state`` the very
    numbers they observe; of any other nobody can say which state an observation belongs to.

    Raises:
        EnvironmentRefusedError: this environment is another.
    """
    raw: Any = environment.env.unwrapped
    state = getattr(raw, "state", None)
    numbers = np.asarray(state, np.float64) if isinstance(state, (np.ndarray, tuple, list)) else np.empty(0)
    if numbers.shape != environment.obs.shape or not np.array_equal(numbers.astype(np.float32), environment.obs):
        message = _("{env_id} can't begin at a chosen state: what it observes is not its state.")
        raise EnvironmentRefusedError(message.format(env_id=environment.env_id))
    raw.state = np.array(obs, np.float64)
    environment.obs = np.array(obs, np.float32)
