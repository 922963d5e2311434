"""What training says while it runs. Numbers and arrays; reading them needs neither torch nor gymnasium.

Episodes, updates and steps are counted from 1. An episode's *duration* is its number of steps: the article
logs ``t``, the index of the last step, which is one less. An episode's *return* is the undiscounted sum of
the rewards the environment paid, whatever the agent learned from; in CartPole it equals the duration.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt

from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.description import EnvironmentFacts
from core.policy_gradient.runs.recording import EpisodeRecord
from core.runtime.events import Payload


@dataclass(frozen=True, slots=True)
class Transition(Payload):
    """One step of the environment on display: s, π(·|s), a, r, s'.

    Attributes:
        obs: s, the observation the action was chosen on (CartPole: position m, velocity m/s, pole angle rad,
            angular velocity rad/s).
        action: a, as the policy counts actions, from 0 (CartPole: 0 left, 1 right).
        probability_right: π(1|s), the probability of the second action (CartPole: right).
        probabilities: π(·|s) where there are more than two actions, else empty.
        reward: r, as the environment paid it.
        next_obs: s', the state a picture shows now.
        terminated: s' is terminal (the pole fell, the cart left the track).
        truncated: the episode was cut off at s' (CartPole-v1: after 500 steps).
        episode: number of the episode.
        step: number of the step within its episode.
        episode_return: rewards of the episode so far.
        env_steps: steps of all training environments so far.
    """

    beat: ClassVar[bool] = True
    newest_only: ClassVar[bool] = True

    obs: tuple[float, ...]
    action: int
    probability_right: float
    probabilities: tuple[float, ...]
    reward: float
    next_obs: tuple[float, ...]
    terminated: bool
    truncated: bool
    episode: int
    step: int
    episode_return: float
    env_steps: int


@dataclass(frozen=True, slots=True)
class EpisodeFinished(Payload):
    """A training episode is over.

    Attributes:
        episode: its number.
        duration: its number of steps.
        episode_return: sum of its rewards.
        terminated: it ended in a terminal state.
        truncated: it was cut off.
        env_steps: training steps so far.
        mean_100: mean return of the last ``solved_window`` (100) episodes, of all while there are fewer.
        record: the episode step for step; None where the run has handed out as much as may be kept.
        no_record: why there is no record; empty where there is one.
    """

    episode: int
    duration: int
    episode_return: float
    terminated: bool
    truncated: bool
    env_steps: int
    mean_100: float
    record: EpisodeRecord | None = field(default=None, compare=False, repr=False)
    no_record: str = ""


@dataclass(frozen=True, slots=True)
class PolicySnapshot(Payload):
    """The policy before the first update; said once, before anything else.

    Attributes:
        weights: its weights, as in ``UpdateFinished``.
    """

    weights: npt.NDArray[np.float32] | None = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class UpdateFinished(Payload):
    """The weights have moved.

    Attributes:
        update: its number.
        episode: the last episode that went into it.
        loss: mean over the batch's steps of −log π(a|s) · R, with R the normalised reward-to-go. It is no
            measure of success: its gradient is the point, its value hovers around 0.
        entropy: mean entropy of π(·|s) over the batch before the update, in nats.
        grad_norm: Euclidean norm of the gradient as the optimizer received it.
        learning_rate: the step size used.
        batch_steps: steps in the batch.
        env_steps: training steps so far.
        weights: the policy's weights after it, all in one row, (n,); ``recording.layers_of`` takes them apart. None
            for a network of more than ``recording.MOST_WEIGHTS`` numbers or one that scales its observations, and
            where the run has handed out as many as may be kept.
    """

    update: int
    episode: int
    loss: float
    entropy: float
    grad_norm: float
    learning_rate: float
    batch_steps: int
    env_steps: int
    weights: npt.NDArray[np.float32] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Evaluating(Payload):
    """Greedy episodes are being played, which no training episode shows.

    Attributes:
        number: of the evaluation, counted from 1.
        episodes: how many of them are over.
        of: how many there will be.
        step: steps taken in each of those under way.
    """

    newest_only: ClassVar[bool] = True

    number: int
    episodes: int
    of: int
    step: int


@dataclass(frozen=True, slots=True)
class Evaluated(Payload):
    """Greedy episodes were played: the most likely action always, in environments of their own.

    Attributes:
        episode: training episodes so far.
        update: updates so far.
        durations: steps of each greedy episode, (eval_episodes,) int64.
        returns: return of each greedy episode, (eval_episodes,) float64.
        greedy_mean: mean of ``returns``.
        best: no earlier evaluation of this run was as good; its weights are kept.
    """

    episode: int
    update: int
    durations: npt.NDArray[np.int64]
    returns: npt.NDArray[np.float64]
    greedy_mean: float
    best: bool

    @property
    def greedy_deviation(self) -> float:
        """Standard deviation of ``returns``: how much the policy's episodes differ from each other."""
        return float(self.returns.std())


@dataclass(frozen=True, slots=True)
class Solved(Payload):
    """The environment counts as solved; said once a run.

    One environment counts as solved when the last 100 training episodes average ``solved_at``, several at once when
    the greedy episodes do. The two scores disagree often: a policy that trains well by chance can be poor
    when it always takes its likeliest action, and the other way round. So both are given.

    Attributes:
        episode: training episodes so far.
        training_mean: mean return of the last ``solved_window`` training episodes.
        greedy_mean: mean return of the greedy episodes played now.
    """

    episode: int
    training_mean: float
    greedy_mean: float


@dataclass(frozen=True, slots=True, eq=False)
class Copies:
    """Every copy of an environment that is played many times at once, in the batch under way.

    Attributes:
        obs: the state of each, or the last of one whose episode is over, (count, n_obs).
        ended: the step with which the episode of each was over, 0 while it goes on, (count,).
        first_episode: number of the first copy's episode; the others follow.
        step: steps taken in this batch.
    """

    obs: npt.NDArray[np.float32]
    ended: npt.NDArray[np.int64]
    first_episode: int
    step: int

    @property
    def alive(self) -> npt.NDArray[np.bool_]:
        """Whether the episode of each still goes on, (count,)."""
        alive: npt.NDArray[np.bool_] = self.ended == 0
        return alive

    @property
    def durations(self) -> npt.NDArray[np.int64]:
        """Steps that each has taken so far, (count,)."""
        durations: npt.NDArray[np.int64] = np.where(self.alive, self.step, self.ended)
        return durations


@dataclass(frozen=True, slots=True)
class Frame(Payload):
    """The environment on display: the numbers of its state, and its own ``rgb_array`` picture where that is shown.

    Attributes:
        image: (height, width, 3) uint8; None where the environment has no picture, and where nobody asked for it
            since the window paints this environment itself.
        obs: the state in the picture.
        probability_right: π(1|obs) of the policy as it is now.
        transition: the step that led here; None before the first.
        no_picture: why there is no image; empty where the environment simply draws none.
        probabilities: π(·|obs) where there are more than two actions, else empty.
        facts: what the environment says of itself; the same in every frame of a run.
        weights: the policy's weights as in ``UpdateFinished``, where they have changed since the frame before.
        copies: all copies of the environment, where there are several and somebody looks at them.
    """

    newest_only: ClassVar[bool] = True

    image: npt.NDArray[np.uint8] | None
    obs: tuple[float, ...]
    probability_right: float
    transition: Transition | None
    no_picture: str = ""
    probabilities: tuple[float, ...] = ()
    facts: EnvironmentFacts | None = None
    weights: npt.NDArray[np.float32] | None = field(default=None, compare=False, repr=False)
    copies: Copies | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class SolvedRule:
    """When a run counts as solved.

    Attributes:
        at: the mean return that is needed; None where nothing names one, so that it never counts as solved.
        by: ``"greedy"`` where greedy episodes have to average it, ``"training"`` where training episodes do.
        episodes: how many of them.
        source: who names it: the run's own config, or the environment's specification; ``"nobody"`` without one.
    """

    at: float | None
    by: Literal["greedy", "training"]
    episodes: int
    source: Literal["config", "environment", "nobody"]


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights that a run keeps.

    Attributes:
        kind: ``"best"`` where greedy episodes chose them, ``"last"`` where none were played.
        episode: training episodes before them.
        update: updates before them.
        greedy_mean: what greedy episodes averaged with them; None where none were played.
    """

    kind: Literal["best", "last"]
    episode: int
    update: int
    greedy_mean: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to. It knows no seconds: the algorithm has no clock; who called it has.

    Attributes:
        config: the config the run began with.
        durations: steps of every training episode.
        returns: return of every training episode.
        updates: number of updates.
        solved_episode: the episode at which ``Solved`` was said; None if it was not.
        training_mean: mean return of the last ``solved_window`` episodes; None before the first ended.
        greedy_mean: mean return of the last evaluation; None if there was none.
        best_greedy_mean: mean return of the best evaluation, whose weights are kept; None if there was none.
        env_steps: training steps; those of evaluations are not counted.
        rule: when it counts as solved.
        weights: which weights are kept.
        learning_rates: where the learning rate was changed by hand: the update from which on it held, and what it was.
    """

    config: TrainConfig
    durations: tuple[int, ...]
    returns: tuple[float, ...]
    updates: int
    solved_episode: int | None
    training_mean: float | None
    greedy_mean: float | None
    best_greedy_mean: float | None
    env_steps: int
    rule: SolvedRule
    weights: Weights
    learning_rates: tuple[tuple[int, float], ...] = ()
