"""Sets of English words that mean the same, with their names: what WordNet and VerbNet give alike."""

from __future__ import annotations

from dataclasses import dataclass

from core.synonyms.pairs import WordPair


@dataclass(frozen=True, slots=True)
class EnglishSet:
    """Words of one meaning or class.

    Attributes:
        name: what the lexicon calls it, such as ``00001740-v`` or ``give-13.1``.
        words: its words, blanks between the parts of one, at least one.
        is_verbal: they are verbs, which CC-CEDICT explains with "to".
    """

    name: str
    words: tuple[str, ...]
    is_verbal: bool

    def meaning(self, word: str) -> str:
        """Return how CC-CEDICT would write that something means ``word`` of this set."""
        return f"to {word.lower()}" if self.is_verbal else word.lower()


@dataclass(frozen=True, slots=True)
class EnglishLexicon:
    """An English lexicon.

    Attributes:
        source: its name, such as ``WordNet``.
        sets: its sets.
        antonyms: words that are opposites of each other.
    """

    source: str
    sets: tuple[EnglishSet, ...]
    antonyms: frozenset[WordPair] = frozenset()
