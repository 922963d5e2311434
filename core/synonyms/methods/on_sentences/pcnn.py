"""PCNN: a network reads the sentences that hold both words (Zeng et al. 2015), and weighs them (Lin et al. 2016).

A sentence of words w with the two places a, b: each word is its vector and its distances to a and b, a convolution
over three words makes F features of it, and what is kept is the largest of each feature in each of three pieces, up
to the first word of the pair, up to the second, and behind it:

    hₜ = W [wₜ₋₁, wₜ, wₜ₊₁] + b,    x = tanh [max hₜ (piece 1), max hₜ (piece 2), max hₜ (piece 3)]    (3F)

A bag of sentences x₁ … xₙ is one of three things for a relation r, "synonyms" or "no relation":

    one:        s = xⱼ, the sentence that says r most clearly
    mean:       s = Σ xᵢ / n
    attention:  eᵢ = xᵢ A r,    αᵢ = exp(eᵢ) / Σₖ exp(eₖ),    s = Σ αᵢ xᵢ    (Lin, equations 6–8; A diagonal)

and o_r = M_r · s + d_r, P(r) = exp(o_r) / Σ exp(o). The loss is −log P of the bag's label, with the query r of that
label; asked about a pair, each relation looks with its own query. The words of the pair are masked.

On news and reviews it is a demonstration and no gain: few pairs stand in one sentence, and to stand in one says little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, get_args

import numpy as np
import torch
from torch.nn import functional

from core.synonyms.methods.method import Floats, Learning, MethodData, within
from core.synonyms.methods.on_sentences.bagged import collected, spoken, training_bags
from core.synonyms.methods.on_sentences.weighed import WeighedMention
from core.synonyms.methods.space import Space
from core.synonyms.methods.training import Descent, minimise
from core.synonyms.pairs import WordPair
from core.synonyms.sentences.bags import Bag, BagCollector, BagConfig

Selection = Literal["one", "mean", "attention"]

_FAR: Final = 20
"""Distances beyond it count as this."""
_PIECES: Final = 3
_OTHER, _SYNONYM = 0, 1
_SCORED: Final = 256
"""Bags scored at once."""


@dataclass(frozen=True, slots=True)
class PcnnConfig:
    """How it reads and learns.

    Attributes:
        seed: of sentences drawn, first weights, order and dropout.
        selection: how a bag becomes one vector.
        bags: which sentences.
        mask: whether the words of the pair are hidden, so that it can't know pairs by heart.
        others: bags of other pairs for each of synonyms.
        filters: F.
        distance_dim: numbers a distance.
        epochs: passes over the bags.
        batch: bags a step.
        learning_rate: the largest of Adam.
        dropout: share of features of a bag left out of a step.
    """

    seed: int = 0
    selection: Selection = "attention"
    bags: BagConfig = field(default_factory=BagConfig)
    mask: bool = True
    others: int = 3
    filters: int = 64
    distance_dim: int = 5
    epochs: int = 4
    batch: int = 64
    learning_rate: float = 2e-3
    dropout: float = 0.5

    def __post_init__(self) -> None:
        if self.selection not in get_args(Selection):
            raise ValueError(f"selection: one of {', '.join(get_args(Selection))}")


@dataclass(frozen=True, slots=True, eq=False)
class MentionInput:
    """S sentences as the network sees them, padded to L words.

    Attributes:
        tokens: numbers of the words, 0 for those without a vector and behind the end, (S, L).
        distances: of each word to the pair's two words, from 0 on, (S, L, 2).
        pieces: which of the three pieces a word is of; the end of the sentence is of the third, what is behind it of
            none, 3, (S, L).
        bags: which bag a sentence is of, ascending, (S,).
    """

    tokens: torch.Tensor
    distances: torch.Tensor
    pieces: torch.Tensor
    bags: torch.Tensor


class Pcnn(torch.nn.Module):
    """The network of this file.

    Args:
        words: vectors of words, (n, dim), the first of zeros; they stay.
        config: sizes, and how a bag becomes one vector.
        generator: of the first weights.
    """

    def __init__(self, words: torch.Tensor, config: PcnnConfig, generator: torch.Generator) -> None:
        super().__init__()
        self.selection = config.selection
        self.words = torch.nn.Buffer(words)
        width = words.shape[1] + 2 * config.distance_dim
        features = _PIECES * config.filters
        self.distance = _normal((2 * _FAR + 1, config.distance_dim), 0.1, generator)
        self.filters = _normal((config.filters, width, 3), (3 * width) ** -0.5, generator)
        self.filter_bias = torch.nn.Parameter(torch.zeros(config.filters))
        self.queries = _normal((2, features), 0.1, generator)  # A r, with the diagonal A taken into r
        self.relations = _normal((2, features), features**-0.5, generator)  # M
        self.relation_bias = torch.nn.Parameter(torch.zeros(2))  # d

    def sentences(self, mentions: MentionInput) -> torch.Tensor:
        """Return x of each sentence, (S, 3F)."""
        seen = torch.cat([self.words[mentions.tokens], self.distance[mentions.distances].flatten(2)], 2)  # (S, L, d)
        hidden = functional.conv1d(seen.transpose(1, 2), self.filters, self.filter_bias, padding=1)  # (S, F, L)
        parts = []
        for piece in range(_PIECES):
            inside = (mentions.pieces == piece).unsqueeze(1)  # (S, 1, L); a piece is never empty
            parts.append(hidden.masked_fill(~inside, -torch.inf).amax(2))
        return torch.tanh(torch.cat(parts, 1))

    def weights(self, sentences: torch.Tensor, bags: torch.Tensor, relation: torch.Tensor) -> torch.Tensor:
        """Return α of each sentence, (S,), which are 1 together in each bag; ``relation``, (B,), is looked for."""
        query = self.queries[relation][bags]  # (S, 3F)
        if self.selection == "attention":
            return softmax_in_bags((sentences * query).sum(1), bags)
        if self.selection == "mean":
            return softmax_in_bags(torch.zeros(len(bags)), bags)
        clear = self.outputs(sentences).log_softmax(1)[torch.arange(len(bags)), relation[bags]]  # (S,)
        return first_of_bags(clear.detach(), bags)

    def outputs(self, states: torch.Tensor) -> torch.Tensor:
        """Return o of each state, (B, 2)."""
        return states @ self.relations.T + self.relation_bias

    def states(self, sentences: torch.Tensor, bags: torch.Tensor, relation: torch.Tensor) -> torch.Tensor:
        """Return s of each bag, (B, 3F)."""
        weighted = self.weights(sentences, bags, relation).unsqueeze(1) * sentences
        return torch.zeros(len(relation), sentences.shape[1]).index_add(0, bags, weighted)

    def logits(self, mentions: MentionInput, count: int) -> torch.Tensor:
        """Return the log-odds of synonyms of ``count`` bags, (B,), each relation with its own query."""
        sentences = self.sentences(mentions)
        said = []
        for relation in (_OTHER, _SYNONYM):
            asked = torch.full((count,), relation)
            said.append(self.outputs(self.states(sentences, mentions.bags, asked))[:, relation])
        return said[_SYNONYM] - said[_OTHER]


def softmax_in_bags(energies: torch.Tensor, bags: torch.Tensor) -> torch.Tensor:
    """Return exp(e) / Σ exp(e) over the sentences of a bag, (S,)."""
    count = int(bags.max()) + 1
    largest = torch.full((count,), -torch.inf).scatter_reduce(0, bags, energies.detach(), "amax")
    grown = (energies - largest[bags]).exp()
    return grown / torch.zeros(count).index_add(0, bags, grown)[bags]


def first_of_bags(values: torch.Tensor, bags: torch.Tensor) -> torch.Tensor:
    """Return 1 for the sentence of each bag with the largest value, the first of equals, and 0 for the others, (S,)."""
    chosen = torch.zeros(len(bags))
    seen: dict[int, int] = {}
    for row, bag in enumerate(bags.tolist()):
        if bag not in seen or values[row] > values[seen[bag]]:
            seen[bag] = row
    chosen[list(seen.values())] = 1.0
    return chosen


@dataclass(frozen=True, slots=True, eq=False)
class PcnnScorer:
    """A trained network and where it finds sentences.

    Attributes:
        numbers: number of each word it has a vector of, from 1.
        network: the weights.
        collector: finds bags.
        silence: what is said of a pair that no sentence holds.
        mask: whether the words of the pair are hidden.
    """

    numbers: dict[str, int]
    network: Pcnn
    collector: BagCollector
    silence: float
    mask: bool

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return the log-odds of synonym, (N,)."""
        bags, rows = collected(self.collector, pairs)
        scores = np.zeros(len(bags), dtype=np.float32)
        with torch.no_grad():
            for start in range(0, len(bags), _SCORED):
                some = bags[start : start + _SCORED]
                scores[start : start + len(some)] = self.network.logits(self.input(some), len(some)).numpy()
        return spoken(len(pairs), rows, scores, self.silence)

    def why(self, pair: WordPair) -> tuple[WeighedMention, ...]:
        """Return the sentences of ``pair`` with their weights when "synonyms" is looked for, the heaviest first."""
        bag = self.collector.bag(pair)
        if bag is None:
            return ()
        with torch.no_grad():
            seen = self.input([bag])
            weights = self.network.weights(self.network.sentences(seen), seen.bags, torch.tensor([_SYNONYM])).tolist()
        weighed = [WeighedMention(each, weight) for each, weight in zip(bag.mentions, weights, strict=True)]
        return tuple(sorted(weighed, key=lambda each: -each.weight))

    def input(self, bags: Sequence[Bag]) -> MentionInput:
        """Return ``bags`` as the network sees them."""
        return mention_input(bags, self.numbers, mask=self.mask)


def mention_input(bags: Sequence[Bag], numbers: dict[str, int], *, mask: bool) -> MentionInput:
    """Return ``bags``, of at least one sentence together, as the network sees them."""
    mentions = [mention for bag in bags for mention in bag.mentions]
    width = max(len(mention.tokens) for mention in mentions) + 1  # the end of a sentence is a place, too
    tokens = np.zeros((len(mentions), width), dtype=np.int64)
    for row, mention in enumerate(mentions):
        known = [numbers.get(token, 0) for token in mention.tokens]
        if mask:
            known[mention.first] = known[mention.second] = 0
        tokens[row, : len(known)] = known
    at = np.arange(width)
    ends = np.array([(mention.first, mention.second) for mention in mentions])  # (S, 2)
    distances = np.clip(at[None, :, None] - ends[:, None, :], -_FAR, _FAR) + _FAR
    lengths = np.array([[len(mention.tokens)] for mention in mentions])
    pieces = np.select(
        [at <= ends.min(1, keepdims=True), at <= ends.max(1, keepdims=True), at <= lengths], [0, 1, 2], 3
    )
    owners = np.repeat(np.arange(len(bags)), [len(bag.mentions) for bag in bags])
    return MentionInput(*(torch.from_numpy(each) for each in (tokens, distances, pieces, owners)))


def pcnn(config: PcnnConfig, data: MethodData) -> Learning:
    """Collect the bags, train; yield the loss of each epoch and, between, how far it is; return the scorer.

    Raises:
        SynonymsError: there are no sentences.
    """
    known = yield from training_bags(data, replace(config.bags, seed=config.seed), others=config.others, parts=2)
    words = sorted({token for bag in known.bags for mention in bag.mentions for token in mention.tokens})
    words = [word for word in words if word in data.vectors]
    vectors = functional.pad(torch.from_numpy(Space(data.vectors).units(words)), (0, 0, 1, 0))
    generator = torch.Generator().manual_seed(config.seed)
    trained = Pcnn(vectors, config, generator)
    scorer = PcnnScorer(
        {word: n for n, word in enumerate(words, 1)}, trained, known.collector, known.silence, config.mask
    )
    labels = torch.from_numpy(known.synonym.astype(np.int64))

    def loss_of(batch: torch.Tensor) -> torch.Tensor:
        seen = scorer.input([known.bags[row] for row in batch.tolist()])
        states = trained.states(trained.sentences(seen), seen.bags, labels[batch])
        kept = torch.rand(states.shape, generator=generator) >= config.dropout
        return functional.cross_entropy(trained.outputs(states * kept / (1 - config.dropout)), labels[batch])

    descent = Descent(config.epochs, config.batch, config.learning_rate)
    training = minimise(descent, list(trained.parameters()), len(known.bags), loss_of, generator)
    for step in training:
        yield within(step, 1, 2)
    return scorer


def _normal(shape: tuple[int, ...], deviation: float, generator: torch.Generator) -> torch.nn.Parameter:
    return torch.nn.Parameter(torch.randn(shape, generator=generator) * deviation)
