"""Attract-Repel carried to words it has never seen: the same loss moves a map instead of the vectors.

Attract-Repel leaves unseen words where they were. Post-specialisation (Vulić et al. 2018) mends this by a map from
old vectors to new ones. Here the map is learnt from the pairs themselves, both words through the same weights (a
Siamese network, Bromley et al. 1993), so that it moves every word:

    f(x) = normalised(x + W₂ tanh(W₁ x) / √h),    W₂ = 0 at first: it begins where the words are.

The loss is that of ``attract_repel`` on f(x):

    Σ [ τ(δ + f(l)·f(tₗ) − f(l)·f(r)) + τ(δ + f(r)·f(tᵣ) − f(l)·f(r)) ] + λ Σ ‖f(x) − x‖²

for synonyms, whose negative examples t are the nearest other words of the batch, and with turned signs for other
pairs, whose t are random words: to push them beyond the farthest word, as is right for antonyms, would tear up the map.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch.nn import functional

from core.synonyms.labelled import ANTONYM, NEIGHBOUR, RELATED
from core.synonyms.methods.attract_repel import repelled
from core.synonyms.methods.method import Floats, Learning, MethodData, MethodProgress
from core.synonyms.methods.space import Space
from core.synonyms.pairs import WordPair

_OWN: Final = 2.0
"""Taken from the cosine of a word to itself and its partner, so that neither is its hardest negative."""


@dataclass(frozen=True, slots=True)
class AttractRepelTransferConfig:
    """How it learns.

    Attributes:
        seed: of first weights and order.
        hidden: width of the map.
        epochs: passes over the synonyms.
        batch: pairs a step, of synonyms and of the others.
        attract_margin: δ for synonyms.
        repel_margin: δ for the others.
        regularisation: λ.
        learning_rate: of Adam.
        repel_kinds: kinds of pairs that are pushed apart.
    """

    seed: int = 0
    hidden: int = 512
    epochs: int = 20
    batch: int = 256
    attract_margin: float = 0.4
    repel_margin: float = 0.0
    regularisation: float = 1e-3
    learning_rate: float = 1e-3
    repel_kinds: tuple[str, ...] = (RELATED, ANTONYM, NEIGHBOUR)


class SpecialisingMap(torch.nn.Module):
    """f: unit vectors to unit vectors.

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

    def forward(self, units: torch.Tensor) -> torch.Tensor:
        """Return f of ``units``, (…, dim); a word without a vector, of zeros, stays one."""
        hidden = torch.tanh(units @ self.weight1.T) / len(self.weight1) ** 0.5  # (…, h), of length 1 or less
        moved = units + hidden @ self.weight2.T
        return functional.normalize(moved, dim=-1)


@dataclass(frozen=True, slots=True, eq=False)
class TransferScorer:
    """A space seen through a learnt map."""

    space: Space
    map: SpecialisingMap

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return the cosines after the map, (N,)."""
        u, v = self.space.couples(pairs)
        with torch.no_grad():
            mapped = self.map(torch.from_numpy(u)) * self.map(torch.from_numpy(v))
        scores: Floats = mapped.sum(1).numpy()
        return scores


def attract_repel_transfer(config: AttractRepelTransferConfig, data: MethodData) -> Learning:
    """Learn the map; yield the loss of each epoch and, between, how far it is; return the scorer."""
    space = Space(data.vectors)
    attract = _couples(space, data.training.positives())
    repel = _couples(space, repelled(data.training, config.repel_kinds))
    generator = torch.Generator().manual_seed(config.seed)
    learnt = SpecialisingMap(data.vectors.dim, config.hidden, generator)
    optimiser = torch.optim.Adam(learnt.parameters(), lr=config.learning_rate)
    steps = sum(1 for _batch in _batches(attract, config.batch, torch.Generator()))
    for epoch in range(config.epochs):
        losses = []
        apart = _batches(repel, config.batch, generator)
        for step, batch in enumerate(_batches(attract, config.batch, generator)):
            loss = attract_loss(learnt, batch, config.attract_margin, config.regularisation)
            if (others := next(apart, None)) is not None:
                loss = loss + repel_loss(learnt, others, config.repel_margin, config.regularisation)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            losses.append(loss.item())
            if step + 1 < steps:
                yield MethodProgress(epoch * steps + step + 1, config.epochs * steps)
        total = config.epochs * max(steps, 1)
        yield MethodProgress((epoch + 1) * max(steps, 1), total, float(np.mean(losses)) if losses else None)
    return TransferScorer(space, learnt)


def attract_loss(learnt: SpecialisingMap, batch: torch.Tensor, margin: float, regularisation: float) -> torch.Tensor:
    """Return the mean loss of synonyms, (N, 2, dim): each is to be nearer than the nearest other word of the batch."""
    mapped = learnt(batch)  # (N, 2, dim)
    left, right = mapped[:, 0], mapped[:, 1]
    together = (left * right).sum(1)
    own = torch.eye(len(batch)) * _OWN
    nearest = [
        torch.maximum((words @ left.T - own).amax(1), (words @ right.T - own).amax(1)) for words in (left, right)
    ]
    cost = sum((functional.relu(margin + near - together) for near in nearest), torch.zeros(()))
    return cost.mean() + regularisation * _moved(mapped, batch)


def repel_loss(learnt: SpecialisingMap, batch: torch.Tensor, margin: float, regularisation: float) -> torch.Tensor:
    """Return the mean loss of other pairs, (N, 2, dim): each is to be farther than a word of the next pair."""
    mapped = learnt(batch)  # (N, 2, dim)
    left, right = mapped[:, 0], mapped[:, 1]
    together = (left * right).sum(1)
    apart = [(left * right.roll(1, 0)).sum(1), (right * left.roll(1, 0)).sum(1)]
    cost = sum((functional.relu(margin + together - far) for far in apart), torch.zeros(()))
    return cost.mean() + regularisation * _moved(mapped, batch)


def _moved(mapped: torch.Tensor, batch: torch.Tensor) -> torch.Tensor:
    """Return the mean of ‖f(x) − x‖²."""
    return ((mapped - batch) ** 2).sum(2).mean()


def _couples(space: Space, pairs: Sequence[WordPair]) -> torch.Tensor:
    """Return the unit vectors of ``pairs``, (N, 2, dim), without those of a word that has none."""
    couples = np.stack(space.couples(pairs), axis=1)
    return torch.from_numpy(couples[np.linalg.norm(couples, axis=2).min(axis=1) > 0])


def _batches(couples: torch.Tensor, size: int, generator: torch.Generator) -> Iterator[torch.Tensor]:
    """Yield batches in random order, but none of a single pair: it has no other words."""
    order = torch.randperm(len(couples), generator=generator)
    for start in range(0, len(order) - 1, size):
        if len(rows := order[start : start + size]) > 1:
            yield couples[rows]
