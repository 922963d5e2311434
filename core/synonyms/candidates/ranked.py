"""A generator that knows all its pairs and their scores beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.synonyms.candidates.generator import Proposals, Proposing
from core.synonyms.candidates.vocabulary import Vocabulary
from core.synonyms.pairs import WordPair

_BATCH: Final = 500


class RankedPairs:
    """Proposes the pairs of a table, best first.

    "Best" adds the cosine to the score: where many pairs share one gloss, the vectors know which are meant. Of
    the first 5,276 pairs by glosses Cilin then confirms 47 in 100 instead of 35.

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
        pairs_of_table = list(self.scores)
        cosines = self._vocabulary.cosines(pairs_of_table)
        merit = {
            pair: self.scores[pair] + (0.0 if cosine is None else cosine)
            for pair, cosine in zip(pairs_of_table, cosines, strict=True)
        }
        ordered = sorted(pairs_of_table, key=lambda pair: (-merit[pair], pair))
        for start in range(0, len(ordered), _BATCH):
            pairs = ordered[start : start + _BATCH]
            yield Proposals(start + len(pairs), len(ordered), pairs)

    def evidence(self, pair: WordPair) -> float | None:
        """Return the score of ``pair``, None when it is not in the table."""
        return self.scores.get(pair)
