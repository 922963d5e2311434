"""Which words may enter a candidate pair."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from core.synonyms.pairs import WordPair
from core.synonyms.vectors import WordVectors

_HANZI: Final = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


@dataclass(frozen=True, slots=True)
class VocabularyFilter:
    """What is asked of the words of a pair.

    Attributes:
        min_length: least number of characters.
        max_length: greatest number of characters.
        max_rank: rarest frequency rank; words without a vector are refused. None admits every word.
        hanzi_only: refuse words with anything but Chinese characters.
        words: a list to work on; at least one word of each pair comes from it. None for no such list.
    """

    min_length: int = 2
    max_length: int = 8
    max_rank: int | None = 60_000
    hanzi_only: bool = True
    words: frozenset[str] | None = None

    def admits(self, word: str) -> bool:
        """Tell whether the spelling of ``word`` is admitted; its rank is not looked at."""
        if not self.min_length <= len(word) <= self.max_length:
            return False
        return not self.hanzi_only or _HANZI.fullmatch(word) is not None


class Vocabulary:
    """The words admitted by a filter, with their frequency ranks in the vectors.

    Attributes:
        filter: the filter.
        vectors: the vectors.
    """

    def __init__(self, vectors: WordVectors, word_filter: VocabularyFilter) -> None:
        self.vectors = vectors
        self.filter = word_filter

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """Frequency rank of each admitted word that has a vector, most frequent first."""
        ranked = enumerate(self.vectors.words[: self.filter.max_rank], 1)
        return {word: rank for rank, word in ranked if self.filter.admits(word)}

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        return word in self.ranks or (self.filter.max_rank is None and self.filter.admits(word))

    def admits_pair(self, one: str, other: str) -> bool:
        """Tell whether both words are admitted, and one of them is on the list, if there is one."""
        wanted = self.filter.words
        if one == other or one not in self or other not in self:
            return False
        return wanted is None or one in wanted or other in wanted

    def rank(self, word: str) -> int | None:
        """Return the frequency rank of any word, admitted or not; None when it has no vector."""
        return self.ranks.get(word) or self.vectors.rank(word)

    def cosines(self, pairs: Sequence[WordPair]) -> list[float | None]:
        """Return the cosine of each pair, None where a word has no vector."""
        ranks = [(self.rank(one), self.rank(other)) for one, other in pairs]
        both = [(one - 1, other - 1) for one, other in ranks if one is not None and other is not None]
        if not both:
            return [None] * len(pairs)
        places = np.array(both)  # (n, 2)
        values = iter(self.vectors.cosines(places[:, 0], places[:, 1]).tolist())
        return [None if one is None or other is None else next(values) for one, other in ranks]
