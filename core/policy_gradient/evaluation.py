"""Greedy episodes in environments of their own, and the best weights they have found."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch

from core.command_line import follow
from core.language import _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.chance import ProcessGenerators
from core.policy_gradient.environments.environment import Shape
from core.policy_gradient.environments.vector import VectorEnvironment
from core.policy_gradient.errors import CheckpointError
from core.policy_gradient.events import Evaluated, Evaluating
from core.policy_gradient.policy import NumpyPolicy, PolicyNetwork
from core.policy_gradient.returns import Floats
from core.policy_gradient.rollout import stacked

MOST_ENVS: Final = 100
"""Most environments stepped at once."""
SAY_EVERY: Final = 100
"""Steps of greedy episodes after which it is said how far they are."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How greedy episodes went.

    Attributes:
        durations: steps of each, (episodes,).
        returns: return of each, (episodes,).
    """

    durations: npt.NDArray[np.int64]
    returns: npt.NDArray[np.float64]


def play_greedy(
    environments: VectorEnvironment, policy: NumpyPolicy, episodes: int
) -> Generator[tuple[int, int], None, Scores]:
    """Play episodes in which the likeliest action is always taken.

    Args:
        environments: environments of their own, so that training notices nothing.
        policy: π.
        episodes: how many; more than there are copies are played in rounds.

    Yields:
        How many episodes are over, and how many steps were taken in the round under way: at first, and now and then.

    Returns:
        How they went.
    """
    durations: list[npt.NDArray[np.int64]] = []
    returns: list[Floats] = []
    for round_number in range(-(-episodes // environments.count)):
        environments.reset()
        rows: list[tuple[npt.NDArray[Any], ...]] = []
        alive = np.ones(environments.count, dtype=bool)
        while standing := np.count_nonzero(alive):
            if len(rows) % SAY_EVERY == 0:
                over = (round_number + 1) * environments.count - int(standing)
                yield min(over, episodes), len(rows)
            rewards, terminated, truncated = environments.step(policy.greedy(environments.obs))
            rows.append((rewards, alive))
            alive = alive & ~(terminated | truncated)
        all_rewards, all_alive = stacked(rows)
        durations.append(all_alive.sum(axis=0, dtype=np.int64))
        returns.append(np.where(all_alive, all_rewards, 0.0).sum(axis=0, dtype=np.float64))
    return Scores(np.concatenate(durations)[:episodes], np.concatenate(returns)[:episodes])


def scores_of(
    policy: PolicyNetwork, config: TrainConfig, episodes: int, told: Callable[[int], object] = lambda _done: None
) -> Scores:
    """Return how a policy's greedy episodes go, on start states that neither training nor its evaluations have seen.

    Args:
        policy: who plays.
        config: names the environment; its seed also seeds these episodes.
        episodes: how many.
        told: hears how many are over.

    Raises:
        EnvironmentRefusedError: the environment can't be made.
        EnvironmentFailedError: it failed.
        CheckpointError: the policy is one for another environment.
    """
    seed = int(np.random.SeedSequence(config.seed, spawn_key=(2,)).generate_state(1)[0])
    with ProcessGenerators(np.random.SeedSequence(config.seed, spawn_key=(5,))).in_use():
        environments = VectorEnvironment(config.environment, min(episodes, MOST_ENVS), seed, picture=False, greedy=True)
        with contextlib.closing(environments):
            check_fits(policy, environments.shape, config)
            playing = play_greedy(environments, NumpyPolicy(policy), episodes)
            return follow(playing, lambda far: told(far[0]))


def check_fits(policy: PolicyNetwork, shape: Shape, config: TrainConfig) -> None:
    """See that ``policy`` plays an environment of this shape.

    Raises:
        CheckpointError: not so.
    """
    if (policy.n_obs, policy.n_actions) != (shape.n_obs, shape.n_actions):
        message = _(
            "These weights are for another environment: they take {n_obs} numbers and choose among {n_actions} "
            "actions, and {env_id} has {obs} and {actions}."
        )
        raise CheckpointError(
            message.format(
                n_obs=policy.n_obs,
                n_actions=policy.n_actions,
                env_id=config.env_id,
                obs=shape.n_obs,
                actions=shape.n_actions,
            )
        )


class Evaluation:
    """Plays greedy episodes when asked to, and keeps the weights with the best score.

    It has environments and chances of its own: training notices nothing.

    Args:
        config: says how many episodes, in which environment, with which seed.

    Attributes:
        count: how many evaluations there were.
        last: the newest; None before the first.
        best: the best, the first of equals; None before the first.
        best_weights: the weights it was played with.

    Raises:
        EnvironmentRefusedError: as many environments can't be made.
        EnvironmentFailedError: one of them can't be reset.
    """

    def __init__(self, config: TrainConfig) -> None:
        self._episodes = config.eval_episodes
        self._generators = ProcessGenerators(np.random.SeedSequence(config.seed, spawn_key=(4,)))
        seed = int(np.random.SeedSequence(config.seed, spawn_key=(1,)).generate_state(1)[0])
        count = min(self._episodes, MOST_ENVS)
        with self._generators.in_use():
            self._envs = VectorEnvironment(config.environment, count, seed, picture=False, greedy=True)
        self.count = 0
        self.last: Evaluated | None = None
        self.best: Evaluated | None = None
        self.best_weights: dict[str, torch.Tensor] = {}

    def play(
        self, policy: NumpyPolicy, network: PolicyNetwork, episode: int, update: int
    ) -> Generator[Evaluating | Evaluated, None, Evaluated]:
        """Play the episodes.

        Args:
            policy: who plays.
            network: the same, whose weights are kept if none were better.
            episode: training episodes so far.
            update: updates so far.

        Yields:
            How far it is, and in the end the scores.

        Returns:
            The scores.

        Raises:
            EnvironmentFailedError: the environment raised something, or gave what can't be used.
        """
        playing = play_greedy(self._envs, policy, self._episodes)
        with self._generators.in_use(), contextlib.closing(playing):
            while True:
                try:
                    over, step = next(playing)
                except StopIteration as stop:
                    scores: Scores = stop.value
                    break
                yield Evaluating(self.count + 1, over, self._episodes, step)
        mean = float(scores.returns.mean())
        is_best = self.best is None or mean > self.best.greedy_mean
        self.last = Evaluated(episode, update, scores.durations, scores.returns, mean, is_best)
        self.count += 1
        if is_best:
            self.best = self.last
            self.best_weights = {name: tensor.clone() for name, tensor in network.state_dict().items()}
        yield self.last
        return self.last

    def close(self) -> None:
        """Let go of the environments."""
        self._envs.close()
