"""How good a queue a method makes: for each word its candidates, ordered by the method's score.

P@1 is the share of words whose first candidate is a synonym. MAP is the mean of each word's average precision, in
which synonyms that are no candidates count as never found: AP = (1 / G) Σ P(k) over the places k of the synonyms
found, G synonyms in all. P@500 is the share of synonyms among the 500 best pairs of all words together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.synonyms.labelled import Bools
from core.synonyms.pairs import WordPair

Scores = npt.NDArray[np.float32]

FIRST: Final = 500
"""Pairs of P@500; a queue that is shorter is taken whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Queue:
    """What is ordered, and what is right.

    Attributes:
        words: the words asked about, W of them, each with at least one synonym.
        pairs: candidates, C of them; the pairs of a word stand together.
        starts: where each word's candidates begin, and where the last end, (W + 1,).
        synonym: whether a candidate is a synonym, (C,).
        synonyms: how many synonyms each word has, candidates or not, (W,).
    """

    words: tuple[str, ...]
    pairs: tuple[WordPair, ...]
    starts: npt.NDArray[np.int64]
    synonym: Bools
    synonyms: npt.NDArray[np.int64]

    @property
    def recall(self) -> float:
        """Share of all synonyms that are candidates at all: no order can find more."""
        return float(self.synonym.sum() / self.synonyms.sum())


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """Figures of a queue.

    Attributes:
        p_at_1: share of words whose first candidate is a synonym.
        map: mean average precision of the words.
        p_at_500: share of synonyms among the 500 best pairs.
    """

    p_at_1: float
    map: float
    p_at_500: float


def queue_figures(queue: Queue, scores: Scores) -> QueueFigures:
    """Return the figures of a queue ordered by ``scores``, (C,)."""
    firsts: list[bool] = []
    values: list[float] = []
    for n, total in enumerate(queue.synonyms):
        rows = slice(queue.starts[n], queue.starts[n + 1])
        found = queue.synonym[rows][np.argsort(-scores[rows], kind="stable")]
        firsts.append(bool(found[:1].any()))
        values.append(_average_precision(found, int(total)))
    return QueueFigures(float(np.mean(firsts)), float(np.mean(values)), _first_pairs(queue, scores))


def _average_precision(found: Sequence[bool] | Bools, total: int) -> float:
    hits = np.asarray(found, dtype=bool)
    precision = np.cumsum(hits) / np.arange(1, hits.size + 1)
    return float(precision[hits].sum() / total)


def _first_pairs(queue: Queue, scores: Scores) -> float:
    """Return the share of synonyms among the best pairs; a pair that two words propose counts once."""
    hits: dict[WordPair, bool] = {}
    for row in np.argsort(-scores, kind="stable"):
        hits.setdefault(queue.pairs[row], bool(queue.synonym[row]))
        if len(hits) == FIRST:
            break
    return float(np.mean(list(hits.values())))
