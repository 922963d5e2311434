"""Whole sentences: statements, questions, comparisons, and two clauses that the languages put in different orders."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from random import Random
from typing import Final

from core.attention.learned.translation.grammar import noun_phrases as nouns
from core.attention.learned.translation.grammar.clauses import Clause, maybe_relative, place
from core.attention.learned.translation.grammar.lexicon import FOR_PEOPLE, FOR_THINGS, PEOPLE, SAYING
from core.attention.learned.translation.grammar.pieces import (
    NounPhrase,
    Phrase,
    SentencePair,
    Source,
    Target,
    finished,
    helping,
    said,
    words,
)
from core.attention.learned.translation.grammar.predicates import CONDITIONS, FUTURE, PAST, be, present

LONGEST: Final = 40
"""Chinese words a sentence may have."""
_OFFERED: Final = 3000
_OFFERED_SEED: Final = 7
_SHORT: Final = 14

_SUBORDINATE: Final = (
    # first word, second word, and the English one, which comes between the clauses in the other order
    ("因为", "所以", "because"),
    ("如果", "就", "if"),
    ("虽然", "但是", "although"),
)
_TEMPORAL: Final = (("以前", "before"), ("以后", "after"))


def sentences(seed: int) -> Iterator[SentencePair]:
    """Yield sentences without end, the same for the same seed; some come more than once."""
    rng = Random(seed)  # noqa: S311  nothing secret is drawn
    while True:
        pair = _sentence(rng)
        if len(pair.zh) <= LONGEST:
            yield pair


def _sentence(rng: Random) -> SentencePair:
    depth = rng.choice((0, 0, 1, 1, 2))
    kind = rng.random()
    if kind < 0.32:
        return finished(Clause(rng, depth).statement())
    if kind < 0.42:
        return _question(rng, depth)
    if kind < 0.56:
        return finished(_quality(rng, depth))
    if kind < 0.66:
        return finished(_reported(rng, depth))
    if kind < 0.90:
        return finished(_subordinated(rng, depth))
    return finished(_contrasted(rng, depth))


def _question(rng: Random, depth: int) -> SentencePair:
    clause = Clause(rng, depth)
    if rng.random() < 0.5:
        return finished(clause.yes_or_no(), "？")
    if clause.time.zh or clause.tense not in (PAST, FUTURE) or rng.random() < 0.5:
        asked = said("为什么", "why")
    else:
        asked = said("什么时候", "when")
    return finished(clause.question(asked), "？")


def _quality(rng: Random, depth: int) -> Phrase:
    """Return 这 本 书 很 贵, a comparison with 比, or what somebody is."""
    about_people = rng.random() < 0.5
    adjectives = FOR_PEOPLE if about_people else FOR_THINGS
    kind = rng.choice(("text", "goods", "machine", "animal"))
    relative = maybe_relative(rng, depth + 1, 0.5)  # 我 昨天 买 的 书 很 贵 is short enough to be usual
    who = nouns.person(rng, relative) if about_people else nouns.noun_phrase(rng, kind, relative)
    choice = rng.random()
    if choice < 0.15:
        where = place(rng)
        am = words(be(who.agreement), where.zh[0])
        return Phrase((*who.zh, *where.zh), (*who.subject, *am, *where.en))
    if about_people and choice < 0.35:
        return _occupation(rng, who)
    if choice < 0.7:
        row = rng.choice(adjectives)
        how, quality = Source(rng.choice(("很", "非常"))), Source(row.zh)
        very = words("very", how) if how.text == "非常" else ()
        am = helping(be(who.agreement), how)
        return Phrase((*who.zh, how, quality), (*who.subject, *am, *very, *words(row.en, quality)))
    row = rng.choice([row for row in adjectives if row.comparative])
    other = nouns.person(rng) if about_people else nouns.noun_phrase(rng, kind)
    than, quality = Source("比"), Source(row.zh)
    en = (*who.subject, *helping(be(who.agreement), than), *words(row.comparative, quality), *words("than", than))
    return Phrase((*who.zh, than, *other.zh, quality), (*en, *other.en))


def _occupation(rng: Random, who: NounPhrase) -> Phrase:
    """Return 她 是 一 位 医生, she is a doctor."""
    am, noun = Source("是"), rng.choice(PEOPLE)
    one, measure, what = said("一", "a"), Source(noun.measure), Source(noun.zh)
    if who.agreement != "they" and rng.random() < 0.4:
        en = (*words(be(who.agreement), am), *helping("a", what), *words(noun.one, what))
        return Phrase((*who.zh, am, what), (*who.subject, *en))
    if who.agreement == "they":
        return Phrase((*who.zh, am, what), (*who.subject, *words("are", am), *words(noun.many, what)))
    en = (*words(be(who.agreement), am), *one.en, *(Target(word, (what,), (measure,)) for word in noun.one.split("_")))
    return Phrase((*who.zh, am, *one.zh, measure, what), (*who.subject, *en))


def _reported(rng: Random, depth: int) -> Phrase:
    """Return 老师 认为 …, the teacher thinks that something is so."""
    who, row = nouns.person(rng), rng.choice(SAYING)
    verb, inner = Source(row.zh), Clause(rng, depth).statement()
    en = (*who.subject, *words(present(row, who.agreement), verb), *helping("that", verb))
    return Phrase((*who.zh, verb, *inner.zh), (*en, *inner.en))


def _subordinated(rng: Random, depth: int) -> Phrase:
    """Return two clauses, the first of Chinese last in English: 因为 A ， 所以 B is "B because A"."""
    comma = Source("，")
    if rng.random() < 0.6:
        one, other, en = rng.choice(_SUBORDINATE)
        tense = rng.choice(CONDITIONS) if en == "if" else None
        first, second = Clause(rng, depth, tense=tense).statement(), Clause(rng, 0).statement()
        open_, then = Source(one), Source(other)
        link = Target(en, (open_,), (then, comma))
        return Phrase((open_, *first.zh, comma, then, *second.zh), (*second.en, link, *first.en))
    zh, en = rng.choice(_TEMPORAL)
    first = Clause(rng, depth, tense=PAST).statement(le=zh == "以后")
    second = Clause(rng, 0, tense=PAST).statement()
    when = Source(zh)
    link = Target(en, (when,), (comma,))
    return Phrase((*first.zh, when, comma, *second.zh), (*second.en, link, *first.en))


def _contrasted(rng: Random, depth: int) -> Phrase:
    """Return two clauses in the same order."""
    first, second = Clause(rng, depth).statement(), Clause(rng, 0).statement()
    comma, link = said("，", ","), said(*rng.choice((("但是", "but"), ("而且", "and"))))
    return Phrase((*first.zh, *comma.zh, *link.zh, *second.zh), (*first.en, *comma.en, *link.en, *second.en))


@cache
def some_sentences() -> tuple[str, ...]:
    """Return short sentences to offer in place of one that no model of the grammar can read."""
    drawn = islice(sentences(_OFFERED_SEED), _OFFERED)
    return tuple("".join(pair.zh) for pair in drawn if len(pair.zh) <= _SHORT)
