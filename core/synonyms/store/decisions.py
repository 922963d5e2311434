"""The history of decisions and what follows from it, inside one transaction.

Nothing here changes or deletes an entry of ``decisions``. Undoing adds an entry that names the one it takes
back; an annotator's current answer is the newest entry that nobody took back.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    false,
    func,
    insert,
    select,
    update,
)

from core.language import _
from core.synonyms.store.candidates import chunks, upsert
from core.synonyms.store.errors import StoreError
from core.synonyms.store.reading.checks import Damage, DamagedRowsError, Number, Words, checked, where_of
from core.synonyms.store.schema import annotators, candidates, decisions, judgements, takes_nothing_back
from core.synonyms.verdicts import Consensus, Verdict, consensus

_VERDICTS: Final = frozenset(Verdict)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
NOTE_LIMIT: Final = 10_000
"""Characters of a note: enough for a page, too few to hide a file in."""


def to_micros(at: datetime) -> int:
    """Return ``at`` as the store keeps it: whole microseconds since 1970, UTC."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    """Return the moment that the store kept as ``micros``."""
    return _EPOCH + timedelta(microseconds=micros)


def new_action() -> str:
    """Return a name for one action of a person, never used twice."""
    return uuid.uuid4().hex


def check_note(note: str) -> str:
    """Return ``note`` if every database can keep it.

    Raises:
        StoreError: it is too long, or holds a character no database keeps.
    """
    if len(note) > NOTE_LIMIT or "\x00" in note or any("\ud800" <= char <= "\udfff" for char in note):
        raise StoreError(
            _("A note can have at most {limit} characters and no control characters. Shorten it.").format(
                limit=NOTE_LIMIT
            )
        )
    return note


def insert_decisions(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add entries to the history and bring what follows from them up to date.

    Args:
        connection: a writing transaction.
        rows: columns of ``decisions`` without ``id``; repeats of an action already kept are ignored.

    Raises:
        StoreError: a pair is not in the store.
    """
    pairs = {row["candidate_id"] for row in rows}
    _lock(connection, pairs)
    for chunk in chunks(rows):
        connection.execute(
            upsert(connection, decisions).on_conflict_do_nothing(
                index_elements=["action", "candidate_id", "annotator_id", "adjudicates"]
            ),
            chunk,
        )
    touched = {(row["candidate_id"], row["annotator_id"], bool(row.get("adjudicates", False))) for row in rows}
    derive(connection, touched)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands of an answer, and is repeated by the next one."""

    verdict: Verdict | None
    note: Words
    flagged: bool
    model_score: Number | None


def current_answers(
    connection: Connection, pairs: Sequence[int], annotator: int, *, adjudicates: bool
) -> dict[int, dict[str, Any]]:
    """Return the verdict, note, flag and model score that stand for this annotator on each of these pairs.

    Raises:
        DamagedRowsError: something else than these stands there.
    """
    names = ("verdict", "note", "flagged", "model_score")
    found = {pair: {"verdict": None, "note": "", "flagged": False, "model_score": None} for pair in pairs}
    for chunk in chunks(pairs):
        query = (
            select(decisions)
            .join(judgements, judgements.c.decision_id == decisions.c.id)
            .where(
                judgements.c.candidate_id.in_(chunk),
                judgements.c.annotator_id == annotator,
                judgements.c.adjudicates == adjudicates,
            )
        )
        for row in connection.execute(query):
            answer = {name: getattr(row, name) for name in names}
            if isinstance(wrong := checked(_Standing, answer, "decisions", row.id), Damage):
                raise DamagedRowsError(where_of(connection), (wrong,))
            found[row.candidate_id] = answer
    return found


def _lock(connection: Connection, pairs: Collection[int]) -> None:
    """Take the pairs for this transaction, in one order for all, and see that they exist."""
    found = 0
    for chunk in chunks(sorted(pairs)):
        statement = select(candidates.c.id).where(candidates.c.id.in_(chunk)).order_by(candidates.c.id)
        found += len(connection.scalars(statement.with_for_update()).all())
    if found != len(pairs):
        raise StoreError(_("The pair is no longer in this store. Reload the list."))


def derive(connection: Connection, touched: Iterable[tuple[int, int, bool]]) -> None:
    """Write what follows from the history for these (pair, annotator, adjudicates), and for their pairs."""
    keys = sorted(touched)
    pairs = sorted({pair for pair, _annotator, _adjudicates in keys})
    wanted = set(keys)
    rows: dict[tuple[int, int, bool], dict[str, Any]] = {}
    for chunk in chunks(pairs):
        for row in connection.execute(standing_entries(chunk)):
            key = (row.candidate_id, row.annotator_id, bool(row.adjudicates))
            if key in wanted:
                rows[key] = {
                    "candidate_id": row.candidate_id,
                    "annotator_id": row.annotator_id,
                    "adjudicates": row.adjudicates,
                    "decision_id": row.id,
                    "verdict": row.verdict,
                    "flagged": row.flagged,
                }
    if rows:
        put = upsert(connection, judgements)
        merge = put.on_conflict_do_update(
            index_elements=["candidate_id", "annotator_id", "adjudicates"],
            set_={name: put.excluded[name] for name in ("decision_id", "verdict", "flagged")},
        )
        connection.execute(merge, [rows[key] for key in sorted(rows)])
    if gone := [{"c": c, "a": a, "j": j} for c, a, j in keys if (c, a, j) not in rows]:
        connection.execute(
            delete(judgements).where(
                judgements.c.candidate_id == bindparam("c"),
                judgements.c.annotator_id == bindparam("a"),
                judgements.c.adjudicates == bindparam("j"),
            ),
            gone,
        )
    summarise(connection, pairs)


def _undo_of() -> FromClause:
    return decisions.alias("undo")


def standing_entries(pairs: Sequence[int]) -> Select[Any]:
    """Select the newest entry of each (pair, annotator, adjudicates) that was not taken back."""
    undo = _undo_of()
    newest = (
        select(func.max(decisions.c.id))
        .outerjoin(undo, undo.c.undoes == decisions.c.id)
        .where(decisions.c.candidate_id.in_(pairs), takes_nothing_back(decisions), undo.c.id.is_(None))
        .group_by(decisions.c.candidate_id, decisions.c.annotator_id, decisions.c.adjudicates)
    )
    return select(decisions).where(decisions.c.id.in_(newest))


def summarise(connection: Connection, pairs: Sequence[int]) -> None:
    """Write the columns of ``candidates`` that follow from the current judgements of these pairs."""
    rows = [
        {"pair": pair, **summary} for chunk in chunks(pairs) for pair, summary in summaries(connection, chunk).items()
    ]
    if rows:
        names = [name for name in rows[0] if name != "pair"]
        statement = update(candidates).where(candidates.c.id == bindparam("pair"))
        connection.execute(
            statement.values({name: bindparam(f"new_{name}") for name in names}),
            [{"pair": row["pair"], **{f"new_{name}": row[name] for name in names}} for row in rows],
        )


def summaries(connection: Connection, pairs: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return, for each of these pairs, the columns of ``candidates`` that follow from its judgements."""
    statement = (
        select(judgements, decisions.c.at)
        .join(decisions, decisions.c.id == judgements.c.decision_id)
        .where(judgements.c.candidate_id.in_(pairs))
        .order_by(judgements.c.decision_id)
    )
    by_pair: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(statement):
        by_pair[row.candidate_id].append(row)
    return {pair: _summary(by_pair[pair]) for pair in pairs}


def _summary(current: Sequence[Row[Any]]) -> dict[str, Any]:
    # What is no verdict says nothing here; it is named where it is read.
    given = [(Verdict(row.verdict), row.adjudicates) for row in current if row.verdict in _VERDICTS]
    said = [verdict for verdict, adjudicates in given if not adjudicates]
    settled = [verdict for verdict, adjudicates in given if adjudicates]
    outcome: Consensus = consensus(said, settled[-1] if settled else None)
    return {
        "verdict": outcome.verdict,
        "disputed": outcome.disputed,
        "flagged": any(row.flagged for row in current),
        "judges": sum(verdict.is_judgement for verdict in said),
        "changed_at": max((row.at for row in current if isinstance(row.at, int)), default=None),
    }


def undo_last(connection: Connection, annotator: int, at: int, action: str, *, until: int | None = None) -> list[int]:
    """Take back the annotator's last action that still stands, by adding one entry for each of its decisions.

    Imports are not key presses; they are not taken back here.

    Args:
        connection: a writing transaction.
        annotator: whose action.
        at: when it is taken back.
        action: name of the taking back; a call repeated with the same name takes nothing else back.
        until: actions after this moment are left alone; None for all.

    Returns:
        The ids of the entries added; empty where nothing is left to take back.
    """
    # One at a time: a second program of the same annotator must find the next action, not the same one.
    connection.execute(select(annotators.c.id).where(annotators.c.id == annotator).with_for_update())
    if done := list(connection.scalars(select(decisions.c.id).where(decisions.c.action == action))):
        return done
    undo = _undo_of()
    standing = and_(
        decisions.c.annotator_id == annotator,
        takes_nothing_back(decisions),
        decisions.c.imported == false(),
        ~select(undo.c.id).where(undo.c.undoes == decisions.c.id).exists(),
        *([] if until is None else [decisions.c.at <= until]),
    )
    last = connection.execute(
        select(decisions.c.action).where(standing).order_by(decisions.c.id.desc()).limit(1)
    ).scalar()
    if last is None:
        return []
    entries = connection.execute(select(decisions).where(standing, decisions.c.action == last)).all()
    _lock(connection, {entry.candidate_id for entry in entries})
    connection.execute(
        insert(decisions),
        [
            {
                "action": action,
                "candidate_id": entry.candidate_id,
                "annotator_id": annotator,
                "verdict": None,
                "note": "",
                "flagged": False,
                "at": at,
                "adjudicates": entry.adjudicates,
                "imported": False,
                "undoes": entry.id,
            }
            for entry in entries
        ],
    )
    derive(connection, {(entry.candidate_id, annotator, bool(entry.adjudicates)) for entry in entries})
    return list(connection.scalars(select(decisions.c.id).where(decisions.c.action == action)))
