"""Where an episode of one environment begins: noted before ``reset``, and brought about again."""

from __future__ import annotations

import json
from typing import Any

import gymnasium as gym
import numpy as np

from core.policy_gradient.runs.recording import EpisodeStart

_KIND = "PCG64"
"""The bit generator of Gymnasium's environments; of any other nobody can say how its state is to be written."""


def start_of(env: gym.Env[Any, Any], seed: int | None) -> EpisodeStart:
    """Return where the episode begins that the next ``reset`` opens.

    Args:
        env: the environment.
        seed: what it will be reset with; None where it goes on with the generator it has.
    """
    if seed is not None:
        return EpisodeStart(seed=seed)
    generator = getattr(env.unwrapped, "_np_random", None)  # np_random would make one
    if not isinstance(generator, np.random.Generator):
        return EpisodeStart()
    state = generator.bit_generator.state
    return EpisodeStart(generator=json.dumps(state)) if state["bit_generator"] == _KIND else EpisodeStart()


def return_to(env: gym.Env[Any, Any], start: EpisodeStart) -> int | None:
    """Put ``env`` where ``start`` was noted; return what ``reset`` is to be called with.

    Raises:
        ValueError: the generator's state is none.
    """
    if start.seed is not None:
        return start.seed
    if start.generator:
        generator = np.random.Generator(np.random.PCG64(0))
        try:
            generator.bit_generator.state = json.loads(start.generator)
        except (TypeError, KeyError, OverflowError) as error:
            raise ValueError(start.generator) from error
        env.unwrapped.np_random = generator
    return None
