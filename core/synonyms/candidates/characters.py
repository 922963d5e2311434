"""Words that share characters and are near in the vectors: 增添 and 添加, 士兵 and 兵士.

In Chinese, shared characters tell synonyms better than any specialisation of the vectors does. Of all pairs
with a character in common the nearest come first: by Jaccard alone 一月 and 二月 would lead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np

from core.synonyms.candidates.generator import Proposals, Proposing
from core.synonyms.candidates.vocabulary import Vocabulary
from core.synonyms.pairs import CHARACTERS, WordPair, character_jaccard, word_pair

_BATCH: Final = 500
_REPORT_EVERY: Final = 200
_BLOCK: Final = 1024
"""Words of one character compared with all others of it at once."""


class SharedCharacters:
    """Proposes pairs with a character in common, by falling cosine.

    Attributes:
        name: the source's name.
    """

    def __init__(self, vocabulary: Vocabulary, min_cosine: float) -> None:
        self.name = CHARACTERS
        self._vocabulary = vocabulary
        self._min_cosine = min_cosine

    def propose(self) -> Proposing:
        """Compare the words of each character with each other, then yield the pairs found."""
        words = self._vocabulary.vectors.words
        places_of: defaultdict[str, list[int]] = defaultdict(list)
        for word, rank in self._vocabulary.ranks.items():
            for character in set(word):
                places_of[character].append(rank - 1)
        found: dict[tuple[int, int], float] = {}
        for done, places in enumerate(places_of.values(), 1):
            found.update(self._near(np.array(places)))
            if done % _REPORT_EVERY == 0:
                yield Proposals(done, len(places_of))
        ordered = sorted(found, key=lambda key: (-found[key], key))
        batch: list[WordPair] = []
        for one, other in ordered:
            if self._vocabulary.admits_pair(words[one], words[other]):
                batch.append(word_pair(words[one], words[other]))
            if len(batch) == _BATCH:
                yield Proposals(len(places_of), len(places_of), batch)
                batch = []
        yield Proposals(len(places_of), len(places_of), batch)

    def evidence(self, pair: WordPair) -> float | None:
        """Return the Jaccard overlap of the characters, None when no character is shared."""
        return character_jaccard(*pair) or None

    def _near(self, places: np.ndarray) -> Iterator[tuple[tuple[int, int], float]]:
        """Yield pairs of ``places``, ascending, that are near enough, with their cosine."""
        units = self._vocabulary.vectors.units(places)  # (n, dim)
        for start in range(0, len(places) - 1, _BLOCK):
            cosines = units[start : start + _BLOCK] @ units[start:].T  # (b, n − start)
            rows, columns = np.nonzero(np.triu(cosines >= self._min_cosine, 1))
            pairs = zip(places[rows + start].tolist(), places[columns + start].tolist(), strict=True)
            yield from zip(pairs, cosines[rows, columns].tolist(), strict=True)
