"""What methods are given, what they say while they learn, and what they return."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
import numpy.typing as npt

from core.runtime.events import Payload
from core.synonyms.labelled import LabelledPairs
from core.synonyms.pairs import WordPair
from core.synonyms.vectors import WordVectors

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MethodProgress(Payload):
    """A method is learning, or preparing to.

    Attributes:
        done: how much is done.
        total: of how much.
        loss: mean loss of the part that has just ended; None where nothing is minimised.
    """

    newest_only: ClassVar[bool] = True

    done: int
    total: int
    loss: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class MethodData:
    """All that a method knows.

    Attributes:
        training: pairs it may learn from; nothing else tells it which words are synonyms.
        vectors: the words' vectors.
        by_word: what it will be asked about are words that training has never named (the open protocol).
    """

    training: LabelledPairs
    vectors: WordVectors
    by_word: bool = True


class Scorer(Protocol):
    """What a method has learnt."""

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return how likely each pair is one of synonyms, in the method's own measure, (N,), always finite."""


Learning = Generator[MethodProgress, None, Scorer]
"""Closing it early cancels it."""
