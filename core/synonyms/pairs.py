"""A pair of words that may be synonyms, and the door through which mined pairs enter a store."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from core.language import _
from core.spoken_error import SpokenError

COSINE: Final = "cosine"
"""Score: cosine of the two word vectors, −1 to 1. Source: one word is among the other's nearest."""

GLOSS: Final = "gloss"
"""Score: how telling the shared CC-CEDICT glosses are, 0 to 1. Source: the words share an identical gloss."""

CHARACTERS: Final = "characters"
"""Score: Jaccard overlap of the two sets of characters, 0 to 1. Source: the words share characters."""

REFERENCE: Final = "reference"
"""Score: how firmly CC-CEDICT refers from one word to the other, 0 to 1. Source: it does refer."""

LEXICON: Final = "lexicon"
"""Score: 1. Source: a dictionary opened by the user lists the words in one synonym set."""

TRANSLATED: Final = "translated"
"""Score: how many sets of an English lexicon hold translations of both, 0 to 1. Source: one does."""

LONGEST_SET: Final = 200
"""Characters of the words that tell of a set of an English lexicon, at most."""

UNWRITABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Controls, line breaks, lone surrogates. ``str.isprintable`` would refuse hanzi that Python learns later."""


class SynonymsError(SpokenError):
    """Something a person can act upon went wrong; the message is one line and says what to do."""


class WordPair(NamedTuple):
    """Two different words in code point order, so that each unordered pair has one spelling."""

    word1: str
    word2: str


INVISIBLE: Final = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Signs that nobody sees and that make two words of one, or turn a line round: soft hyphens, zero-width blanks, the
marks of direction. The two joiners stay: some scripts and pictures (👩‍🔬) cannot be written without them."""


def clean_word(text: str) -> str:
    """Return ``text`` as words are kept: composed (NFC), without invisible signs and surrounding blanks.

    Whoever reads words, from whatever file, cleans them by this and keeps those that pass ``is_word``, so that two
    words that differ in a store are two words to a pair.
    """
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text)).strip()


def is_word(text: str) -> bool:
    """Tell whether a cleaned ``text`` can be a word of a pair: it is not empty and holds no control characters."""
    return bool(text) and not UNWRITABLE.search(text)


def word_pair(one: str, other: str) -> WordPair:
    """Return the two words cleaned and in code point order.

    Raises:
        SynonymsError: a word is empty, holds a tab or a line break, or both are the same word.
    """
    one, other = clean_word(one), clean_word(other)
    _check(one, other)
    return in_order(one, other)


def in_order(one: str, other: str) -> WordPair:
    """Return two different words that are clean, as a dictionary's are, in code point order."""
    return WordPair(one, other) if one < other else WordPair(other, one)


def _check(one: str, other: str) -> None:
    for word in (one, other):
        if not is_word(word):
            problem = _("{word!r} is not a word: it is empty or contains control characters.")
            raise SynonymsError(problem.format(word=word))
    if one == other:
        raise SynonymsError(_("A pair needs two different words; both are {word!r}.").format(word=one))


def character_jaccard(one: str, other: str) -> float:
    """Return the share of characters the words have in common: |A ∩ B| / |A ∪ B| of their sets."""
    a, b = set(one), set(other)
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair somebody should look at, with the evidence that brought it here.

    Attributes:
        word1: the word that comes first in code point order.
        word2: the other word.
        scores: score by name (``COSINE`` …); may hold more than the sources that proposed the pair gave.
        ranks: frequency rank of each word in the vocabulary mined, 1 = most frequent; None where absent.
        codes: dictionary codes of each word, such as ``Aa01A01=``.
        known: a dictionary already lists the two as synonyms.
        sources: names of the generators that proposed the pair, sorted.
        english_sets: sets of English lexicons that hold translations of both words, with these, such as ``WordNet
            10020890-n: doctor, physician``; they are what ``TRANSLATED`` knows of the pair.
    """

    word1: str
    word2: str
    scores: Mapping[str, float] = field(default_factory=dict)
    ranks: tuple[int | None, int | None] = (None, None)
    codes: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    known: bool = False
    sources: tuple[str, ...] = ()
    english_sets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self.word1, self.word2)
        if self.word1 > self.word2:
            raise ValueError(f"word1 must come before word2: {self.word1!r} > {self.word2!r}")

    @property
    def pair(self) -> WordPair:
        """The two words."""
        return WordPair(self.word1, self.word2)


class CandidateSink(Protocol):
    """Where mined candidates go: a store, or a list in a test.

    Adding is idempotent. A pair that is already there keeps what people decided about it; sources and scores
    that were not known before are merged into it, and it is not counted again.
    """

    def add(self, batch: Sequence[Candidate]) -> int:
        """Keep ``batch`` durably, all of it or nothing, and return how many pairs were new."""

    @property
    def completed_stages(self) -> AbstractSet[str]:
        """Stages of mining this store has seen to the end; mining it again skips them."""

    def complete_stage(self, stage: str) -> None:
        """Remember durably that ``stage`` has been seen to the end."""
