"""Words that CC-CEDICT explains with the same English words: the pivot through another language.

A gloss that two words share says much, one that twenty share ("place name") little. Against Cilin the best
5,276 pairs are right in 43 of 100 cases where both words are listed; cosine reaches 37.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from core.synonyms.candidates.ranked import RankedPairs
from core.synonyms.candidates.vocabulary import Vocabulary
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.pairs import GLOSS, WordPair, word_pair

MAX_SHARERS: Final = 30
"""A gloss of more words than this is a class, not a meaning."""

_NO_MEANING: Final = re.compile(
    r"variant of|\bsee |CL:|surname|\babbr\b|\bpr\.|used in|\[|also written|place in|county|district|^\("
)
"""Glosses that classify, refer or locate."""


def shared_glosses(cedict: Cedict, vocabulary: Vocabulary) -> RankedPairs:
    """Return the pairs of words with an identical gloss.

    Each shared gloss that n words bear counts 1 / log₂(n + 1); several combine as independent hints do:
    score = 1 − Π (1 − 1 / log₂(n + 1)).
    """
    bearers: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for word in cedict.words:
        if word in vocabulary:
            for sense in senses(cedict, word):
                bearers[sense][word] = None
    doubts: defaultdict[WordPair, float] = defaultdict(lambda: 1.0)
    for words in bearers.values():
        if 2 <= len(words) <= MAX_SHARERS:
            for one, other in itertools.combinations(words, 2):
                if vocabulary.admits_pair(one, other):
                    doubts[word_pair(one, other)] *= 1.0 - 1.0 / math.log2(len(words) + 1)
    return RankedPairs(GLOSS, {pair: 1.0 - doubt for pair, doubt in doubts.items()}, vocabulary)


def senses(cedict: Cedict, word: str) -> Iterator[str]:
    """Yield the meanings of ``word``: its glosses, parted at semicolons, without references and classes."""
    for gloss in cedict.glosses(word):
        for sense in gloss.split(";"):
            meaning = sense.strip()
            if meaning and not _NO_MEANING.search(meaning):
                yield meaning
