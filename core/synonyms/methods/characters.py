"""What two spellings share: the best single sign of a synonym in Chinese, whose characters have meanings.

score(a, b) = |A ∩ B| / |A ∪ B| of the two sets of characters (Jaccard 1901).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.synonyms.methods.method import Floats, Learning, MethodData, MethodProgress
from core.synonyms.pairs import WordPair, character_jaccard

SPELLING: Final = (
    "jaccard",
    "covered",
    "aligned",
    "same first character",
    "same last character",
    "same length",
    "reversed",
    "one in the other",
    "shorter length",
    "longer length",
)
"""The columns of ``spelling``."""


@dataclass(frozen=True, slots=True)
class CharactersConfig:
    """Nothing is chosen."""


class CharactersScorer:
    """Jaccard overlap of the characters."""

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return the overlaps, (N,), 0 to 1."""
        return np.array([character_jaccard(one, other) for one, other in pairs], dtype=np.float32)


def characters(_config: CharactersConfig, _data: MethodData) -> Learning:
    """Return the scorer at once: nothing is learnt."""
    yield MethodProgress(1, 1)
    return CharactersScorer()


def spelling(pairs: Sequence[WordPair]) -> Floats:
    """Return what can be said of two spellings in numbers, (N, len(SPELLING)), the same for both orders."""
    rows = [_spelling(one, other) for one, other in pairs]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(SPELLING))


def _spelling(one: str, other: str) -> tuple[float, ...]:
    shared = len(set(one) & set(other))
    short, long = sorted((len(one), len(other)))
    return (
        character_jaccard(one, other),
        shared / min(len(set(one)), len(set(other))),
        sum(a == b for a, b in zip(one, other, strict=False)) / short,
        float(one[0] == other[0]),
        float(one[-1] == other[-1]),
        float(short == long),
        float(one == other[::-1]),
        float(one in other or other in one),
        float(short),
        float(long),
    )


def unshared(one: str, other: str) -> tuple[str, str]:
    """Return the characters of each word that the other lacks: of 医生 and 医师, 生 and 师."""
    return "".join(char for char in one if char not in other), "".join(char for char in other if char not in one)
