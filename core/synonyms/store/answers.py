"""What annotators have answered, read from the history: entries with their words, the newest, the day's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, FromClause, Row, ScalarSelect, Select, and_, false, select

from core.synonyms.store.judging import from_micros, to_micros
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


def as_decision(row: Row[Any]) -> Decision:
    """Return a row of ``history_query`` as a decision."""
    return Decision(
        id=row.id,
        candidate=row.candidate_id,
        word1=row.word1,
        word2=row.word2,
        annotator=row.name,
        verdict=Verdict(row.verdict) if row.verdict else None,
        at=from_micros(row.at),
        seconds=row.seconds,
        note=row.note,
        flagged=bool(row.flagged),
        model_score=row.model_score,
        adjudicates=bool(row.adjudicates),
        imported=bool(row.imported),
        undoes=row.undoes,
    )


def last_answers(connection: Connection, annotator: str, limit: int) -> list[Decision]:
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
        .where(decisions.c.annotator_id == _id_of(annotator), stands.exists())
        .order_by(decisions.c.id.desc())
        .limit(limit)
    )
    chosen = list(connection.scalars(newest))
    query = history_query().where(decisions.c.id.in_(chosen)).order_by(decisions.c.id.desc())
    return [as_decision(row) for row in connection.execute(query)] if chosen else []


def judged_since(connection: Connection, annotator: str, since: datetime) -> set[int]:
    """Return the pairs whose standing verdict the annotator has given or changed since then.

    Flags and notes repeat the verdict that stood, so they do not count; nor does what was imported.
    """
    begun, mine = to_micros(since), decisions.c.annotator_id == _id_of(annotator)
    own = and_(mine, decisions.c.imported == false())
    # Entries made here grow with the time: the last one before bounds the walk through a long history.
    before = select(decisions.c.id).where(own, decisions.c.at < begun).order_by(decisions.c.id.desc()).limit(1)
    last = connection.execute(before).scalar() or 0
    earlier = decisions.alias("earlier")
    former = (
        select(earlier.c.verdict)
        .where(
            earlier.c.candidate_id == decisions.c.candidate_id,
            earlier.c.annotator_id == decisions.c.annotator_id,
            earlier.c.adjudicates == decisions.c.adjudicates,
            earlier.c.id < decisions.c.id,
            _was_kept(earlier),
        )
        .order_by(earlier.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(decisions.c.candidate_id).where(
        own,
        decisions.c.id > last,
        decisions.c.verdict.is_not(None),
        _was_kept(decisions),
        decisions.c.verdict.is_distinct_from(former),
    )
    return set(connection.scalars(query))


def _id_of(annotator: str) -> ScalarSelect[Any]:
    return select(annotators.c.id).where(annotators.c.name == annotator).scalar_subquery()


def _was_kept(entries: FromClause) -> Any:
    """Return the condition that an entry takes nothing back and was not taken back itself."""
    undo = decisions.alias(f"undo_of_{entries.name}")
    return and_(entries.c.undoes.is_(None), ~select(undo.c.id).where(undo.c.undoes == entries.c.id).exists())
