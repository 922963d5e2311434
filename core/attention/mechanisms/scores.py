"""The survey's first step: how well a query and a key match, one function for each formula of its table.

Each formula is a function of vectors and weights, and beside it a module that holds the weights where a model learns
them. ``…`` stands for any leading dimensions (a batch, heads); m queries of d_q numbers, n keys of d_k numbers.

Papers: Luong, Pham and Manning 2015, "Effective approaches to attention-based neural machine translation"; Bahdanau,
Cho and Bengio 2015, "Neural machine translation by jointly learning to align and translate"; Vaswani et al. 2017,
"Attention is all you need"; Graves, Wayne and Danihelka 2014, "Neural Turing machines".
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import torch
from torch import Tensor, nn


def dot(queries: Tensor, keys: Tensor) -> Tensor:
    """Return e_ij = q_i · k_j (Luong eq. 8, "dot"); queries (…, m, d), keys (…, n, d)."""
    return queries @ keys.mT  # (…, m, d) · (…, d, n) = (…, m, n)


def scaled_dot(queries: Tensor, keys: Tensor) -> Tensor:
    """Return e_ij = q_i · k_j / √d (Vaswani eq. 1); queries (…, m, d), keys (…, n, d)."""
    return dot(queries, keys) / math.sqrt(keys.shape[-1])  # (…, m, n)


def cosine(queries: Tensor, keys: Tensor) -> Tensor:
    """Return e_ij = q_i · k_j / (|q_i| |k_j|), between −1 and 1 (Graves eq. 6); 0 for a vector of no length."""
    tiny = torch.finfo(keys.dtype).tiny
    queries = queries / queries.norm(dim=-1, keepdim=True).clamp_min(tiny)  # (…, m, d)
    keys = keys / keys.norm(dim=-1, keepdim=True).clamp_min(tiny)  # (…, n, d)
    return dot(queries, keys)  # (…, m, n)


def general(queries: Tensor, keys: Tensor, w: Tensor) -> Tensor:
    """Return e_ij = q_iᵀ W k_j (Luong eq. 8, "general"); W is (d_q, d_k)."""
    return queries @ w @ keys.mT  # (…, m, d_q) · (d_q, d_k) · (…, d_k, n) = (…, m, n)


def additive(queries: Tensor, keys: Tensor, w: Tensor, u: Tensor, v: Tensor) -> Tensor:
    """Return e_ij = vᵀ tanh(W q_i + U k_j) (Bahdanau, appendix A.1.2); W (d_a, d_q), U (d_a, d_k), v (d_a,)."""
    asked = queries @ w.mT  # (…, m, d_a)
    offered = keys @ u.mT  # (…, n, d_a)
    return _tanh_sum(asked, offered, v)  # (…, m, n)


def concat(queries: Tensor, keys: Tensor, w: Tensor, v: Tensor) -> Tensor:
    """Return e_ij = vᵀ tanh(W [q_i; k_j]) (Luong eq. 8, "concat"); W is (d_a, d_q + d_k), v (d_a,).

    It is the additive function with both of its matrices in one.
    """
    m, n = queries.shape[-2], keys.shape[-2]
    left = queries.unsqueeze(-2).expand(*queries.shape[:-1], n, queries.shape[-1])  # (…, m, n, d_q)
    right = keys.unsqueeze(-3).expand(*keys.shape[:-2], m, n, keys.shape[-1])  # (…, m, n, d_k)
    both = torch.cat([left, right], dim=-1)  # (…, m, n, d_q + d_k)
    return torch.tanh(both @ w.mT) @ v  # (…, m, n, d_a) · (d_a,) = (…, m, n)


def location(queries: Tensor, w: Tensor, length: int) -> Tensor:
    """Return e_i = W q_i (Luong eq. 7): the query alone says where to look, whatever stands there.

    Args:
        queries: (…, m, d_q).
        w: (longest, d_q), a row a place.
        length: n, how many keys there are; at most ``longest``.

    Raises:
        ValueError: there are more keys than places.
    """
    if length > len(w):
        raise ValueError(f"{length} keys, but only {len(w)} places have a weight; make more of them")
    return queries @ w[:length].mT  # (…, m, d_q) · (d_q, n) = (…, m, n)


def _tanh_sum(asked: Tensor, offered: Tensor, v: Tensor) -> Tensor:
    """Return vᵀ tanh(a_i + o_j) for a (…, m, d_a) and o (…, n, d_a)."""
    both = torch.tanh(asked.unsqueeze(-2) + offered.unsqueeze(-3))  # (…, m, n, d_a)
    return both @ v  # (…, m, n)


class Score(nn.Module):
    """A score function with the weights it learns, if any.

    A decoder asks the same keys again and again: what depends on the keys alone is prepared once, and each
    query is then compared with that.
    """

    def prepare(self, keys: Tensor) -> Tensor:
        """Return what of the keys (…, n, d_k) is the same for every query."""
        return keys

    def compare(self, queries: Tensor, prepared: Tensor) -> Tensor:
        """Return the scores (…, m, n) of queries (…, m, d_q) and prepared keys."""
        raise NotImplementedError

    def forward(self, queries: Tensor, keys: Tensor) -> Tensor:
        """Return the scores (…, m, n) of queries (…, m, d_q) and keys (…, n, d_k)."""
        return self.compare(queries, self.prepare(keys))


class Plain(Score):
    """A score function that learns nothing: dot, scaled dot or cosine. Queries and keys are equally wide."""

    def __init__(self, function: Callable[[Tensor, Tensor], Tensor]) -> None:
        super().__init__()
        self.function = function

    def compare(self, queries: Tensor, prepared: Tensor) -> Tensor:
        """Return the scores."""
        return self.function(queries, prepared)


class General(Score):
    """qᵀ W k."""

    def __init__(self, d_query: int, d_key: int) -> None:
        super().__init__()
        self.w = nn.Parameter(_uniform(d_query, d_key, inputs=d_key))

    def prepare(self, keys: Tensor) -> Tensor:
        """Return W k_j, (…, n, d_q)."""
        return keys @ self.w.mT

    def compare(self, queries: Tensor, prepared: Tensor) -> Tensor:
        """Return the scores."""
        return dot(queries, prepared)


class Additive(Score):
    """vᵀ tanh(W q + U k)."""

    def __init__(self, d_query: int, d_key: int, d_hidden: int) -> None:
        super().__init__()
        self.w = nn.Parameter(_uniform(d_hidden, d_query, inputs=d_query))
        self.u = nn.Parameter(_uniform(d_hidden, d_key, inputs=d_key))
        self.v = nn.Parameter(_uniform(d_hidden, inputs=d_hidden))

    def prepare(self, keys: Tensor) -> Tensor:
        """Return U k_j, (…, n, d_a)."""
        return keys @ self.u.mT

    def compare(self, queries: Tensor, prepared: Tensor) -> Tensor:
        """Return the scores."""
        return _tanh_sum(queries @ self.w.mT, prepared, self.v)


class Concat(Score):
    """vᵀ tanh(W [q; k])."""

    def __init__(self, d_query: int, d_key: int, d_hidden: int) -> None:
        super().__init__()
        self.w = nn.Parameter(_uniform(d_hidden, d_query + d_key, inputs=d_query + d_key))
        self.v = nn.Parameter(_uniform(d_hidden, inputs=d_hidden))

    def compare(self, queries: Tensor, prepared: Tensor) -> Tensor:
        """Return the scores."""
        return concat(queries, prepared, self.w, self.v)


class Location(Score):
    """W q."""

    def __init__(self, d_query: int, longest: int) -> None:
        super().__init__()
        self.w = nn.Parameter(_uniform(longest, d_query, inputs=d_query))

    def compare(self, queries: Tensor, prepared: Tensor) -> Tensor:
        """Return the scores: of the keys only their number counts."""
        return location(queries, self.w, prepared.shape[-2])


def _uniform(*shape: int, inputs: int) -> Tensor:
    """Return weights as ``nn.Linear`` begins with them: uniform within ±1/√inputs."""
    bound = 1 / math.sqrt(inputs)
    return torch.empty(*shape).uniform_(-bound, bound)


SCORES: Final = ("dot", "scaled_dot", "general", "additive", "concat", "location", "cosine")
"""The names of all score functions, in the survey's order."""


def score_function(name: str, *, d_query: int, d_key: int, d_hidden: int, longest: int) -> Score:
    """Return a score function with weights that have learned nothing.

    Args:
        name: one of ``SCORES``.
        d_query: d_q, numbers in a query.
        d_key: d_k, numbers in a key.
        d_hidden: d_a, numbers between query and score where the function has such a layer.
        longest: most keys that ``location`` can tell apart.

    Raises:
        ValueError: there is no such function.
    """
    plain = {"dot": dot, "scaled_dot": scaled_dot, "cosine": cosine}
    if name in plain:
        return Plain(plain[name])
    if name == "general":
        return General(d_query, d_key)
    if name == "additive":
        return Additive(d_query, d_key, d_hidden)
    if name == "concat":
        return Concat(d_query, d_key, d_hidden)
    if name == "location":
        return Location(d_query, longest)
    raise ValueError(f"no score function is called {name!r}; there are {', '.join(SCORES)}")
