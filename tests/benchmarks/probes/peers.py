"""Stable-Baselines3 on CartPole, with the settings its authors tuned for it (rl-baselines3-zoo, hyperparams/)."""

from __future__ import annotations

import time
from typing import Any, Final, Literal

import gymnasium as gym
import numpy as np
import torch
from stable_baselines3 import A2C, PPO
from stable_baselines3.common.base_class import BaseAlgorithm
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.common.env_util import make_vec_env

SOLVED: Final = 475.0
EPISODES: Final = 100
LONGEST: Final = 500
LOOK_EVERY: Final = 1000
"""Training steps between two tests: fine enough to catch the moment, and no test is charged to the peer."""
_ENVS: Final = 8
_MOST_STEPS: Final = {"ppo": 100_000, "a2c": 500_000}


def _ppo(seed: int) -> BaseAlgorithm:
    # hyperparams/ppo.yml: learning_rate lin_0.001 and clip_range lin_0.2 fall to 0 over the run.
    return PPO(
        "MlpPolicy",
        make_vec_env("CartPole-v1", _ENVS, seed=seed),
        n_steps=32,
        batch_size=256,
        gae_lambda=0.8,
        gamma=0.98,
        n_epochs=20,
        ent_coef=0.0,
        learning_rate=lambda remaining: 0.001 * remaining,
        clip_range=lambda remaining: 0.2 * remaining,
        seed=seed,
        device="cpu",
    )


def _a2c(seed: int) -> BaseAlgorithm:
    # hyperparams/a2c.yml
    return A2C("MlpPolicy", make_vec_env("CartPole-v1", _ENVS, seed=seed), ent_coef=0.0, seed=seed, device="cpu")


class _UntilSolved(BaseCallback):
    """Tests now and then with greedy episodes, and stops the clock meanwhile."""

    def __init__(self, limit: float, seed: int) -> None:
        super().__init__()
        self.limit = limit
        self.eval_envs = gym.make_vec("CartPole-v1", num_envs=EPISODES, vectorization_mode="vector_entry_point")
        self.eval_envs.reset(seed=seed + 10_000)
        self.training_seconds = 0.0
        self.mean: float | None = None
        self._since = 0.0
        self._next_look = LOOK_EVERY

    @property
    def solved(self) -> bool:
        return self.mean is not None and self.mean >= SOLVED

    def _on_training_start(self) -> None:
        self._since = time.perf_counter()

    def _on_step(self) -> bool:
        self.training_seconds += time.perf_counter() - self._since
        if self.num_timesteps >= self._next_look:
            self._next_look += LOOK_EVERY
            self.mean = self._greedy_mean()
        self._since = time.perf_counter()
        return not self.solved and self.training_seconds < self.limit

    def _greedy_mean(self) -> float | None:
        """Return the mean of 100 greedy episodes; None as soon as it can no longer reach ``SOLVED``."""
        obs, _info = self.eval_envs.reset()
        alive = np.ones(EPISODES, dtype=bool)
        durations = np.zeros(EPISODES)
        while alive.any():
            actions, _state = self.model.predict(obs, deterministic=True)
            obs, _reward, terminated, truncated, _info = self.eval_envs.step(actions)
            durations += alive
            alive &= ~(terminated | truncated)
            if durations[alive].size * LONGEST + durations[~alive].sum() < SOLVED * EPISODES:
                return None
        return float(durations.mean())


def solve(algorithm: Literal["ppo", "a2c"], seed: int, limit: float) -> dict[str, Any]:
    """Train until 100 greedy episodes average 475, the steps its settings name are used up, or time is.

    Returns:
        ``seconds`` of training alone, without the tests; ``solved``; ``env_steps``; the last test's mean.
    """
    torch.set_num_threads(1)
    make = {"ppo": _ppo, "a2c": _a2c}[algorithm]
    make(2**31 - 1).learn(256)  # what is loaded once a process is not training
    until_solved = _UntilSolved(limit, seed)
    model = make(seed)
    model.learn(_MOST_STEPS[algorithm], callback=until_solved)
    return {
        "seconds": until_solved.training_seconds,
        "solved": until_solved.solved,
        "env_steps": model.num_timesteps,
        "greedy_mean": until_solved.mean,
        "seed": seed,
    }
