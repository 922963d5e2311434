"""What annotators have answered, read from the history: entries with their words, the newest, the day's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from sys import intern
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, select, text

from core.synonyms.store.candidates import chunks
from core.synonyms.store.decisions import from_micros, to_micros
from core.synonyms.store.people import place_of
from core.synonyms.store.reading.checks import Damage, Id, Micros, Number, Usable, Word, Words, read_checked, usable
from core.synonyms.store.schema import annotators, candidates, decisions, judgements, words
from core.synonyms.verdicts import Decision, Verdict


def history_query() -> Select[Any]:
    """Select entries of the history with their words and their annotator's name."""
    one, two = words.alias("one"), words.alias("two")
    return (
        select(decisions, annotators.c.name, one.c.text.label("word1"), two.c.text.label("word2"))
        .join(annotators, annotators.c.id == decisions.c.annotator_id)
        .join(candidates, candidates.c.id == decisions.c.candidate_id)
        .join(one, one.c.id == candidates.c.word1_id)
        .join(two, two.c.id == candidates.c.word2_id)
    )


@dataclass(frozen=True, slots=True)
class _Fields:
    """What a row of ``history_query`` may hold."""

    id: Id
    candidate_id: Id
    word1: Word
    word2: Word
    name: Word
    verdict: Verdict | None
    at: Micros
    seconds: Number | None
    note: Words
    flagged: bool
    model_score: Number | None
    adjudicates: bool
    imported: bool
    undoes: Id | None


def read_decisions(connection: Connection, query: Select[Any]) -> Usable[Decision]:
    """Return the entries that ``query``, a ``history_query``, selects."""
    found: list[Decision] = []
    damages: list[Damage] = []
    for _values, fields in read_checked(_Fields, connection.execute(query), decisions.name):
        if isinstance(fields, Damage):
            damages.append(fields)
        else:
            found.append(_as_decision(fields))
    return usable(connection, found, damages)


def _as_decision(fields: _Fields) -> Decision:
    return Decision(
        id=fields.id,
        candidate=fields.candidate_id,
        word1=fields.word1,
        word2=fields.word2,
        annotator=fields.name,
        verdict=fields.verdict,
        at=from_micros(fields.at),
        seconds=fields.seconds,
        note=fields.note,
        flagged=fields.flagged,
        model_score=fields.model_score,
        adjudicates=fields.adjudicates,
        imported=fields.imported,
        undoes=fields.undoes,
    )


def last_answers(connection: Connection, annotator: str, limit: int) -> Usable[Decision]:
    """Return the annotator's newest answers that still stand, newest first, each pair once."""
    # Asked in two steps: the history is walked back from its end, and the words of a few entries are looked up.
    # In one statement SQLite collects everything the annotator ever said before it sorts.
    stands = select(judgements.c.decision_id).where(
        judgements.c.candidate_id == decisions.c.candidate_id,
        judgements.c.annotator_id == decisions.c.annotator_id,
        judgements.c.adjudicates == decisions.c.adjudicates,
        judgements.c.decision_id == decisions.c.id,
    )
    newest = (
        select(decisions.c.id)
        .where(decisions.c.annotator_id == place_of(connection, annotator), stands.exists())
        .order_by(decisions.c.id.desc())
        .limit(limit)
    )
    chosen = list(connection.scalars(newest))
    query = history_query().where(decisions.c.id.in_(chosen)).order_by(decisions.c.id.desc())
    return read_decisions(connection, query) if chosen else Usable([])


def news(connection: Connection, mark: tuple[int, int]) -> tuple[tuple[int, int], list[int]]:
    """Return a mark of how far the history has come, and the pairs decided on since an earlier ``mark``.

    SQLite counts what other connections have written; of a server's history only the length tells.
    """
    newest = int(connection.execute(select(func.coalesce(func.max(decisions.c.id), 0))).scalar_one())
    is_sqlite = connection.dialect.name == "sqlite"
    version = int(connection.execute(text("PRAGMA data_version")).scalar_one()) if is_sqlite else newest
    if version == mark[0]:
        return mark, []
    later = select(decisions.c.candidate_id).where(decisions.c.id > mark[1]).distinct()
    return (version, newest), sorted(connection.scalars(later)) if mark[0] else []


def judged_since(connection: Connection, annotator: str, since: datetime) -> set[int]:
    """Return the pairs whose standing verdict the annotator has given or changed since then.

    Flags and notes repeat the verdict that stood, so they do not count; nor does what was imported.
    """
    own = and_(decisions.c.annotator_id == place_of(connection, annotator), decisions.c.imported == false())
    older = own & (decisions.c.at < to_micros(since))
    # Entries made here grow with the time: the last one before bounds the walk through a long history.
    last = (
        connection.execute(select(decisions.c.id).where(older).order_by(decisions.c.id.desc()).limit(1)).scalar() or 0
    )
    said: dict[_Answer, str] = {}
    for answer, verdict in _kept_verdicts(connection, own & (decisions.c.id > last)):
        said[answer] = verdict if said.get(answer, verdict) == verdict else _SEVERAL
    before: dict[_Answer, str] = {}
    for chunk in chunks(sorted({pair for pair, _adjudicates in said})) if last else ():
        earlier = and_(decisions.c.candidate_id.in_(chunk), own, decisions.c.id <= last)
        for answer, verdict in _kept_verdicts(connection, earlier):
            before.setdefault(answer, verdict)
    return {answer[0] for answer, verdict in said.items() if verdict != before.get(answer)}


_Answer = tuple[int, bool]
"""A pair, and whether its verdict settles a dispute."""

_SEVERAL: Final = "several"
"""Stands for different verdicts: one of them at least was new."""


def _kept_verdicts(connection: Connection, which: ColumnElement[bool]) -> Iterator[tuple[_Answer, str]]:
    """Yield the verdicts of the entries that none of the others takes back, newest first."""
    entry = decisions.c
    query = select(entry.id, entry.candidate_id, entry.adjudicates, entry.verdict, entry.undoes).where(which)
    undone = set()
    for _id, pair, adjudicates, verdict, undoes in connection.execute(query.order_by(entry.id.desc())):
        if undoes is not None:
            undone.add(undoes)
        elif isinstance(verdict, str) and _id not in undone:  # another program may have written anything
            yield (pair, bool(adjudicates)), intern(verdict)
