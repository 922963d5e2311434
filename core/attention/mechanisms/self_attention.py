"""Self-attention with heads, mask and positions (Vaswani et al. 2017, sections 3.2 and 3.5).

Queries, keys and values are all made from the same n vectors of d numbers. ``…`` stands for any leading dimensions;
h heads.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.attention.mechanisms.scores import scaled_dot
from core.attention.mechanisms.weights import softmax, weighted_sum


@dataclass(frozen=True, slots=True)
class Heads:
    """What self-attention computes.

    Attributes:
        queries: (…, h, n, d/h).
        keys: (…, h, n, d/h).
        values: (…, h, n, d/h).
        scores: (…, h, n, n), before the mask.
        weights: (…, h, n, n), each row summing to 1.
        contexts: (…, h, n, d/h), one a head.
    """

    queries: Tensor
    keys: Tensor
    values: Tensor
    scores: Tensor
    weights: Tensor
    contexts: Tensor


def causal_mask(length: int) -> Tensor:
    """Return which keys a query may see where nobody looks ahead, (n, n): the lower triangle with its diagonal."""
    return torch.ones(length, length, dtype=torch.bool).tril()


def sinusoids(length: int, width: int) -> Tensor:
    """Return the positions' vectors, (n, d): PE(t, 2i) = sin(t / 10000^(2i/d)), PE(t, 2i+1) = cos of the same."""
    place = torch.arange(length, dtype=torch.float32).unsqueeze(-1)  # (n, 1)
    even = torch.arange(0, width, 2, dtype=torch.float32)  # (⌈d/2⌉,)
    angles = place / 10_000 ** (even / width)  # (n, ⌈d/2⌉)
    waves = torch.zeros(length, width)  # (n, d)
    waves[:, 0::2] = torch.sin(angles)
    waves[:, 1::2] = torch.cos(angles[:, : width // 2])
    return waves


def split_heads(vectors: Tensor, heads: int) -> Tensor:
    """Return (…, n, d) as (…, h, n, d/h): each head has a stretch of every vector.

    Raises:
        ValueError: d numbers can't be shared out evenly.
    """
    *leading, n, d = vectors.shape
    if d % heads:
        raise ValueError(f"{d} numbers can't be shared evenly by {heads} heads; choose a divisor of {d}")
    return vectors.reshape(*leading, n, heads, d // heads).transpose(-3, -2)


def join_heads(vectors: Tensor) -> Tensor:
    """Return (…, h, n, d/h) as (…, n, d): the heads' vectors one after another."""
    return vectors.transpose(-3, -2).flatten(start_dim=-2)


def attend_in_heads(queries: Tensor, keys: Tensor, values: Tensor, heads: int, mask: Tensor | None = None) -> Heads:
    """Attend in each head: softmax(Q Kᵀ / √d_k) V (eq. 1) with d_k = d/h; all of (…, n, d), mask as in ``softmax``."""
    q, k, v = (split_heads(one, heads) for one in (queries, keys, values))  # (…, h, n, d/h)
    scores = scaled_dot(q, k)  # (…, h, n, n)
    weights = softmax(scores, mask)  # (…, h, n, n)
    return Heads(q, k, v, scores, weights, weighted_sum(weights, v))


class SelfAttention(nn.Module):
    """Concat(head_1, …, head_h) W^O with head_i = Attention(x W_i^Q, x W_i^K, x W_i^V) (section 3.2.2)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width, bias=False)  # the heads' W^Q beside each other
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, vectors: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Heads]:
        """Attend: vectors (…, n, d) give (…, n, d), and what each head computed."""
        found = attend_in_heads(self.query(vectors), self.key(vectors), self.value(vectors), self.heads, mask)
        return self.out(join_heads(found.contexts)), found
