"""What a method's features have to do with its score of a pair: the part of each, in log-odds.

The pair is compared with a few pairs of training. A part above 0 says that the feature makes the pair more of one of
synonyms than it would be with the feature of those pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import numpy as np

from core.synonyms.labelled import LabelledPairs
from core.synonyms.methods.method import Floats, Ints
from core.synonyms.pairs import WordPair
from core.synonyms.why.reasons import Contributions, Part
from core.synonyms.why.shapley import shapley

_BACKGROUND: Final = 24
"""Pairs of training that a pair is compared with."""
_ORDERS: Final = 4


class FeatureScorer(Protocol):
    """A method that first makes a row of numbers of a pair, and then a score of the row."""

    @property
    def features(self) -> Mapping[str, Ints]:
        """The columns of each feature that can be told to a person, by its name."""

    def rows(self, pairs: Sequence[WordPair]) -> Floats:
        """Return what is seen of ``pairs``, (N, columns)."""

    def score_rows(self, rows: Floats) -> Floats:
        """Return the log-odds of synonym of such rows, (N,)."""


def contributions(
    method: str, scorer: FeatureScorer, pair: WordPair, training: LabelledPairs, seed: int
) -> Contributions:
    """Take the score of ``pair`` apart, compared with some pairs of ``training``, of which there is at least one."""
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(training), min(_BACKGROUND, len(training)), replace=False)
    rows = scorer.rows([pair, *(training.pairs[number] for number in chosen)])
    names = tuple(scorer.features)
    shares, base = shapley(
        scorer.score_rows, rows[0], rows[1:], [scorer.features[name] for name in names], orders=_ORDERS, rng=rng
    )
    parts = sorted(
        (Part(*each) for each in zip(names, shares.tolist(), strict=True)), key=lambda part: -abs(part.share)
    )
    return Contributions(method, float(scorer.score_rows(rows[:1])[0]), base, tuple(parts))
