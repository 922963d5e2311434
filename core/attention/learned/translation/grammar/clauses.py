"""Clauses: who did what to whom, when, where and how, in the order of each language.

Chinese says time, manner and place before the verb, English after the object. A clause can leave its subject or its
object out, which makes it a relative clause: 我 昨天 买 的 书, the book that I bought yesterday.
"""

from __future__ import annotations

from itertools import chain
from random import Random

from core.attention.learned.translation.grammar import noun_phrases as nouns
from core.attention.learned.translation.grammar.lexicon import (
    AROUND,
    DRINKING,
    EATEN,
    EATING,
    GIVING,
    GOING,
    INTRANSITIVE,
    MANNERS,
    ON,
    PLACES,
    PUTTING,
    STATIVE,
    SURFACES,
    TRANSITIVE,
    Verb,
)
from core.attention.learned.translation.grammar.pieces import (
    Agreement,
    NounPhrase,
    Phrase,
    Source,
    Target,
    helping,
    said,
    words,
)
from core.attention.learned.translation.grammar.predicates import EXPERIENCED, PAST, STATES, TENSES, Tense, VerbGroup


class Clause:
    """A clause whose parts are drawn and whose order is not settled yet: a statement or a question is made of it."""

    def __init__(self, rng: Random, depth: int, *, tense: Tense | None = None, richness: float = 0.35) -> None:
        """Draw the parts.

        Args:
            rng: draws them.
            depth: how many relative clauses may stand in each other.
            tense: when; drawn too where it is not given.
            richness: how often each of time, place and manner is said.
        """
        self._rng, self._depth = rng, depth
        self.tense = tense or rng.choice(TENSES)
        self.subject = nouns.person(rng, maybe_relative(rng, depth))
        self.time = self.tense.time(rng) if rng.random() < richness + 0.2 else Phrase()
        self.manner = _manner(rng) if rng.random() < richness * 0.6 else Phrase()
        self.place = place(rng) if rng.random() < richness else Phrase()
        self.time_first = rng.random() < 0.3
        self._draw_action()

    def _draw_action(self) -> None:
        rng = self._rng
        kind = rng.random()
        if kind < 0.46:
            self._transitive()
        elif kind < 0.56:
            self._state()
        elif kind < 0.64:
            what = nouns.portion(rng)
            self._set(EATING if what.zh[-1].text in EATEN else DRINKING, Phrase(what.zh, what.en))
        elif kind < 0.74:
            self._giving()
        elif kind < 0.82:
            self._putting()
        elif kind < 0.90:
            self._going()
        else:
            self._set(rng.choice(INTRANSITIVE), Phrase())

    def _transitive(self) -> None:
        verb = self._rng.choice(TRANSITIVE)
        what = nouns.thing(self._rng, verb.objects, maybe_relative(self._rng, self._depth))
        self._set(verb, Phrase(what.zh, what.en))

    def _state(self) -> None:
        """喜欢 书, like the book: nothing is said of when, where and how."""
        verb = self._rng.choice(STATIVE)
        what = nouns.thing(self._rng, verb.objects, maybe_relative(self._rng, self._depth))
        self.tense = self._rng.choice(STATES)
        self.time = self.manner = self.place = Phrase()
        self._set(verb, Phrase(what.zh, what.en))

    def _going(self) -> None:
        """去 公园, go to the park; 去 公园 看 电影, go to the park to watch the film."""
        rng, verb, row = self._rng, self._rng.choice(GOING), self._rng.choice(PLACES)
        where = _the(row.zh, row.en)
        self.place = Phrase()
        if verb.zh != "离开" and rng.random() < 0.3:
            purpose = rng.choice(TRANSITIVE)
            what, do = nouns.thing(rng, purpose.objects), Source(purpose.zh)
            there = (*where.en, *helping("to", do), *words(purpose.base, do), *what.en)
            where = Phrase((*where.zh, do, *what.zh), there)
        self._set(verb, where)

    def _giving(self) -> None:
        """把 书 还 给 老师, return the book to the teacher."""
        rng, verb = self._rng, self._rng.choice(GIVING)
        self._without_guo()
        what, whom = nouns.thing(rng, verb.objects, maybe_relative(rng, self._depth)), nouns.person(rng)
        ba, to = Source("把"), said("给", "to")
        self._set(verb, Phrase((), (*what.en, *to.en, *whom.en)), (ba, *what.zh), (*to.zh, *whom.zh))

    def _putting(self) -> None:
        """把 书 放 在 桌子 上, put the book on the table."""
        rng, verb = self._rng, self._rng.choice(PUTTING)
        self._without_guo()
        what, where = nouns.thing(rng, verb.objects), _around(rng, "surface")
        self.place = Phrase()
        self._set(verb, Phrase((), (*what.en, *where.en)), (Source("把"), *what.zh), where.zh)

    def _without_guo(self) -> None:
        """Behind 把 … 给 … and 放 在 … there is no room for 过."""
        if self.tense is EXPERIENCED:
            self.tense = PAST

    def _set(self, verb: Verb, rest: Phrase, before: tuple[Source, ...] = (), behind: tuple[Source, ...] = ()) -> None:
        self.group: VerbGroup = self.tense.build(self._rng, verb, self.subject.agreement)
        self.rest, self.before_verb, self.behind_verb = rest, before, behind

    def _verb_and_rest(self) -> tuple[Source, ...]:
        """Return the verb with what follows; 了 comes last where 把 has brought the object forward."""
        if self.behind_verb:
            return (self.group.verb, *self.behind_verb, *self.group.after)
        return (*self.group.core, *self.rest.zh)

    def zh(self, *, question: tuple[Source, ...] = ()) -> tuple[Source, ...]:
        """Return the Chinese clause; ``question`` asks for time or reason, and stands where that stands."""
        before, where = self.group.before, self.place.zh
        if len(where) > 2 and not self.manner.zh and before and before[-1].text == "正在":
            where = where[1:]  # one 在 is enough: 正在 公园 里
        first = (self.subject.zh, self.time.zh)  # 我 昨天 or 昨天 我
        return (
            *chain(*(reversed(first) if self.time_first else first)), *question, *before,
            *self.manner.zh, *where, *self.before_verb, *self._verb_and_rest(),
        )  # fmt: skip

    def _adverbials(self) -> tuple[Target, ...]:
        return (*self.manner.en, *self.place.en, *self.time.en)

    def statement(self, *, le: bool = True) -> Phrase:
        """Return the clause as it is stated; without 了 where it takes none."""
        if not le:
            self.group = self.group.without_le()
        return Phrase(self.zh(), (*self.subject.subject, *self.group.en, *self.rest.en, *self._adverbials()))

    def question(self, asked: Phrase) -> Phrase:
        """Return the clause as a question for 为什么, which English puts before helper and subject."""
        en = (*asked.en, *self.group.helper, *self.subject.subject, *self.group.asked, *self.rest.en)
        return Phrase(self.zh(question=asked.zh), (*en, *self._adverbials()))

    def yes_or_no(self) -> Phrase:
        """Return the clause as a question with 吗, whose share in English is that the helper comes first."""
        ma = Source("吗")
        helper = tuple(Target(word.text, word.sure, (*word.possible, ma)) for word in self.group.helper)
        en = (*helper, *self.subject.subject, *self.group.asked, *self.rest.en, *self._adverbials())
        return Phrase((*self.zh(), ma), en)


def maybe_relative(rng: Random, depth: int, share: float = 0.3) -> nouns.Relative | None:
    """Return, with the probability ``share``, what makes a relative clause, with others in it down to ``depth``."""
    if depth > 0 and rng.random() < share:
        return lambda drawn, kind, agreement: relative_clause(drawn, kind, agreement, depth - 1)
    return None


def relative_clause(rng: Random, kind: str, agreement: Agreement, depth: int) -> Phrase:
    """Return what stands before the noun in Chinese and behind it in English."""
    clause = Clause(rng, depth, richness=0.25)
    of, is_state = Source("的"), clause.tense in STATES
    verbs = STATIVE if is_state else TRANSITIVE
    if kind == "person":  # 喜欢 … 的 学生: who likes …; the subject is left out
        clause.group = clause.tense.build(rng, rng.choice(INTRANSITIVE), agreement)
        clause.rest, clause.before_verb, clause.behind_verb = Phrase(), (), ()
        if is_state or rng.random() < 0.7:
            verb = rng.choice(verbs)
            what = nouns.thing(rng, verb.objects)
            clause.group = clause.tense.build(rng, verb, agreement)
            clause.rest = Phrase(what.zh, what.en)
        clause.subject = NounPhrase((), (), (), agreement)
        stated = clause.statement(le=False)
        return Phrase((*stated.zh, of), (*helping("who", of), *stated.en))
    verb = rng.choice([row for row in verbs if kind in row.objects.split(",")])
    group = clause.tense.build(rng, verb, clause.subject.agreement)
    clause.group, clause.rest, clause.before_verb, clause.behind_verb = group, Phrase(), (), ()
    stated = clause.statement(le=False)
    return Phrase((*stated.zh, of), (*helping("that", of), *stated.en))


def _the(zh: str, en: str) -> Phrase:
    source = Source(zh)
    return Phrase((source,), (*helping("the", source), *words(en, source)))


def place(rng: Random) -> Phrase:
    """Return 在 公园 里, in the park."""
    return _around(rng, "place")


def _around(rng: Random, kind: str) -> Phrase:
    """Return 在 公园 里, in the park: what English says first stands last in Chinese."""
    what = rng.choice(PLACES if kind == "place" else SURFACES)
    where = rng.choice(AROUND if kind == "place" else ON)
    at, side, thing = Source("在"), Source(where.zh), _the(what.zh, what.en)
    if where.zh == "里" and rng.random() < 0.3:  # 在 公园 is enough
        return Phrase((at, *thing.zh), (*words(where.en, at), *thing.en))
    first = tuple(Target(word, (side,), (at,)) for word in where.en.split("_"))
    return Phrase((at, *thing.zh, side), (*first, *thing.en))


def _manner(rng: Random) -> Phrase:
    row = rng.choice(MANNERS)
    how, of = Source(row.zh), Source("地")
    return Phrase((how, of), (Target(row.en, (how,), (of,)),))
