"""What is said of episodes beside the training. Numbers and arrays; reading them needs neither torch nor gymnasium."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from core.policy_gradient.events import Transition
from core.policy_gradient.runs.recording import Floats32
from core.runtime.events import Payload

Mode = Literal["against", "push"]


@dataclass(frozen=True, slots=True)
class StartedEpisode:
    """How it went.

    Attributes:
        obs: its states, the chosen one first, (T + 1, n_obs).
        episode_return: sum of the rewards.
        terminated: it ended in a terminal state.
    """

    obs: Floats32
    episode_return: float
    terminated: bool

    @property
    def duration(self) -> int:
        """T, its number of steps."""
        return len(self.obs) - 1


@dataclass(frozen=True, slots=True)
class GameStep(Payload):
    """Where both are after a step; the first comes before any step.

    Attributes:
        number: steps taken.
        agent: the agent's newest step; None before the first.
        agent_obs: the state of the agent's cart.
        probability_right: π(right|s) of the agent in that state.
        person: the person's newest step; None before the first, and where nobody plays.
        person_obs: the state of the person's cart; empty where nobody plays.
        agent_over, person_over: whether their episodes are over.
        agent_state, person_state: the physics' own numbers, which are finer than what is observed: with them a round
            goes on exactly where it was held.
        hand: what the person did last, 0 or 1.
    """

    beat: ClassVar[bool] = True
    newest_only: ClassVar[bool] = True

    number: int
    agent: Transition | None
    agent_obs: tuple[float, ...]
    probability_right: float
    person: Transition | None
    person_obs: tuple[float, ...]
    agent_over: bool
    person_over: bool
    agent_state: tuple[float, ...] = ()
    person_state: tuple[float, ...] = ()
    hand: int = 1


@dataclass(frozen=True, slots=True)
class GameResult:
    """How a round went.

    Attributes:
        person: steps of the person; 0 where nobody played.
        agent: steps of the agent.
    """

    person: int
    agent: int
