"""Words that CC-CEDICT explains with the same English words: the pivot through another language.

A gloss that two words share says much, one that twenty share ("place name") little. Where Cilin lists both
words, it agrees with 47 in 100 of the first 5,276 pairs; with the nearest words by cosine it agrees in 19.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from statistics import fmean
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

_DRESSED: Final = re.compile(r"\([^)]*\)|^(?:to|a|an|the) ")
"""What two wordings of one meaning differ in."""

_CLASSIFIER: Final = re.compile(r"\s*\(CL:[^)]*\)")
"""The measure word that some glosses name: ``potato (CL:個|个[ge4])``."""


def shared_glosses(cedict: Cedict, vocabulary: Vocabulary) -> RankedPairs:
    """Return the pairs of words with an identical gloss.

    A gloss that k words bear tells 1 / log₂(k + 1); each further gloss two words share halves what is missing:
    with n shared glosses that tell t on average, score = 1 − (1 − t) / 2ⁿ.
    """
    bearers: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for word in cedict.words:
        if word in vocabulary:
            for sense in senses(cedict, word):
                bearers[sense][word] = None
    telling: defaultdict[WordPair, list[float]] = defaultdict(list)
    for words in bearers.values():
        if 2 <= len(words) <= MAX_SHARERS:
            for one, other in itertools.combinations(words, 2):
                if vocabulary.admits_pair(one, other):
                    telling[word_pair(one, other)].append(1.0 / math.log2(len(words) + 1))
    scores = {pair: 1.0 - (1.0 - fmean(tells)) / 2 ** len(tells) for pair, tells in telling.items()}
    return RankedPairs(GLOSS, scores, vocabulary)


def meanings(cedict: Cedict, word: str) -> Iterator[str]:
    """Yield the meanings of ``word`` without what makes one meaning two: remarks in brackets, articles and "to"."""
    for sense in senses(cedict, word):
        if meaning := _DRESSED.sub("", sense).strip().lower():
            yield meaning


def senses(cedict: Cedict, word: str) -> Iterator[str]:
    """Yield the meanings of ``word``: its glosses, parted at semicolons, without references and classes."""
    for gloss in cedict.glosses(word):
        for sense in _CLASSIFIER.sub("", gloss).split(";"):
            meaning = sense.strip()
            if meaning and not _NO_MEANING.search(meaning):
                yield meaning
