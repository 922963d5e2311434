"""Takes the update apart that learned from an episode.

``dissect`` plays the run again up to that update, and holds it there: agent, optimizer and batch are then exactly what
they were, so every number is the run's own. From there it learns once with every choice of the article's two
corrections of the reward, each time from a copy.
"""

from __future__ import annotations

import copy
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import torch

from core.language import _
from core.policy_gradient.agent import CartAgent
from core.policy_gradient.anatomy.findings import ALL_CORRECTIONS, Anatomy, Corrections, Dissecting, Lesson
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import PolicyGradientError
from core.policy_gradient.events import EpisodeFinished, UpdateFinished
from core.policy_gradient.place import Place, ReturnTo
from core.policy_gradient.policy import Obs, PolicyNetwork
from core.policy_gradient.returns import Floats, reward_to_go
from core.policy_gradient.runs.recording import EpisodeRecord
from core.policy_gradient.train import Training

_AT_ONCE: Final = 2**16
"""Steps whose probabilities are computed at once."""


def dissect(
    config: TrainConfig, episode: int, learning_rates: Sequence[tuple[int, float]] = ()
) -> Generator[Dissecting | Anatomy, None, None]:
    """Play a run again to the update that learned from ``episode``, and take that apart.

    Args:
        config: of the run, with its seed.
        episode: its number.
        learning_rates: where the learning rate was changed by hand: see ``Result.learning_rates``.

    Yields:
        How far it is, then the anatomy, once.

    Raises:
        EnvironmentRefusedError: the environment can't be made or learned.
        PolicyGradientError: the run ends before an update learns from this episode, or keeps no records that far.
    """
    training = Training(config, ReturnTo(Place(episodes=episode), tuple(learning_rates)))
    batch: list[EpisodeRecord | None] = []
    agent: CartAgent | None = None
    with closing(training), closing(iter(training)) as running:
        for payload in running:
            if isinstance(payload, EpisodeFinished):
                batch.append(payload.record)
                yield Dissecting(payload.episode)
                if payload.episode == episode:  # nothing is learned between this and the update
                    agent = copy.deepcopy(training.agent)
            elif isinstance(payload, UpdateFinished):
                if agent is not None:
                    agent.learning_rate = payload.learning_rate  # it may have been changed for this very update
                    yield _anatomy(config, agent, batch, episode, payload)
                    return
                batch.clear()
        message = _("No update has learned from episode {episode}: the run ends with episode {last}.")
        raise PolicyGradientError(message.format(episode=episode, last=training.place.episodes))


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    """A batch's episodes, end to end: N steps in all."""

    states: Obs
    actions: npt.NDArray[np.int64]
    rewards: Floats
    ends: npt.NDArray[np.bool_]
    chosen: slice


def _anatomy(
    config: TrainConfig, agent: CartAgent, records: Sequence[EpisodeRecord | None], episode: int, said: UpdateFinished
) -> Anatomy:
    kept = [record for record in records if record is not None]
    if len(kept) < len(records):
        message = _("Episode {episode} can't be taken apart: the run keeps no records that far.")
        raise PolicyGradientError(message.format(episode=episode))
    batch = _laid_end_to_end(kept, episode, zero_last_reward=config.zero_last_reward)
    log_probs = _log_probs(agent.pgn, batch)
    own = Corrections("to_go" if config.reward_to_go else "episode", config.normalise)
    _own_lesson, own_gradient = _learn(agent, batch, own, log_probs)
    return Anatomy(
        record=next(record for record in kept if record.episode == episode).compact(),
        update=said.update,
        episodes=(kept[0].episode, kept[-1].episode),
        batch_steps=len(batch.actions),
        gamma=config.gamma,
        baseline=config.baseline,
        rewards=batch.rewards[batch.chosen],
        log_probs=log_probs[batch.chosen],
        before=np.exp(log_probs[batch.chosen]),
        loss=said.loss,
        own=own,
        lessons=tuple(_learn(agent, batch, each, log_probs, own_gradient)[0] for each in ALL_CORRECTIONS),
    )


def _laid_end_to_end(records: Sequence[EpisodeRecord], episode: int, *, zero_last_reward: bool) -> _Batch:
    """Return the batch that these episodes make, with the place of the chosen one in it."""
    durations = [record.duration for record in records]
    last = np.cumsum(durations) - 1
    at = next(n for n, record in enumerate(records) if record.episode == episode)
    rewards = np.concatenate([record.rewards for record in records])
    ends = np.zeros(len(rewards), dtype=bool)
    ends[last] = True
    if zero_last_reward:
        rewards[last] = 0.0
    return _Batch(
        states=np.concatenate([record.obs[:-1] for record in records]),
        actions=np.concatenate([record.actions for record in records]),
        rewards=rewards,
        ends=ends,
        chosen=slice(int(last[at]) + 1 - durations[at], int(last[at]) + 1),
    )


def _learn(
    agent: CartAgent,
    batch: _Batch,
    corrections: Corrections,
    log_probs: Floats,
    own_gradient: Floats | None = None,
) -> tuple[Lesson, Floats]:
    """Return what a copy of ``agent`` learns from the batch, and the gradient it learns by, (weights,)."""
    learner = copy.deepcopy(agent)
    if corrections.credit == "reward":
        learner.gamma = 0.0  # what follows counts for nothing
    credit = learner.credit.with_corrections(corrections.credit != "episode", False)
    to_go = reward_to_go(batch.rewards, learner.gamma, batch.ends)
    returns = credit.returns(to_go, batch.ends)
    compared = credit.advantages(to_go, batch.ends, batch.states)  # G − b
    learner.credit = credit.with_corrections(corrections.credit != "episode", corrections.normalise)
    advantages = learner.credit.advantages(to_go, batch.ends, batch.states)
    stats = learner.learn_from(batch.states, batch.actions, to_go, batch.ends)
    gradient = _gradient(learner.pgn)
    products, chosen = -log_probs * advantages, batch.chosen
    lesson = Lesson(
        corrections=corrections,
        returns=returns[chosen],
        baselines=(returns - compared)[chosen],
        mean=float(compared.mean()),
        deviation=float(compared.std()),
        advantages=advantages[chosen],
        products=products[chosen],
        loss=float(products.mean()),
        rest=float(products.sum() - products[chosen].sum()),
        after=np.exp(_log_probs(learner.pgn, batch, chosen)),
        grad_norm=stats.grad_norm,
        agreement=1.0 if own_gradient is None else _cosine(gradient, own_gradient),
    )
    return lesson, gradient


def _log_probs(network: PolicyNetwork, batch: _Batch, part: slice | None = None) -> Floats:
    """Return log π(a_t|s_t) of every step of the batch, or of a part of it, float64."""
    part = slice(None) if part is None else part
    states, actions = torch.from_numpy(batch.states[part]), torch.from_numpy(batch.actions[part])
    found: list[Floats] = []
    with torch.no_grad():
        for first in range(0, len(states), _AT_ONCE):
            taken = actions[first : first + _AT_ONCE]
            policy = network.distribution(states[first : first + _AT_ONCE])
            found.append(policy.log_prob(taken.float() if network.n_actions == 2 else taken).double().numpy())
    return np.concatenate(found)


def _gradient(network: PolicyNetwork) -> Floats:
    """Return the gradient that the network's weights moved by last, in one row, (weights,)."""
    parts = [parameter.grad.flatten() for parameter in network.parameters() if parameter.grad is not None]
    gradient: Floats = torch.cat(parts).double().numpy()
    return gradient


def _cosine(one: Floats, other: Floats) -> float:
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return max(-1.0, min(1.0, float(one @ other) / length)) if length > 0 else float("nan")
