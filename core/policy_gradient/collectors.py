"""Who plays the episodes that an update learns from: one environment in turn, or many at once.

The training loop knows no difference between the two; the number of environments alone decides which one it has.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt
import torch

from core.policy_gradient.agent import CartAgent, UpdateStats
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.description import describe
from core.policy_gradient.environments.environment import Environment, Shape, ShownEnvironment
from core.policy_gradient.environments.vector import VectorEnvironment
from core.policy_gradient.events import SolvedRule, Transition
from core.policy_gradient.policy import NumpyPolicy, Obs
from core.policy_gradient.returns import Floats, reward_to_go_batched
from core.policy_gradient.rollout import Batch, Episode, draw_uniforms, play_batch, play_episode, uniform_rows


class Collector(Protocol):
    """Plays episodes, remembers their steps, and learns from them once there are enough.

    Attributes:
        is_full: whether enough episodes are remembered for an update.
    """

    is_full: bool

    @property
    def environment(self) -> ShownEnvironment:
        """Where it plays."""
        ...

    def begin(self, agent: CartAgent, policy: NumpyPolicy, generator: torch.Generator) -> None:
        """Play for ``agent``, once it is known what it must look like.

        Args:
            agent: who remembers and learns.
            policy: the agent's network, for playing.
            generator: made the network, and goes on with the actions in the article's way.
        """
        ...

    def play(
        self, first_episode: int, env_steps: int, updates: int = 0
    ) -> Generator[Transition, None, tuple[Episode, ...]]:
        """Play one episode in every environment.

        Args:
            first_episode: number of the first of them; the others follow.
            env_steps: training steps before.
            updates: updates before.

        Yields:
            Every step of the environment on display.

        Returns:
            How the episodes went.
        """
        ...

    def learn(self) -> UpdateStats:
        """Learn from all episodes that are remembered, then forget them."""
        ...

    def is_worth_evaluating(self, running_mean: float | None) -> bool:
        """Return whether greedy episodes should be played now, because the environment may be solved.

        Args:
            running_mean: mean return of the last ``solved_window`` training episodes; None while there are fewer.
        """
        ...

    def passes(self, greedy_mean: float) -> bool:
        """Return whether the environment counts as solved, now that greedy episodes reach ``greedy_mean``."""
        ...


class EpisodeCollector:
    """The article's way: one environment, one episode after the other.

    The environment counts as solved when the running mean of the training episodes says so.
    """

    def __init__(self, config: TrainConfig) -> None:
        self.environment = Environment(config.environment, config.seed)
        self.is_full = False
        self._config = config
        self._solved_at = threshold(config, self.environment.shape)
        # The article counts from 0 and skips episode 0: `i_episode > 0 and i_episode % BATCH_SIZE == 0`.
        # So the first batch holds one episode more than the others.
        self._missing = config.batch_episodes + 1

    def begin(self, agent: CartAgent, policy: NumpyPolicy, generator: torch.Generator) -> None:
        """Play for ``agent``, whose network ``policy`` is; ``generator`` is the one that made the network."""
        self._agent, self._policy = agent, policy
        self._uniforms = draw_uniforms(generator)

    def play(
        self, first_episode: int, env_steps: int, updates: int = 0
    ) -> Generator[Transition, None, tuple[Episode, ...]]:
        """Play one episode; see ``Collector``."""
        if first_episode > 1:
            self.environment.reset()
        played = yield from play_episode(
            self.environment,
            self._agent,
            self._policy,
            self._uniforms,
            zero_last_reward=self._config.zero_last_reward,
            episode=first_episode,
            env_steps=env_steps,
            updates=updates,
        )
        self._missing -= 1
        self.is_full = self._missing == 0
        return (played,)

    def learn(self) -> UpdateStats:
        """Learn from what the agent has memorized."""
        self._missing = self._config.batch_episodes
        self.is_full = False
        return self._agent.learn()

    def is_worth_evaluating(self, running_mean: float | None) -> bool:
        """Return whether the training episodes reach the threshold."""
        return running_mean is not None and running_mean >= self._solved_at

    def passes(self, greedy_mean: float) -> bool:  # noqa: ARG002  the protocol's; the training episodes have decided
        """Return True: the greedy episodes were played to be told beside."""
        return True


class BatchCollector:
    """Many environments stepped at once, one episode in each, as often as an update needs.

    The environment counts as solved when greedy episodes say so; they are tried after a batch that was good enough.
    """

    def __init__(self, config: TrainConfig) -> None:
        self.environment = VectorEnvironment(config.environment, config.envs_at_once, config.seed)
        self.is_full = False
        self._config = config
        self._solved_at = threshold(config, self.environment.shape)
        self._evaluate_from = evaluate_from(config, self._solved_at)
        rng = np.random.default_rng(np.random.SeedSequence(config.seed, spawn_key=(0,)))
        self._uniforms: Iterator[Floats] = uniform_rows(rng, self.environment.count)
        self._batches: list[Batch] = []
        self._learned_from: float | None = None  # mean return of the batch of this round's update

    def begin(self, agent: CartAgent, policy: NumpyPolicy, generator: torch.Generator) -> None:  # noqa: ARG002
        """Play for ``agent``, whose network ``policy`` is."""
        self._agent, self._policy = agent, policy

    def play(
        self, first_episode: int, env_steps: int, updates: int = 0
    ) -> Generator[Transition, None, tuple[Episode, ...]]:
        """Play one episode in every copy; see ``Collector``."""
        self._learned_from = None
        if first_episode > 1:
            self.environment.reset()
        batch = yield from play_batch(
            self.environment,
            self._policy,
            self._uniforms,
            first_episode=first_episode,
            env_steps=env_steps,
            updates=updates,
        )
        self._batches.append(batch)
        self.is_full = len(self._batches) * self.environment.count >= self._config.batch_episodes
        return batch.episodes()

    def learn(self) -> UpdateStats:
        """Learn from all batches that are remembered, as ``CartAgent.learn`` does from its memory."""
        returns = np.concatenate([batch.returns for batch in self._batches])
        parts = [
            steps_of(batch, self._config.gamma, zero_last_reward=self._config.zero_last_reward)
            for batch in self._batches
        ]
        states, actions, to_go, ends = (np.concatenate(column) for column in zip(*parts, strict=True))
        self._batches.clear()
        self.is_full = False
        self._learned_from = float(returns.mean())
        return self._agent.learn_from(states, actions, to_go, ends)

    def is_worth_evaluating(self, running_mean: float | None) -> bool:  # noqa: ARG002  the protocol's
        """Return whether the batch just learned from was good enough."""
        return self._learned_from is not None and self._learned_from >= self._evaluate_from

    def passes(self, greedy_mean: float) -> bool:
        """Return whether the greedy episodes reach the threshold."""
        return greedy_mean >= self._solved_at


def steps_of(
    batch: Batch, gamma: float, *, zero_last_reward: bool
) -> tuple[Obs, npt.NDArray[np.int64], Floats, npt.NDArray[np.bool_]]:
    """Return states, actions, reward-to-go and ends of a batch's steps, its episodes one after the other, end to end.

    Args:
        batch: the episodes.
        gamma: discount γ per step.
        zero_last_reward: whether the last step of each episode counts as having earned 0.

    Returns:
        (steps, n_obs), (steps,), (steps,) and (steps,); the last is True at the last step of each episode.
    """
    alive = batch.alive.T  # (N, T): transposed, so that each episode's steps lie one after the other
    rewards = np.where(batch.alive, batch.rewards, 0.0)  # (T, N)
    ends = batch.ends()
    if zero_last_reward:
        rewards[ends] = 0.0
    to_go: Floats = reward_to_go_batched(rewards, gamma).T[alive]  # (steps,)
    return batch.obs.transpose(1, 0, 2)[alive], batch.actions.T[alive], to_go, ends.T[alive]


def threshold(config: TrainConfig, shape: Shape) -> float:
    """Return the mean return that counts as solved; infinity where nothing names one."""
    at = solved_rule(config, shape).at
    return float("inf") if at is None else at


def evaluate_from(config: TrainConfig, solved_at: float) -> float:
    """Return the mean return of a batch from which on greedy episodes are tried; never more than has to be reached."""
    if config.evaluate_from is not None:
        return config.evaluate_from
    described = describe(config.env_id).evaluate_from
    return solved_at if described is None else min(described, solved_at)


def solved_rule(config: TrainConfig, shape: Shape) -> SolvedRule:
    """Return when a run counts as solved: as chosen, or as the environment's own specification says."""
    at = config.solved_at if config.solved_at is not None else shape.threshold
    source: Literal["config", "environment", "nobody"] = (
        "nobody" if at is None else "environment" if config.solved_at is None else "config"
    )
    if config.envs_at_once == 1:
        return SolvedRule(at, "training", config.solved_window, source)
    return SolvedRule(at, "greedy", config.eval_episodes, source)


def collector_for(config: TrainConfig) -> Collector:
    """Open as many environments as ``config`` says, and return who plays in them.

    Raises:
        EnvironmentRefusedError: the environment can't be made or learned.
    """
    return EpisodeCollector(config) if config.envs_at_once == 1 else BatchCollector(config)
