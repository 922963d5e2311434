"""Re-ranker: gradient boosting over what the other methods say of a pair (Friedman 2001).

A method's scores on the pairs it learnt from are too good to learn from ("stacking", Wolpert 1992). So a part of the
training is held out in the way the test is, by word or by pair: the methods learn from the rest and score the part,
the trees learn from these scores, and then the methods learn once more, from everything.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from core.synonyms.labelled import LabelledPairs
from core.synonyms.methods.attract_repel import AttractRepelConfig, attract_repel
from core.synonyms.methods.attract_repel_transfer import AttractRepelTransferConfig, attract_repel_transfer
from core.synonyms.methods.characters import spelling
from core.synonyms.methods.classifier import ClassifierConfig, classifier
from core.synonyms.methods.cosine import CosineConfig, cosine
from core.synonyms.methods.cosine_centred import CosineCentredConfig, cosine_centred
from core.synonyms.methods.csls import CslsConfig, csls
from core.synonyms.methods.method import Floats, Learning, MethodData, MethodProgress, Scorer
from core.synonyms.methods.network import NetworkConfig, network
from core.synonyms.pairs import WordPair
from core.synonyms.vectors import WordVectors

METHODS: Final = (
    "cosine",
    "cosine_centred",
    "csls",
    "classifier",
    "network",
    "attract_repel",
    "attract_repel_transfer",
)
"""The methods that are asked, in the order of their columns; the spelling and the words' frequencies follow."""

_PARTS: Final = 1000
"""Progress is told in so many parts a method."""


@dataclass(frozen=True, slots=True)
class RerankerConfig:
    """How it learns.

    Attributes:
        seed: of the part held out, the trees, and the methods.
        held_out: share of the words that are held out, or, where the test is of seen words, of the pairs.
        trees: most trees.
        learning_rate: what a tree counts.
    """

    seed: int = 0
    held_out: float = 0.35
    trees: int = 150
    learning_rate: float = 0.06


@dataclass(frozen=True, slots=True, eq=False)
class RerankerScorer:
    """Trees over the methods.

    Attributes:
        vectors: their order is that of the words' frequencies.
        scorers: the methods, by name.
        trees: the fitted trees.
    """

    vectors: WordVectors
    scorers: Mapping[str, Scorer]
    trees: Any

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return the log-odds of synonym, (N,)."""
        if not pairs:
            return np.zeros(0, dtype=np.float32)
        seen = features(self.vectors, self.scorers, pairs)
        scores: Floats = self.trees.decision_function(seen).astype(np.float32)
        return scores


def reranker(config: RerankerConfig, data: MethodData) -> Learning:
    """Train the methods twice and the trees between; return the scorer."""
    rest, part = held_out(data.training, config, by_word=data.by_word)
    scorers = yield from _learn(config, MethodData(rest, data.vectors, data.by_word), 0)
    trees = HistGradientBoostingClassifier(
        max_iter=config.trees,
        learning_rate=config.learning_rate,
        l2_regularization=1.0,
        max_leaf_nodes=15,
        early_stopping=False,
        random_state=config.seed,
    )
    trees.fit(features(data.vectors, scorers, part.pairs), part.synonym)
    scorers = yield from _learn(config, data, 1)
    return RerankerScorer(data.vectors, scorers, trees)


def held_out(training: LabelledPairs, config: RerankerConfig, *, by_word: bool) -> tuple[LabelledPairs, LabelledPairs]:
    """Return what the methods learn from at first, and the part whose scores the trees learn from.

    By word, pairs of one held-out word and another are in neither.
    """
    rng = np.random.default_rng(config.seed)
    if not by_word:
        chosen = rng.random(len(training)) < config.held_out / 3
        return training.where(~chosen), training.where(chosen)
    words = sorted(training.words())
    unseen = frozenset(rng.choice(words, round(config.held_out * len(words)), replace=False).tolist())
    inside = np.array([unseen.issuperset(pair) for pair in training.pairs], dtype=bool)
    outside = np.array([unseen.isdisjoint(pair) for pair in training.pairs], dtype=bool)
    return training.where(outside), training.where(inside)


def features(vectors: WordVectors, scorers: Mapping[str, Scorer], pairs: Sequence[WordPair]) -> Floats:
    """Return what is known of ``pairs``, (N, methods + spelling + 2)."""
    columns = [scorers[name].score(pairs)[:, None] for name in METHODS]
    unknown = len(vectors)
    logs = [sorted(np.log1p(vectors.rank(word) or unknown) for word in pair) for pair in pairs]
    return np.concatenate([*columns, spelling(pairs), np.array(logs, dtype=np.float32)], axis=1)


def _learn(config: RerankerConfig, data: MethodData, time: int) -> Generator[MethodProgress, None, dict[str, Scorer]]:
    """Train every method for the first or the second time."""
    learning: dict[str, Learning] = {
        "cosine": cosine(CosineConfig(), data),
        "cosine_centred": cosine_centred(CosineCentredConfig(), data),
        "csls": csls(CslsConfig(), data),
        "classifier": classifier(ClassifierConfig(), data),
        "network": network(NetworkConfig(seed=config.seed), data),
        "attract_repel": attract_repel(AttractRepelConfig(seed=config.seed), data),
        "attract_repel_transfer": attract_repel_transfer(AttractRepelTransferConfig(seed=config.seed), data),
    }
    scorers: dict[str, Scorer] = {}
    for name in METHODS:
        before = (time * len(METHODS) + len(scorers)) * _PARTS
        scorers[name] = yield from _within(learning[name], before, 2 * len(METHODS) * _PARTS)
    return scorers


def _within(learning: Learning, before: int, total: int) -> Learning:
    """Tell a method's progress as one part of the whole."""
    while True:
        try:
            step = next(learning)
        except StopIteration as ended:
            scorer: Scorer = ended.value
            return scorer
        yield MethodProgress(before + _PARTS * step.done // step.total, total)
