"""What a run has said, kept: enough to draw its curves, play its episodes again, save it, and compare it.

Needs neither torch nor gymnasium; the window keeps one for each run on its shelf.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from core.policy_gradient.config import TrainConfig
from core.policy_gradient.events import (
    EpisodeFinished,
    Evaluated,
    PolicySnapshot,
    Solved,
    Transition,
    UpdateFinished,
)
from core.policy_gradient.place import Place
from core.policy_gradient.runs.recording import EpisodeRecord, Floats32
from core.runtime.events import Payload

ARTICLE_EPISODES: Final = 150
"""After so many episodes the article shows its second picture."""

Ending = Literal["under way", "finished", "interrupted", "failed"]
Landmark = Literal["first", "after_150", "best", "worst", "last"]
LANDMARKS: Final[tuple[Landmark, ...]] = ("first", "after_150", "best", "worst", "last")
"""Episodes of a run that have a name of their own."""


@dataclass(slots=True)
class RunHistory:
    """One run, from its first event to its newest.

    Attributes:
        config: what it began with.
        episodes, updates, evaluations: as they were said, the episodes with their records.
        first_weights: the policy's before the first update.
        solved: where it counted as solved.
        env_steps: training steps so far, those of the episode under way included.
        learning_rates: where the learning rate was changed by hand: the update from which on it held, and what it was.
        ending: how it ended.
    """

    config: TrainConfig
    episodes: list[EpisodeFinished] = field(default_factory=list)
    updates: list[UpdateFinished] = field(default_factory=list)
    evaluations: list[Evaluated] = field(default_factory=list)
    first_weights: Floats32 | None = None
    solved: Solved | None = None
    env_steps: int = 0
    learning_rates: list[tuple[int, float]] = field(default_factory=list)
    ending: Ending = "under way"

    def apply(self, payloads: Iterable[Payload]) -> None:
        """Take in what the run has said, oldest first."""
        for payload in payloads:
            match payload:
                case Transition():
                    self.env_steps = payload.env_steps
                case EpisodeFinished():
                    self.episodes.append(payload)
                    self.env_steps = max(self.env_steps, payload.env_steps)
                case UpdateFinished():
                    if payload.learning_rate != self._learning_rate:
                        self.learning_rates.append((payload.update, payload.learning_rate))
                    self.updates.append(payload)
                case Evaluated():
                    self.evaluations.append(payload)
                case Solved():
                    self.solved = payload
                case PolicySnapshot():
                    self.first_weights = payload.weights

    @property
    def _learning_rate(self) -> float:
        return self.learning_rates[-1][1] if self.learning_rates else self.config.learning_rate

    def events(self) -> Iterator[Payload]:
        """Yield what the run said, in its order, without its single steps."""
        yield PolicySnapshot(self.first_weights)
        updates, evaluations, solved = iter(self.updates), iter(self.evaluations), self.solved
        update, evaluated = next(updates, None), next(evaluations, None)
        for number, episode in enumerate(self.episodes, start=1):
            yield episode
            while update is not None and update.episode == number:
                yield update
                update = next(updates, None)
            while evaluated is not None and evaluated.episode == number:
                yield evaluated
                evaluated = next(evaluations, None)
            if solved is not None and solved.episode == number:
                yield solved

    @property
    def place(self) -> Place:
        """Where the run is."""
        return Place(
            self.env_steps, len(self.episodes), len(self.updates), len(self.evaluations), self.solved is not None
        )

    def record(self, episode: int) -> EpisodeRecord | None:
        """Return an episode step for step, by its number from 1; None where it was not kept, or there is none."""
        return self.episodes[episode - 1].record if 1 <= episode <= len(self.episodes) else None

    def weights(self, update: int) -> Floats32 | None:
        """Return the policy's weights after an update, in one row; before the first for 0; None where not known."""
        if update == 0:
            return self.first_weights
        return self.updates[update - 1].weights if 1 <= update <= len(self.updates) else None

    def landmark(self, which: Landmark) -> int | None:
        """Return the number of an episode that has a name; None where the run has none yet.

        Best and worst are by return, of equals the earlier one for the best and the later one for the worst.
        ``after_150`` is the 150th, of a shorter run the last.
        """
        if not self.episodes:
            return None
        returns = np.array([episode.episode_return for episode in self.episodes])
        match which:
            case "first":
                return 1
            case "after_150":
                return min(ARTICLE_EPISODES, len(returns))
            case "best":
                return int(returns.argmax()) + 1
            case "worst":
                return len(returns) - int(returns[::-1].argmin())
            case "last":
                return len(returns)

    @property
    def best(self) -> Evaluated | None:
        """The evaluation whose weights are the best, the first of equals; None if there was none."""
        return max(self.evaluations, key=lambda evaluated: evaluated.greedy_mean, default=None)
