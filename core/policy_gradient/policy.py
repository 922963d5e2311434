"""The policy: a small network that turns an observation into a probability for each action."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.distributions import Bernoulli, Categorical, Distribution

from core.policy_gradient.networks.scaling import ObservationScale

ARTICLE_HIDDEN: Final = (24, 36)

Obs = npt.NDArray[np.float32]


class PolicyNetwork(nn.Module):
    """The article's ``PGN``: linear layers of 4-24-36-1 units, ReLU between them, a sigmoid at the end.

    With two actions the one output is π(1|s), in CartPole the probability of pushing right. With more actions
    there is an output for each, and a softmax in place of the sigmoid.

    Args:
        n_obs: numbers in an observation.
        n_actions: actions to choose from, at least 2.
        hidden: widths of the hidden layers.
        is_scaled: whether observations are scaled first.

    Attributes:
        scale: what scales them; None where they are taken as they are.
    """

    def __init__(
        self, n_obs: int = 4, n_actions: int = 2, hidden: Sequence[int] = ARTICLE_HIDDEN, *, is_scaled: bool = False
    ) -> None:
        super().__init__()
        self.n_obs = n_obs
        self.n_actions = n_actions
        self.hidden = tuple(hidden)
        widths = [n_obs, *hidden, 1 if n_actions == 2 else n_actions]
        self.layers = nn.ModuleList(nn.Linear(n, m) for n, m in itertools.pairwise(widths))
        self.scale = ObservationScale(n_obs) if is_scaled else None

    def new(self) -> PolicyNetwork:
        """Return another network of this shape, with weights of its own; no random number is used up by it."""
        with torch.random.fork_rng(devices=[]):
            return PolicyNetwork(self.n_obs, self.n_actions, self.hidden, is_scaled=self.scale is not None)

    def forward(self, obs: Tensor) -> Tensor:
        """Return π(1|s), (…, 1), or with more than two actions π(·|s), (…, n_actions).

        Args:
            obs: observations, (…, n_obs) float32.
        """
        *inner, last = self.layers
        x = obs if self.scale is None else self.scale(obs)  # (…, n_obs)
        for layer in inner:
            # In place: what comes out of a ReLU is enough for its gradient, and less memory means a tenth less
            # time for an update.
            x = torch.relu_(layer(x))  # (…, width)
        x = last(x)  # (…, 1) or (…, n_actions)
        return torch.sigmoid(x) if self.n_actions == 2 else torch.softmax(x, dim=-1)

    def distribution(self, obs: Tensor) -> Distribution:
        """Return the distribution over actions for each observation; it gives log_prob, entropy and samples.

        Args:
            obs: observations, (B, n_obs) float32. The distribution's batch shape is (B,).
        """
        probabilities = self(obs)
        # Built from probabilities, not logits, as in the article: both clamp alike where the policy
        # saturates.
        if self.n_actions == 2:
            return Bernoulli(probabilities.squeeze(-1), validate_args=False)
        return Categorical(probabilities, validate_args=False)


_ZERO: Final = np.zeros((), np.float32)
"""Ready made: turning a number into an array costs as much as the maximum of a small layer."""


class NumpyPolicy:
    """The same network for playing, in numpy: what torch needs 30 µs for takes 5.

    The arrays are views of the network's own parameters: after an update, or after loading weights into the
    network, this policy is the new one too. It never computes gradients.

    Args:
        network: the policy to play. Its parameters must stay where they are (no ``.to(…)``).
    """

    def __init__(self, network: PolicyNetwork) -> None:
        self.n_actions = network.n_actions
        self._two = network.n_actions == 2
        self._scale = network.scale
        views: list[Obs] = [parameter.detach().numpy() for parameter in network.parameters()]
        *self._inner, (self._weight, self._bias) = zip(views[::2], views[1::2], strict=True)

    @property
    def size(self) -> int:
        """How many weights there are, biases included."""
        return sum(weight.size + bias.size for weight, bias in (*self._inner, (self._weight, self._bias)))

    @property
    def weights(self) -> Obs:
        """A copy of all weights in one row, layer by layer, of each its weights and its biases, (n,).

        They act on what is observed: a scale of the observations, but for its cut, is worked into the first layer.
        """
        layers = [*self._inner, (self._weight, self._bias)]
        if self._scale is not None:
            weight, bias = layers[0]
            scaled = weight / self._scale.deviation()
            layers[0] = scaled.astype(np.float32), (bias - scaled @ self._scale.mean.numpy()).astype(np.float32)
        return np.concatenate([part.ravel() for layer in layers for part in layer])

    def logits(self, obs: Obs) -> Obs:
        """Return what goes into the sigmoid or softmax, (…, 1) or (…, n_actions).

        Args:
            obs: one observation, (n_obs,), or many, (B, n_obs), float32.
        """
        x = obs if self._scale is None else self._scale.scaled(obs)
        for weight, bias in self._inner:
            x = x.dot(weight.T)
            x += bias
            np.maximum(x, _ZERO, out=x)
        logits: Obs = x.dot(self._weight.T) + self._bias
        return logits

    def probability_right(self, obs: Obs) -> float:
        """Return π(1|s) for one observation, (n_obs,): in CartPole, the probability of pushing right."""
        if not self._two:
            return self.probabilities(obs)[1]
        logit = float(self.logits(obs)[0])
        # Two forms of one sigmoid: each keeps exp from overflowing on its side.
        if logit >= 0:
            return 1.0 / (1.0 + math.exp(-logit))
        odds = math.exp(logit)
        return odds / (1.0 + odds)

    def probabilities(self, obs: Obs) -> list[float]:
        """Return π(·|s) for one observation, n_actions numbers."""
        if self._two:
            right = self.probability_right(obs)
            return [1.0 - right, right]
        shares: list[float] = _softmax(self.logits(obs)).tolist()
        return shares

    def sample(
        self, obs: Obs, uniforms: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """Draw an action for each observation.

        Args:
            obs: (B, n_obs) float32.
            uniforms: one number in [0, 1) for each, (B,); equal numbers give equal actions.

        Returns:
            The actions, (B,), and what they were drawn from: π(1|s), (B, 1), or π(·|s), (B, n_actions).
        """
        logits = self.logits(obs)
        if self._two:
            # σ(x) = (1 + tanh(x/2)) / 2: the one form of it that overflows for no x.
            right = 0.5 + 0.5 * np.tanh(0.5 * logits.astype(np.float64))  # (B, 1)
            return (uniforms < right[:, 0]).astype(np.int64), right
        shares = _softmax(logits)  # (B, n_actions)
        below = shares.cumsum(axis=1)[:, :-1]  # (B, n_actions - 1): the last sum is 1 but for rounding
        return (uniforms[:, None] >= below).sum(axis=1, dtype=np.int64), shares

    def greedy(self, obs: Obs) -> npt.NDArray[np.int64]:
        """Return the likeliest action for each observation, (B,); of equals, the first.

        Args:
            obs: (B, n_obs) float32.
        """
        logits = self.logits(obs)
        chosen = logits[:, 0] > 0 if self._two else logits.argmax(axis=1)
        return chosen.astype(np.int64)


def _softmax(logits: Obs) -> npt.NDArray[np.float64]:
    """Return the softmax over the last axis, in double precision."""
    shifted = np.exp((logits - logits.max(axis=-1, keepdims=True)).astype(np.float64))
    shares: npt.NDArray[np.float64] = shifted / shifted.sum(axis=-1, keepdims=True)
    return shares
