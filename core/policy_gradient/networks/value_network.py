"""A second network that learns what to expect of a state, to be subtracted as a baseline."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn

from core.policy_gradient.policy import Obs
from core.policy_gradient.returns import Floats

HIDDEN: Final = (32, 32)
LEARNING_RATE: Final = 0.01
LESSONS: Final = 40
"""Gradient steps after each batch of episodes."""
LESSON_SIZE: Final = 1024
"""Most steps of the batch that one gradient step looks at, so that a long batch costs no more than a short one."""


class ValueBaseline:
    """v(s) ≈ E[R | s], learned by regression: gradient steps on mean (v(s) − R)² (Sutton & Barto 2018, section 13.4).

    Returns grow a hundredfold while a policy learns. So the network predicts them in the units of the batch it learned
    from last: v(s) = μ + σ · net(s), with μ and σ the mean and deviation of that batch's returns. Before its first
    lesson it expects nothing: v(s) = 0.

    Args:
        n_obs: numbers in an observation.
        seed: where its weights and the choice of steps come from; the agent's own randomness is not touched.
    """

    def __init__(self, n_obs: int, seed: int) -> None:
        first, second = np.random.SeedSequence(seed, spawn_key=(5,)).generate_state(2)
        widths = [n_obs, *HIDDEN, 1]
        # Building a network draws its first weights; the process's own random numbers must not notice.
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(int(first))
            linear = [nn.Linear(n, m) for n, m in itertools.pairwise(widths)]
        inner = itertools.chain.from_iterable((layer, nn.ReLU()) for layer in linear[:-1])
        self.network = nn.Sequential(*inner, linear[-1])
        self._optimizer = torch.optim.Adam(self.network.parameters(), lr=LEARNING_RATE)
        self._generator = torch.Generator().manual_seed(int(second))
        self._mean, self._deviation = 0.0, 0.0

    def values(self, states: Obs) -> Floats:
        """Return v(s) of every state, (steps,), for states (steps, n_obs)."""
        with torch.no_grad():
            predicted = self.network(torch.from_numpy(states)).squeeze(-1).numpy()  # (steps,)
        values: Floats = self._mean + self._deviation * predicted.astype(np.float64)
        return values

    def learn(self, states: Obs, returns: Floats) -> None:
        """Take gradient steps towards the returns that followed.

        Args:
            states: s, (steps, n_obs).
            returns: R, (steps,).
        """
        self._mean, self._deviation = float(returns.mean()), float(returns.std())
        scaled = (returns - self._mean) / (self._deviation or 1.0)
        inputs, targets = torch.from_numpy(states), torch.from_numpy(scaled).float()
        for chosen in self._lessons(len(states)):
            self._optimizer.zero_grad()
            predicted = self.network(inputs[chosen]).squeeze(-1)  # (chosen,)
            ((predicted - targets[chosen]) ** 2).mean().backward()
            self._optimizer.step()

    def _lessons(self, steps: int) -> Iterator[Tensor]:
        """Yield which steps each gradient step looks at: all of few, of many some drawn at random."""
        for _lesson in range(LESSONS):
            if steps <= LESSON_SIZE:
                yield torch.arange(steps)
            else:
                yield torch.randint(steps, (LESSON_SIZE,), generator=self._generator)
