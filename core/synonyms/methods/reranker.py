"""Re-ranker: gradient boosting over what the other methods and the dictionary say of a pair (Friedman 2001).

A method's scores on the pairs it learnt from are too good to learn from ("stacking", Wolpert 1992). So a part of the
training is held out in the way the test is, by word or by pair: the methods learn from the rest and score the part,
the trees learn from these scores, and then the methods learn once more, from everything.

What is held out is asked about twice. Some trees learn from its labelled pairs, others from the candidates of its
words (``labelled_candidates``), which are what a queue is made of; log-odds are the mean of both. Trees of the first
sort alone put a queue in a worse order than its candidates come in (on unseen words, first proposal right 28 times in
100 instead of 43), those of the second alone know less of pairs drawn at large (AP .60 instead of .66).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from core.language import _
from core.synonyms.candidates.labelled import labelled_candidates
from core.synonyms.candidates.union import UnionConfig
from core.synonyms.evaluation.split import check_unseen
from core.synonyms.labelled import LabelledPairs
from core.synonyms.methods.characters import SPELLING, spelling
from core.synonyms.methods.english import ENGLISH, English
from core.synonyms.methods.method import Floats, Ints, Learning, MethodData, MethodProgress, Scorer, within
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import SynonymsError, WordPair
from core.synonyms.progress import told_as
from core.synonyms.vectors import WordVectors

_SCORED: Final = 10_000
"""Candidates scored at once, after which somebody may cancel."""


@dataclass(frozen=True, slots=True)
class RerankerConfig:
    """How it learns.

    Attributes:
        seed: of the part held out, the trees, and the methods.
        held_out: share of the words that are held out, or, where the test is of seen words, of the pairs.
        asked: words held out whose candidates are learnt from, at most.
        union: which candidates they have.
        trees: trees that learn from labelled pairs; twice as many learn from candidates, of which there are more.
        learning_rate: what a tree counts.
        methods: who is asked, in the order of the columns; the spelling, the words' frequencies and their English
            follow. Those that read sentences are left out where there are none.
    """

    seed: int = 0
    held_out: float = 0.35
    asked: int = 1600
    union: UnionConfig = field(default_factory=UnionConfig)
    trees: int = 150
    learning_rate: float = 0.06
    methods: tuple[str, ...] = tuple(name for name in METHODS if name not in {"characters", "reranker"})


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Fitted trees of one sort or two.

    Attributes:
        sorts: each of them.
    """

    sorts: tuple[Any, ...]

    def decision_function(self, rows: Floats) -> Floats:
        """Return the mean of their log-odds of synonym, (N, columns) → (N,)."""
        mean: Floats = np.mean([each.decision_function(rows) for each in self.sorts], axis=0).astype(np.float32)
        return mean


@dataclass(frozen=True, slots=True, eq=False)
class RerankerScorer:
    """Trees over the methods.

    Attributes:
        vectors: their order is that of the words' frequencies.
        english: what the words mean in English; None where no dictionary is at hand.
        scorers: the methods, by name.
        trees: the fitted trees.
    """

    vectors: WordVectors
    english: English | None
    scorers: Mapping[str, Scorer]
    trees: Trees

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return the log-odds of synonym, (N,)."""
        return self.score_rows(self.rows(pairs)) if pairs else np.zeros(0, dtype=np.float32)

    @property
    def features(self) -> dict[str, Ints]:
        """The columns of each method, by its name, and of what else is known of a pair."""
        widths = dict.fromkeys(self.scorers, 1)
        widths |= ({} if self.english is None else {"english": ENGLISH}) | {"spelling": len(SPELLING), "frequency": 2}
        ends = np.cumsum(list(widths.values()))
        return dict(zip(widths, np.split(np.arange(ends[-1]), ends[:-1]), strict=True))

    def rows(self, pairs: Sequence[WordPair]) -> Floats:
        """Return what is known of ``pairs``, (N, columns)."""
        return features(self.vectors, self.english, self.scorers, pairs)

    def score_rows(self, rows: Floats) -> Floats:
        """Return the log-odds of such rows, (N,)."""
        return self.trees.decision_function(rows)


def reranker(config: RerankerConfig, data: MethodData) -> Learning:
    """Train the methods on a part and the trees on their scores, then the methods on everything; return the scorer.

    Methods that have learnt from everything already are taken from ``data.learnt``.
    """
    rest, part = held_out(data.training, config, by_word=data.by_word)
    scorers = yield from _learn(config, replace(data, training=rest, learnt={}), 0)
    english = None if data.dictionary is None else English(data.dictionary)
    if not part.has_both:
        message = _("There are too few pairs to hold some out; the re-ranker learns from those.")
        raise SynonymsError(message)
    sorts = [_fitted(config, config.trees, features(data.vectors, english, scorers, part.pairs), part)]
    candidates = candidates_held_out(data, rest, config)
    if candidates.has_both:
        rows = []
        for start in range(0, len(candidates), _SCORED):
            rows.append(features(data.vectors, english, scorers, candidates.pairs[start : start + _SCORED]))
            yield within(MethodProgress(1, 1), len(scorers) - 1, 2 * len(scorers))
        sorts.append(_fitted(config, 2 * config.trees, np.concatenate(rows), candidates))
    scorers = yield from _learn(config, data, 1)
    return RerankerScorer(data.vectors, english, scorers, Trees(tuple(sorts)))


def _fitted(config: RerankerConfig, number: int, rows: Floats, pairs: LabelledPairs) -> HistGradientBoostingClassifier:
    """Return so many trees that have learnt the labels of ``pairs`` from what is known of them, (N, columns)."""
    trees = HistGradientBoostingClassifier(
        max_iter=number,
        learning_rate=config.learning_rate,
        l2_regularization=1.0,
        max_leaf_nodes=15,
        early_stopping=False,
        random_state=config.seed,
    )
    rows[:, np.isnan(rows).all(axis=0)] = 0.0  # a column that nothing is known of has no values to be parted at
    return trees.fit(rows, pairs.synonym)


def candidates_held_out(data: MethodData, rest: LabelledPairs, config: RerankerConfig) -> LabelledPairs:
    """Return the candidates that trees learn from: those of words that the methods have not met at first.

    Where the test is of seen words there are none: the methods have met every word.

    Args:
        data: what may be learnt from.
        rest: what the methods have learnt from.
        config: how many words, and which candidates.

    Raises:
        LeakError: the methods have met a word whose candidates would be learnt from.
    """
    words = unseen_words(data.training, config) if data.by_word else frozenset()
    check_unseen(rest, words)
    rng = np.random.default_rng(config.seed)
    return labelled_candidates(
        data.training, words, data.vectors, data.dictionary, config.union, most=config.asked, rng=rng
    )


def unseen_words(training: LabelledPairs, config: RerankerConfig) -> frozenset[str]:
    """Return the words that are held out."""
    words = sorted(training.words())
    chosen = np.random.default_rng(config.seed).choice(words, round(config.held_out * len(words)), replace=False)
    return frozenset(chosen.tolist())


def held_out(training: LabelledPairs, config: RerankerConfig, *, by_word: bool) -> tuple[LabelledPairs, LabelledPairs]:
    """Return what the methods learn from at first, and the part whose scores the trees learn from.

    By word, pairs of one held-out word and another are in neither.
    """
    if not by_word:
        chosen = np.random.default_rng(config.seed).random(len(training)) < config.held_out / 3
        return training.where(~chosen), training.where(chosen)
    unseen = unseen_words(training, config)
    inside = np.array([unseen.issuperset(pair) for pair in training.pairs], dtype=bool)
    outside = np.array([unseen.isdisjoint(pair) for pair in training.pairs], dtype=bool)
    return training.where(outside), training.where(inside)


def features(
    vectors: WordVectors, english: English | None, scorers: Mapping[str, Scorer], pairs: Sequence[WordPair]
) -> Floats:
    """Return what is known of ``pairs``, (N, methods + spelling + 2), and 4 more with ``english``."""
    columns = [scorer.score(pairs)[:, None] for scorer in scorers.values()]
    unknown = len(vectors)
    logs = [sorted(np.log1p(vectors.rank(word) or unknown) for word in pair) for pair in pairs]
    if english is not None:
        columns.append(english.features(pairs))
    return np.concatenate([*columns, spelling(pairs), np.array(logs, dtype=np.float32)], axis=1)


def _learn(config: RerankerConfig, data: MethodData, time: int) -> Generator[MethodProgress, None, dict[str, Scorer]]:
    """Train every method that can be, for the first or the second time."""
    asked = [name for name in config.methods if data.sentences is not None or not METHODS[name].reads_sentences]
    scorers: dict[str, Scorer] = {}
    for number, name in enumerate(asked, time * len(asked)):
        if name in data.learnt:
            scorers[name] = data.learnt[name]
        else:
            method = METHODS[name]
            scorers[name] = yield from _within(method.learn(method.config(config.seed), data), number, 2 * len(asked))
        yield within(MethodProgress(1, 1), number, 2 * len(asked))
    return scorers


def _within(learning: Learning, part: int, parts: int) -> Learning:
    """Tell a method's progress as one part of the whole."""
    return (yield from told_as(learning, lambda step: replace(within(step, part, parts), loss=None)))
