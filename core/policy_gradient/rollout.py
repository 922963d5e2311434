"""How episodes are played: one after the other, and many at once."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from core.policy_gradient.agent import CartAgent
from core.policy_gradient.environments.environment import Environment
from core.policy_gradient.environments.vector import VectorEnvironment
from core.policy_gradient.events import Transition
from core.policy_gradient.policy import NumpyPolicy, Obs
from core.policy_gradient.returns import Floats
from core.policy_gradient.runs.recording import EpisodeRecord, EpisodeStart


@dataclass(frozen=True, slots=True)
class Episode:
    """How one episode went.

    Attributes:
        duration: its number of steps.
        episode_return: sum of the rewards the environment paid.
        terminated: it ended in a terminal state.
        truncated: it was cut off.
        record: the same, step for step.
    """

    duration: int
    episode_return: float
    terminated: bool
    truncated: bool
    record: EpisodeRecord = field(compare=False, repr=False)


def draw_uniforms(generator: torch.Generator) -> Iterator[float]:
    """Yield numbers in [0, 1), without end.

    ``Bernoulli(p).sample()`` draws one such float32 number u from the same generator and returns u < p;
    drawing thousands in advance gives the very same numbers, at a hundredth of the cost.
    """
    while True:
        yield from torch.rand(4096, generator=generator).tolist()


def uniform_rows(rng: np.random.Generator, count: int) -> Iterator[Floats]:
    """Yield for each step of a vector environment ``count`` numbers in [0, 1), without end.

    Drawn for many steps in advance they are the very same numbers, at a tenth of the cost.
    """
    while True:
        yield from rng.random((256, count))


def choose(policy: NumpyPolicy, obs: Obs, uniform: float) -> tuple[int, float, tuple[float, ...]]:
    """Draw an action for one observation.

    Args:
        policy: π.
        obs: s, (n_obs,).
        uniform: the chance to use, in [0, 1).

    Returns:
        The action, π(1|s), and π(·|s) where there are more than two actions, else empty.
    """
    if policy.n_actions == 2:
        right = policy.probability_right(obs)
        return int(uniform < right), right, ()
    probabilities = policy.probabilities(obs)
    action, below = 0, probabilities[0]
    while uniform >= below and action < policy.n_actions - 1:
        action += 1
        below += probabilities[action]
    return action, probabilities[1], tuple(probabilities)


def play_episode(
    environment: Environment,
    agent: CartAgent,
    policy: NumpyPolicy,
    uniforms: Iterator[float],
    *,
    zero_last_reward: bool,
    episode: int,
    env_steps: int,
    updates: int = 0,
) -> Generator[Transition, None, Episode]:
    """Play one episode with sampled actions; the agent memorizes every step.

    Args:
        environment: the environment, just reset.
        agent: who remembers.
        policy: the agent's network, for playing.
        uniforms: where the actions' randomness comes from.
        zero_last_reward: whether the agent is told that the last step earned 0. The article says so at
            ``done``, which is both: the pole fell, or the episode was cut off.
        episode: number of the episode.
        env_steps: training steps before it.
        updates: updates before it.

    Yields:
        Every step, after it was taken.

    Returns:
        How it went.
    """
    obs: tuple[float, ...] = tuple(environment.obs.tolist())
    step, episode_return = 0, 0.0
    terminated = truncated = False
    start, seen, actions, rewards, chances = environment.start, [obs], [], [], []
    while not (terminated or truncated):
        action, right, probabilities = choose(policy, environment.obs, next(uniforms))
        reward, terminated, truncated = environment.step(action)
        next_obs = tuple(environment.obs.tolist())
        seen.append(next_obs)
        actions.append(action)
        rewards.append(reward)
        chances.append(probabilities[action] if probabilities else right if action else 1.0 - right)
        step += 1
        episode_return += reward
        done = terminated or truncated
        agent.memorize(obs, action, 0.0 if done and zero_last_reward else reward, done)
        environment.last = Transition(
            obs,
            action,
            right,
            probabilities,
            reward,
            next_obs,
            terminated,
            truncated,
            episode,
            step,
            episode_return,
            env_steps + step,
        )
        yield environment.last
        obs = next_obs
    record = EpisodeRecord(
        episode,
        np.array(seen, np.float32),
        np.array(actions, np.int64),
        np.array(rewards, np.float64),
        np.array(chances, np.float64),
        terminated,
        truncated,
        updates,
        start,
    )
    return Episode(step, episode_return, terminated, truncated, record)


@dataclass(frozen=True, slots=True)
class Batch:
    """Episodes played at once, one in each copy of the environment, N of them, the longest T steps long.

    Attributes:
        obs: observations, (T, N, n_obs) float32.
        actions: actions, (T, N) int64.
        rewards: rewards as the environment paid them, (T, N) float64.
        alive: whether the episode was still going on when the step was taken, (T, N); all else is filling.
        terminated: whether the episode ended in a terminal state, (N,).
        truncated: whether it was cut off, (N,).
        last_obs: observations after the last step, (N, n_obs): that of the longest episodes is their last.
        probabilities: π(a|s) of the actions taken, (T, N).
        starts: where each episode began.
        first_episode: number of the first episode; the others follow.
        updates: updates before them.
    """

    obs: Obs
    actions: npt.NDArray[np.int64]
    rewards: npt.NDArray[np.float64]
    alive: npt.NDArray[np.bool_]
    terminated: npt.NDArray[np.bool_]
    truncated: npt.NDArray[np.bool_]
    last_obs: Obs
    probabilities: npt.NDArray[np.float64]
    starts: tuple[EpisodeStart, ...]
    first_episode: int
    updates: int

    @property
    def durations(self) -> npt.NDArray[np.int64]:
        """Return the steps of each episode, (N,)."""
        durations: npt.NDArray[np.int64] = self.alive.sum(axis=0, dtype=np.int64)
        return durations

    @property
    def returns(self) -> npt.NDArray[np.float64]:
        """Return the undiscounted return of each episode, (N,)."""
        returns: npt.NDArray[np.float64] = np.where(self.alive, self.rewards, 0.0).sum(axis=0)
        return returns

    def episodes(self) -> tuple[Episode, ...]:
        """Return how each episode went; their records are views of this batch."""
        seen = np.concatenate((self.obs, self.last_obs[None])).transpose(1, 0, 2)  # (N, T + 1, n_obs)
        # The steps of an episode beside each other, once for all: they are read, and sent, many times.
        obs, actions, rewards, probabilities = map(
            np.ascontiguousarray, (seen, self.actions.T, self.rewards.T, self.probabilities.T)
        )
        columns = (self.durations, self.returns, self.terminated, self.truncated)
        episodes = []
        for n, (duration, episode_return, terminated, truncated) in enumerate(
            zip(*(column.tolist() for column in columns), strict=True)
        ):
            record = EpisodeRecord(
                self.first_episode + n,
                obs[n, : duration + 1],
                actions[n, :duration],
                rewards[n, :duration],
                probabilities[n, :duration],
                terminated,
                truncated,
                self.updates,
                self.starts[n],
            )
            episodes.append(Episode(duration, episode_return, terminated, truncated, record))
        return tuple(episodes)

    def ends(self) -> npt.NDArray[np.bool_]:
        """Return where each episode has its last step, (T, N)."""
        ends: npt.NDArray[np.bool_] = np.arange(len(self.alive))[:, None] == self.durations - 1
        return ends


def play_batch(
    environments: VectorEnvironment,
    policy: NumpyPolicy,
    uniforms: Iterator[Floats],
    *,
    first_episode: int,
    env_steps: int,
    updates: int = 0,
) -> Generator[Transition, None, Batch]:
    """Play one episode with sampled actions in every copy of a vector environment that was just reset.

    A copy that is done goes on being stepped with the others, but is no longer listened to. On display is the
    first copy until its episode ends, then the next one that still stands.

    Args:
        environments: the environments.
        policy: π.
        uniforms: where the actions' randomness comes from: for each step a number in [0, 1) for every copy.
        first_episode: number of the first copy's episode; the others follow.
        env_steps: training steps before.
        updates: updates before.

    Yields:
        For every step of them, the one of the copy on display.

    Returns:
        The batch.
    """
    two = policy.n_actions == 2
    rows: list[tuple[npt.NDArray[Any], ...]] = []
    alive = np.ones(environments.count, dtype=bool)
    shown, step = 0, 0
    starts = environments.starts
    returns = np.zeros(environments.count)  # of those still standing; a copy that was reset goes on counting, unread
    standing = environments.count
    while standing:
        if not alive[shown]:
            shown = int(alive.argmax())
        environments.shown = shown
        obs = environments.obs
        actions, shares = policy.sample(obs, next(uniforms))
        rewards, terminated, truncated = environments.step(actions)
        rows.append((obs, actions, rewards, alive, terminated, truncated, shares))
        step += 1
        env_steps += standing
        returns += rewards
        share = shares[shown].tolist()
        environments.last = Transition(
            tuple(obs[shown].tolist()),
            int(actions[shown]),
            share[0] if two else share[1],
            () if two else tuple(share),
            float(rewards[shown]),
            tuple(environments.obs[shown].tolist()),
            bool(terminated[shown]),
            bool(truncated[shown]),
            first_episode + shown,
            step,
            float(returns[shown]),
            env_steps,
        )
        over = alive & (terminated | truncated)
        if over.any():
            environments.note_over(over)
        yield environments.last
        alive = alive & ~over
        standing = int(np.count_nonzero(alive))
    all_obs, all_actions, all_rewards, all_alive, all_terminated, all_truncated, all_shares = stacked(rows)
    return Batch(
        all_obs,
        all_actions,
        all_rewards,
        all_alive,
        (all_alive & all_terminated).any(axis=0),
        (all_alive & all_truncated).any(axis=0),
        environments.obs,
        _taken(all_shares, all_actions),
        starts,
        first_episode,
        updates,
    )


def _taken(shares: npt.NDArray[np.float64], actions: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return π(a|s) of the actions, (T, N), that were drawn from ``shares``, (T, N, 1 or n_actions)."""
    if shares.shape[-1] == 1:
        right = shares[..., 0]
        return np.where(actions == 1, right, 1.0 - right)
    taken: npt.NDArray[np.float64] = np.take_along_axis(shares, actions[..., None], axis=-1)[..., 0]
    return taken


def stacked(rows: list[tuple[npt.NDArray[Any], ...]]) -> tuple[npt.NDArray[Any], ...]:
    """Return what the rows hold, each with a new first axis of steps; thrice as quick as ``numpy.stack``."""
    return tuple(np.concatenate(column).reshape(len(rows), *column[0].shape) for column in zip(*rows, strict=True))
