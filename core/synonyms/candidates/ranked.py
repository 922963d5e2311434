"""A generator that knows all its pairs and their scores beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.synonyms.candidates.generator import Proposals, Proposing
from core.synonyms.candidates.vocabulary import Vocabulary
from core.synonyms.pairs import WordPair

_BATCH: Final = 500


class RankedPairs:
    """Proposes the pairs of a table by falling score; among equals the more frequent words come first.

    Attributes:
        name: the source's name.
        scores: score of each pair.
    """

    def __init__(self, name: str, scores: Mapping[WordPair, float], vocabulary: Vocabulary) -> None:
        self.name = name
        self.scores = scores
        self._vocabulary = vocabulary

    def propose(self) -> Proposing:
        """Yield the pairs in batches."""
        ordered = sorted(self.scores, key=self._order)
        for start in range(0, len(ordered), _BATCH):
            pairs = ordered[start : start + _BATCH]
            yield Proposals(start + len(pairs), len(ordered), pairs)

    def evidence(self, pair: WordPair) -> float | None:
        """Return the score of ``pair``, None when it is not in the table."""
        return self.scores.get(pair)

    def _order(self, pair: WordPair) -> tuple[float, float, WordPair]:
        rarest = max(self._vocabulary.rank(word) or float("inf") for word in pair)
        return -self.scores[pair], rarest, pair
