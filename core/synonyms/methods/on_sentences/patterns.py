"""Patterns: what stands between two words and around them, counted and classified, one against the rest (Hearst 1992).

A lexical pattern is what stands between the words of the pair in a sentence, such as "X 又 称 Y", and the word before
and the word behind. A syntactic one is the way from one word to the other through the tree of a dependency parser,
such as "X ↑conj ↓dobj Y" (Snow et al. 2005), where such a parser is installed. Each pattern p is a feature of a pair,
with the number n of its sentences that hold it:

    P(synonym) = σ(Σ w_p log(1 + n_p) + b),    loss = − Σ log P(label) + ‖w‖² / (2C).

The counts say honestly how little there is: in news and reviews nearly no sentence says "X, also called Y", and the
commonest pattern of synonyms, X 、 Y, is that of all enumerations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from core.synonyms.methods.method import Floats, Learning, MethodData, MethodProgress, within
from core.synonyms.methods.on_sentences.bagged import collected, spoken, training_bags
from core.synonyms.methods.on_sentences.weighed import Pattern
from core.synonyms.pairs import WordPair
from core.synonyms.sentences.bags import Bag, BagCollector, BagConfig, Mention
from core.synonyms.sentences.parser import DependencyParser, way_between

_X: Final = "X"
_Y: Final = "Y"


@dataclass(frozen=True, slots=True)
class PatternsConfig:
    """What is counted.

    Attributes:
        seed: of sentences and pairs drawn.
        bags: which sentences.
        others: bags of other pairs for each of synonyms.
        longest: words between the two of a lexical pattern, at most.
        least: bags of training that hold a pattern, at least; a rarer one is no feature.
        c: C, how much the weights may grow.
        parser: finds syntactic patterns; None for lexical ones alone.
    """

    seed: int = 0
    bags: BagConfig = field(default_factory=BagConfig)
    others: int = 3
    longest: int = 4
    least: int = 3
    c: float = 0.3
    parser: DependencyParser | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PatternsScorer:
    """Weighed patterns and where sentences are found.

    Attributes:
        config: what counts as a pattern.
        patterns: those of training, by their text.
        bias: b.
        collector: finds bags.
        silence: what is said of a pair that no sentence holds.
    """

    config: PatternsConfig
    patterns: Mapping[str, Pattern]
    bias: float
    collector: BagCollector
    silence: float

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return the log-odds of synonym, (N,)."""
        bags, rows = collected(self.collector, pairs)
        scores = [self._score(patterns_of(bag, self.config)) for bag in bags]
        return spoken(len(pairs), rows, np.array(scores, dtype=np.float32), self.silence)

    def why(self, pair: WordPair) -> tuple[tuple[Pattern, int], ...]:
        """Return the patterns of ``pair`` with the number of its sentences that hold each, the weightiest first."""
        bag = self.collector.bag(pair)
        found = Counter[str]() if bag is None else patterns_of(bag, self.config)
        known = [(self.patterns[text], count) for text, count in found.items() if text in self.patterns]
        return tuple(sorted(known, key=lambda each: -abs(each[0].weight)))

    def share(self, pattern: Pattern, sentences: int) -> float:
        """Return what ``pattern`` adds to the log-odds of a pair of which so many sentences hold it."""
        return pattern.weight * float(np.log1p(sentences))

    def _score(self, found: Mapping[str, int]) -> float:
        return self.bias + sum(self.share(self.patterns[text], n) for text, n in found.items() if text in self.patterns)


def patterns(config: PatternsConfig, data: MethodData) -> Learning:
    """Collect the bags, count, fit; return the scorer.

    Raises:
        SynonymsError: there are no sentences.
    """
    known = yield from training_bags(data, replace(config.bags, seed=config.seed), others=config.others, parts=2)
    found = [patterns_of(bag, config) for bag in known.bags]
    total: Counter[str] = Counter(text for each in found for text in each)
    kept = {text for text, n in total.items() if n >= config.least}
    scorer = PatternsScorer(config, {}, known.silence, known.collector, known.silence)
    if kept and known.synonym.any() and not known.synonym.all():
        yield within(MethodProgress(0, 1), 1, 2)
        scorer = _fitted(config, found, kept, known.synonym, scorer)
    yield within(MethodProgress(1, 1), 1, 2)
    return scorer


def _fitted(
    config: PatternsConfig, found: Sequence[Counter[str]], kept: set[str], synonym: Any, empty: PatternsScorer
) -> PatternsScorer:
    columns = DictVectorizer(dtype=np.float32)
    counts = columns.fit_transform([{text: np.log1p(n) for text, n in each.items() if text in kept} for each in found])
    model = LogisticRegression(C=config.c, max_iter=1000).fit(counts, synonym)
    speaks: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for each, label in zip(found, synonym.tolist(), strict=True):
        speaks[label].update(each.keys())
    weights = zip(columns.get_feature_names_out(), model.coef_[0].tolist(), strict=True)
    table = {str(text): Pattern(str(text), speaks[1][text], speaks[0][text], weight) for text, weight in weights}
    return replace(empty, patterns=table, bias=float(model.intercept_[0]))


def patterns_of(bag: Bag, config: PatternsConfig) -> Counter[str]:
    """Return the patterns of a bag, each with the number of sentences that hold it."""
    found: Counter[str] = Counter()
    for mention in bag.mentions:
        found.update(set(_lexical(mention, config.longest)))
        if config.parser is not None and (way := way_between(config.parser, mention)) is not None:
            found[way] += 1
    return found


def _lexical(mention: Mention, longest: int) -> Iterator[str]:
    between = mention.between()
    if len(between) > longest:
        return
    left, right = sorted((mention.first, mention.second))
    before, behind = mention.tokens[left - 1 : left], mention.tokens[right + 1 : right + 2]
    whole = " ".join((_X, *between, _Y))
    yield whole
    yield from (f"{word} {whole}" for word in before)
    yield from (f"{whole} {word}" for word in behind)
