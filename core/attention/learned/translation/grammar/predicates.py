"""Tense and aspect: what stands around the verb in Chinese, and which form the verb takes in English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from core.attention.learned.translation.grammar.lexicon import (
    AT_ONCE,
    FUTURE_TIMES,
    HABITS,
    INTENTIONS,
    MODALS,
    MUST,
    NUMBERS,
    PAST_TIMES,
    SPANS,
    USUAL_TIMES,
    Verb,
)
from core.attention.learned.translation.grammar.pieces import (
    Agreement,
    Phrase,
    Source,
    Target,
    helping,
    said,
    words,
)

_BE: Final[dict[Agreement, str]] = {"I": "am", "he": "is", "they": "are"}


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its helpers.

    Attributes:
        before: Chinese words before the verb, and before what says how and where.
        verb: the Chinese verb.
        after: what follows it: 了, 过.
        en: the whole group in English.
        helper: English helpers that a question puts before its subject; ``en`` goes on without them then.
        asked: what is left of ``en`` behind the subject of a question.
    """

    before: tuple[Source, ...]
    verb: Source
    after: tuple[Source, ...]
    en: tuple[Target, ...]
    helper: tuple[Target, ...]
    asked: tuple[Target, ...]

    def without_le(self) -> VerbGroup:
        """Return the same without 了, which a relative clause and 以前 don't take."""
        if [source.text for source in self.after] != ["了"]:
            return self
        en = tuple(Target(word.text, word.sure) for word in self.en)
        return replace(self, after=(), en=en, helper=())

    @property
    def core(self) -> tuple[Source, ...]:
        """The verb and what follows it."""
        return (self.verb, *self.after)


@dataclass(frozen=True, slots=True)
class Tense:
    """How a verb is put, and when that may be."""

    build: Callable[[Random, Verb, Agreement], VerbGroup]
    time: Callable[[Random], Phrase]


def be(agreement: Agreement) -> str:
    """Return am, is or are."""
    return _BE[agreement]


def present(verb: Verb, agreement: Agreement) -> str:
    """Return the verb as it is said of what is usual."""
    return verb.third if agreement == "he" else verb.base


def _past(_rng: Random, verb: Verb, _agreement: Agreement) -> VerbGroup:
    source, done = Source(verb.zh), Source("了")
    past = tuple(Target(word, (source,), (done,)) for word in verb.past.split("_"))
    return VerbGroup((), source, (done,), past, helping("did", done), words(verb.base, source))


def _experienced(_rng: Random, verb: Verb, agreement: Agreement) -> VerbGroup:
    source, ever = Source(verb.zh), Source("过")
    have = words("has" if agreement == "he" else "have", ever)
    had = words(verb.participle, source)
    return VerbGroup((), source, (ever,), (*have, *had), have, had)


def _under_way(rng: Random, verb: Verb, agreement: Agreement) -> VerbGroup:
    if verb.zh in AT_ONCE:
        return _experienced(rng, verb, agreement)
    source, now = Source(verb.zh), Source("正在")
    am, doing = words(be(agreement), now), words(verb.ing, source)
    return VerbGroup((now,), source, (), (*am, *doing), am, doing)


def _future(_rng: Random, verb: Verb, _agreement: Agreement) -> VerbGroup:
    source, will = Source(verb.zh), said("会", "will")
    do = words(verb.base, source)
    return VerbGroup(will.zh, source, (), (*will.en, *do), will.en, do)


def _modal(rng: Random, verb: Verb, _agreement: Agreement) -> VerbGroup:
    row = rng.choice(MODALS)
    source, may = Source(verb.zh), said(row.zh, row.en)
    do, no = words(verb.base, source), said("不", "not")
    if row is not MUST and rng.random() < 0.3:
        return VerbGroup((*no.zh, *may.zh), source, (), (*may.en, *no.en, *do), may.en, (*no.en, *do))
    return VerbGroup(may.zh, source, (), (*may.en, *do), may.en, do)


def _intended(rng: Random, verb: Verb, agreement: Agreement) -> VerbGroup:
    row = rng.choice(INTENTIONS)
    wish, source = Source(row.zh), Source(verb.zh)
    do = (*helping("to", wish), *words(verb.base, source))
    helper = helping("does" if agreement == "he" else "do", wish)
    said_so = words(present(row, agreement), wish)
    return VerbGroup((wish,), source, (), (*said_so, *do), helper, (*words(row.base, wish), *do))


def _usual(rng: Random, verb: Verb, agreement: Agreement) -> VerbGroup:
    row = rng.choice(HABITS)
    often, source = said(row.zh, row.en), Source(verb.zh)
    helper = helping("does" if agreement == "he" else "do", source)
    asked = (*often.en, *words(verb.base, source))
    return VerbGroup(often.zh, source, (), (*often.en, *words(present(verb, agreement), source)), helper, asked)


def _never_did(_rng: Random, verb: Verb, _agreement: Agreement) -> VerbGroup:
    source, no = Source(verb.zh), Source("没有")
    do = words(verb.base, source)
    did, no_en = helping("did", no), words("not", no)
    return VerbGroup((no,), source, (), (*did, *no_en, *do), did, (*no_en, *do))


def _does_not(_rng: Random, verb: Verb, agreement: Agreement) -> VerbGroup:
    source, no = Source(verb.zh), Source("不")
    do, no_en = words(verb.base, source), words("not", no)
    helper = helping("does" if agreement == "he" else "do", no)
    return VerbGroup((no,), source, (), (*helper, *no_en, *do), helper, (*no_en, *do))


def _is_so(_rng: Random, verb: Verb, agreement: Agreement) -> VerbGroup:
    source = Source(verb.zh)
    helper = helping("does" if agreement == "he" else "do", source)
    return VerbGroup((), source, (), words(present(verb, agreement), source), helper, words(verb.base, source))


def nothing(_rng: Random) -> Phrase:
    """Return no time at all."""
    return Phrase()


def past_time(rng: Random) -> Phrase:
    """Return when it was: 昨天, 上 个 星期, 三 天 以前."""
    kind = rng.random()
    if kind < 0.6:
        row = rng.choice(PAST_TIMES)
        return said(row.zh, row.en)
    if kind < 0.8:
        return _week("上", "last")
    row, (zh, _one, many) = rng.choice(NUMBERS), rng.choice(SPANS)
    number, span, ago = said(row.zh, row.en), Source(zh), said("以前", "ago")
    counter = (Source("个"),) if zh in ("月", "星期") else ()
    return Phrase((*number.zh, *counter, span, *ago.zh), (*number.en, Target(many, (span,), counter), *ago.en))


def future_time(rng: Random) -> Phrase:
    """Return when it will be: 明天, 下 个 月."""
    if rng.random() < 0.7:
        row = rng.choice(FUTURE_TIMES)
        return said(row.zh, row.en)
    return _week("下", "next")


def usual_time(rng: Random) -> Phrase:
    """Return when it is so again and again: 每 天, 晚上."""
    if rng.random() < 0.4:
        zh, one, _many = rng.choice(SPANS)
        every, span = said("每", "every"), Source(zh)
        counter = (Source("个"),) if zh in ("月", "星期") else ()
        return Phrase((*every.zh, *counter, span), (*every.en, Target(one, (span,), counter)))
    return part_of_time(rng)


def part_of_time(rng: Random) -> Phrase:
    """Return 早上, 周末 …, in which something happens more or less often."""
    row = rng.choice(USUAL_TIMES)
    source = Source(row.zh)
    *small, last = row.en.split("_")
    return Phrase((source,), (*(Target(word, (), (source,)) for word in small), Target(last, (source,))))


def _week(zh: str, en: str) -> Phrase:
    which, counter, week = Source(zh), Source("个"), Source("星期")
    return Phrase((which, counter, week), (Target(en, (which,)), Target("week", (week,), (counter,))))


PAST: Final = Tense(_past, past_time)
EXPERIENCED: Final = Tense(_experienced, nothing)
FUTURE: Final = Tense(_future, future_time)
CONDITIONS: Final = (
    Tense(_modal, future_time),
    Tense(_intended, future_time),
    Tense(_usual, part_of_time),
    Tense(_does_not, usual_time),
)
"""What can stand behind "if" as it is."""
STATES: Final = (Tense(_is_so, nothing), Tense(_is_so, nothing), Tense(_does_not, nothing))
"""Of verbs that say what is so."""
TENSES: Final = (
    PAST,
    PAST,
    PAST,
    EXPERIENCED,
    Tense(_under_way, nothing),
    FUTURE,
    FUTURE,
    Tense(_never_did, past_time),
    *CONDITIONS,
)
"""As often as they are drawn."""
