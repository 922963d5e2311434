"""What every generator of candidates can do."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Protocol

from core.synonyms.candidates.vocabulary import Vocabulary
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.lexicons.english import EnglishLexicon
from core.synonyms.pairs import WordPair
from core.synonyms.spreading import Spreading


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


@dataclass(frozen=True, slots=True)
class SourceInputs:
    """What a source of candidates may work on.

    Attributes:
        vocabulary: the words, their vectors and ranks.
        lexicons: the thesauri that were chosen, or Cilin.
        nearest: neighbours a word that are looked at.
        min_cosine: least cosine of pairs that vectors propose.
        cedict: CC-CEDICT, where a source needs it; else None.
        english: lexicons of English synonyms, where a source needs them.
        spreading: over what large work is spread; None to do it here.
    """

    vocabulary: Vocabulary
    lexicons: tuple[Cilin, ...]
    nearest: int
    min_cosine: float
    cedict: Cedict | None = None
    english: tuple[EnglishLexicon, ...] = ()
    spreading: Spreading | None = None

    @property
    def dictionary(self) -> Cedict:
        """CC-CEDICT, for sources that say they need it."""
        assert self.cedict is not None, "a source that needs the dictionary says so in its row"
        return self.cedict


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
