"""A method before and after: what it gains on labels it has not met, and which pairs have moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score

from core.synonyms.evaluation.measures import RESAMPLES, Scores, average_precision, interval_around
from core.synonyms.labelled import Bools
from core.synonyms.pairs import WordPair
from core.synonyms.retraining.config import Interval, Moved
from core.synonyms.verdicts import Verdict

Ints = npt.NDArray[np.int64]


def compared(synonym: Bools, before: Scores, after: Scores, *, seed: int) -> tuple[Interval, Interval, Interval]:
    """Return the average precision of two scores of the same pairs, (N,), and what the second gains.

    The intervals are the bootstrap's, as in ``ap_interval``; every draw measures both scores, so that what is hard
    about a draw is hard for both and the gain's interval is no wider than it must be.
    """
    rng = np.random.default_rng(seed)
    positive, negative = np.flatnonzero(synonym), np.flatnonzero(~synonym)
    values = np.empty((RESAMPLES, 2))
    for n in range(RESAMPLES):
        rows = np.concatenate([rng.choice(positive, positive.size), rng.choice(negative, negative.size)])
        values[n] = [average_precision_score(synonym[rows], scores[rows]) for scores in (before, after)]
    one, other = average_precision(synonym, before), average_precision(synonym, after)
    return (
        Interval(one, *interval_around(one, values[:, 0], least=0.0)),
        Interval(other, *interval_around(other, values[:, 1], least=0.0)),
        Interval(other - one, *interval_around(other - one, values[:, 1] - values[:, 0], least=-1.0)),
    )


def places(scores: Scores) -> Ints:
    """Return each pair's place in the order of ``scores``, the highest first, from 1, (N,)."""
    found = np.empty(len(scores), dtype=np.int64)
    found[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """All pairs of a store, scored twice.

    Attributes:
        ids: of the pairs, (N,).
        pairs: the pairs, N.
        said: what was said of those that were judged.
        before, after: their scores in the method's own measure, (N,).
        shown_before, shown_after: the same as people are shown them, (N,).
    """

    ids: Ints
    pairs: Sequence[WordPair]
    said: Mapping[WordPair, Verdict]
    before: Scores
    after: Scores
    shown_before: Scores
    shown_after: Scores

    def most(self, number: int, *, but: AbstractSet[WordPair]) -> tuple[tuple[Moved, ...], tuple[Moved, ...]]:
        """Return the pairs that rose most and those that fell most, up to ``number`` of each.

        From place 2,000 to 20 is a long way, from 80,000 to 60,000 hardly one: what counts is how many times nearer
        to the top a pair has come. ``but`` are the pairs whose labels were learnt from; their moves would only tell
        that they were.
        """
        first, second = places(self.before), places(self.after)
        ways = np.log(first) - np.log(second)
        ways[np.array([pair in but for pair in self.pairs], dtype=bool)] = 0
        order = np.argsort(-ways, kind="stable")

        def told(row: int) -> Moved:
            pair = self.pairs[row]
            return Moved(
                id=int(self.ids[row]),
                word1=pair.word1,
                word2=pair.word2,
                before=float(self.shown_before[row]),
                after=float(self.shown_after[row]),
                place_before=int(first[row]),
                place_after=int(second[row]),
                verdict=self.said.get(pair),
            )

        risen = tuple(told(row) for row in order[:number].tolist() if ways[row] > 0)
        fallen = tuple(told(row) for row in order[::-1][:number].tolist() if ways[row] < 0)
        return risen, fallen
