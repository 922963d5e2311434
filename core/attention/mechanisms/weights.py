"""The survey's second and third step: scores become weights, and weights mix the values.

``…`` stands for any leading dimensions (a batch, heads); m queries, n keys, d numbers in a vector.
"""

from __future__ import annotations

import torch
from torch import Tensor


def softmax(scores: Tensor, mask: Tensor | None = None) -> Tensor:
    """Return α_ij = exp e_ij / Σ_k exp e_ik over the keys that may be seen; the others get exactly 0.

    The mask comes before the softmax: a hidden key has the score −∞, so that the rest still sums to 1.

    Args:
        scores: (…, m, n) e, any number.
        mask: true where the key may be seen; anything that broadcasts to the scores, such as (…, 1, n) for padding.
            None hides nothing.

    Returns:
        (…, m, n) α, each row summing to 1; a row that may see nothing is all 0.
    """
    if mask is not None:
        scores = scores.masked_fill(~mask, -torch.inf)  # (…, m, n)
    highest = scores.amax(dim=-1, keepdim=True).detach()  # (…, m, 1); the weights don't depend on it
    highest = highest.masked_fill(~highest.isfinite(), 0)
    powers = torch.exp(scores - highest)  # (…, m, n); exp −∞ is 0
    total = powers.sum(dim=-1, keepdim=True)  # (…, m, 1); at least 1 where anything is seen
    return powers / total.clamp_min(torch.finfo(scores.dtype).tiny)


def weighted_sum(weights: Tensor, values: Tensor) -> Tensor:
    """Return the contexts c_i = Σ_j α_ij v_j.

    Args:
        weights: (…, m, n) α.
        values: (…, n, d) v.

    Returns:
        (…, m, d) c.
    """
    return weights @ values  # (…, m, n) · (…, n, d) = (…, m, d)
