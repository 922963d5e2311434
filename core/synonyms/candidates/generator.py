"""What every generator of candidates can do."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Protocol

from core.synonyms.pairs import WordPair


@dataclass(frozen=True, slots=True)
class Proposals:
    """Some pairs, and how far the generator has come.

    Attributes:
        done: how much of its material it has looked through.
        total: how much there is.
        pairs: pairs it proposes now; none while it still gathers.
    """

    done: int
    total: int
    pairs: list[WordPair] = field(default_factory=list)


Proposing = Generator[Proposals, None, None]


class CandidateGenerator(Protocol):
    """Proposes pairs, and gives evidence on pairs of others."""

    @property
    def name(self) -> str:
        """The source's name, such as ``gloss``."""

    def propose(self) -> Proposing:
        """Yield pairs, the most promising first, no pair twice. Closing the iterator early is free."""

    def evidence(self, pair: WordPair) -> float | None:
        """Return the score of ``pair`` if this source proposes it too, None if it does not."""
