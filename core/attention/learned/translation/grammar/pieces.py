"""What sentences are built of: words that remember, however they are reordered, what they translate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, Literal

Agreement = Literal["I", "he", "they"]
"""How an English verb agrees with its subject: am / is / are."""

VOWELS: Final = tuple("aeiou")


@dataclass(eq=False, slots=True)
class Source:
    """One Chinese word. Two of the same text are two words: identity is what a link points at."""

    text: str


@dataclass(eq=False, slots=True)
class Target:
    """One English word, and the Chinese words it translates.

    ``sure`` are words of the same meaning; ``possible`` are those that only the grammar of one side needs: a measure
    word beside its noun, 了 beside a verb in the past, the noun beside "the" (Och and Ney 2003, section 4).
    """

    text: str
    sure: tuple[Source, ...] = ()
    possible: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """The same said in both languages, each in its own order."""

    zh: tuple[Source, ...] = ()
    en: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A phrase that can be subject or object.

    Attributes:
        zh: its Chinese words.
        en: its English words as an object.
        subject: its English words as a subject, where pronouns differ.
        agreement: how a verb agrees with it.
    """

    zh: tuple[Source, ...]
    en: tuple[Target, ...]
    subject: tuple[Target, ...]
    agreement: Agreement = "he"


Link = tuple[int, int]
"""(position of the English word, position of the Chinese word)."""


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence in both languages with its gold alignment.

    Attributes:
        zh: Chinese words.
        en: English words.
        sure: links that have to be found.
        possible: links that may be found; the sure ones are among them.
    """

    zh: tuple[str, ...]
    en: tuple[str, ...]
    sure: frozenset[Link] = field(default=frozenset())
    possible: frozenset[Link] = field(default=frozenset())


def said(zh: str, en: str) -> Phrase:
    """Return one Chinese word and what it is in English, ``_`` between the words of it, all of them sure."""
    source = Source(zh)
    return Phrase((source,), tuple(Target(word, (source,)) for word in en.split("_")))


def words(en: str, *sources: Source) -> tuple[Target, ...]:
    """Return the English words of ``en``, ``_`` between them, each a sure translation of ``sources``."""
    return tuple(Target(word, sources) for word in en.split("_"))


def helping(en: str, *sources: Source) -> tuple[Target, ...]:
    """Return English words that only stand there for grammar's sake, possible translations of ``sources``."""
    return tuple(Target(word, (), sources) for word in en.split("_"))


def also(targets: Iterable[Target], *sources: Source) -> tuple[Target, ...]:
    """Return ``targets`` with ``sources`` as further possible links."""
    return tuple(replace(target, possible=(*target.possible, *sources)) for target in targets)


def finished(phrase: Phrase, mark: str = "。") -> SentencePair:
    """Return a whole sentence with its full stop, its "a" or "an" by ear, and its links by position."""
    stop = Source(mark)
    zh = (*phrase.zh, stop)
    en = (*phrase.en, Target("?" if mark == "？" else ".", (stop,)))
    place = {source: at for at, source in enumerate(zh)}
    sure = frozenset((at, place[source]) for at, target in enumerate(en) for source in target.sure)
    # A word of grammar may have been left out since the link to it was made.
    possible = frozenset((at, place[one]) for at, target in enumerate(en) for one in target.possible if one in place)
    return SentencePair(tuple(source.text for source in zh), _with_articles(en), sure, possible | sure)


def _with_articles(en: tuple[Target, ...]) -> tuple[str, ...]:
    texts = [target.text for target in en]
    return tuple("an" if text == "a" and texts[at + 1].startswith(VOWELS) else text for at, text in enumerate(texts))
