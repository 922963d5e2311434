"""CSLS, cross-domain similarity local scaling (Conneau et al. 2018, equation 3), here within one language.

Some words, hubs, are near to everything; a cosine of .6 to one of them says little. The mean cosine of a word to its
K nearest, r(x) = (1/K) Σ cos(x, y), tells how crowded its place is:

    score(x, y) = 2 cos(x, y) − r(x) − r(y).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from core.synonyms.methods.method import Floats, Learning, MethodData, MethodProgress
from core.synonyms.methods.space import Space
from core.synonyms.pairs import WordPair
from core.synonyms.vectors.neighbours import all_neighbours

_BLOCK: Final = 256


@dataclass(frozen=True, slots=True)
class CslsConfig:
    """How crowded a place is.

    Attributes:
        nearest: K, neighbours of the mean.
        among: only so many of the most frequent words count as neighbours; a rare word makes no place crowded.
    """

    nearest: int = 10
    among: int = 20_000


@dataclass(slots=True, eq=False)
class CslsScorer:
    """Cosines less the crowdedness of both words.

    Attributes:
        space: the words.
        config: how crowdedness is measured.
        crowded: r of the words that were asked about, kept.
    """

    space: Space
    config: CslsConfig
    crowded: dict[str, float] = field(default_factory=dict)

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return CSLS of ``pairs``, (N,); 0 where a word has no vector."""
        self._measure(list(dict.fromkeys(word for pair in pairs for word in pair if word not in self.crowded)))
        scores = np.zeros(len(pairs), dtype=np.float32)
        for row, (cosine, (one, other)) in enumerate(zip(self.space.score(pairs), pairs, strict=True)):
            if one in self.crowded and other in self.crowded:
                scores[row] = 2 * cosine - self.crowded[one] - self.crowded[other]
        return scores

    def _measure(self, words: Sequence[str]) -> None:
        vectors = self.space.vectors
        found = [(word, place) for word in words if (place := vectors.words.find(word)) is not None]
        blocks = all_neighbours(
            vectors, [place for _word, place in found], self.config.nearest, limit=self.config.among, block=_BLOCK
        )
        means = [mean for block in blocks for mean in block.cosines.mean(axis=1).tolist()]
        self.crowded.update(zip((word for word, _place in found), means, strict=True))


def csls(config: CslsConfig, data: MethodData) -> Learning:
    """Return the scorer at once: a word's place is looked at when the word is asked about."""
    yield MethodProgress(1, 1)
    return CslsScorer(Space(data.vectors), config)
