"""What is said of a pair, and what a method answers, as numbers and words: nothing here loads what learns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from core.runtime.events import Payload
from core.synonyms.asking.config import AskedWord
from core.synonyms.asking.relations import Relation
from core.synonyms.methods.on_sentences.weighed import Pattern, WeighedMention

Point: TypeAlias = tuple[float, float]


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
class MapWord:
    """A word of the map.

    Attributes:
        word: the word.
        relation: what the dictionaries say it is to the pair's words; the clearer of the two.
        before: where it was.
        after: where it is.
        cosines_before: to the pair's two words.
        cosines_after: the same, as the method has it.
        is_moved: the method has moved it.
    """

    word: str
    relation: Relation
    before: Point
    after: Point
    cosines_before: Point
    cosines_after: Point
    is_moved: bool


@dataclass(frozen=True, slots=True)
class NeighbourMap(Payload):
    """The pair among its neighbours.

    Attributes:
        method: which method has moved them.
        words: the pair's words first, then the neighbours.
        before: cosine of the pair as the vectors were.
        after: cosine of the pair as the method has it.
        shown: share of all there is to see of the points' distances that the plane shows, 0 to 1.
    """

    method: str
    words: tuple[MapWord, ...]
    before: float
    after: float
    shown: float


@dataclass(frozen=True, slots=True)
class Part:
    """A feature.

    Attributes:
        feature: its name: of ``METHODS``, or what the method calls it.
        share: its part of the log-odds.
    """

    feature: str
    share: float


@dataclass(frozen=True, slots=True)
class Contributions(Payload):
    """A method's score, taken apart: ``base`` and all shares together are ``score``.

    Attributes:
        method: which method.
        score: log-odds of synonym.
        base: mean log-odds of the pairs that this one is compared with.
        parts: the features, the weightiest first.
    """

    method: str
    score: float
    base: float
    parts: tuple[Part, ...]


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
