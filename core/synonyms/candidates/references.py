"""Words that CC-CEDICT refers to each other: "same as", "also written", "variant of", "see", "abbr. for"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.synonyms.candidates.ranked import RankedPairs
from core.synonyms.candidates.vocabulary import Vocabulary
from core.synonyms.lexicons.cedict import Cedict, Relation
from core.synonyms.pairs import REFERENCE, WordPair, word_pair

FIRMNESS: Final[Mapping[Relation, float]] = {"same": 1.0, "see": 0.9, "variant": 0.8, "abbreviation": 0.5}
"""Scores, in the order of how often Cilin agrees where it lists both words: 63, 59, 39 and 23 of 100."""


def references(cedict: Cedict, vocabulary: Vocabulary) -> RankedPairs:
    """Return the pairs of words of which one refers to the other; the firmest reference gives the score."""
    scores: dict[WordPair, float] = {}
    for entry in cedict:
        if entry.simplified not in vocabulary:
            continue
        for reference in entry.references():
            if vocabulary.admits_pair(entry.simplified, reference.word):
                pair = word_pair(entry.simplified, reference.word)
                scores[pair] = max(scores.get(pair, 0.0), FIRMNESS[reference.relation])
    return RankedPairs(REFERENCE, scores, vocabulary)
