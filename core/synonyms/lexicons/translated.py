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
from functools import cached_property
from itertools import combinations, islice
from typing import Final

from core.synonyms.candidates.glosses import senses
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.lexicons.english import EnglishLexicon, EnglishSet
from core.synonyms.pairs import LONGEST_SET, UNWRITABLE, WordPair, word_pair

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

    @property
    def text(self) -> str:
        """The set with the English words of both: ``WordNet 10020890-n: doctor, physician``."""
        english = ", ".join(dict.fromkeys(self.english))
        return UNWRITABLE.sub(" ", f"{self.source} {self.set_name}: {english}")[:LONGEST_SET].strip()


class Translations:
    """English sets in Chinese: which pairs they propose, and which of them propose a pair.

    Args:
        lexicons: where sets come from.
        cedict: how they are translated.
        vocabulary: only words of it are paired; None for every word.
    """

    def __init__(
        self, lexicons: Iterable[EnglishLexicon], cedict: Cedict, vocabulary: Container[str] | None = None
    ) -> None:
        self._cedict = cedict
        self._chinese_of = _translations(cedict, vocabulary)
        self._sets = [(lexicon.source, each) for lexicon in lexicons for each in lexicon.sets]

    @cached_property
    def _numbers(self) -> Mapping[str, tuple[int, ...]]:
        """Which sets hold an English meaning that has a translation."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, (_source, each) in enumerate(self._sets):
            for meaning in dict.fromkeys(map(each.meaning, each.words)):
                if meaning in self._chinese_of:
                    found[meaning].append(number)
        return {meaning: tuple(numbers) for meaning, numbers in found.items()}

    def pairs(self) -> dict[WordPair, tuple[Proposal, ...]]:
        """Return all pairs, each with all that proposed it."""
        found: defaultdict[WordPair, dict[Proposal, None]] = defaultdict(dict)
        for source, each in self._sets:
            chinese = self._chinese(each)
            for one, other in combinations(chinese, 2):
                pair = word_pair(one, other)
                found[pair][Proposal(source, each.name, (chinese[pair.word1], chinese[pair.word2]))] = None
        return {pair: tuple(proposals) for pair, proposals in found.items()}

    def proposals(self, pair: WordPair) -> tuple[Proposal, ...]:
        """Return all that proposes ``pair``, in the order of the lexicons."""
        numbers = {
            number for meaning in _meanings(self._cedict, pair.word1) for number in self._numbers.get(meaning, ())
        }
        found: dict[Proposal, None] = {}
        for source, each in (self._sets[number] for number in sorted(numbers)):
            chinese = self._chinese(each)
            if pair.word1 in chinese and pair.word2 in chinese:
                found[Proposal(source, each.name, (chinese[pair.word1], chinese[pair.word2]))] = None
        return tuple(found)

    def _chinese(self, each: EnglishSet) -> dict[str, str]:
        """Return the Chinese words of a set, as many as are paired, each with the English word it translates."""
        chinese: dict[str, str] = {}
        for word in each.words:
            for translation in self._chinese_of.get(each.meaning(word), ()):
                chinese.setdefault(translation, word)
        return dict(islice(chinese.items(), _MOST_IN_SET))


def translated_pairs(
    lexicons: Iterable[EnglishLexicon], cedict: Cedict, vocabulary: Container[str] | None = None
) -> dict[WordPair, tuple[Proposal, ...]]:
    """Return the Chinese pairs of English sets, each with all that proposed it; as ``Translations`` has them."""
    return Translations(lexicons, cedict, vocabulary).pairs()


def _translations(cedict: Cedict, vocabulary: Container[str] | None) -> Mapping[str, tuple[str, ...]]:
    """Return the Chinese words of each English meaning; a verb's begins with "to"."""
    words: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for word in cedict.words:
        if vocabulary is None or word in vocabulary:
            for meaning in _meanings(cedict, word):
                words[meaning][word] = None
    return {meaning: tuple(each) for meaning, each in words.items() if len(each) <= _MOST_WORDS}


def _meanings(cedict: Cedict, word: str) -> Iterator[str]:
    """Yield the English meanings of a Chinese word, without remarks."""
    for sense in senses(cedict, word):
        if meaning := _REMARK.sub("", sense).strip().lower():
            yield meaning
