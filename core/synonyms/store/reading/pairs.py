"""Some pairs of a store, read by their ids: the few that are on a screen, on a card, or on a page of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, FromClause, bindparam, select

from core.synonyms.pairs import TRANSLATED
from core.synonyms.store.candidates import chunks
from core.synonyms.store.decisions import from_micros
from core.synonyms.store.reading.checks import (
    Count,
    Damage,
    Id,
    Micros,
    Number,
    Rank,
    Usable,
    Word,
    Words,
    read_checked,
    usable,
)
from core.synonyms.store.reading.own_answers import own_answers
from core.synonyms.store.rows import Row
from core.synonyms.store.schema import candidates, evidence, sources, words
from core.synonyms.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class _PairFields:
    """What a row of ``candidates``, with its two words, may hold."""

    id: Id
    word1_id: Id
    word2_id: Id
    text1: Word
    text2: Word
    rank1: Rank | None
    rank2: Rank | None
    codes1: Words
    codes2: Words
    known: bool
    verdict: Verdict | None
    disputed: bool
    flagged: bool
    judges: Count
    changed_at: Micros | None


@dataclass(frozen=True, slots=True)
class _ScoreFields:
    """What a row of ``evidence`` may hold."""

    name: Word
    score: Number | None
    proposed: bool
    details: Words | None


@dataclass(frozen=True, slots=True)
class _OwnFields:
    """What an annotator's own answer on a pair may hold."""

    verdict: Verdict | None
    flagged: bool
    at: Micros


_OF_WORDS: Final = ("text", "rank", "codes")


def fetch_rows(connection: Connection, ids: Sequence[int], seen_by: str | None = None) -> list[Row]:
    """Return the pairs of these ids, in this order; those that do not exist are left out.

    Args:
        connection: a reading transaction.
        ids: of the pairs.
        seen_by: an annotator who sees the pairs as if nobody else had answered; None for everybody's answers.

    Raises:
        DamagedRowsError: one of them holds what no pair can hold.
    """
    return fetch_usable_rows(connection, ids, seen_by).all()


def fetch_usable_rows(connection: Connection, ids: Sequence[int], seen_by: str | None = None) -> Usable[Row]:
    """Return those of the pairs that are sound, in this order, and what is wrong with the others."""
    found: dict[int, Row] = {}
    damages: dict[int, Damage] = {}
    for chunk in chunks(ids):
        known = _evidence(connection, chunk, damages)
        own = None if seen_by is None else _own_answers(connection, chunk, seen_by, damages)
        for values, fields in read_checked(_PairFields, connection.execute(_pairs(), {"ids": chunk}), candidates.name):
            if isinstance(fields, Damage):
                damages.setdefault(values["id"], _of_word(fields, values))
            elif not fields.text1 < fields.text2:
                damages.setdefault(fields.id, Damage(candidates.name, fields.id, "word1_id", fields.word1_id))
            else:
                answer = _answer_of_all(fields) if own is None else own.get(fields.id, _NO_ANSWER)
                found[fields.id] = _row(fields, known[fields.id], answer)
    sound = [found[_id] for _id in ids if _id in found and _id not in damages]
    return usable(connection, sound, list(damages.values()))


def has_english_sets(connection: Connection) -> bool:
    """Return whether any pair keeps the English sets that proposed it."""
    of = select(sources.c.id).where(sources.c.name == TRANSLATED).scalar_subquery()
    query = select(evidence.c.candidate_id).where(evidence.c.source_id == of, evidence.c.details.is_not(None))
    return connection.execute(query.limit(1)).first() is not None


@cache
def _pairs() -> Any:
    """Return the question for pairs with their words. It is put together once: a table asks it for each picture."""
    one, two = words.alias("one"), words.alias("two")
    both: FromClause = candidates.join(one, one.c.id == candidates.c.word1_id)
    both = both.join(two, two.c.id == candidates.c.word2_id)
    return (
        select(
            candidates,
            *(side.c[name].label(f"{name}{n}") for n, side in ((1, one), (2, two)) for name in _OF_WORDS),
        )
        .select_from(both)
        .where(candidates.c.id.in_(bindparam("ids", expanding=True)))
    )


@cache
def _scores() -> Any:
    """Return the question for the evidence of pairs, put together once."""
    of = evidence.c
    return (
        select(of.candidate_id, sources.c.name, of.score, of.proposed, of.details)
        .join(sources, sources.c.id == of.source_id)
        .where(of.candidate_id.in_(bindparam("ids", expanding=True)))
    )


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What sources know of a pair."""

    scores: dict[str, float] = field(default_factory=dict)
    proposed: list[str] = field(default_factory=list)
    english_sets: list[str] = field(default_factory=list)


def _evidence(connection: Connection, ids: Sequence[int], damages: dict[int, Damage]) -> dict[int, _Evidence]:
    """Return what sources know of each pair."""
    known = {_id: _Evidence() for _id in ids}
    answer = connection.execute(_scores(), {"ids": ids})
    for values, fields in read_checked(_ScoreFields, answer, evidence.name, "candidate_id"):
        pair = values["candidate_id"]
        if isinstance(fields, Damage):
            damages.setdefault(pair, fields)
            continue
        if pair not in known:  # a damaged index leads to the rows of others
            damages.setdefault(pair, Damage(evidence.name, pair, "candidate_id", pair))
            continue
        if fields.score is not None:
            known[pair].scores[fields.name] = fields.score
        if fields.proposed:
            known[pair].proposed.append(fields.name)
        if fields.name == TRANSLATED and fields.details:
            known[pair].english_sets.extend(fields.details.splitlines())
    return known


def _of_word(damage: Damage, values: Mapping[str, Any]) -> Damage:
    """Return the damage with the word it belongs to, where it is one of a word."""
    name, side = damage.column[:-1], damage.column[-1:]
    return Damage(words.name, values[f"word{side}_id"], name, damage.value) if name in _OF_WORDS else damage


class _Answer(NamedTuple):
    """What is said of a pair, by all or by one."""

    verdict: Verdict | None = None
    disputed: bool = False
    flagged: bool = False
    judges: int = 0
    changed_at: int | None = None


_NO_ANSWER: Final = _Answer()


def _answer_of_all(fields: _PairFields) -> _Answer:
    return _Answer(fields.verdict, fields.disputed, fields.flagged, fields.judges, fields.changed_at)


def _row(fields: _PairFields, known: _Evidence, answer: _Answer) -> Row:
    return Row(
        id=fields.id,
        word1=fields.text1,
        word2=fields.text2,
        ranks=(fields.rank1, fields.rank2),
        codes=(tuple(fields.codes1.split()), tuple(fields.codes2.split())),
        known=fields.known,
        scores=dict(sorted(known.scores.items())),
        sources=tuple(sorted(known.proposed)),
        english_sets=tuple(known.english_sets),
        verdict=answer.verdict,
        disputed=answer.disputed,
        flagged=answer.flagged,
        judges=answer.judges,
        changed=None if answer.changed_at is None else from_micros(answer.changed_at),
    )


def _own_answers(
    connection: Connection, ids: Sequence[int], annotator: str, damages: dict[int, Damage]
) -> dict[int, _Answer]:
    """Return what ``annotator`` alone has answered."""
    found = {}
    for values, fields in read_checked(_OwnFields, own_answers(connection, annotator, ids), "decisions"):
        pair = values["candidate_id"]
        if isinstance(fields, Damage):
            damages.setdefault(pair, fields)
        else:
            judges = int(fields.verdict is not None and fields.verdict.is_judgement)
            found[pair] = _Answer(fields.verdict, flagged=fields.flagged, judges=judges, changed_at=fields.at)
    return found
