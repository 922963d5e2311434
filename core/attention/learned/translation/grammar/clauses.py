"""Clauses: who did what to whom, when, where and how, in the order of each language.

Chinese says time, manner and place before the verb, English after the object. A clause can leave its subject or its
object out, which makes it a relative clause: 我 昨天 买 的 书, the book that I bought yesterday.
"""

from __future__ import annotations

from random import Random

from core.attention.learned.translation.grammar import noun_phrases as nouns
from core.attention.learned.translation.grammar.lexicon import (
    AROUND,
    DRINKING,
    GIVING,
    GOING,
    INTRANSITIVE,
    MANNERS,
    ON,
    PLACES,
    PUTTING,
    SURFACES,
    TRANSITIVE,
    Verb,
)
from core.attention.learned.translation.grammar.pieces import NounPhrase, Phrase, Source, Target, helping, said, words
from core.attention.learned.translation.grammar.predicates import TENSES, Tense, VerbGroup


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
        self.subject = nouns.person(rng, self._relative())
        self.time = self.tense.time(rng) if rng.random() < richness + 0.2 else Phrase()
        self.manner = _manner(rng) if rng.random() < richness * 0.6 else Phrase()
        self.place = _place(rng) if rng.random() < richness else Phrase()
        self._draw_action()

    def _draw_action(self) -> None:
        rng = self._rng
        kind = rng.random()
        if kind < 0.56:
            self._transitive()
        elif kind < 0.64:
            verb, drink = DRINKING, nouns.portion(rng)
            self._set(verb, Phrase(drink.zh, drink.en))
        elif kind < 0.74:
            self._giving()
        elif kind < 0.82:
            self._putting()
        elif kind < 0.90:
            verb, row = rng.choice(GOING), rng.choice(PLACES)
            self.place = Phrase()
            self._set(verb, _the(row.zh, row.en))
        else:
            self._set(rng.choice(INTRANSITIVE), Phrase())

    def _transitive(self) -> None:
        verb = self._rng.choice(TRANSITIVE)
        what = nouns.thing(self._rng, verb.objects, self._relative())
        self._set(verb, Phrase(what.zh, what.en))

    def _giving(self) -> None:
        """把 书 还 给 老师, return the book to the teacher."""
        rng, verb = self._rng, self._rng.choice(GIVING)
        what, whom = nouns.thing(rng, verb.objects, self._relative()), nouns.person(rng)
        ba, to = Source("把"), said("给", "to")
        self._set(verb, Phrase((), (*what.en, *to.en, *whom.en)), (ba, *what.zh), (*to.zh, *whom.zh))

    def _putting(self) -> None:
        """把 书 放 在 桌子 上, put the book on the table."""
        rng, verb = self._rng, self._rng.choice(PUTTING)
        what, where = nouns.thing(rng, verb.objects), _around(rng, "surface")
        self.place = Phrase()
        self._set(verb, Phrase((), (*what.en, *where.en)), (Source("把"), *what.zh), where.zh)

    def _set(self, verb: Verb, rest: Phrase, before: tuple[Source, ...] = (), behind: tuple[Source, ...] = ()) -> None:
        self.group: VerbGroup = self.tense.build(self._rng, verb, self.subject.agreement)
        self.rest, self.before_verb, self.behind_verb = rest, before, behind

    def _relative(self) -> nouns.Relative | None:
        if self._depth > 0 and self._rng.random() < 0.3:
            depth = self._depth - 1
            return lambda rng, kind: relative_clause(rng, kind, depth)
        return None

    def _verb_and_rest(self) -> tuple[Source, ...]:
        """Return the verb with what follows; 了 comes last where 把 has brought the object forward."""
        if self.behind_verb:
            return (self.group.verb, *self.behind_verb, *self.group.after)
        return (*self.group.core, *self.rest.zh)

    def zh(self, *, question: tuple[Source, ...] = ()) -> tuple[Source, ...]:
        """Return the Chinese clause; ``question`` asks for time or reason, and stands where that stands."""
        before, place = self.group.before, self.place.zh
        if place and not self.manner.zh and before and before[-1].text == "正在":
            place = place[1:]  # one 在 is enough: 正在 公园 里
        return (
            *self.subject.zh, *self.time.zh, *question, *before, *self.manner.zh, *place,
            *self.before_verb, *self._verb_and_rest(),
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


def relative_clause(rng: Random, kind: str, depth: int) -> Phrase:
    """Return what stands before the noun in Chinese and behind it in English."""
    clause = Clause(rng, depth, richness=0.2)
    of = Source("的")
    if kind == "person":  # 喜欢 … 的 学生: who likes …; the subject is left out
        clause.group = clause.tense.build(rng, rng.choice(INTRANSITIVE), "he")
        clause.rest, clause.before_verb, clause.behind_verb = Phrase(), (), ()
        if rng.random() < 0.7:
            verb = rng.choice(TRANSITIVE)
            what = nouns.thing(rng, verb.objects)
            clause.group = clause.tense.build(rng, verb, "he")
            clause.rest = Phrase(what.zh, what.en)
        clause.subject = NounPhrase((), (), (), "he")
        stated = clause.statement(le=False)
        return Phrase((*stated.zh, of), (*helping("who", of), *stated.en))
    verb = rng.choice([row for row in TRANSITIVE if kind in row.objects.split(",")])
    group = clause.tense.build(rng, verb, clause.subject.agreement)
    clause.group, clause.rest, clause.before_verb, clause.behind_verb = group, Phrase(), (), ()
    stated = clause.statement(le=False)
    return Phrase((*stated.zh, of), (*helping("that", of), *stated.en))


def _the(zh: str, en: str) -> Phrase:
    source = Source(zh)
    return Phrase((source,), (*helping("the", source), *words(en, source)))


def _place(rng: Random) -> Phrase:
    return _around(rng, "place")


def _around(rng: Random, kind: str) -> Phrase:
    """Return 在 公园 里, in the park: what English says first stands last in Chinese."""
    what = rng.choice(PLACES if kind == "place" else SURFACES)
    where = rng.choice(AROUND if kind == "place" else ON)
    at, side, place = Source("在"), Source(where.zh), _the(what.zh, what.en)
    first = tuple(Target(word, (side,), (at,)) for word in where.en.split("_"))
    return Phrase((at, *place.zh, side), (*first, *place.en))


def _manner(rng: Random) -> Phrase:
    row = rng.choice(MANNERS)
    how, of = Source(row.zh), Source("地")
    return Phrase((how, of), (Target(row.en, (how,), (of,)),))
