"""The annotators of a store and how its pairs are divided among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, false, func, or_, select, update

from core.language import _
from core.synonyms.names import Spellings, check_name
from core.synonyms.store.candidates import upsert
from core.synonyms.store.decisions import from_micros
from core.synonyms.store.errors import StoreError
from core.synonyms.store.reading.checks import (
    Count,
    Damage,
    DamagedRowsError,
    Id,
    Micros,
    Word,
    read_checked,
    usable,
    where_of,
)
from core.synonyms.store.schema import annotators, decisions, info, judgements

_OVERLAP: Final = "sharing_overlap"
_SEED: Final = "sharing_seed"


@dataclass(frozen=True, slots=True)
class Annotator:
    """Somebody who judges pairs.

    Attributes:
        id: in this store.
        name: unique in this store.
        active: takes a share of the pairs, from the first decision made here on.
        judged: pairs on which they have a current verdict of their own.
        since: when they were added, UTC.
    """

    id: int
    name: str
    active: bool
    judged: int
    since: datetime


@dataclass(frozen=True, slots=True)
class _Fields:
    """What a row of ``annotators`` may hold, and how much is judged."""

    id: Id
    name: Word
    active: bool
    judged: Count
    created_at: Micros


@dataclass(frozen=True, slots=True)
class Sharing:
    """How the pairs of a store are divided among the annotators at work on it.

    Attributes:
        overlap: share of the pairs that everybody judges, 0 to 1; agreement is measured on them. Each of the others is
            asked of one of those at work.
        seed: decides which pairs those are.
    """

    overlap: float = 0.1
    seed: int = 0


def ensure_annotators(connection: Connection, names: Iterable[str], at: int) -> dict[str, int]:
    """Add the annotators that are new and return the id of each, by the name as it was given.

    Raises:
        NameRefusedError: a name cannot name an annotator.
    """
    given = {name: check_name(name) for name in sorted(set(names))}
    known = _ids(connection)
    spellings = Spellings(known)
    for name in given.values():
        if spellings.of(name) not in known:
            spellings.add(name)
    if fresh := sorted({spellings.of(name) for name in given.values()} - known.keys()):
        connection.execute(
            upsert(connection, annotators).on_conflict_do_nothing(index_elements=["name"]),
            [{"name": name, "created_at": at, "active": True} for name in fresh],
        )
        known = _ids(connection)
    return {name: known[spellings.of(cleaned)] for name, cleaned in given.items()}


def read_spellings(connection: Connection) -> Spellings:
    """Return the names that the store knows."""
    return Spellings(_ids(connection))


def place_of(connection: Connection, name: str) -> int:
    """Return the annotator's id; who has not decided yet gets the one that the next newcomer will have."""
    known = _ids(connection)
    spelled = name if name in known else Spellings(known).of(name)
    return known.get(spelled, 1 + max(known.values(), default=0))


def _ids(connection: Connection) -> dict[str, int]:
    """Return everybody's id by name, in the order they came; what is no text names nobody."""
    query = select(annotators.c.name, annotators.c.id).order_by(annotators.c.id)
    return {name: _id for name, _id in connection.execute(query) if isinstance(name, str)}


def list_annotators(connection: Connection) -> list[Annotator]:
    """Return everybody who has judged or may judge, in the order they came.

    Raises:
        DamagedRowsError: one of them holds what no annotator can hold.
    """
    judged = (
        select(judgements.c.annotator_id, func.count().label("judged"))
        .where(judgements.c.verdict.is_not(None), ~judgements.c.adjudicates)
        .group_by(judgements.c.annotator_id)
        .subquery()
    )
    query = (
        select(annotators, func.coalesce(judged.c.judged, 0).label("judged"))
        .outerjoin(judged, judged.c.annotator_id == annotators.c.id)
        .order_by(annotators.c.id)
    )
    found: list[Annotator] = []
    damages: list[Damage] = []
    for _values, fields in read_checked(_Fields, connection.execute(query), annotators.name):
        if isinstance(fields, Damage):
            damages.append(fields)
        else:
            since = from_micros(fields.created_at)
            found.append(Annotator(fields.id, fields.name, fields.active, fields.judged, since))
    return usable(connection, found, damages).all()


def sharers(connection: Connection, me: int) -> list[int]:
    """Return the ids of the annotators among whom the pairs are divided: those at work here, and ``me``.

    Who only came with a file, or was named and never judged a pair, would hold back pairs that nobody asks.
    """
    given_here = (
        select(judgements.c.decision_id)
        .join(decisions, decisions.c.id == judgements.c.decision_id)
        .where(
            judgements.c.annotator_id == annotators.c.id,
            judgements.c.verdict.is_not(None),
            decisions.c.imported == false(),
        )
    )
    at_work = and_(annotators.c.active, given_here.exists())
    query = select(annotators.c.id).where(or_(annotators.c.id == me, at_work)).order_by(annotators.c.id)
    return list(connection.scalars(query))


def write_active(connection: Connection, name: str, *, active: bool) -> None:
    """Give the annotator a share of the pairs, or none. What they judged stays."""
    mine = annotators.c.id == place_of(connection, name)
    connection.execute(update(annotators).where(mine).values(active=active))


def read_sharing(connection: Connection) -> Sharing:
    """Return how the pairs are divided; the default where nobody has chosen.

    Raises:
        DamagedRowsError: what is kept is no share.
    """
    query = select(info.c.key, info.c.value).where(info.c.key.in_([_OVERLAP, _SEED]))
    kept = {row.key: row.value for row in connection.execute(query)}
    if len(kept) < 2:
        return Sharing()
    try:
        sharing = Sharing(float(kept[_OVERLAP]), int(kept[_SEED]))
    except ValueError:
        sharing = Sharing(overlap=-1)
    if not 0 <= sharing.overlap <= 1:
        damage = Damage(info.name, _OVERLAP, "value", kept[_OVERLAP])
        raise DamagedRowsError(where_of(connection), (damage,))
    return sharing


def write_sharing(connection: Connection, sharing: Sharing) -> None:
    """Keep how the pairs are divided.

    Raises:
        StoreError: the overlap is no share.
    """
    if not 0 <= sharing.overlap <= 1:
        raise StoreError(_("The overlap must be between 0 and 1, not {value}.").format(value=sharing.overlap))
    put = upsert(connection, info)
    connection.execute(
        put.on_conflict_do_update(index_elements=["key"], set_={"value": put.excluded.value}),
        [
            {"key": _OVERLAP, "value": repr(float(sharing.overlap))},
            {"key": _SEED, "value": str(sharing.seed)},
        ],
    )
