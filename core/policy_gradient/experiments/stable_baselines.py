"""A2C and PPO of Stable-Baselines3, for reference beside our own variants, where it is installed (extra ``peers``).

The settings are those its authors tuned for CartPole (rl-baselines3-zoo, ``hyperparams/a2c.yml``, ``ppo.yml``). As with
the preset ``fast``, a run ends when greedy episodes reach the threshold.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any, Final

import gymnasium as gym
import numpy as np
import torch

from core.language import _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.chance import undisturbed
from core.policy_gradient.errors import PolicyGradientError
from core.policy_gradient.experiments.record import RunProgress, RunRecord
from core.runtime.events import Payload

_ENVS: Final = 8
_LOOK_EVERY: Final = 1000
"""Training steps between two evaluations."""
_A2C_STEPS: Final = 500_000
_PPO_STEPS: Final = 100_000
"""Steps of a run; PPO's learning rate falls to 0 over them."""
_TRY_FROM: Final = 0.5
"""Share of the threshold that training episodes must average before greedy ones are played."""


def play_a2c(config: TrainConfig) -> Generator[Payload, None, RunRecord]:
    """Play one run of A2C; of ``config`` count environment, seed, threshold, and numbers of episodes.

    Raises:
        PolicyGradientError: Stable-Baselines3 is not installed.
    """
    yield RunProgress(0, config.episodes)
    with undisturbed():
        model = _library().A2C("MlpPolicy", _envs(config), ent_coef=0.0, seed=config.seed, device="cpu")
        return _Run(config, model).play(_A2C_STEPS)


def play_ppo(config: TrainConfig) -> Generator[Payload, None, RunRecord]:
    """Play one run of PPO; of ``config`` count environment, seed, threshold, and numbers of episodes.

    Raises:
        PolicyGradientError: Stable-Baselines3 is not installed.
    """
    yield RunProgress(0, config.episodes)
    with undisturbed():
        model = _library().PPO(
            "MlpPolicy", _envs(config), n_steps=32, batch_size=256, gae_lambda=0.8, gamma=0.98, n_epochs=20,
            ent_coef=0.0, learning_rate=lambda left: 0.001 * left, clip_range=lambda left: 0.2 * left,
            seed=config.seed, device="cpu",
        )  # fmt: skip
        return _Run(config, model).play(_PPO_STEPS)


def _library() -> Any:
    """Return Stable-Baselines3.

    Raises:
        PolicyGradientError: it is not installed.
    """
    try:
        import stable_baselines3
    except ImportError as error:
        message = _("The reference lines need Stable-Baselines3 ({reason}): pip install 'yaya-lab[peers]'")
        raise PolicyGradientError(message.format(reason=error)) from error
    return stable_baselines3


def _envs(config: TrainConfig) -> Any:
    from stable_baselines3.common.env_util import make_vec_env

    options = config.environment.options
    if config.max_episode_steps is not None:
        options["max_episode_steps"] = config.max_episode_steps
    return make_vec_env(config.env_id, _ENVS, seed=config.seed, env_kwargs=options)


class _Run:
    """One run: takes note of its episodes, and tests it now and then."""

    def __init__(self, config: TrainConfig, model: Any) -> None:
        torch.set_num_threads(1)
        self._config = config
        self._model = model
        specification = gym.spec(config.env_id)
        self._threshold = specification.reward_threshold if config.solved_at is None else config.solved_at
        self._durations: list[int] = []
        self._returns: list[float] = []
        self._next_look = _LOOK_EVERY
        self._begun = 0.0
        self._solved_seconds: float | None = None

    def play(self, steps: int) -> RunRecord:
        """Train for ``steps`` environment steps, or until it is solved or its episodes are used up."""
        self._begun = time.perf_counter()
        step: Callable[[dict[str, Any], dict[str, Any]], bool] = self._after_step
        self._model.learn(steps, callback=step)
        return RunRecord(
            config=self._config.to_dict(),
            durations=tuple(self._durations),
            returns=tuple(self._returns),
            solved_episode=None if self._solved_seconds is None else len(self._durations),
            solved_seconds=self._solved_seconds,
            seconds=time.perf_counter() - self._begun,
            threshold=self._threshold,
        )

    def _after_step(self, seen: dict[str, Any], _globals: dict[str, Any]) -> bool:
        """Return whether training goes on; Stable-Baselines3 calls this after every step of its environments."""
        for info in seen["infos"]:
            if "episode" in info:
                self._durations.append(int(info["episode"]["l"]))
                self._returns.append(float(info["episode"]["r"]))
        if self._model.num_timesteps >= self._next_look:
            self._next_look += _LOOK_EVERY
            if self._is_solved():
                self._solved_seconds = time.perf_counter() - self._begun
                return False
        return len(self._durations) < self._config.episodes

    def _is_solved(self) -> bool:
        recent = self._returns[-self._config.solved_window :]
        if self._threshold is None or not recent or float(np.mean(recent)) < _TRY_FROM * self._threshold:
            return False
        from stable_baselines3.common.evaluation import evaluate_policy

        returns, _durations = evaluate_policy(
            self._model, _envs(self._config), n_eval_episodes=self._config.eval_episodes, return_episode_rewards=True
        )
        return float(np.mean(returns)) >= self._threshold
