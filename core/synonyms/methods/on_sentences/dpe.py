"""DPE: what the whole corpus says of two words and what single sentences say, learnt together (Qu, Ren & Han 2017).

Every word u has a vector x_u, which both modules use and both move. The distributional module keeps it true to the
corpus and asks how alike two words are by a matrix W, which synonyms teach:

    O_C = − Σ_(u,c) [ log σ(x_u·y_c) + Σ_K log σ(−x_u·y_n) ]     words u with words c of their contexts, n drawn (LINE)
    D(u, v) = x_uᵀ W x_v + b,    W symmetric,    O_D = − Σ log σ(± D(u, v))     + for synonyms, − for others

The pattern module asks whether a sentence calls the two synonyms, by the words between them and beside them:

    f = [mean of x between, x before, x behind],    P(f) = w·f + d,    O_P = − Σ log σ(± P(f))     over all sentences

    O = O_C + O_D + O_P,    score(u, v) = D(u, v) + λ · mean of P(f) over the sentences of the pair.

The paper orders the words of each query by a hinge; here O_D measures all pairs against one limit, as this laboratory's
tests ask about pairs of all words together. Its parse features are left to ``patterns``.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import torch
from torch.nn import functional

from core.synonyms.methods.method import Floats, Learning, MethodData, MethodProgress, within
from core.synonyms.methods.on_sentences.bagged import TrainingBags, collected, training_bags
from core.synonyms.methods.training import Descent, minimise
from core.synonyms.pairs import WordPair
from core.synonyms.sentences.bags import Bag, BagCollector, BagConfig
from core.synonyms.sentences.contexts import RunningText, running_text

_STEEPNESS: Final = 8.0
_LIMIT: Final = 0.6
"""W begins as the first times the identity, b as minus their product: a cosine against a limit."""


@dataclass(frozen=True, slots=True)
class DpeConfig:
    """How it learns.

    Attributes:
        seed: of everything drawn.
        bags: which sentences.
        others: bags of other pairs for each of synonyms.
        window: words to either side that are a context.
        noise: K, words drawn for each of a context.
        least: occurrences of a word in the corpora, at least; rarer words stay where they are.
        edges: words with a word of their context, for each pair of a step.
        epochs: passes over the training pairs.
        batch: pairs a step.
        learning_rate: the largest of Adam.
        movement: how much faster or slower than the rest the vectors move.
        pattern_weight: λ.
    """

    seed: int = 0
    bags: BagConfig = field(default_factory=BagConfig)
    others: int = 3
    window: int = 3
    noise: int = 3
    least: int = 5
    edges: int = 2
    epochs: int = 2
    batch: int = 1024
    learning_rate: float = 2e-3
    movement: float = 0.2
    pattern_weight: float = 0.3


class Dpe(torch.nn.Module):
    """Both modules over one table of vectors.

    Args:
        units: where the words begin, (n, dim); the first, of zeros, stands for every word without a vector.
        slots: which of the vectors that move a word's is, from 1; 0 for one that stays, (n,).
        movement: how much a step moves them.
    """

    def __init__(self, units: torch.Tensor, slots: torch.Tensor, movement: float) -> None:
        super().__init__()
        dim = units.shape[1]
        self.movement = movement
        self.units = torch.nn.Buffer(units)
        self.slots = torch.nn.Buffer(slots)
        moving = int(slots.max()) + 1
        self.moved = torch.nn.Parameter(torch.zeros(moving, dim))
        self.contexts = torch.nn.Parameter(torch.zeros(moving, dim))  # y
        self.matrix = torch.nn.Parameter(torch.eye(dim) * _STEEPNESS)
        self.bias = torch.nn.Parameter(torch.tensor(-_STEEPNESS * _LIMIT))
        self.pattern = torch.nn.Parameter(torch.zeros(3 * dim))  # w
        self.pattern_bias = torch.nn.Parameter(torch.zeros(()))

    def x(self, words: torch.Tensor) -> torch.Tensor:
        """Return the vectors of words, (…, dim)."""
        slots = self.slots[words]
        moves = (slots > 0).unsqueeze(-1) * self.movement
        return self.units[words] + moves * self.moved[slots]

    def distributional(self, pairs: torch.Tensor) -> torch.Tensor:
        """Return D of pairs of words, (N, 2) → (N,)."""
        symmetric = (self.matrix + self.matrix.T) / 2
        return ((self.x(pairs[:, 0]) @ symmetric) * self.x(pairs[:, 1])).sum(1) + self.bias

    def patterns(self, around: torch.Tensor) -> torch.Tensor:
        """Return P of sentences, (S,).

        Args:
            around: the word before, the word behind, and those between, padded with 0, (S, 2 + L).
        """
        between = around[:, 2:]
        count = (between > 0).sum(1, keepdim=True).clamp(min=1)
        mean = self.x(between).masked_fill((between == 0).unsqueeze(2), 0.0).sum(1) / count
        features = torch.cat([mean, self.x(around[:, 0]), self.x(around[:, 1])], 1)  # (S, 3 dim)
        return features @ self.pattern + self.pattern_bias

    def corpus_loss(self, words: torch.Tensor, contexts: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
        """Return the mean of O_C over words, (N,).

        Args:
            words: words that move.
            contexts: slots of a word of their context, (N,).
            noise: slots of words drawn, (N, K).
        """
        x = self.x(words)
        seen = functional.logsigmoid((x * self.contexts[contexts]).sum(1))
        drawn = functional.logsigmoid(-(self.contexts[noise] @ x.unsqueeze(2)).squeeze(2)).sum(1)
        return -(seen + drawn).mean()


@dataclass(frozen=True, slots=True, eq=False)
class DpeScorer:
    """Both modules, and where sentences are found.

    Attributes:
        numbers: number of each word, from 1.
        model: the weights.
        collector: finds bags.
        config: λ and how long a pattern is.
    """

    numbers: dict[str, int]
    model: Dpe
    collector: BagCollector
    config: DpeConfig

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return D + λ · mean P, (N,); pairs that no sentence holds have D alone."""
        with torch.no_grad():
            scores: Floats = self.model.distributional(self.words(pairs)).numpy()
            bags, rows = collected(self.collector, pairs)
            if bags:
                said = self.model.patterns(self.around(bags)).numpy()
                owners = np.repeat(rows, [len(bag.mentions) for bag in bags])
                counts = np.maximum(np.bincount(owners, minlength=len(pairs)), 1)
                means = np.bincount(owners, said, minlength=len(pairs)) / counts
                scores = scores + np.float32(self.config.pattern_weight) * means.astype(np.float32)
        return scores

    def words(self, pairs: Sequence[WordPair]) -> torch.Tensor:
        """Return the numbers of the words of ``pairs``, 0 for one without a vector, (N, 2)."""
        numbers = [[self.numbers.get(word, 0) for word in pair] for pair in pairs]
        return torch.tensor(numbers, dtype=torch.long).reshape(-1, 2)

    def around(self, bags: Sequence[Bag]) -> torch.Tensor:
        """Return the words before, behind and between of every sentence of ``bags``, (S, 2 + L)."""
        mentions = [mention for bag in bags for mention in bag.mentions]
        table = np.zeros((len(mentions), 2 + self.config.bags.apart), dtype=np.int64)
        for row, mention in enumerate(mentions):
            left, right = sorted((mention.first, mention.second))
            told = (*(mention.tokens[left - 1 : left] or ("",)), *(mention.tokens[right + 1 : right + 2] or ("",)))
            numbers = [self.numbers.get(token, 0) for token in (*told, *mention.between())]
            table[row, : len(numbers)] = numbers[: table.shape[1]]
        return torch.from_numpy(table)


def dpe(config: DpeConfig, data: MethodData) -> Learning:
    """Collect the bags, train both modules together; return the scorer.

    Raises:
        SynonymsError: there are no sentences.
    """
    known = yield from training_bags(data, replace(config.bags, seed=config.seed), others=config.others, parts=2)
    text = running_text(data.the_sentences(), data.vectors)
    places = _vocabulary(text, data)
    numbers = {data.vectors.words[int(place)]: n for n, place in enumerate(places, 1)}
    counts = np.bincount(text.rows[text.rows >= 0], minlength=len(text.places))
    frequent = np.flatnonzero(counts >= config.least)
    moving = np.searchsorted(places, text.places[frequent]) + 1  # their numbers; slot n is word moving[n − 1]
    slots = np.zeros(len(places) + 1, dtype=np.int64)
    slots[moving] = np.arange(1, len(moving) + 1)
    units = functional.pad(torch.from_numpy(data.vectors.units(places)), (0, 0, 1, 0))
    model = Dpe(units, torch.from_numpy(slots), config.movement)
    scorer = DpeScorer(numbers, model, known.collector, config)
    in_slots = np.zeros(len(text.places) + 1, dtype=np.int64)  # the last is for words without a vector, whose row is −1
    in_slots[frequent] = np.arange(1, len(frequent) + 1)
    edges = _Edges(config, replace(text, rows=in_slots[text.rows]), moving)
    for step in _train(config, data, known, scorer, edges):
        yield within(step, 1, 2)
    return scorer


def _vocabulary(text: RunningText, data: MethodData) -> np.ndarray:
    """Return the places in the vectors of all words that can be asked about, ascending."""
    if len(data.vectors) < _SMALL:
        return np.arange(len(data.vectors))
    found = [data.vectors.words.find(word) for word in data.training.words()]
    return np.union1d(np.array([place for place in found if place is not None], dtype=np.int64), text.places)


_SMALL: Final = 300_000
"""Vocabularies below are taken whole; of a larger one, the words of the corpora and of training."""


class _Edges:
    """Draws words with a word of their context from the corpora: as often as they stand together.

    Args:
        config: how wide a context is, and how many words are drawn.
        text: the corpora; its rows are slots, 0 for a word that stays.
        moving: the number of the word of each slot, from 1.
    """

    def __init__(self, config: DpeConfig, text: RunningText, moving: np.ndarray) -> None:
        self._config = config
        self._text = text
        self._moving = moving
        self._known = np.flatnonzero(text.rows > 0)

    def draw(self, count: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor] | None:
        """Return up to ``count`` words, slots of as many words of their contexts, and of K drawn for each."""
        if not self._known.size:
            return None
        rng = np.random.default_rng(int(torch.randint(1 << 31, (), generator=generator)))
        places = rng.choice(self._known, count)
        offsets = rng.integers(1, self._config.window + 1, count) * rng.choice([-1, 1], count)
        contexts = self._text.beside(places, offsets)
        kept = contexts > 0
        if not kept.any():
            return None
        noise = self._text.rows[rng.choice(self._known, (int(kept.sum()), self._config.noise))]
        drawn = self._moving[self._text.rows[places[kept]] - 1], contexts[kept], noise
        words, around, wrong = (torch.from_numpy(each) for each in drawn)
        return words, around, wrong


def _train(
    config: DpeConfig, data: MethodData, known: TrainingBags, scorer: DpeScorer, edges: _Edges
) -> Generator[MethodProgress, None, None]:
    model = scorer.model
    pairs = scorer.words(data.training.pairs)
    signs = torch.from_numpy(np.where(data.training.synonym, 1, -1).astype(np.float32))
    around = scorer.around(known.bags)
    owners = np.repeat(known.synonym, [len(bag.mentions) for bag in known.bags])
    said = torch.from_numpy(np.where(owners, 1, -1).astype(np.float32))
    generator = torch.Generator().manual_seed(config.seed)

    def loss_of(batch: torch.Tensor) -> torch.Tensor:
        loss = -functional.logsigmoid(signs[batch] * model.distributional(pairs[batch])).mean()
        if (drawn := edges.draw(len(batch) * config.edges, generator)) is not None:
            loss = loss + model.corpus_loss(*drawn)
        if len(around):
            some = torch.randint(len(around), (len(batch),), generator=generator)
            loss = loss - functional.logsigmoid(said[some] * model.patterns(around[some])).mean()
        return loss

    descent = Descent(config.epochs, config.batch, config.learning_rate)
    yield from minimise(descent, list(model.parameters()), len(pairs), loss_of, generator)
