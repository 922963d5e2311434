"""Local attention: only a window of 2D + 1 keys around a position p_t is looked at (Luong et al. 2015, section 3.2).

Positions are counted from 0. ``…`` stands for any leading dimensions; m queries, n keys, d numbers in a query. With
no window at all the same steps are global attention (section 3.1): ``softmax`` over every key.
"""

from __future__ import annotations

import torch
from torch import Tensor

from core.attention.mechanisms.weights import softmax


def monotonic_positions(queries: int, *, like: Tensor) -> Tensor:
    """Return p_t = t for each of m queries, (m,): local-m, for texts in the same order."""
    return torch.arange(queries, dtype=like.dtype, device=like.device)


def predicted_positions(queries: Tensor, w: Tensor, v: Tensor, length: Tensor | float) -> Tensor:
    """Return p_t = S · sigmoid(v_pᵀ tanh(W_p h_t)), between 0 and S (eq. 9): local-p.

    Args:
        queries: (…, m, d) h_t.
        w: (d_p, d) W_p.
        v: (d_p,) v_p.
        length: S, how many keys there are; (…, 1) where a batch has several lengths.

    Returns:
        (…, m) p_t.
    """
    hidden = torch.tanh(queries @ w.mT)  # (…, m, d_p)
    return length * torch.sigmoid(hidden @ v)  # (…, m)


def window(centres: Tensor, keys: int, width: float) -> Tensor:
    """Return which keys lie in [p_t − D, p_t + D]: (…, m) centres and ``width`` D give (…, m, n)."""
    return _distances(centres, keys).abs() <= width


def gaussian(centres: Tensor, keys: int, width: float) -> Tensor:
    """Return exp(−(s − p_t)² / 2σ²) with σ = D / 2 for each key s (the second factor of eq. 10), (…, m, n)."""
    sigma = width / 2
    return torch.exp(-(_distances(centres, keys) ** 2) / (2 * sigma**2))


def local_weights(
    scores: Tensor, centres: Tensor, width: float, *, with_gaussian: bool, mask: Tensor | None = None
) -> Tensor:
    """Return the weights within the window around each centre.

    The Gaussian of local-p is multiplied *after* the softmax (eq. 10) and nothing is normalised again, so that its rows
    sum to less than 1: the farther a key is from p_t, the less of its weight it keeps.

    Args:
        scores: (…, m, n) e.
        centres: (…, m) p_t.
        width: D, above 0.
        with_gaussian: local-p; without it, local-m.
        mask: as in ``softmax``.

    Returns:
        (…, m, n), exactly 0 outside the window.
    """
    keys = scores.shape[-1]
    seen = window(centres, keys, width)  # (…, m, n)
    weights = softmax(scores, seen if mask is None else seen & mask)  # (…, m, n)
    return weights * gaussian(centres, keys, width) if with_gaussian else weights


def _distances(centres: Tensor, keys: int) -> Tensor:
    """Return s − p_t, (…, m, n)."""
    places = torch.arange(keys, dtype=centres.dtype, device=centres.device)  # (n,)
    return places - centres.unsqueeze(-1)
