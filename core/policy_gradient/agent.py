"""The article's agent: it remembers what it did, and learns from it batch by batch (article, section 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.distributions import Distribution

from core.language import _
from core.policy_gradient.advantages import CreditAssignment
from core.policy_gradient.config import Optimizer, Reduction
from core.policy_gradient.errors import PolicyGradientError
from core.policy_gradient.policy import Obs, PolicyNetwork
from core.policy_gradient.returns import Floats, reward_to_go

MOST_NUMBERS: Final = 2**25
"""Numbers that one backward pass may keep, 128 MiB: 4096 episodes through four layers of 1024 would keep 31 GiB."""

_OPTIMIZERS: Final[dict[Optimizer, type[torch.optim.RMSprop | torch.optim.Adam | torch.optim.SGD]]] = {
    "rmsprop": torch.optim.RMSprop,
    "adam": torch.optim.Adam,
    "sgd": torch.optim.SGD,
}


@dataclass(frozen=True, slots=True)
class UpdateStats:
    """One update in numbers.

    Attributes:
        loss: mean over the steps of −log π(a|s) · R; an entropy bonus is no part of it.
        entropy: mean entropy of π(·|s) before the update, in nats.
        grad_norm: Euclidean norm of the gradient that the optimizer received.
        steps: steps learned from.
    """

    loss: float
    entropy: float
    grad_norm: float
    steps: int


class CartAgent:
    """REINFORCE as the article writes it.

    Between ``learn`` calls, ``memorize`` collects states, actions and rewards of one or more episodes.

    Args:
        learning_rate: step size of the optimizer.
        gamma: discount γ.
        network: the policy; by default a new one of the article's shape.
        optimizer: RMSprop as in the article, Adam or plain SGD.
        reduction: whether the loss of a batch is the sum over its steps, as in the article, or their mean.
        credit: how returns become advantages; by default as in the article.
        entropy_bonus: β; every step's loss is −log π(a|s) · R − β · H(π(·|s)). 0 in the article.
    """

    def __init__(
        self,
        learning_rate: float,
        gamma: float,
        *,
        network: PolicyNetwork | None = None,
        optimizer: Optimizer = "rmsprop",
        reduction: Reduction = "sum",
        credit: CreditAssignment | None = None,
        entropy_bonus: float = 0.0,
    ) -> None:
        self.pgn = PolicyNetwork() if network is None else network
        self.gamma = gamma
        self.reduction = reduction
        self.credit = CreditAssignment() if credit is None else credit
        self.entropy_bonus = entropy_bonus
        self.optimizer: torch.optim.Optimizer = _OPTIMIZERS[optimizer](self.pgn.parameters(), lr=learning_rate)
        self._init_memory()

    def _init_memory(self) -> None:
        self.state_pool: list[Obs | Tensor | Sequence[float]] = []
        self.action_pool: list[int] = []
        self.reward_pool: list[float] = []
        self.end_pool: list[bool] = []

    @property
    def steps(self) -> int:
        """Return how many steps are remembered."""
        return len(self.state_pool)

    @property
    def learning_rate(self) -> float:
        """The step size; a new one holds from the next update on, the optimizer's averages are kept."""
        return float(self.optimizer.param_groups[0]["lr"])

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = value

    def act(self, state: Tensor) -> Tensor:
        """Return π(1|s), (…, 1), for states (…, 4) float32; the caller samples."""
        probabilities: Tensor = self.pgn(state)
        return probabilities

    def memorize(
        self, state: Obs | Tensor | Sequence[float], action: int, reward: float, end: bool | None = None
    ) -> None:
        """Save one step for the next ``learn``.

        Args:
            state: the observation, (n_obs,); it must not be changed afterwards.
            action: what was done there.
            reward: what it earned. The article passes 0 for the last step of an episode.
            end: whether this step was the last of its episode. None: the article's rule, it was if the reward
                is 0.
        """
        self.state_pool.append(state)
        self.action_pool.append(action)
        self.reward_pool.append(reward)
        self.end_pool.append(reward == 0 if end is None else end)

    def learn(self) -> UpdateStats:
        """Learn from everything memorized, then forget it.

        The article's ``_adjust_reward`` is ``reward_to_go`` and then, in ``learn_from``, ``credit``.

        Raises:
            ValueError: nothing was memorized.
            PolicyGradientError: training has diverged.
        """
        learned = self.learn_from(
            np.array(self.state_pool, dtype=np.float32),
            np.array(self.action_pool, dtype=np.int64),
            reward_to_go(self.reward_pool, self.gamma, self.end_pool),
            np.array(self.end_pool, dtype=bool),
        )
        self._init_memory()
        return learned

    def learn_from(
        self, states: Obs, actions: npt.NDArray[np.int64], to_go: Floats, ends: npt.NDArray[np.bool_]
    ) -> UpdateStats:
        """Learn from a batch of whole episodes that lie end to end.

        Args:
            states: s of every step, (steps, n_obs).
            actions: a of every step, (steps,).
            to_go: reward-to-go of every step, (steps,).
            ends: True at the last step of each episode, (steps,).

        Raises:
            ValueError: there is no step.
            PolicyGradientError: training has diverged.
        """
        advantages = self.credit.advantages(to_go, ends, states)
        self.credit.learn(to_go, ends, states)
        return self.update(states, actions, advantages)

    def update(self, states: Obs, actions: npt.NDArray[np.int64], advantages: Floats) -> UpdateStats:
        """Move the weights once along the gradient of Σ log π(a|s) · R, plus the entropy bonus if there is one.

        Args:
            states: s of every step, (steps, n_obs).
            actions: a of every step, (steps,).
            advantages: R of every step, as ``credit`` gives it, (steps,).

        Returns:
            Loss, entropy and gradient norm, all measured before the weights moved.

        Raises:
            ValueError: there is no step.
            PolicyGradientError: the gradient is not finite; the weights are left as they were.
        """
        stats = self.backward(states, actions, advantages)
        if not np.isfinite(stats.grad_norm):
            message = _(
                "The gradient of this update is no number (loss {loss:g}, largest number observed {largest:g}, "
                "learning rate {rate:g}): a lower learning rate or observations scaled down may help."
            )
            largest, rate = float(np.abs(states).max()), self.learning_rate
            raise PolicyGradientError(message.format(loss=stats.loss, largest=largest, rate=rate))
        self.optimizer.step()
        if self.pgn.scale is not None:
            self.pgn.scale.take_in(states)  # only now: with what it was until here these actions were chosen
        return stats

    def backward(self, states: Obs, actions: npt.NDArray[np.int64], advantages: Floats) -> UpdateStats:
        """Leave in the network's parameters the gradient that ``update`` moves the weights by.

        The article calls ``backward`` for every step; gradients add up, so one backward of the sum is the
        same and some hundred times faster. A batch too large to be held at once is taken in parts, whose
        gradients add up likewise. For arguments, returns and the first error see ``update``.
        """
        steps = len(states)
        if steps == 0:
            message = "there is nothing to learn from: no step was memorized"
            raise ValueError(message)
        loss = entropy = 0.0
        self.optimizer.zero_grad()
        at_once = self._steps_at_once()
        for first in range(0, steps, at_once):
            part = slice(first, first + at_once)
            policy = self.pgn.distribution(torch.from_numpy(states[part]))
            chosen = torch.from_numpy(actions[part])  # (part,)
            log_prob: Tensor = policy.log_prob(chosen.float() if self.pgn.n_actions == 2 else chosen)  # (part,)
            part_loss = -(log_prob * torch.from_numpy(advantages[part]).float()).sum()
            if self.reduction == "mean":
                part_loss = part_loss / steps
            minimised = part_loss - self._bonus(policy, steps) if self.entropy_bonus else part_loss
            minimised.backward()  # type: ignore[no-untyped-call]
            loss += float(part_loss.detach())
            with torch.no_grad():
                entropy += float(policy.entropy().mean()) * (len(chosen) / steps)
        with torch.no_grad():
            gradients = [parameter.grad for parameter in self.pgn.parameters() if parameter.grad is not None]
            grad_norm = float(torch.stack([gradient.norm() for gradient in gradients]).norm())
        return UpdateStats(loss if self.reduction == "mean" else loss / steps, entropy, grad_norm, steps)

    def _bonus(self, policy: Distribution, steps: int) -> Tensor:
        """Return β Σ H(π(·|s)) over the states of ``policy``, reduced as the loss of ``steps`` steps is.

        Williams & Peng 1991, "Function optimization using connectionist reinforcement learning algorithms"; Mnih et
        al. 2016 (A3C), section 4.
        """
        bonus: Tensor = self.entropy_bonus * policy.entropy().sum()
        return bonus / steps if self.reduction == "mean" else bonus

    def _steps_at_once(self) -> int:
        """Return how many steps one backward pass may hold; the presets never need two."""
        numbers = self.pgn.n_obs + sum(self.pgn.hidden) + 2 * self.pgn.n_actions  # a step: the last before and after σ
        return max(1, MOST_NUMBERS // numbers)
