"""How much of what followed each action is put down to that action: its advantage, the factor of ∇ log π(a|s).

Three choices, in this order. The article's are the first of each; the others show what it gains by them.

1. Which rewards count: those that follow the action (reward-to-go, the article's "potential reward"), or all of its
   episode. Both are right on average, E[∇ log π(a|s) · r] being 0 for a reward r that came before a; the second has
   more chance in it.
2. Which baseline b is subtracted: none; the mean of the batch; the mean at the same time step; the value that a second
   network expects of the state. E[∇ log π(a|s) · b(s)] = b(s) ∇ Σ π(a|s) = 0: what does not depend on the action
   changes the gradient's variance, and not its mean (Williams 1992, "Simple statistical gradient-following algorithms",
   section 4; Sutton & Barto 2018, "Reinforcement Learning", section 13.4).
3. Whether the result is brought to mean 0 and deviation 1 over the batch (article, section 4).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from core.policy_gradient.config import Baseline, TrainConfig
from core.policy_gradient.networks.value_network import ValueBaseline
from core.policy_gradient.policy import Obs
from core.policy_gradient.returns import Floats, normalise

Marks = npt.NDArray[np.bool_]


class CreditAssignment:
    """From reward-to-go to advantages, by the three choices above.

    All arrays hold the steps of whole episodes that lie end to end; the last step ends its episode, marked or not.

    Args:
        reward_to_go: whether the rewards that follow an action count, or all of its episode.
        baseline: what is subtracted.
        normalise: whether mean and deviation over the batch become 0 and 1.
        value: who knows the value of a state; needed for the baseline ``"value"``.

    Raises:
        ValueError: the baseline ``"value"`` without ``value``.
    """

    def __init__(
        self,
        *,
        reward_to_go: bool = True,
        baseline: Baseline = "none",
        normalise: bool = True,
        value: ValueBaseline | None = None,
    ) -> None:
        if baseline == "value" and value is None:
            message = 'the baseline "value" needs a value network'
            raise ValueError(message)
        self._reward_to_go = reward_to_go
        self._baseline = baseline
        self._normalise = normalise
        self._value = value

    def advantages(self, to_go: Floats, ends: Marks, states: Obs) -> Floats:
        """Return the advantage of every step, (steps,) float64.

        Args:
            to_go: reward-to-go, (steps,).
            ends: True at the last step of each episode, (steps,).
            states: s, (steps, n_obs).
        """
        credited = self.returns(to_go, ends)
        if self._baseline != "none":
            credited = credited - self._baseline_of(credited, ends, states)
        return normalise(credited) if self._normalise else credited

    def learn(self, to_go: Floats, ends: Marks, states: Obs) -> None:
        """Let the value network, if there is one, learn what came of the states.

        Call it after ``advantages``: a baseline that has already seen what came of this very action would no longer be
        independent of it.

        Args:
            to_go: reward-to-go, (steps,).
            ends: True at the last step of each episode, (steps,).
            states: s, (steps, n_obs).
        """
        if self._baseline == "value" and self._value is not None and to_go.size:
            self._value.learn(states, self.returns(to_go, ends))

    def with_corrections(self, reward_to_go: bool, normalise: bool) -> CreditAssignment:
        """Return one that makes these two choices, and has the same baseline."""
        return CreditAssignment(
            reward_to_go=reward_to_go, baseline=self._baseline, normalise=normalise, value=self._value
        )

    def returns(self, to_go: Floats, ends: Marks) -> Floats:
        """Return what each action is credited with before anything is subtracted, (steps,).

        Args:
            to_go: reward-to-go, (steps,).
            ends: True at the last step of each episode, (steps,).
        """
        return to_go if self._reward_to_go else whole_return(to_go, ends)

    def _baseline_of(self, credited: Floats, ends: Marks, states: Obs) -> Floats:
        if not credited.size:
            return credited
        if self._baseline == "mean":
            return np.full_like(credited, credited.mean())
        if self._baseline == "step":
            return mean_at_same_step(credited, ends)
        assert self._value is not None  # the constructor has seen to it
        return self._value.values(states)


def whole_return(to_go: Floats, ends: Marks) -> Floats:
    """Return for every step the discounted return of its whole episode, r_0 + γ r_1 + …: its first reward-to-go.

    Args:
        to_go: reward-to-go, (steps,).
        ends: True at the last step of each episode, (steps,).
    """
    returns: Floats = to_go[_firsts(ends)]
    return returns


def mean_at_same_step(returns: Floats, ends: Marks) -> Floats:
    """Return b_t of every step: the mean of ``returns`` over the episodes of the batch that reached time step t.

    A time step that one episode alone has reached teaches nothing: its mean is itself.

    Args:
        returns: what is averaged, (steps,).
        ends: True at the last step of each episode, (steps,).
    """
    t = np.arange(returns.size) - _firsts(ends)  # number of each step within its episode, from 0
    means = np.bincount(t, weights=returns) / np.bincount(t)  # (longest episode,); every t up to it is reached
    at_same_step: Floats = means[t]
    return at_same_step


def _firsts(ends: Marks) -> npt.NDArray[np.int64]:
    """Return for every step the index of its episode's first step, (steps,)."""
    begins = np.zeros(ends.size, dtype=np.int64)
    begins[1:] = np.where(ends[:-1], np.arange(1, ends.size), 0)
    return np.maximum.accumulate(begins)


def credit_assignment(config: TrainConfig, n_obs: int) -> CreditAssignment:
    """Return what ``config`` asks for, for observations of ``n_obs`` numbers."""
    value = ValueBaseline(n_obs, config.seed) if config.baseline == "value" else None
    return CreditAssignment(
        reward_to_go=config.reward_to_go, baseline=config.baseline, normalise=config.normalise, value=value
    )
