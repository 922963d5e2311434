"""Randomness that environments take from elsewhere than the generator Gymnasium seeds for them.

``reset(seed=…)`` seeds an environment's own generator. Many draw from ``random``, from ``numpy.random`` or from
``space.sample()`` instead; the same seed would then give two curves. So the generators of the process are seeded for
a run, and given back as they were when it ends, and every space of an environment is seeded, too.

What draws its randomness from the system itself (``numpy.random.default_rng()`` without a seed, the clock) can't be
repeated by anybody; neither can two runs in one process that are advanced by turns, where both draw from the
generators of the process.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gymnasium as gym
import numpy as np
import torch
from gymnasium import spaces

_States = tuple[Any, Any, torch.Tensor]


def _states() -> _States:
    return random.getstate(), np.random.get_state(), torch.random.get_rng_state()  # noqa: NPY002  others draw from it


def _set_states(states: _States) -> None:
    of_python, of_numpy, of_torch = states
    random.setstate(of_python)
    np.random.set_state(of_numpy)  # noqa: NPY002  others draw from it
    torch.random.set_rng_state(of_torch)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Give the generators of the process back as they were, whatever the block draws from them."""
    before = _states()
    try:
        yield
    finally:
        _set_states(before)


class ProcessGenerators:
    """The generators of the process as one run has them: Python's, numpy's and torch's global ones.

    Args:
        seed: what they begin with.
    """

    def __init__(self, seed: np.random.SeedSequence) -> None:
        of_python, of_numpy, of_torch = map(int, seed.generate_state(3))
        self._states: _States = (
            random.Random(of_python).getstate(),  # noqa: S311  nothing secret hangs on it
            np.random.RandomState(of_numpy).get_state(),
            torch.Generator().manual_seed(of_torch).get_state(),
        )

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Put them in the place of the process's own; afterwards those are as they were, and these go on next time."""
        with undisturbed():
            _set_states(self._states)
            try:
                yield
            finally:
                self._states = _states()


def seed_spaces(env: gym.Env[Any, Any], seed: int) -> None:
    """Seed what ``space.sample()`` draws from, of every space that ``env`` and what it wraps hold."""
    found: dict[int, spaces.Space[Any]] = {}
    layer: Any = env
    while layer is not None:
        held = (*getattr(layer, "__dict__", {}).values(), getattr(layer, "action_space", None),
                getattr(layer, "observation_space", None))  # fmt: skip
        found |= {id(space): space for space in held if isinstance(space, spaces.Space)}
        layer = getattr(layer, "env", None) if isinstance(layer, gym.Wrapper) else None
    for number, space in enumerate(found.values()):
        space.seed(int(np.random.SeedSequence((seed, number)).generate_state(1)[0]))
