"""The line among the neighbours: above it stands what is taken for a synonym."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

USUAL: Final = 5
"""Words above a line that nobody has moved."""


class Measure(StrEnum):
    """What the line is drawn by."""

    SCORE = "score"
    COUNT = "count"


@dataclass(slots=True)
class Threshold:
    """Where the line stands, for every method.

    Attributes:
        measure: whether each method has a score of its own, or all have the same number of words above.
        scores: the least score above the line, by method; it stays when another word is asked.
        count: words above the line in all methods.
    """

    measure: Measure = Measure.SCORE
    scores: dict[str, float] = field(default_factory=dict)
    count: int = USUAL

    def above(self, method: str, scores: Sequence[float]) -> int:
        """Return how many of a method's ``scores``, the highest first, are above the line.

        A method of which nobody has said anything gets its line where some words are above.
        """
        if self.measure is Measure.COUNT:
            return min(self.count, len(scores))
        if method not in self.scores and scores:
            self._put(method, scores, _nearest(self.places(scores), min(USUAL, len(scores))))
        least = self.scores.get(method, 0.0)
        return sum(score >= least for score in scores)

    def places(self, scores: Sequence[float]) -> list[int]:
        """Return how many words can be above the line: of equal scores, all are above or none."""
        if self.measure is Measure.COUNT:
            return list(range(len(scores) + 1))
        return [n for n in range(len(scores) + 1) if n in (0, len(scores)) or scores[n - 1] != scores[n]]

    def move(self, method: str, scores: Sequence[float], above: int) -> None:
        """Put the line of ``method`` where as nearly as can be ``above`` words are above it."""
        if self.measure is Measure.COUNT:
            self.count = max(0, min(above, len(scores)))
        elif scores:
            self._put(method, scores, _nearest(self.places(scores), above))

    def step(self, answers: Mapping[str, Sequence[float]], by: int) -> None:
        """Move the lines of all methods one place down (1) or up (-1)."""
        if self.measure is Measure.COUNT:
            most = max(map(len, answers.values()), default=0)
            self.count = max(0, min(self.count + by, most))
            return
        for method, scores in answers.items():
            now, places = self.above(method, scores), self.places(scores)
            further = [place for place in places if (place - now) * by > 0]
            if further:
                self._put(method, scores, min(further, key=lambda place: abs(place - now)))

    def _put(self, method: str, scores: Sequence[float], above: int) -> None:
        if above == 0:
            self.scores[method] = scores[0] + max(abs(scores[0]) * 0.01, 1e-6)
        elif above == len(scores):
            self.scores[method] = scores[-1]
        else:
            self.scores[method] = (scores[above - 1] + scores[above]) / 2


def _nearest(places: Sequence[int], wanted: int) -> int:
    return min(places, key=lambda place: abs(place - wanted))
