"""Attract-Repel carried to words it has never seen: a map of the whole space learns what the vectors can't pass on.

Attract-Repel leaves unseen words where they were. Post-specialisation (Vulić et al. 2018) mends this by a map from
old vectors to new ones. Here the map is learnt from the pairs themselves, both words through the same weights (a
Siamese network, Bromley et al. 1993), the old vector always being part of the new one:

    f(x) = normalised(x + W₂ tanh(W₁ x) / √h),    W₂ = 0 at first: it begins where the words are.

With s = a f(l)·f(r) + b and τ(x) = log(1 + eˣ), the smooth form of Attract-Repel's max(0, x):

    loss = Σ τ(−s) over pairs that attract + Σ τ(s) over pairs that repel.

What differs from Attract-Repel is what a pair is measured against: not an example t of its own batch, but −b / a, one
limit for all pairs. With t the map learns an order among the neighbours of each word; a cosine of .6 then means
something else for every word, and the pairs of all words together were ordered worse (AP .248 on unseen words) than by
the vectors themselves (.270). With one limit the order is one (.39).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch.nn import functional

from core.synonyms.methods.method import Floats, Learning, MethodData
from core.synonyms.methods.space import Space
from core.synonyms.methods.training import Descent, minimise
from core.synonyms.pairs import WordPair

_STEEPNESS: Final = 8.0
_LIMIT: Final = 0.6
"""What a and −b / a begin with: cosines of ordinary word vectors."""


@dataclass(frozen=True, slots=True)
class AttractRepelTransferConfig:
    """How it learns.

    Attributes:
        seed: of first weights, order and dropout.
        hidden: h, width of the map.
        epochs: passes over the training pairs.
        batch: pairs a step.
        learning_rate: the largest of Adam.
        dropout: share of hidden units left out of a step.
    """

    seed: int = 0
    hidden: int = 256
    epochs: int = 4
    batch: int = 1024
    learning_rate: float = 3e-3
    dropout: float = 0.3


class SpecialisingMap(torch.nn.Module):
    """f: unit vectors to unit vectors, with the limit that parts synonyms from others.

    Args:
        dim: dimensions of the vectors.
        hidden: width.
        generator: of the first weights.
    """

    def __init__(self, dim: int, hidden: int, generator: torch.Generator) -> None:
        super().__init__()
        bound = 3**0.5  # a unit vector then gives each hidden unit deviation 1
        self.weight1 = torch.nn.Parameter(torch.empty(hidden, dim).uniform_(-bound, bound, generator=generator))
        self.weight2 = torch.nn.Parameter(torch.zeros(dim, hidden))
        self.steepness = torch.nn.Parameter(torch.tensor(_STEEPNESS))
        self.bias = torch.nn.Parameter(torch.tensor(-_STEEPNESS * _LIMIT))

    def forward(self, units: torch.Tensor, kept: torch.Tensor | None = None) -> torch.Tensor:
        """Return f of ``units``, (…, dim); a word without a vector, of zeros, stays one.

        ``kept``, (…, h), multiplies the hidden units.
        """
        hidden = torch.tanh(units @ self.weight1.T) / len(self.weight1) ** 0.5  # (…, h), of length 1 or less
        if kept is not None:
            hidden = hidden * kept
        return functional.normalize(units + hidden @ self.weight2.T, dim=-1)

    def loss(self, couples: torch.Tensor, attract: torch.Tensor, kept: torch.Tensor | None = None) -> torch.Tensor:
        """Return the mean loss of pairs, (N, 2, dim), of which ``attract``, (N,) of 0 and 1, says the sort."""
        mapped = self(couples, kept)  # (N, 2, dim)
        signs = 1 - 2 * attract
        return functional.softplus(signs * (self.steepness * (mapped[:, 0] * mapped[:, 1]).sum(1) + self.bias)).mean()


@dataclass(frozen=True, slots=True, eq=False)
class TransferScorer:
    """A space seen through a learnt map."""

    space: Space
    map: SpecialisingMap

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return the cosines after the map, (N,)."""
        units, words = self.space.table(pairs)
        mapped = self.mapped(units)
        scores: Floats = np.einsum("nd,nd->n", mapped[words[:, 0]], mapped[words[:, 1]])
        return scores

    def units(self, words: Sequence[str]) -> Floats:
        """Return where ``words`` are moved to, (n, dim), of length 1."""
        return self.mapped(self.space.units(words))

    def mapped(self, units: Floats) -> Floats:
        """Return where unit vectors, (n, dim), are moved to."""
        with torch.no_grad():
            moved: Floats = self.map(torch.from_numpy(units)).numpy()
        return moved


def attract_repel_transfer(config: AttractRepelTransferConfig, data: MethodData) -> Learning:
    """Learn the map; yield the loss of each epoch and, between, how far it is; return the scorer."""
    space = Space(data.vectors)
    table, words = space.table(data.training.pairs)
    known = np.linalg.norm(table, axis=1) > 0
    chosen = known[words].all(axis=1)  # a pair with a word that has no vector teaches nothing
    units, rows = torch.from_numpy(table), torch.from_numpy(words[chosen])
    attract = torch.from_numpy(data.training.synonym[chosen].astype(np.float32))
    generator = torch.Generator().manual_seed(config.seed)
    learnt = SpecialisingMap(data.vectors.dim, config.hidden, generator)

    def loss_of(batch: torch.Tensor) -> torch.Tensor:
        kept = torch.rand(len(batch), 2, config.hidden, generator=generator) >= config.dropout
        return learnt.loss(units[rows[batch]], attract[batch], kept / (1 - config.dropout))

    descent = Descent(config.epochs, config.batch, config.learning_rate)
    yield from minimise(descent, list(learnt.parameters()), len(rows), loss_of, generator)
    return TransferScorer(space, learnt)
