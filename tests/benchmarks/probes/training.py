"""Training without a window: our agent and the article's own loop."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import torch

from core.policy_gradient.config import ARTICLE, FAST, TrainConfig
from core.policy_gradient.events import Result
from core.policy_gradient.train import Training
from tests.core.policy_gradient.article_loop import run_article_loop

_WARMING_SEED: Final = 2**31
"""A seed that is never measured: the first run of a process loads what is loaded once."""


def article(seed: int, episodes: int) -> dict[str, Any]:
    """Train the preset ``article``; one greedy episode at the end, for the article's loop plays none."""
    config = replace(ARTICLE, seed=seed, episodes=episodes, eval_episodes=1)
    _train(replace(config, seed=_WARMING_SEED, episodes=8))
    return _timed(config)


def article_loop(seed: int, episodes: int) -> dict[str, Any]:
    """Run the article's program as it stands there."""
    torch.set_num_threads(1)
    run_article_loop(8, _WARMING_SEED)  # type: ignore[no-untyped-call]  # it stands there as the article has it
    begin = time.perf_counter()
    durations, env_steps = run_article_loop(episodes, seed)  # type: ignore[no-untyped-call]  # as above
    return {"seconds": time.perf_counter() - begin, "durations": durations, "env_steps": env_steps}


def article_learning(seeds: Sequence[int], episodes: int) -> dict[str, Any]:
    """Return, for each seed, the mean duration of the last 20 episodes over that of the first 10."""
    ratios = []
    for seed in seeds:
        durations = _train(replace(ARTICLE, seed=seed, episodes=episodes, eval_episodes=1)).durations
        ratios.append(float(np.mean(durations[-20:]) / np.mean(durations[:10])))
    return {"ratios": ratios}


def fast(seeds: Sequence[int]) -> dict[str, Any]:
    """Train the preset ``fast`` once for each seed, evaluation and all making of environments included."""
    _train(replace(FAST, seed=_WARMING_SEED))
    runs = []
    for seed in seeds:
        run = _timed(replace(FAST, seed=seed))
        runs.append({name: run[name] for name in ("seconds", "env_steps", "greedy_mean", "solved")} | {"seed": seed})
    return {"runs": runs}


def _train(config: TrainConfig) -> Result:
    training = Training(config)
    for _event in training:
        pass
    return training.result()


def _timed(config: TrainConfig) -> dict[str, Any]:
    begin = time.perf_counter()
    result = _train(config)
    return {
        "seconds": time.perf_counter() - begin,
        "durations": list(result.durations),
        "env_steps": result.env_steps,
        "greedy_mean": result.greedy_mean,
        "solved": result.solved_episode is not None,
    }
