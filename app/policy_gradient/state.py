"""What is known about the run on screen. Qt-free: it takes payloads, views read it."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from core.policy_gradient.config import ARTICLE
from core.policy_gradient.environments.description import EnvironmentFacts
from core.policy_gradient.events import (
    EpisodeFinished,
    Evaluated,
    Evaluating,
    Frame,
    PolicySnapshot,
    Solved,
    Transition,
    UpdateFinished,
)
from core.policy_gradient.place import Place
from core.policy_gradient.runs.recording import EpisodeRecord, Floats32, layers_of
from core.runtime.events import Payload

RECENT_STEPS: Final = 20_000
"""Steps of the newest training episodes whose states are kept to be shown."""


class Series:
    """Numbers that keep coming; adding one is cheap, and so is looking at all of them."""

    def __init__(self) -> None:
        self._buffer = np.empty(256)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def append(self, value: float) -> None:
        """Add ``value`` at the end."""
        if self._length == self._buffer.size:
            self._buffer = np.resize(self._buffer, self._buffer.size * 2)
        self._buffer[self._length] = value
        self._length += 1

    @property
    def values(self) -> npt.NDArray[np.float64]:
        """All numbers so far, as a view."""
        return self._buffer[: self._length]


@dataclass(slots=True)
class TrainingState:
    """The run on screen, from its first payload to its newest.

    Attributes:
        frame: the newest picture.
        transition: the newest step.
        durations, returns: steps and return of each training episode.
        means: mean return of the last 100 episodes, after each.
        update_episodes: the last episode that went into each update.
        losses, entropies, grad_norms: of each update.
        batch_means: mean duration of the episodes that went into each update.
        weights: the policy's weights as they are now, in one row; None where they are too many to be handed out.
        last_record: the newest training episode, step for step; None before the first, and where it was not kept.
        learning_rates: where the learning rate was changed by hand: the update from which on it held, and what it
            was from there on.
        evaluated: the newest greedy evaluation.
        evaluations: how many greedy evaluations there were.
        greedy_episodes, greedy_means, greedy_deviations: of each evaluation: the training episodes before it, the mean
            and the standard deviation of its returns.
        evaluating: how far the greedy episodes under way are; None while training episodes are played.
        best_greedy: mean return of the best evaluation.
        solved: where the environment counted as solved.
        learning_rate: that of the newest update, at first the config's.
        pictures, curves: count up whenever a new picture, or something for the curves, has come.
    """

    learning_rate: float = ARTICLE.learning_rate
    frame: Frame | None = None
    transition: Transition | None = None
    durations: Series = field(default_factory=Series)
    returns: Series = field(default_factory=Series)
    means: Series = field(default_factory=Series)
    update_episodes: Series = field(default_factory=Series)
    losses: Series = field(default_factory=Series)
    entropies: Series = field(default_factory=Series)
    grad_norms: Series = field(default_factory=Series)
    batch_means: Series = field(default_factory=Series)
    weights: Floats32 | None = None
    last_record: EpisodeRecord | None = None
    learning_rates: list[tuple[int, float]] = field(default_factory=list)
    evaluated: Evaluated | None = None
    evaluations: int = 0
    greedy_episodes: Series = field(default_factory=Series)
    greedy_means: Series = field(default_factory=Series)
    greedy_deviations: Series = field(default_factory=Series)
    evaluating: Evaluating | None = None
    best_greedy: float | None = None
    solved: Solved | None = None
    pictures: int = 0
    curves: int = 0
    _recent: deque[Floats32] = field(default_factory=deque)
    _recent_steps: int = 0

    def apply(self, payloads: Iterable[Payload]) -> None:
        """Take in payloads, oldest first."""
        for payload in payloads:
            match payload:
                case Frame():
                    self.frame = payload
                    self._note_weights(payload.weights)
                    self.pictures += 1
                case Transition():
                    self.transition = payload
                case Evaluating() if payload.number > self.evaluations:  # not one that is over
                    self.evaluating = payload
                case PolicySnapshot():
                    self._note_weights(payload.weights)
                case EpisodeFinished():
                    self._note_record(payload.record)
                    self.durations.append(payload.duration)
                    self.returns.append(payload.episode_return)
                    self.means.append(payload.mean_100)
                    self.curves += 1
                case UpdateFinished():
                    self._note_batch(payload.episode)
                    self._note_weights(payload.weights)
                    self.update_episodes.append(payload.episode)
                    self._note_learning_rate(payload)
                    self.losses.append(payload.loss)
                    self.entropies.append(payload.entropy)
                    self.grad_norms.append(payload.grad_norm)
                    self.curves += 1
                case Evaluated():
                    self.evaluated = payload
                    self.evaluations += 1
                    self.evaluating = None
                    self.greedy_episodes.append(payload.episode)
                    self.greedy_means.append(payload.greedy_mean)
                    self.greedy_deviations.append(payload.greedy_deviation)
                    if self.best_greedy is None or payload.greedy_mean > self.best_greedy:
                        self.best_greedy = payload.greedy_mean
                    self.curves += 1
                case Solved():
                    self.solved = payload
                    self.curves += 1

    @property
    def rate_changes(self) -> list[int]:
        """Where the learning rate was changed by hand: the last episode before the update from which on it held."""
        return [int(self.update_episodes.values[update - 1]) for update, _rate in self.learning_rates]

    def _note_weights(self, weights: Floats32 | None) -> None:
        """Take up the policy's weights; what does not say them has not changed them, or has too many."""
        if weights is not None:
            self.weights = weights

    def _note_batch(self, last_episode: int) -> None:
        """Add the mean of the episodes up to ``last_episode``, from the one after the update before."""
        first = int(self.update_episodes.values[-1]) if len(self.update_episodes) else 0
        batch = self.durations.values[first:last_episode]
        self.batch_means.append(float(batch.mean()) if len(batch) else 0.0)

    def _note_record(self, record: EpisodeRecord | None) -> None:
        """Keep the states of the newest episodes."""
        self.last_record = record
        if record is None:
            return
        self._recent.append(record.obs)
        self._recent_steps += len(record.obs)
        while self._recent_steps > RECENT_STEPS and len(self._recent) > 1:
            self._recent_steps -= len(self._recent.popleft())

    def recent_states(self, n_obs: int) -> Floats32:
        """Return the states that the newest training episodes visited, (n, n_obs)."""
        if not self._recent or self._recent[-1].shape[1] != n_obs:
            return np.empty((0, n_obs), np.float32)
        return np.concatenate(self._recent)

    def layers(self, n_obs: int, hidden: tuple[int, ...]) -> list[tuple[Floats32, Floats32]] | None:
        """Return the policy's network as it is now, layer by layer; None where it is not known.

        Args:
            n_obs: numbers in an observation.
            hidden: widths of the hidden layers, of the run's config.
        """
        if self.weights is None:
            return None
        widths = (n_obs, *hidden)
        inner = sum(n * m + m for n, m in itertools.pairwise(widths))
        outputs = (len(self.weights) - inner) // (widths[-1] + 1)
        return layers_of(self.weights, n_obs, 2 if outputs == 1 else outputs, hidden)

    def _note_learning_rate(self, update: UpdateFinished) -> None:
        if update.learning_rate != self.learning_rate:
            self.learning_rates.append((update.update, update.learning_rate))
            self.learning_rate = update.learning_rate

    @property
    def place(self) -> Place:
        """Where the run is."""
        return Place(
            env_steps=self.transition.env_steps if self.transition is not None else 0,
            episodes=len(self.durations),
            updates=len(self.losses),
            evaluations=self.evaluations,
            solved=self.solved is not None,
        )

    @property
    def facts(self) -> EnvironmentFacts | None:
        """What the environment says of itself; None before the first picture."""
        return None if self.frame is None else self.frame.facts

    @property
    def episode(self) -> int:
        """Number of the episode on display, 0 before the first step."""
        return self.transition.episode if self.transition is not None else 0

    @property
    def mean(self) -> float | None:
        """Mean return of the last 100 training episodes."""
        return float(self.means.values[-1]) if len(self.means) else None
