"""The task behind "why this pair": what one method has to say for its score, from what it has learnt.

It stands on the oracle that answers words: what has been learnt for a word serves here, and the other way round.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, cast

from core.language import _, listed
from core.runtime.events import Payload
from core.synonyms.asking.ask import Oracle, kept_oracle
from core.synonyms.asking.config import LEARNING_NOTHING, AskConfig
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import SynonymsError, WordPair, word_pair
from core.synonyms.why.contributions import contributions
from core.synonyms.why.neighbourhood import neighbour_map
from core.synonyms.why.reasons import (
    EXPLAINED,
    AboutPair,
    FoundPattern,
    FoundPatterns,
    Manner,
    NotLearnt,
    Reason,
    WeighedSentences,
)

if TYPE_CHECKING:  # torch and scikit-learn are loaded by who learns, not by who asks for a map
    from core.synonyms.methods.on_sentences.patterns import PatternsScorer
    from core.synonyms.methods.on_sentences.pcnn import PcnnScorer


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
        raise SynonymsError(message.format(name=method, names=listed(EXPLAINED)))
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
            return WeighedSentences(method, cast("PcnnScorer", scorer).why(pair), float(scorer.score([pair])[0]))
        case Manner.PATTERNS:
            return _patterns(method, cast("PatternsScorer", scorer), pair)
        case Manner.FEATURES:
            assert oracle.training is not None, "it has learnt from them"
            return contributions(method, scorer, pair, oracle.training, oracle.seed)  # type: ignore[arg-type]


def _patterns(method: str, scorer: PatternsScorer, pair: WordPair) -> FoundPatterns:
    found = [FoundPattern(pattern, count, scorer.share(pattern, count)) for pattern, count in scorer.why(pair)]
    found.sort(key=lambda each: -abs(each.share))
    bag = scorer.collector.bag(pair)
    sentences = 0 if bag is None else len(bag.mentions)
    return FoundPatterns(method, tuple(found), scorer.bias, float(scorer.score([pair])[0]), sentences)
