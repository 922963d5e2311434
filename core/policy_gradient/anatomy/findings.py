"""What is found where an update is taken apart. Numbers and arrays; reading them needs neither torch nor gymnasium.

The article's loss of a batch of N steps is L = −1/N Σ log π(a_t|s_t) · R_t (article, section 4). What R_t is, two
corrections settle, which the article makes one after the other: first the potential reward, then the normalisation.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import ClassVar, Final, Literal, get_args

from core.policy_gradient.returns import Floats
from core.policy_gradient.runs.recording import EpisodeRecord
from core.runtime.events import Payload

Credit = Literal["to_go", "reward", "episode"]
"""What an action is credited with: what followed it, the article's "potential reward"; its own reward alone, which
the article begins with; or its whole episode's return, as REINFORCE does in its plainest form."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """The article's two corrections of the reward.

    Attributes:
        credit: ``"to_go"`` where the first one is on.
        normalise: what actions are credited with is brought to mean 0 and deviation 1 over the batch.
    """

    credit: Credit = "to_go"
    normalise: bool = True


ALL_CORRECTIONS: Final = tuple(itertools.starmap(Corrections, itertools.product(get_args(Credit), (True, False))))
"""Every choice, the article's first."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What the agent learns from the batch with these corrections; arrays are of the chosen episode's T steps.

    Attributes:
        corrections: which.
        returns: G_t, what each action is credited with, (T,).
        baselines: b_t, what is subtracted from it, (T,); 0 where the run has no baseline.
        mean: of G − b over the batch, which normalising subtracts.
        deviation: of G − b over the batch, which normalising divides by.
        advantages: R_t, the factor of log π(a_t|s_t), (T,).
        products: −log π(a_t|s_t) · R_t, (T,): each step's part of the loss, times N.
        loss: mean of the products over all N steps of the batch.
        rest: sum of the products of the batch's other episodes; with ``products`` they make N · ``loss``.
        after: π(a_t|s_t) once the weights have moved, (T,).
        grad_norm: Euclidean norm of the gradient, entropy bonus included.
        agreement: cosine of the angle between this gradient and that of the run's own update, −1 to 1; nan where one
            of the two is 0.
    """

    corrections: Corrections
    returns: Floats
    baselines: Floats
    mean: float
    deviation: float
    advantages: Floats
    products: Floats
    loss: float
    rest: float
    after: Floats
    grad_norm: float
    agreement: float


@dataclass(frozen=True, slots=True, eq=False)
class Anatomy(Payload):
    """One episode of one update, taken apart.

    Attributes:
        record: the episode.
        update: number of the update that learned from it.
        episodes: first and last episode of the batch.
        batch_steps: N, steps of the batch.
        gamma: γ.
        baseline: what is subtracted from returns, as ``TrainConfig.baseline`` says it.
        rewards: r_t as they were learned from, (T,): those of ``record``, the last one 0 where the config says so.
        log_probs: log π(a_t|s_t) before the update, (T,).
        before: π(a_t|s_t) before the update, (T,).
        loss: what the run itself said of this update.
        own: the corrections that the run was made with.
        lessons: with every choice of corrections, in the order of ``ALL_CORRECTIONS``.
    """

    record: EpisodeRecord
    update: int
    episodes: tuple[int, int]
    batch_steps: int
    gamma: float
    baseline: str
    rewards: Floats
    log_probs: Floats
    before: Floats
    loss: float
    own: Corrections
    lessons: tuple[Lesson, ...]

    @property
    def duration(self) -> int:
        """T, steps of the episode."""
        return self.record.duration

    @property
    def is_last_zeroed(self) -> bool:
        """Whether the last step counts as having earned 0, though the environment paid it."""
        return bool(self.rewards[-1] != self.record.rewards[-1])

    def lesson(self, corrections: Corrections) -> Lesson:
        """Return what is learned with ``corrections``."""
        return next(lesson for lesson in self.lessons if lesson.corrections == corrections)


@dataclass(frozen=True, slots=True)
class Dissecting(Payload):
    """The run is being played again.

    Attributes:
        episodes: training episodes so far.
    """

    newest_only: ClassVar[bool] = True

    episodes: int
