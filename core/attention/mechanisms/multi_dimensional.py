"""Multi-dimensional attention: each query has r rows of weights, not one, so that each can look at something else.

After Lin et al. 2017, "A structured self-attentive sentence embedding". n keys of d numbers, r rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from core.attention.mechanisms.weights import softmax, weighted_sum


def annotation_weights(keys: Tensor, w1: Tensor, w2: Tensor, mask: Tensor | None = None) -> Tensor:
    """Return A = softmax(W_2 tanh(W_1 Hᵀ)) (eq. 6).

    Args:
        keys: (…, n, d) H.
        w1: (d_a, d) W_1.
        w2: (r, d_a) W_2, a row a query.
        mask: as in ``softmax``.

    Returns:
        (…, r, n) A, each row summing to 1.
    """
    hidden = torch.tanh(keys @ w1.mT)  # (…, n, d_a)
    scores = w2 @ hidden.mT  # (r, d_a) · (…, d_a, n) = (…, r, n)
    return softmax(scores, mask)


def concatenated(weights: Tensor, values: Tensor) -> Tensor:
    """Return the r contexts of A (…, r, n) and values (…, n, d) one after another, (…, r·d), as the survey does."""
    return weighted_sum(weights, values).flatten(start_dim=-2)  # (…, r, d) → (…, r·d)


def overlap(weights: Tensor) -> Tensor:
    """Return P = ‖A Aᵀ − I‖_F² (eq. 8) for A (…, r, n).

    Off the diagonal stands how much two rows look at the same keys, on it how far a row is from having all its weight
    on one key: P is 0 only where each row has a key of its own.
    """
    rows = weights.shape[-2]
    identity = torch.eye(rows, dtype=weights.dtype, device=weights.device)  # (r, r)
    products = weights @ weights.mT  # (…, r, n) · (…, n, r) = (…, r, r)
    return ((products - identity) ** 2).sum(dim=(-2, -1))  # (…)


def spread(scores: Tensor, strength: float, *, pull: float = 0.1, steps: int = 80) -> Iterator[Tensor]:
    """Move rows of scores apart by the penalty alone; yield A before, and after each step.

    There is no task here that would hold the rows where they are useful; in its place stands a weak pull back to the
    scores e_0 they began with. What gradient descent makes smaller is strength · P + ½ pull Σ (e − e_0)².

    Args:
        scores: (r, n) e_0.
        strength: of the penalty, the coefficient that a loss gives it; 0 moves nothing.
        pull: how firmly a row is held.
        steps: how many.

    Yields:
        (r, n) A, ``steps`` + 1 times.
    """
    beginning = scores.detach()
    rate = 0.5 / (pull + strength)  # the stronger the slope, the shorter the step
    moved = beginning
    yield softmax(moved)
    for _step in range(steps):
        here = moved.clone().requires_grad_()
        (slope,) = torch.autograd.grad(overlap(softmax(here)), here)  # (r, n) of P
        moved = moved - rate * (strength * slope + pull * (moved - beginning))
        yield softmax(moved)
