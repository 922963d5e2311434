"""The task behind "why this pair": what one method has to say for its score, from what it has learnt.

It stands on the oracle that answers words: what has been learnt for a word serves here, and the other way round.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from core.language import _
from core.runtime.events import Payload
from core.synonyms.asking.ask import Oracle, kept_oracle
from core.synonyms.asking.config import LEARNING_NOTHING, AskConfig, AskedWord
from core.synonyms.asking.relations import Relation
from core.synonyms.methods.on_sentences.patterns import Pattern, PatternsScorer
from core.synonyms.methods.on_sentences.pcnn import PcnnScorer, WeighedMention
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import SynonymsError, WordPair, word_pair
from core.synonyms.why.contributions import Contributions, contributions
from core.synonyms.why.neighbourhood import NeighbourMap, neighbour_map


class Manner(StrEnum):
    """How a method is explained."""

    MAP = "map"
    SENTENCES = "sentences"
    PATTERNS = "patterns"
    FEATURES = "features"


EXPLAINED: Final = {
    "attract_repel": Manner.MAP,
    "attract_repel_transfer": Manner.MAP,
    "pseudo_senses": Manner.MAP,
    "pcnn": Manner.SENTENCES,
    "patterns": Manner.PATTERNS,
    "classifier": Manner.FEATURES,
    "network": Manner.FEATURES,
    "reranker": Manner.FEATURES,
}
"""Methods that can say why, each in its manner."""


@dataclass(frozen=True, slots=True)
class AboutPair(Payload):
    """What is known of the pair before any method is asked.

    Attributes:
        words: its two words.
        relation: what the dictionaries say they are to each other.
        scores: of the methods that have learnt, as people have them.
        seen: whether either word is of a pair that methods learn from; None where none has learnt yet.
    """

    words: tuple[AskedWord, AskedWord]
    relation: Relation
    scores: dict[str, float]
    seen: tuple[bool, bool] | None


@dataclass(frozen=True, slots=True)
class NotLearnt(Payload):
    """The method has not learnt yet.

    Attributes:
        method: which.
        seconds: that it will take, roughly.
    """

    method: str
    seconds: float


@dataclass(frozen=True, slots=True)
class WeighedSentences(Payload):
    """The pair's sentences, and what each counts when "synonyms" is looked for.

    Attributes:
        method: which method.
        mentions: the heaviest first; none where no sentence holds both words.
        score: log-odds of synonym.
    """

    method: str
    mentions: tuple[WeighedMention, ...]
    score: float


@dataclass(frozen=True, slots=True)
class FoundPattern:
    """A pattern of the pair's sentences.

    Attributes:
        pattern: the pattern, with its weight and whom it spoke for in training.
        sentences: how many of the pair's sentences hold it.
        share: what it adds to the log-odds: w log(1 + n).
    """

    pattern: Pattern
    sentences: int
    share: float


@dataclass(frozen=True, slots=True)
class FoundPatterns(Payload):
    """The patterns of the pair's sentences.

    Attributes:
        method: which method.
        found: the weightiest first; none where no sentence holds a pattern that was learnt.
        bias: b.
        score: log-odds of synonym: b and all shares, or what is said where no sentence holds both words.
        sentences: how many hold both words, of those that are looked at.
    """

    method: str
    found: tuple[FoundPattern, ...]
    bias: float
    score: float
    sentences: int


Reason: TypeAlias = NeighbourMap | WeighedSentences | FoundPatterns | Contributions
"""Why a method says of a pair what it says."""


def why_pair(config: AskConfig, one: str, other: str, method: str, *, learn: bool) -> Generator[Payload, None, None]:
    """Yield what is known of a pair, then why ``method`` says of it what it says. A task for the worker.

    Args:
        config: by what words are looked at.
        one: a word.
        other: another.
        method: one of ``EXPLAINED``.
        learn: let the method learn if it has not; else ``NotLearnt`` is all it says.

    Raises:
        SynonymsError: these are no two words, material is missing or broken, or there is too little to learn from.
    """
    pair = word_pair(one, other)
    oracle = yield from kept_oracle(config)
    yield from explain(oracle, pair, method, learn=learn)


def explain(oracle: Oracle, pair: WordPair, method: str, *, learn: bool) -> Generator[Payload, None, None]:
    """Yield ``AboutPair``; where both words have a vector, then the explanation, or ``NotLearnt``."""
    if method not in EXPLAINED:
        message = _("{name} can't say why. These can: {names}.")
        raise SynonymsError(message.format(name=method, names=", ".join(EXPLAINED)))
    yield about(oracle, pair)
    if any(oracle.vectors.rank(word) is None for word in pair):
        return
    if method not in oracle.scorers:
        if not learn:
            yield NotLearnt(method, METHODS[method].cost)
            return
        yield from oracle.learn(method)
        yield about(oracle, pair)
    if EXPLAINED[method] is Manner.MAP:
        yield from oracle.learn("cosine")
    yield reasons(oracle, pair, method)


def about(oracle: Oracle, pair: WordPair) -> AboutPair:
    """Return what is known of ``pair``, with the scores of all that have learnt."""
    first, second = (oracle.about(word) for word in pair)
    known = first.rank is not None and second.rank is not None
    names = [name for name in METHODS if name in oracle.scorers] if known else []
    scores = {name: METHODS[name].shown(float(oracle.scorers[name].score([pair])[0])) for name in names}
    learnt = any(name not in LEARNING_NOTHING for name in names)
    seen = (oracle.has_learnt(pair.word1), oracle.has_learnt(pair.word2)) if learnt else None
    return AboutPair((first, second), oracle.relations.of(*pair), scores, seen)


def reasons(oracle: Oracle, pair: WordPair, method: str) -> Reason:
    """Return why ``method``, which has learnt, says of ``pair`` what it says."""
    scorer = oracle.scorers[method]
    match EXPLAINED[method]:
        case Manner.MAP:
            return neighbour_map(oracle, method, pair)
        case Manner.SENTENCES:
            assert isinstance(scorer, PcnnScorer), "the row of the table says so"
            return WeighedSentences(method, scorer.why(pair), float(scorer.score([pair])[0]))
        case Manner.PATTERNS:
            assert isinstance(scorer, PatternsScorer), "the row of the table says so"
            return _patterns(method, scorer, pair)
        case Manner.FEATURES:
            assert oracle.training is not None, "it has learnt from them"
            return contributions(method, scorer, pair, oracle.training, oracle.seed)  # type: ignore[arg-type]


def _patterns(method: str, scorer: PatternsScorer, pair: WordPair) -> FoundPatterns:
    found = [FoundPattern(pattern, count, scorer.share(pattern, count)) for pattern, count in scorer.why(pair)]
    found.sort(key=lambda each: -abs(each.share))
    bag = scorer.collector.bag(pair)
    sentences = 0 if bag is None else len(bag.mentions)
    return FoundPatterns(method, tuple(found), scorer.bias, float(scorer.score([pair])[0]), sentences)
