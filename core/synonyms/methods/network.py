"""Pair classifier: a network on what two vectors and two spellings differ in and have in common.

As in ``classifier``, but with a hidden layer, and with the characters that only one of the two words has. With unit
vectors u, v and the means p, q of the vectors of those characters (of 医生 and 医师: 生 and 师):

    x = [|u − v|, u ∘ v, u·v, |p − q|, p ∘ q, cos(p, q), spelling],    logit = w₂·relu(W₁ x + b₁) + b₂.

The vectors stay where they are, those of the characters too: learnt, they let the network know the training words by
heart from the third pass on. The loss is the cross-entropy, minimised by Adam with dropout (Srivastava et al. 2014).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch.nn import functional

from core.synonyms.methods.characters import SPELLING, spelling, unshared
from core.synonyms.methods.classifier import DIFFERENCE, PRODUCT
from core.synonyms.methods.method import Floats, Ints, Learning, MethodData
from core.synonyms.methods.space import Space
from core.synonyms.methods.training import Descent, minimise
from core.synonyms.pairs import WordPair

_SCORED: Final = 4096
"""Pairs scored at once."""
_CHARACTERS: Final = 6
"""Characters of a word that the other lacks, at most; the seventh of so long a word changes little."""


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """How it learns.

    Attributes:
        seed: of first weights, order and dropout.
        hidden: units of the hidden layer.
        epochs: passes over the training pairs.
        batch: pairs a step.
        learning_rate: the largest of Adam.
        dropout: share of hidden units left out of a step.
    """

    seed: int = 0
    hidden: int = 256
    epochs: int = 5
    batch: int = 512
    learning_rate: float = 3e-3
    dropout: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class PairInput:
    """N pairs as the network sees them.

    Attributes:
        units: unit vectors of their words, each once, (n, dim).
        words: which two of them a pair has, (N, 2).
        spelling: (N, 10).
        own: numbers of the characters that only one word has, 0 for none, (N, 2, 6).
    """

    units: torch.Tensor
    words: torch.Tensor
    spelling: torch.Tensor
    own: torch.Tensor

    def __len__(self) -> int:
        return len(self.words)

    def rows(self, chosen: torch.Tensor | slice) -> PairInput:
        """Return some of the pairs."""
        return PairInput(self.units, self.words[chosen], self.spelling[chosen], self.own[chosen])


class PairNetwork(torch.nn.Module):
    """The network of this file.

    Args:
        characters: vectors of the characters, (n, dim), the first of zeros.
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
        return self.logits(self.features(pairs), kept)

    def logits(self, seen: torch.Tensor, kept: torch.Tensor | None = None) -> torch.Tensor:
        """Return the logits of rows x, (N, 4 dim + 12) → (N,); ``kept``, (N, hidden), multiplies the hidden units."""
        hidden = functional.relu(functional.linear(seen, self.weight1, self.bias1))  # (N, hidden)
        if kept is not None:
            hidden = hidden * kept
        return functional.linear(hidden, self.weight2, self.bias2).squeeze(1)

    def features(self, pairs: PairInput) -> torch.Tensor:
        """Return x of ``pairs``, (N, 4 dim + 12)."""
        u, v = pairs.units[pairs.words[:, 0]], pairs.units[pairs.words[:, 1]]  # (N, dim)
        p, q = self._mean(pairs.own[:, 0]), self._mean(pairs.own[:, 1])
        common, alike = u * v, functional.cosine_similarity(p, q, dim=1).unsqueeze(1)
        cosine = common.sum(1, keepdim=True)
        return torch.cat([(u - v).abs(), common, cosine, (p - q).abs(), p * q, alike, pairs.spelling], 1)

    def _mean(self, numbers: torch.Tensor) -> torch.Tensor:
        """Return the mean vector of characters, (N, dim); of zeros where there is none."""
        return functional.embedding_bag(numbers, self.characters, mode="mean", padding_idx=0)


@dataclass(frozen=True, slots=True, eq=False)
class NetworkScorer:
    """A trained network.

    Attributes:
        space: the words.
        numbers: number of each character it knows, from 1; any other counts as absent.
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

    @property
    def features(self) -> dict[str, Ints]:
        """The columns of the parts of x that can be told apart by a person."""
        dim = self.space.vectors.dim
        ends = np.cumsum([dim, dim, 1, 2 * dim + 1, len(SPELLING)])
        names = (DIFFERENCE, PRODUCT, "cosine", "own characters", "spelling")
        columns = np.split(np.arange(ends[-1]), ends[:-1])
        return dict(zip(names, columns, strict=True))

    def rows(self, pairs: Sequence[WordPair]) -> Floats:
        """Return x of ``pairs``, (N, 4 dim + 12)."""
        with torch.no_grad():
            rows: Floats = self.network.features(self.input(pairs)).numpy()
        return rows

    def score_rows(self, rows: Floats) -> Floats:
        """Return the logits of such rows, (N,)."""
        with torch.no_grad():
            scores: Floats = self.network.logits(torch.from_numpy(rows)).numpy()
        return scores

    def input(self, pairs: Sequence[WordPair]) -> PairInput:
        """Return ``pairs`` as the network sees them."""
        units, words = self.space.table(pairs)
        own = np.zeros((len(pairs), 2, _CHARACTERS), dtype=np.int32)
        for row, (one, other) in enumerate(pairs):
            for side, text in enumerate(unshared(one, other)):
                numbers = [self.numbers[char] for char in text if char in self.numbers][:_CHARACTERS]
                own[row, side, : len(numbers)] = numbers
        tensors = (torch.from_numpy(each) for each in (units, words, spelling(pairs), own))
        return PairInput(*tensors)


def network(config: NetworkConfig, data: MethodData) -> Learning:
    """Train on the training pairs; yield the loss of each epoch and, between, how far it is; return the scorer."""
    generator = torch.Generator().manual_seed(config.seed)
    space = Space(data.vectors)
    known = sorted({char for word in data.training.words() for char in word})
    # A character that is no word by itself is the zero vector, and so is the absence of one.
    vectors = torch.nn.functional.pad(torch.from_numpy(space.units(known)), (0, 0, 1, 0))
    trained = PairNetwork(vectors, config.hidden, generator)
    scorer = NetworkScorer(space, {char: n for n, char in enumerate(known, 1)}, trained)
    pairs = scorer.input(data.training.pairs)
    labels = torch.from_numpy(data.training.synonym.astype(np.float32))

    def loss_of(batch: torch.Tensor) -> torch.Tensor:
        kept = torch.rand(len(batch), config.hidden, generator=generator) >= config.dropout
        logits = trained(pairs.rows(batch), kept / (1 - config.dropout))
        return functional.binary_cross_entropy_with_logits(logits, labels[batch])

    descent = Descent(config.epochs, config.batch, config.learning_rate)
    yield from minimise(descent, list(trained.parameters()), len(pairs), loss_of, generator)
    return scorer


def _uniform(shape: tuple[int, int], inputs: int, generator: torch.Generator) -> torch.Tensor:
    """Return first weights, uniform in ± √(6 / inputs) (He et al. 2015)."""
    bound = (6 / inputs) ** 0.5
    return torch.empty(shape).uniform_(-bound, bound, generator=generator)
