"""Entering what waited: once, under its own name and time, and never above what the same person said later."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, exists, select

from core.synonyms.journal.statement import Said, Statement
from core.synonyms.pairs import SynonymsError, word_pair
from core.synonyms.store import Sharing, Store
from core.synonyms.store.candidates import chunks, find_pairs
from core.synonyms.store.decisions import check_note, current_answers, insert_decisions, undo_last
from core.synonyms.store.people import ensure_annotators, read_sharing, write_active, write_sharing
from core.synonyms.store.schema import candidates, decisions, judgements, words

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of statements that waited.

    Attributes:
        entered: they are in the store.
        older: the same person has said something else since, which stays.
        unknown: none of their pairs is in the store, or it refuses what they say; they are to be kept.
    """

    entered: tuple[Statement, ...]
    older: tuple[Statement, ...]
    unknown: tuple[Statement, ...]


def play_in(store: Store, statements: Iterable[Statement]) -> Replayed:
    """Enter ``statements`` in their order, all of them in one transaction.

    Raises:
        StoreError: nothing was entered, and why.
    """
    wanted = tuple(statements)

    def enter(connection: Connection) -> list[str]:
        return [_enter_or_keep(connection, statement) for statement in wanted]

    became = store.database.write(enter)
    sorted_out = {
        name: tuple(statement for statement, what in zip(wanted, became, strict=True) if what == name)
        for name in ("entered", "older", "unknown")
    }
    return Replayed(**sorted_out)


def apply_to_people(connection: Connection, statement: Statement) -> None:
    """Add a person, or change their share or everybody's."""
    match statement.kind:
        case "add person":
            ensure_annotators(connection, [statement.annotator], statement.at)
        case "set active":
            write_active(connection, statement.annotator, active=statement.active)
        case "set overlap":
            write_sharing(connection, Sharing(statement.overlap, read_sharing(connection).seed))


def _enter_or_keep(connection: Connection, statement: Statement) -> str:
    """Enter a statement; one that no store would take must not keep the others out."""
    try:
        return _enter(connection, statement)
    except SynonymsError as error:
        log.error("An entry that waited is refused: %s", error)
        return "unknown"


def _enter(connection: Connection, statement: Statement) -> str:
    if statement.kind in ("add person", "set active", "set overlap"):
        apply_to_people(connection, statement)
        return "entered"
    if connection.execute(select(exists().where(decisions.c.action == statement.action))).scalar_one():
        return "entered"  # its commit had landed
    check_note(statement.note or "")
    who = ensure_annotators(connection, [statement.annotator], statement.at)[statement.annotator]
    if statement.kind == "take back":
        undo_last(connection, who, statement.at, statement.action, until=statement.at)
        return "entered"
    found = _find(connection, statement.pairs)
    if not found:
        return "unknown"
    current = current_answers(connection, list(found), who, adjudicates=statement.adjudicates)
    later = _said_later(connection, statement, who, list(found))
    rows = [
        row
        for pair, said in found.items()
        if (row := _row(statement, who, pair, said, current[pair], later=later.get(pair))) is not None
    ]
    if rows:
        insert_decisions(connection, rows)
    return "entered" if rows else "older"


def _row(
    statement: Statement, who: int, pair: int, said: Said, current: dict[str, Any], *, later: int | None
) -> dict[str, Any] | None:
    """Return the entry for the history; where one was made ``later``, only a note if it has none, or nothing."""
    row = current | {
        "action": statement.action,
        "annotator_id": who,
        "candidate_id": pair,
        "at": statement.at,
        "seconds": None,
        "adjudicates": statement.adjudicates,
    }
    if later is not None:  # under its time: what is still older must not come above it
        return row | {"note": statement.note, "at": later} if statement.note and not current["note"] else None
    if statement.kind == "judge":
        row |= {"verdict": statement.verdict, "seconds": statement.seconds, "model_score": said.score}
    if statement.note is not None:
        row["note"] = statement.note
    if statement.flagged is not None:
        row["flagged"] = statement.flagged
    return row


def _find(connection: Connection, pairs: Iterable[Said]) -> dict[int, Said]:
    """Return, by their ids in this store, those of ``pairs`` that are in it."""
    wanted = {said.pair: said for said in pairs}
    one, two = words.alias("one"), words.alias("two")
    query = (
        select(candidates.c.id, one.c.text.label("word1"), two.c.text.label("word2"))
        .join(one, one.c.id == candidates.c.word1_id)
        .join(two, two.c.id == candidates.c.word2_id)
    )
    found = {}
    for chunk in chunks(sorted(wanted)):
        for row in connection.execute(query.where(candidates.c.id.in_(chunk))):
            said = wanted[row.id]
            if not said.word1 or {said.word1, said.word2} == {row.word1, row.word2}:
                found[row.id] = wanted.pop(row.id)
    renumbered = {word_pair(said.word1, said.word2): said for said in wanted.values() if said.word1}
    return found | {pair: renumbered[known] for known, pair in find_pairs(connection, renumbered).items()}


def _said_later(connection: Connection, statement: Statement, who: int, pairs: list[int]) -> dict[int, int]:
    """Return those of ``pairs`` on which the same person's standing answer is newer, and when that was made."""
    query = (
        select(judgements.c.candidate_id, decisions.c.at)
        .join(decisions, decisions.c.id == judgements.c.decision_id)
        .where(
            judgements.c.annotator_id == who,
            judgements.c.adjudicates == statement.adjudicates,
            decisions.c.at > statement.at,
        )
    )
    return {
        pair: at
        for chunk in chunks(pairs)
        for pair, at in connection.execute(query.where(judgements.c.candidate_id.in_(chunk)))
    }
