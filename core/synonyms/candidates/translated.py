"""English synonyms translated into Chinese, as a source of candidates: the article's second source of data."""

from __future__ import annotations

from collections.abc import Sequence

from core.synonyms.candidates.ranked import RankedPairs
from core.synonyms.candidates.vocabulary import Vocabulary
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.lexicons.english import EnglishLexicon
from core.synonyms.lexicons.translated import translated_pairs
from core.synonyms.pairs import TRANSLATED


def translated_synonyms(lexicons: Sequence[EnglishLexicon], cedict: Cedict, vocabulary: Vocabulary) -> RankedPairs:
    """Return the pairs whose words translate words of one English set.

    Each set that proposes a pair halves what is missing: n of them give the score 1 − 1 / 2ⁿ.
    """
    found = translated_pairs(lexicons, cedict, vocabulary)
    scores = {pair: 1 - 0.5 ** len(why) for pair, why in found.items() if vocabulary.admits_pair(*pair)}
    return RankedPairs(TRANSLATED, scores, vocabulary)
