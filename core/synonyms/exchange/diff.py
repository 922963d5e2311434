"""Records beside what a store has: what each of them would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection, select

from core.synonyms.exchange.record import Record
from core.synonyms.pairs import Candidate
from core.synonyms.store import Row
from core.synonyms.store.candidates import chunks, find_pairs
from core.synonyms.store.decisions import to_micros
from core.synonyms.store.people import read_spellings
from core.synonyms.store.reading.checks import Damage, DamagedRowsError, Micros, Words, read_checked, where_of
from core.synonyms.store.reading.pairs import fetch_rows
from core.synonyms.store.schema import annotators, decisions, judgements
from core.synonyms.verdicts import Verdict

Kind = Literal["", "new_verdicts", "changed", "older", "unchanged"]
"""The figure of the report in which a record counts; empty for a pair without an answer."""

Key = tuple[int, str, bool]
"""A pair's id, an annotator's name, whether it is an adjudication."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as the store has it."""

    verdict: Verdict | None
    note: Words
    flagged: bool
    at: Micros


@dataclass(frozen=True, slots=True)
class Compared:
    """A record, and what it means to the store.

    Attributes:
        record: as the file has it.
        pair: the pair's id; None where the store does not have it.
        kind: what becomes of the answer.
        adds: it brings a pair, a score, a source or a word's rank or code that the store does not have.
        corrects: it replaces an older answer of the same file.
    """

    record: Record
    pair: int | None
    kind: Kind
    adds: bool
    corrects: bool = False

    @property
    def changes(self) -> bool:
        """Whether the store must be written for it."""
        return self.corrects or self.adds or self.kind in ("new_verdicts", "changed")


def compare(connection: Connection, batch: Sequence[Record]) -> list[Compared]:
    """Compare records with the store; their annotators are called as it knows them."""
    spellings = read_spellings(connection)
    batch = [replace(record, annotator=spellings.of(record.annotator)) for record in batch]
    ids = find_pairs(connection, {record.candidate.pair for record in batch})
    rows = {row.id: row for row in fetch_rows(connection, list(ids.values()))}
    answers = answers_on(connection, list(ids.values()))
    compared = []
    for record in batch:
        pair = ids.get(record.candidate.pair)
        known = None if pair is None else answers.get((pair, record.annotator, record.adjudicates))
        adds = pair is None or _adds(record.candidate, rows[pair])
        compared.append(Compared(record, pair, kind_of(record, known), adds))
    return compared


def compare_corrections(connection: Connection, batch: Sequence[tuple[Record, Answer]]) -> list[Compared]:
    """Compare answers with the store as it is once the older ones of the same file are in it.

    Args:
        connection: a reading transaction.
        batch: the answers, each with what the file said first.
    """
    spellings = read_spellings(connection)
    batch = [(replace(record, annotator=spellings.of(record.annotator)), first) for record, first in batch]
    ids = find_pairs(connection, {record.candidate.pair for record, _first in batch})
    answers = answers_on(connection, list(ids.values()))
    compared = []
    for record, first in batch:
        pair = ids.get(record.candidate.pair)
        known = None if pair is None else answers.get((pair, record.annotator, record.adjudicates))
        stands = known if known is not None and known.at >= first.at else first
        compared.append(Compared(record, pair, kind_of(record, stands), adds=False, corrects=True))
    return compared


def answers_on(connection: Connection, pairs: Sequence[int]) -> dict[Key, Answer]:
    """Return the answers that stand on these pairs.

    Raises:
        DamagedRowsError: one holds what no answer can hold.
    """
    query = (
        select(
            decisions.c.id,
            decisions.c.candidate_id,
            annotators.c.name,
            decisions.c.adjudicates,
            decisions.c.verdict,
            decisions.c.note,
            decisions.c.flagged,
            decisions.c.at,
        )
        .join(judgements, judgements.c.decision_id == decisions.c.id)
        .join(annotators, annotators.c.id == decisions.c.annotator_id)
    )
    found = {}
    for chunk in chunks(pairs):
        standing = connection.execute(query.where(judgements.c.candidate_id.in_(chunk)))
        for values, answer in read_checked(Answer, standing, "decisions"):
            if isinstance(answer, Damage):
                raise DamagedRowsError(where_of(connection), (answer,))
            found[values["candidate_id"], values["name"], bool(values["adjudicates"])] = answer
    return found


def kind_of(record: Record, known: Answer | None) -> Kind:
    """Return what becomes of a record's answer beside the one that stands."""
    if not record.is_judged:
        return ""
    if known is None:
        return "new_verdicts"
    says_more = (record.note and record.note != known.note) or (record.flagged and not known.flagged)
    if record.verdict in (None, known.verdict) and not says_more:
        return "unchanged"
    if record.at is not None and to_micros(record.at) < known.at:
        return "older"
    return "changed"


def _adds(new: Candidate, row: Row) -> bool:
    """Tell whether the evidence says something that the store's row does not."""
    return (
        not (row.scores.keys() >= new.scores.keys() and {*row.sources} >= {*new.sources})
        or not {*row.english_sets} >= {*new.english_sets}
        or (new.known and not row.known)
        or any(rank is not None and kept is None for rank, kept in zip(new.ranks, row.ranks, strict=True))
        or any(not {*kept} >= {*codes} for codes, kept in zip(new.codes, row.codes, strict=True))
    )
