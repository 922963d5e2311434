"""Pair classifier: a network on what two vectors and two spellings differ in and have in common.

As in ``classifier``, but with a hidden layer, and with the characters that only one of the two words has. With unit
vectors u, v and the means p, q of the vectors of those characters (of 医生 and 医师: 生 and 师):

    x = [|u − v|, u ∘ v, u·v, |p − q|, p ∘ q, cos(p, q), spelling],    logit = w₂·relu(W₁ x + b₁) + b₂.

The vectors stay where they are, those of the characters too: learnt, they let the network know the training words by
heart from the third pass on. The loss is the cross-entropy, minimised by Adam (Kingma & Ba 2015) with dropout
(Srivastava et al. 2014).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch.nn import functional

from core.synonyms.labelled import LabelledPairs
from core.synonyms.methods.characters import SPELLING, spelling, unshared
from core.synonyms.methods.method import Floats, Learning, MethodData, MethodProgress
from core.synonyms.methods.space import Space
from core.synonyms.pairs import WordPair

_SCORED: Final = 4096
"""Pairs scored at once."""


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """How it learns.

    Attributes:
        seed: of first weights, order and dropout.
        hidden: units of the hidden layer.
        epochs: passes over the training pairs.
        batch: pairs a step.
        learning_rate: of Adam.
        dropout: share of hidden units left out of a step.
    """

    seed: int = 0
    hidden: int = 256
    epochs: int = 10
    batch: int = 512
    learning_rate: float = 1e-3
    dropout: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class PairInput:
    """N pairs as the network sees them.

    Attributes:
        u, v: unit vectors of the words, (N, dim).
        spelling: (N, 10).
        own: numbers of the characters that only the first word has, pair after pair.
        own_starts: where each pair's begin, (N,).
        other, other_starts: likewise of the second word.
    """

    u: torch.Tensor
    v: torch.Tensor
    spelling: torch.Tensor
    own: torch.Tensor
    own_starts: torch.Tensor
    other: torch.Tensor
    other_starts: torch.Tensor


class PairNetwork(torch.nn.Module):
    """The network of this file.

    Args:
        characters: vectors of the characters, (n, dim).
        hidden: units of the hidden layer.
        generator: of the first weights.
    """

    def __init__(self, characters: torch.Tensor, hidden: int, generator: torch.Generator) -> None:
        super().__init__()
        width = 4 * characters.shape[1] + 2 + len(SPELLING)
        self.characters = torch.nn.Buffer(characters)
        self.weight1 = torch.nn.Parameter(_uniform((hidden, width), width, generator))
        self.bias1 = torch.nn.Parameter(torch.zeros(hidden))
        self.weight2 = torch.nn.Parameter(_uniform((1, hidden), hidden, generator))
        self.bias2 = torch.nn.Parameter(torch.zeros(1))

    def forward(self, pairs: PairInput, kept: torch.Tensor | None = None) -> torch.Tensor:
        """Return the logits of ``pairs``, (N,); ``kept``, (N, hidden), multiplies the hidden units."""
        hidden = functional.relu(functional.linear(self.features(pairs), self.weight1, self.bias1))  # (N, hidden)
        if kept is not None:
            hidden = hidden * kept
        return functional.linear(hidden, self.weight2, self.bias2).squeeze(1)

    def features(self, pairs: PairInput) -> torch.Tensor:
        """Return x of ``pairs``, (N, 4 dim + 12)."""
        p = functional.embedding_bag(pairs.own, self.characters, pairs.own_starts, mode="mean")  # (N, dim)
        q = functional.embedding_bag(pairs.other, self.characters, pairs.other_starts, mode="mean")
        cosine = (pairs.u * pairs.v).sum(1, keepdim=True)
        alike = functional.cosine_similarity(p, q, dim=1).unsqueeze(1)
        apart, common = (pairs.u - pairs.v).abs(), pairs.u * pairs.v
        return torch.cat([apart, common, cosine, (p - q).abs(), p * q, alike, pairs.spelling], 1)


@dataclass(frozen=True, slots=True, eq=False)
class NetworkScorer:
    """A trained network.

    Attributes:
        space: the words.
        numbers: number of each character it knows; any other counts as absent.
        network: the weights.
    """

    space: Space
    numbers: dict[str, int]
    network: PairNetwork

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return the logits of ``pairs``, (N,)."""
        scores = np.zeros(len(pairs), dtype=np.float32)
        with torch.no_grad():
            for start in range(0, len(pairs), _SCORED):
                some = pairs[start : start + _SCORED]
                scores[start : start + len(some)] = self.network(self.input(some)).numpy()
        return scores

    def input(self, pairs: Sequence[WordPair]) -> PairInput:
        """Return ``pairs`` as the network sees them."""
        u, v = self.space.couples(pairs)
        apart = [unshared(one, other) for one, other in pairs]
        own, own_starts = self._bags([one for one, _other in apart])
        other, other_starts = self._bags([other for _one, other in apart])
        seen = torch.from_numpy(spelling(pairs))
        return PairInput(torch.from_numpy(u), torch.from_numpy(v), seen, own, own_starts, other, other_starts)

    def _bags(self, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        bags = [[self.numbers[char] for char in text if char in self.numbers] for text in texts]
        starts = np.cumsum([0, *map(len, bags)])[:-1]
        return torch.tensor([n for bag in bags for n in bag], dtype=torch.long), torch.from_numpy(starts)


def network(config: NetworkConfig, data: MethodData) -> Learning:
    """Train on the training pairs; yield the loss of each epoch and, between, how far it is; return the scorer."""
    generator = torch.Generator().manual_seed(config.seed)
    space = Space(data.vectors)
    known = sorted({char for word in data.training.words() for char in word})
    # A character that is no word by itself is the zero vector.
    trained = PairNetwork(torch.from_numpy(space.units(known)), config.hidden, generator)
    scorer = NetworkScorer(space, {char: n for n, char in enumerate(known)}, trained)
    optimiser = torch.optim.Adam(trained.parameters(), lr=config.learning_rate)
    steps = -(-len(data.training) // config.batch)
    for epoch in range(config.epochs):
        losses = []
        for step, (pairs, labels) in enumerate(_batches(data.training, config.batch, generator)):
            keep = torch.rand(len(pairs), config.hidden, generator=generator) >= config.dropout
            logits = trained(scorer.input(pairs), keep / (1 - config.dropout))
            loss = functional.binary_cross_entropy_with_logits(logits, labels)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            losses.append(loss.item())
            if step + 1 < steps:
                yield MethodProgress(epoch * steps + step + 1, config.epochs * steps)
        yield MethodProgress((epoch + 1) * steps, config.epochs * steps, float(np.mean(losses)))
    return scorer


def _batches(
    training: LabelledPairs, size: int, generator: torch.Generator
) -> Iterator[tuple[list[WordPair], torch.Tensor]]:
    order = torch.randperm(len(training), generator=generator).numpy()
    for start in range(0, len(order), size):
        rows = order[start : start + size]
        yield [training.pairs[row] for row in rows], torch.from_numpy(training.synonym[rows].astype(np.float32))


def _uniform(shape: tuple[int, int], inputs: int, generator: torch.Generator) -> torch.Tensor:
    """Return first weights, uniform in ± √(6 / inputs) (He et al. 2015)."""
    bound = (6 / inputs) ** 0.5
    return torch.empty(shape).uniform_(-bound, bound, generator=generator)
