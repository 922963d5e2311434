"""What the dictionaries say two words are to each other."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.lexicons.opposites import are_opposites

SIBLING_LEVEL: Final = 4
"""Words that share Cilin's levels down to this one, the word group, are of one kind."""


class Relation(StrEnum):
    """What two words are to each other."""

    SYNONYM = "synonym"
    SIBLING = "sibling"
    ANTONYM = "antonym"
    NOT = "not"
    UNKNOWN = "unknown"


class Relations:
    """The dictionaries, asked about pairs.

    Args:
        lexicons: thesauri in Cilin's shape; what one calls synonyms are synonyms.
    """

    def __init__(self, lexicons: Sequence[Cilin]) -> None:
        self.lexicons = tuple(lexicons)

    def of(self, one: str, other: str) -> Relation:
        """Return what the words are to each other: synonyms before opposites, those before siblings.

        The opposite of a synonym is an opposite, too: 左边 is one of 右方, as 左方 is.
        """
        if any(lexicon.relation(one, other) == "=" for lexicon in self.lexicons):
            return Relation.SYNONYM
        if any(are_opposites(same, other) for same in (one, *self.synonyms(one))):
            return Relation.ANTONYM
        if any(self._are_siblings(lexicon, one, other) for lexicon in self.lexicons):
            return Relation.SIBLING
        return Relation.UNKNOWN

    def synonyms(self, word: str) -> tuple[str, ...]:
        """Return all words that a thesaurus calls synonyms of ``word``."""
        return tuple(dict.fromkeys(other for lexicon in self.lexicons for other in lexicon.synonyms(word)))

    def codes(self, word: str) -> tuple[str, ...]:
        """Return the codes of ``word``, one a sense."""
        return tuple(dict.fromkeys(code for lexicon in self.lexicons for code in lexicon.codes(word)))

    @staticmethod
    def _are_siblings(lexicon: Cilin, one: str, other: str) -> bool:
        return lexicon.relation(one, other) is not None or lexicon.shared_level(one, other) >= SIBLING_LEVEL
