"""The test's pairs in a method's order, and what is above a threshold among them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from core.synonyms.evaluation.measures import Scores
from core.synonyms.labelled import LabelledPairs

_POINTS: Final = 500
"""Points of a curve; more are not seen."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Pairs from the highest score down. Pairs of equal score pass a threshold together.

    Attributes:
        test: the pairs.
        order: rows of ``test``, the highest score first, (N,).
        scores: their scores, in that order, (N,).
        places: how many pairs can be above a threshold, ascending, (T,); at least one.
        found: how many of them are synonyms, (T,).
    """

    test: LabelledPairs
    order: Ints
    scores: Scores
    places: Ints
    found: Ints

    @classmethod
    def of(cls, test: LabelledPairs, scores: Scores) -> Self:
        """Rank the pairs of ``test`` by ``scores``, (N,); there is at least one."""
        order = np.argsort(-scores, kind="stable")
        ranked = scores[order]
        ends = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
        return cls(test, order, ranked, ends + 1, np.cumsum(test.synonym[order])[ends])

    @property
    def precision(self) -> npt.NDArray[np.float64]:
        """Share of synonyms above each place, (T,)."""
        shares: npt.NDArray[np.float64] = self.found / self.places
        return shares

    @property
    def recall(self) -> npt.NDArray[np.float64]:
        """Share of all synonyms that is above each place, (T,)."""
        shares: npt.NDArray[np.float64] = self.found / max(int(self.found[-1]), 1)
        return shares

    def place_of(self, recall: float) -> int:
        """Return the number in ``places`` of the highest threshold that finds the share ``recall``."""
        return min(int(np.searchsorted(self.recall, recall - 1e-12)), len(self.places) - 1)

    def threshold(self, place: int) -> float:
        """Return the least score above a place."""
        return float(self.scores[self.places[place] - 1])

    def kinds_above(self, place: int) -> Counter[str]:
        """Return how many pairs of each kind are above a place."""
        return Counter(self.test.kinds[row] for row in self.order[: self.places[place]])

    def around(self, place: int, number: int) -> tuple[Ints, Ints]:
        """Return the last rows of ``test`` above a place and the first below it, up to ``number`` of each."""
        end = int(self.places[place])
        return self.order[max(0, end - number) : end], self.order[end : end + number]

    def curve(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return recall and precision along the thresholds, as many points as are seen."""
        chosen = np.unique(np.linspace(0, len(self.places) - 1, _POINTS).astype(np.int64))
        return self.recall[chosen], self.precision[chosen]
