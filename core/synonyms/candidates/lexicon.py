"""Pairs that a thesaurus lists as synonyms: to check it, or to start a word list of one's own from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.synonyms.candidates.ranked import RankedPairs
from core.synonyms.candidates.vocabulary import Vocabulary
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.pairs import LEXICON

MAX_SET: Final = 10
"""Words of a set that are paired; larger sets would outvote all others."""


def lexicon_pairs(lexicons: Sequence[Cilin], vocabulary: Vocabulary) -> RankedPairs:
    """Return the synonym pairs of ``lexicons`` whose words are admitted, all with score 1."""
    pairs = (pair for lexicon in lexicons for pair in lexicon.pairs(max_set=MAX_SET))
    return RankedPairs(LEXICON, {pair: 1.0 for pair in pairs if vocabulary.admits_pair(*pair)}, vocabulary)
