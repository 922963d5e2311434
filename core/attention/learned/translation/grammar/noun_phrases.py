"""Noun phrases: measure words, possession, adjectives, and relative clauses, which stand before the noun in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from core.attention.learned.translation.grammar.lexicon import (
    COLOURS,
    FOR_PEOPLE,
    FOR_THINGS,
    NAMES,
    NUMBERS,
    OBJECTS,
    PEOPLE,
    PORTIONS,
    PRONOUNS,
    SHORT,
    Noun,
)
from core.attention.learned.translation.grammar.pieces import (
    Agreement,
    NounPhrase,
    Phrase,
    Source,
    Target,
    also,
    helping,
    said,
    words,
)

Relative = Callable[[Random, str, Agreement], Phrase]
"""Makes a relative clause about a noun of the kind it is given ("person", "text", …), with which its verb agrees."""

_ADJECTIVE: Final = 0.3


def pronoun(rng: Random) -> NounPhrase:
    """Return 我, 你, 他 … in the case that is asked for."""
    zh = rng.choice(list(PRONOUNS))
    subject, other, _mine, _agreement = PRONOUNS[zh]
    source = Source(zh)
    return NounPhrase((source,), words(other, source), words(subject, source), agreement_of(zh))


def agreement_of(zh: str) -> Agreement:
    """Return how a verb agrees with a pronoun."""
    agreement = PRONOUNS[zh][3]
    assert agreement in ("I", "he", "they")
    return agreement  # type: ignore[return-value]


def name(rng: Random) -> NounPhrase:
    """Return somebody's name."""
    phrase = said(*_pair(rng.choice(NAMES)))
    return NounPhrase(phrase.zh, phrase.en, phrase.en)


def person(rng: Random, relative: Relative | None = None) -> NounPhrase:
    """Return somebody: a pronoun, a name, or a noun with what belongs to it."""
    kind = rng.random()
    if relative is None and kind < 0.35:
        return pronoun(rng)
    if relative is None and kind < 0.55:
        return name(rng)
    return noun_phrase(rng, "person", relative)


def thing(rng: Random, kinds: str, relative: Relative | None = None) -> NounPhrase:
    """Return something of one of ``kinds``, names of ``OBJECTS`` with commas between them."""
    kind = rng.choice(kinds.split(","))
    if kind == "person" and relative is None and rng.random() < 0.5:
        return pronoun(rng) if rng.random() < 0.5 else name(rng)
    return noun_phrase(rng, kind, relative)


def noun_phrase(rng: Random, kind: str, relative: Relative | None = None) -> NounPhrase:
    """Return determiner, relative clause, adjective and noun, in the order of each language.

    这 两 本 我 昨天 买 的 新 书: these two new books that I bought yesterday.
    """
    noun = rng.choice(PEOPLE if kind == "person" else OBJECTS[kind])
    source = Source(noun.zh)
    bare = 0.5 if relative is not None else 0.22
    before_zh, before_en, plural = _determiner(rng, noun, source, bare)
    known = not before_zh or before_zh[-1].text == "的"  # the book, my book: there can be a newest one
    quality = _adjective(rng, kind, known=known) if rng.random() < _ADJECTIVE else Phrase()
    agreement: Agreement = "they" if plural else "he"
    clause = relative(rng, kind, agreement) if relative is not None else Phrase()
    zh = (*before_zh, *clause.zh, *quality.zh, source)
    en = (*before_en, *quality.en, *words(noun.many if plural else noun.one, source))
    en = (*en[:-1], *also(en[-1:], *_measures(before_zh, noun)), *clause.en)
    return NounPhrase(zh, en, en, agreement)


def portion(rng: Random) -> NounPhrase:
    """Return 两 杯 茶, "two cups of tea": here the measure word has a word of its own."""
    row = rng.choice(PORTIONS)
    measure, what = Source(row.measure), Source(row.zh)
    if rng.random() < 0.5:
        number, counted = said("一", "a"), row.one
    else:
        number, counted = said(*_pair(rng.choice(NUMBERS))), row.many
    zh = (*number.zh, measure, what)
    en = (*number.en, *words(counted, measure), *helping("of", measure), *words(row.en, what))
    return NounPhrase(zh, en, en, "he" if counted == row.one else "they")


def _determiner(
    rng: Random, noun: Noun, source: Source, bare: float
) -> tuple[tuple[Source, ...], tuple[Target, ...], bool]:
    """Return the words before the noun in both languages, and whether the English noun is plural.

    With the probability ``bare`` there are none: what the noun is about is known.
    """
    if rng.random() < bare:
        return (), helping("the", source), False
    kind, measure = rng.uniform(0.22, 1.0), Source(noun.measure)
    if kind < 0.78:
        return _counted(rng, kind, measure)
    if kind < 0.95:
        return (*_owner(rng, kind < 0.90), False)
    many = said("许多", "many")
    return many.zh, many.en, True


def _counted(rng: Random, kind: float, measure: Source) -> tuple[tuple[Source, ...], tuple[Target, ...], bool]:
    """Return what a measure word stands behind: 一 本, 三 本, 这 本, 这 三 本."""
    number = said(*_pair(rng.choice(NUMBERS)))
    if kind < 0.42:
        one = said("一", "a")
        return (*one.zh, measure), one.en, False
    if kind < 0.55:
        return (*number.zh, measure), number.en, True
    if kind < 0.70:
        this = said(*rng.choice((("这", "this"), ("那", "that"), ("每", "every"))))
        return (*this.zh, measure), this.en, False
    these = said(*rng.choice((("这", "these"), ("那", "those"))))
    return (*these.zh, *number.zh, measure), (*these.en, *number.en), True


def _owner(rng: Random, is_pronoun: bool) -> tuple[tuple[Source, ...], tuple[Target, ...]]:
    of = Source("的")
    if is_pronoun:
        owner = Source(rng.choice(list(PRONOUNS)))
        return (owner, of), also(words(PRONOUNS[owner.text][2], owner), of)
    owned = name(rng)
    return (*owned.zh, of), (*owned.en, Target("'s", (of,)))


def _adjective(rng: Random, kind: str, *, known: bool) -> Phrase:
    row = rng.choice(FOR_PEOPLE if kind == "person" else FOR_THINGS + COLOURS)
    quality, of = Source(row.zh), Source("的")
    if known and row.superlative and rng.random() < 0.4:
        most = Source("最")
        return Phrase((most, quality, of), also(words(row.superlative, most, quality), of))
    if row.zh in SHORT and rng.random() < 0.6:
        return Phrase((quality,), words(row.en, quality))
    return Phrase((quality, of), also(words(row.en, quality), of))


def _measures(before: tuple[Source, ...], noun: Noun) -> tuple[Source, ...]:
    return before[-1:] if before and before[-1].text == noun.measure else ()


def _pair(row: object) -> tuple[str, str]:
    return row.zh, row.en  # type: ignore[attr-defined]
