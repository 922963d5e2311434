"""What a method may learn from when it is asked about the test pairs.

Closed (split by pair): everything but the test pairs. Their words may stand in other training pairs, so that
whoever knows a ~ b and b ~ c answers a ~ c without understanding anything: it measures transitive closure.

Open (split by word): only pairs without any word of the test. It measures generalisation to new words, which is
what mining needs.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from core.synonyms.labelled import LabelledPairs
from core.synonyms.pairs import WordPair


class Protocol(StrEnum):
    """How training and test are kept apart."""

    OPEN = "open"
    CLOSED = "closed"


class LeakError(Exception):
    """Training holds what it is tested on: an error of the program, never of a person's file.

    Attributes:
        leaked: the first pair of training that must not be there.
    """

    def __init__(self, protocol: Protocol, leaked: WordPair) -> None:
        super().__init__(f"{protocol} training holds {leaked.word1} / {leaked.word2}")
        self.leaked = leaked


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """One test, and what may be learnt from before it.

    Attributes:
        test: the pairs asked about, the same under both protocols, so that the two results can be compared.
        open: training pairs that share no word with the test.
        closed: training pairs that are no test pairs.
    """

    test: LabelledPairs
    open: LabelledPairs
    closed: LabelledPairs

    @classmethod
    def masked(cls, pool: LabelledPairs, test: LabelledPairs) -> Self:
        """Return the split that remains when all that would leak is taken out of ``pool``."""
        asked, words = frozenset(test.pairs), test.words()
        closed = pool.where([pair not in asked for pair in pool.pairs])
        unseen = closed.where([words.isdisjoint(pair) for pair in closed.pairs])
        return cls(test, unseen, closed)

    def training(self, protocol: Protocol) -> LabelledPairs:
        """Return what may be learnt from under ``protocol``.

        Raises:
            LeakError: it holds a test pair, or an open one a word of the test.
        """
        pairs = self.open if protocol is Protocol.OPEN else self.closed
        check_masked(pairs, self.test, protocol)
        return pairs


def check_masked(training: LabelledPairs, test: LabelledPairs, protocol: Protocol) -> None:
    """See that ``training`` says nothing that ``protocol`` keeps from a method.

    Raises:
        LeakError: it does.
    """
    asked = frozenset(test.pairs)
    words = test.words() if protocol is Protocol.OPEN else frozenset()
    for pair in training.pairs:
        if pair in asked or not words.isdisjoint(pair):
            raise LeakError(protocol, pair)


def check_unseen(training: LabelledPairs, words: AbstractSet[str]) -> None:
    """See that ``training`` names none of ``words``: whose candidates are ordered by what was learnt from it.

    Raises:
        LeakError: it does.
    """
    for pair in training.pairs:
        if not words.isdisjoint(pair):
            raise LeakError(Protocol.OPEN, pair)
