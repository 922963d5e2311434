"""What was found near a word, as candidates for the labelling queue."""

from __future__ import annotations

from collections.abc import Iterable

from core.synonyms.asking.config import AskedWord, Near
from core.synonyms.asking.relations import Relation
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import Candidate, WordPair, word_pair


def candidates_of(about: AskedWord, chosen: Iterable[tuple[str, Near]]) -> list[Candidate]:
    """Return a candidate for each word that a method has put near another, with the scores of all that have.

    Args:
        about: the word that was asked.
        chosen: methods by name, each with a word it has put near.
    """
    found: dict[WordPair, tuple[Near, dict[str, float]]] = {}
    for method, near in chosen:
        pair = word_pair(about.word, near.word)
        found.setdefault(pair, (near, {}))[1][method] = METHODS[method].shown(near.score)
    return [_candidate(about, pair, near, scores) for pair, (near, scores) in found.items()]


def _candidate(about: AskedWord, pair: WordPair, near: Near, scores: dict[str, float]) -> Candidate:
    ranks, codes = (about.rank, near.rank), (about.codes, near.codes)
    if pair.word1 != about.word:
        ranks, codes = (near.rank, about.rank), (near.codes, about.codes)
    known = near.relation is Relation.SYNONYM
    return Candidate(pair.word1, pair.word2, scores, ranks, codes, known, tuple(sorted(scores)))
