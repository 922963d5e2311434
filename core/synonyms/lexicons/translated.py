"""English synonyms translated into Chinese: the article's second source of data.

Two Chinese words are a pair where CC-CEDICT explains one with an English word and the other with a synonym of it,
or both with the same word, within one set of an English lexicon. The pair keeps the set that proposed it, so that a
person sees why.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from core.synonyms.candidates.glosses import senses
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.lexicons.english import EnglishLexicon, EnglishSet
from core.synonyms.pairs import WordPair, word_pair

_MOST_WORDS: Final = 12
"""Chinese words of one English word; more of them are a class, not a translation."""
_MOST_IN_SET: Final = 10
"""Chinese words of a set that are paired; larger sets would outvote all others."""
_REMARK: Final = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Why two words are a pair.

    Attributes:
        source: the lexicon, such as ``WordNet``.
        set_name: the synset or class.
        english: the English words that the first and the second word translate; often the same.
    """

    source: str
    set_name: str
    english: tuple[str, str]


def translated_pairs(
    lexicons: Iterable[EnglishLexicon], cedict: Cedict, vocabulary: Container[str] | None = None
) -> dict[WordPair, tuple[Proposal, ...]]:
    """Return the Chinese pairs of English sets, each with all that proposed it.

    Args:
        lexicons: where sets come from.
        cedict: how they are translated.
        vocabulary: only words of it are paired; None for every word.
    """
    translations = _translations(cedict, vocabulary)
    found: defaultdict[WordPair, dict[Proposal, None]] = defaultdict(dict)
    for lexicon in lexicons:
        for each in lexicon.sets:
            for pair, english in _pairs(each, translations):
                found[pair][Proposal(lexicon.source, each.name, english)] = None
    return {pair: tuple(proposals) for pair, proposals in found.items()}


def _translations(cedict: Cedict, vocabulary: Container[str] | None) -> Mapping[str, tuple[str, ...]]:
    """Return the Chinese words of each English meaning; a verb's begins with "to"."""
    words: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for word in cedict.words:
        if vocabulary is None or word in vocabulary:
            for sense in senses(cedict, word):
                if meaning := _REMARK.sub("", sense).strip().lower():
                    words[meaning][word] = None
    return {meaning: tuple(each) for meaning, each in words.items() if len(each) <= _MOST_WORDS}


def _pairs(
    english: EnglishSet, translations: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[WordPair, tuple[str, str]]]:
    chinese: dict[str, str] = {}
    for word in english.words:
        meaning = f"to {word.lower()}" if english.is_verbal else word.lower()
        for translation in translations.get(meaning, ()):
            chinese.setdefault(translation, word)
    for one, other in combinations(list(chinese)[:_MOST_IN_SET], 2):
        pair = word_pair(one, other)
        yield pair, (chinese[pair.word1], chinese[pair.word2])
