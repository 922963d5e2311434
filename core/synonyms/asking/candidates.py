"""Which words a method is asked about: near by the vectors, sharing a character, or moved near by the method.

To score every word of the vocabulary would take a network half a minute a word. What is left out is neither like the
word in company nor in writing, and no method here can put it first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from core.synonyms.candidates.vocabulary import Vocabulary, VocabularyFilter
from core.synonyms.methods.method import Scorer
from core.synonyms.methods.space import Space
from core.synonyms.pairs import character_jaccard
from core.synonyms.vectors import WordVectors
from core.synonyms.vectors.neighbours import NearestPlaces, Neighbours

NEAREST: Final = 500
"""Nearest words by the vectors."""
MOVED: Final = 100
"""Nearest words among those that a method has moved."""


class Candidates:
    """Words that may stand beside a word.

    Args:
        vectors: the words.
        finder: how neighbours are found; an exact scan unless an index is given.
    """

    def __init__(self, vectors: WordVectors, finder: NearestPlaces | None = None) -> None:
        self.vectors = vectors
        self._neighbours = Neighbours(vectors, finder)
        self._filter = VocabularyFilter()
        self._moved: dict[int, tuple[tuple[str, ...], np.ndarray]] = {}

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        return Vocabulary(self.vectors, self._filter).ranks

    @cached_property
    def _of_character(self) -> Mapping[str, Sequence[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._ranks:
            for character in dict.fromkeys(word):
                found[character].append(word)
        return found

    def __contains__(self, word: object) -> bool:
        return word in self._ranks

    def of(self, word: str, scorer: Scorer) -> list[str]:
        """Return the words that ``scorer`` is asked about, each once, without ``word`` itself."""
        near = [each.word for each in self._neighbours.of_word(word, NEAREST) if each.word in self._ranks]
        written = [other for character in dict.fromkeys(word) for other in self._of_character.get(character, ())]
        found = dict.fromkeys((*near, *written, *self._moved_near(word, scorer)))
        found.pop(word, None)
        return list(found)

    def like(self, word: str) -> str:
        """Return the word of the vocabulary that shares most of its writing; empty where none shares anything."""
        shared = dict.fromkeys(other for character in word for other in self._of_character.get(character, ()))
        # The most frequent of those that are equally like it: the vocabulary is in the order of frequency.
        return max(shared, key=lambda other: (character_jaccard(word, other), -self._ranks[other]), default="")

    def _moved_near(self, word: str, scorer: Scorer) -> list[str]:
        """Return the nearest of the words that a method has moved, which the vectors alone would not find."""
        if not isinstance(scorer, Space) or not scorer.moved:
            return []
        if id(scorer) not in self._moved:
            words = tuple(other for other in scorer.moved if other in self._ranks)
            self._moved[id(scorer)] = words, scorer.units(words)
        words, units = self._moved[id(scorer)]
        cosines = units @ scorer.units([word])[0]
        return [words[row] for row in np.argsort(-cosines)[:MOVED]]
