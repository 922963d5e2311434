"""What the English of two words says of them: CC-CEDICT explains synonyms alike, siblings hardly ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from core.synonyms.candidates.glosses import meanings
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.methods.method import Floats
from core.synonyms.pairs import WordPair

_SHORT: Final = 2
"""Letters of a word of English that says nothing, at most: of, to, in."""
ENGLISH: Final = 4
"""Columns of ``English.features``."""


@dataclass(frozen=True, slots=True, eq=False)
class English:
    """The meanings of words in English, looked up once.

    Attributes:
        dictionary: where they stand.
    """

    dictionary: Cedict
    _known: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)

    def features(self, pairs: Sequence[WordPair]) -> Floats:
        """Return what is known of ``pairs``, (N, 4); nan where the dictionary lacks a word.

        They are the meanings in common, as a number and as a share of all; the English words in common, as a share of
        all; and the fewer meanings of the two.
        """
        told = np.full((len(pairs), ENGLISH), np.nan, dtype=np.float32)
        for row, pair in enumerate(pairs):
            (mine, my_words), (yours, your_words) = map(self._of, pair)
            if mine and yours:
                shared = len(mine & yours)
                words = len(my_words & your_words) / max(len(my_words | your_words), 1)
                told[row] = shared, shared / len(mine | yours), words, min(len(mine), len(yours))
        return told

    def _of(self, word: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the meanings of ``word`` and the words that they are told in."""
        if word not in self._known:
            found = frozenset(meanings(self.dictionary, word))
            words = frozenset(part for meaning in found for part in meaning.split() if len(part) > _SHORT)
            self._known[word] = found, words
        return self._known[word]
