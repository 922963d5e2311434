"""The closure baseline: do the two words share a synonym in the training pairs?

It knows no vector and learns nothing, yet passes every method in a closed protocol. In an open one it knows neither
word and is worth as much as chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from core.synonyms.pairs import WordPair


def closure_scores(synonyms: Iterable[WordPair], pairs: Sequence[WordPair]) -> npt.NDArray[np.float32]:
    """Return 1 for each of ``pairs`` whose words have a synonym in common, 0 for the others, (N,).

    Args:
        synonyms: the pairs that training calls synonyms.
        pairs: what is asked.
    """
    known: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in synonyms:
        known[one].add(other)
        known[other].add(one)
    nobody: frozenset[str] = frozenset()
    shared = [not known.get(one, nobody).isdisjoint(known.get(other, nobody)) for one, other in pairs]
    return np.array(shared, dtype=np.float32)
