"""English synonyms translated into Chinese, as a source of candidates: the article's second source of data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.synonyms.candidates.ranked import RankedPairs
from core.synonyms.candidates.vocabulary import Vocabulary
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.lexicons.english import EnglishLexicon
from core.synonyms.lexicons.translated import translated_pairs
from core.synonyms.pairs import TRANSLATED, WordPair


class TranslatedPairs(RankedPairs):
    """The pairs whose words translate words of one English set, best first.

    Attributes:
        sets: the English sets that proposed each pair, in words.
    """

    def __init__(
        self, scores: Mapping[WordPair, float], sets: Mapping[WordPair, tuple[str, ...]], vocabulary: Vocabulary
    ) -> None:
        super().__init__(TRANSLATED, scores, vocabulary)
        self.sets = sets


def translated_synonyms(lexicons: Sequence[EnglishLexicon], cedict: Cedict, vocabulary: Vocabulary) -> TranslatedPairs:
    """Return the pairs whose words translate words of one English set.

    Each set that proposes a pair halves what is missing: n of them give the score 1 − 1 / 2ⁿ.
    """
    found = translated_pairs(lexicons, cedict, vocabulary)
    scores = {pair: 1 - 0.5 ** len(why) for pair, why in found.items() if vocabulary.admits_pair(*pair)}
    sets = {pair: tuple(proposal.text for proposal in found[pair]) for pair in scores}
    return TranslatedPairs(scores, sets, vocabulary)
