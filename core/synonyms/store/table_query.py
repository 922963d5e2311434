"""A query of a million candidates for a table: which rows, in which order, and the few that are on the screen.

A filter and an order become one array of ids (8 bytes a pair), after which any page is a lookup by primary
key, however far down it lies, and no row jumps while the pairs on the screen are being judged. SQL answers
each condition and each order alone, from an index; they are put together here as masks, and what follows from
words is computed in ``columns``. A single statement would have to walk one index and probe the table for the
other condition a million times, which takes ten times as long.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import Any, Final, NamedTuple

import numpy as np
from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, select

from core.language import _
from core.synonyms.pairs import clean_word
from core.synonyms.store import columns
from core.synonyms.store.candidates import REVISION_KEY, chunks
from core.synonyms.store.columns import Ids, Mask, PairColumns, Places, fetch_ids
from core.synonyms.store.database import Database
from core.synonyms.store.decisions import from_micros
from core.synonyms.store.errors import StoreError
from core.synonyms.store.rows import (
    ADDED,
    AS_ADDED,
    CHANGED,
    COLUMNS,
    DISPUTED,
    EVERYTHING,
    FLAGGED,
    JUDGES,
    KNOWN,
    RANK,
    VERDICT,
    WORD1,
    WORD2,
    Filter,
    Range,
    Row,
    Sort,
)
from core.synonyms.store.schema import (
    JUDGED,
    annotators,
    candidates,
    decisions,
    evidence,
    info,
    judgements,
    marked,
    sources,
    words,
)
from core.synonyms.verdicts import Verdict

_KEPT: Final = 12
"""Orders and sets of pairs remembered for switching back and forth: 4 MB each at a million pairs."""

_OF_DECISIONS: Final = frozenset({VERDICT, DISPUTED, FLAGGED, JUDGES, CHANGED})
"""Columns that change with every decision; the others only when candidates are added."""

_COUNTED: Final = frozenset({JUDGES, KNOWN, DISPUTED, FLAGGED})
"""Columns in which a pair without a value stands for 0."""


class TableQuery:
    """Answers what a table of candidates asks. One serves one view; it is not shared between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: OrderedDict[str, tuple[tuple[int, int], Places]] = OrderedDict()
        self._pairs: PairColumns | None = None

    def ids(self, where: Filter = EVERYTHING, order: Sort = AS_ADDED) -> Ids:
        """Return the ids of all matching pairs in the wanted order.

        Raises:
            StoreError: no score of that name is known, or the store cannot be read.
        """
        with self._database.reading() as connection:
            pairs = self._columns(connection)
            ordered = self._ordered(connection, pairs, order)
            keep: Mask | None = None
            for mask in self._conditions(connection, pairs, where):
                keep = mask if keep is None else keep & mask
            chosen: Ids = pairs.ids[ordered if keep is None else ordered[keep[ordered]]]
            return chosen

    def prepare(self) -> Iterator[None]:
        """Read in small steps what filters and orders will need, so that the first of them need not wait."""
        while self._pairs is not None:
            with self._database.reading() as connection:
                pairs = self._columns(connection)
                unread = [source for source in connection.scalars(select(sources.c.id)) if not pairs.has_score(source)]
                if pairs.is_complete and not unread:
                    return
                if not pairs.is_complete:
                    pairs.read_on(connection)
                else:
                    pairs.read_score_on(connection, unread[0], columns.SLICE)
            yield

    def rows(self, ids: Sequence[int] | Ids) -> list[Row]:
        """Return the pairs of these ids, in this order; those that do not exist are left out."""
        with self._database.reading() as connection:
            return fetch_rows(connection, [int(_id) for _id in ids])

    def count(self) -> int:
        """Return how many pairs the store holds."""
        with self._database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(candidates)).scalar_one())

    def scores(self) -> list[str]:
        """Return the names of all scores and sources in the store, sorted."""
        with self._database.reading() as connection:
            return sorted(connection.scalars(select(sources.c.name)))

    def _columns(self, connection: Connection) -> PairColumns:
        """Return the pairs, read anew when candidates were added."""
        revision = read_revision(connection)
        if self._pairs is None or self._pairs.revision != revision:
            self._pairs = PairColumns(connection, revision)
        return self._pairs

    def _remembered(self, connection: Connection, name: str, find: Callable[[], Places], *, decided: bool) -> Places:
        """Return what ``find`` gives, found once for a state of the store."""
        state = _state(connection, with_decisions=decided)
        if name not in self._kept or self._kept[name][0] != state:
            self._kept[name] = (state, find())
        self._kept.move_to_end(name)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return self._kept[name][1]

    def _ordered(self, connection: Connection, pairs: PairColumns, order: Sort) -> Places:
        """Return all places in the wanted order, those without a value last, as added."""
        if order.column == ADDED:
            everything = np.arange(len(pairs), dtype=np.int32)
            return everything[::-1] if order.descending else everything
        first = self._ascending(connection, pairs, order.column)
        valued = first[::-1] if order.descending else first
        if len(first) == len(pairs):
            return valued
        has = np.zeros(len(pairs), dtype=bool)
        has[first] = True
        others = np.flatnonzero(~has).astype(np.int32)
        # No judge and no mark are values, the smallest; a score that nobody gave is none.
        smallest_first = order.column in _COUNTED and not order.descending
        return np.concatenate([others, valued] if smallest_first else [valued, others])

    def _ascending(self, connection: Connection, pairs: PairColumns, column: str) -> Places:
        """Return the places of the pairs that have a value in ``column``, ascending."""
        if column not in COLUMNS:
            return pairs.by_score(connection, _source(connection, column))

        def find() -> Places:
            if column == RANK:
                return pairs.by_rank(connection)
            if column in (WORD1, WORD2):
                return pairs.by_word(connection, second=column == WORD2)
            return pairs.places(fetch_ids(connection, _with_value(connection, column)))

        return self._remembered(connection, column, find, decided=column in _OF_DECISIONS)

    def _conditions(self, connection: Connection, pairs: PairColumns, where: Filter) -> Iterator[Mask]:
        """Yield a mask for each condition that is set."""

        def among(query: Select[Any]) -> Mask:
            return pairs.mask(fetch_ids(connection, query))

        ids = candidates.c.id
        if where.text:
            yield pairs.containing(connection, clean_word(where.text))
        if where.verdicts is not None:
            chosen = where.verdicts - {None}
            if None in where.verdicts:
                # Pairs without a verdict are most of a store: ask for the others and take the complement.
                unwanted = [verdict for verdict in Verdict if verdict not in chosen]
                yield ~among(select(ids).where(candidates.c.verdict.in_(unwanted)))
            else:
                yield among(select(ids).where(candidates.c.verdict.in_(sorted(chosen))))
        for wanted, column in ((where.known, KNOWN), (where.flagged, FLAGGED), (where.disputed, DISPUTED)):
            if wanted is not None:
                marked = np.zeros(len(pairs), dtype=bool)
                marked[self._ascending(connection, pairs, column)] = True
                yield marked if wanted else ~marked
        if where.source is not None:
            yield self._proposed(connection, pairs, where.source)
        for span in where.ranges:
            yield self._within(connection, pairs, span)
        if where.annotator is not None:
            mine = select(judgements.c.candidate_id).join(annotators, annotators.c.id == judgements.c.annotator_id)
            yield among(mine.where(annotators.c.name == where.annotator))

    def _proposed(self, connection: Connection, pairs: PairColumns, source: str) -> Mask:
        by = select(evidence.c.candidate_id).where(
            evidence.c.source_id == _source(connection, source), evidence.c.proposed
        )
        found = self._remembered(
            connection, f"proposed by {source}", lambda: pairs.places(fetch_ids(connection, by)), decided=False
        )
        mask = np.zeros(len(pairs), dtype=bool)
        mask[found] = True
        return mask

    def _within(self, connection: Connection, pairs: PairColumns, span: Range) -> Mask:
        """Return which pairs have a value between the ends of ``span``."""
        if span.column == RANK:
            ranks = pairs.ranks(connection)
            mask: Mask = (ranks > 0) & (ranks >= span.low) & (ranks <= span.high)
            return mask
        values = _values(connection, span.column)
        ordered = self._ascending(connection, pairs, span.column)
        # The pairs stand in the order of their values: how many lie below says where the range begins.
        below, end = 0, len(ordered)
        if span.low > -inf:
            below = connection.execute(_counted(values, high=span.low, inside=False)).scalar_one()
        if span.high < inf:
            end = connection.execute(_counted(values, high=span.high, inside=True)).scalar_one()
        mask = np.zeros(len(pairs), dtype=bool)
        mask[ordered[below:end]] = True
        if span.column == JUDGES and span.low <= 0 <= span.high:
            judged = np.zeros(len(pairs), dtype=bool)
            judged[ordered] = True
            mask |= ~judged
        return mask


def read_revision(connection: Connection) -> int:
    """Return a number that grows whenever candidates or their evidence change."""
    return int(connection.execute(select(info.c.value).where(info.c.key == REVISION_KEY)).scalar() or 0)


def _state(connection: Connection, *, with_decisions: bool) -> tuple[int, int]:
    newest = connection.execute(select(func.max(decisions.c.id))).scalar() if with_decisions else 0
    return read_revision(connection), int(newest or 0)


class _Values(NamedTuple):
    """A column of numbers, and where pairs have one."""

    column: ColumnElement[Any]
    there: ColumnElement[bool]
    pair: ColumnElement[int]


def _values(connection: Connection, column: str) -> _Values:
    """Return the numbers of ``column``: judges, the time of the last change, or a score."""
    ids, changed = candidates.c.id, candidates.c.changed_at
    if column == JUDGES:
        return _Values(candidates.c.judges, JUDGED, ids)
    if column == CHANGED:
        return _Values(changed, changed.is_not(None), ids)
    of = and_(evidence.c.source_id == _source(connection, column), evidence.c.score.is_not(None))
    return _Values(evidence.c.score, of, evidence.c.candidate_id)


def _with_value(connection: Connection, column: str) -> Select[Any]:
    """Select the ids that have a value in ``column``, in its order."""
    ids, verdict = candidates.c.id, candidates.c.verdict
    if column == VERDICT:
        return select(ids).where(verdict.is_not(None)).order_by(verdict, ids)
    if column in (KNOWN, DISPUTED, FLAGGED):
        return select(ids).where(marked(column)).order_by(candidates.c[column], ids)
    values = _values(connection, column)
    return select(values.pair).where(values.there).order_by(values.column, values.pair)


def _counted(values: _Values, *, high: float, inside: bool) -> Select[Any]:
    """Count the pairs whose value is below ``high``, or at most that."""
    limit = values.column <= high if inside else values.column < high
    return select(func.count()).where(values.there, limit)


def _source(connection: Connection, name: str) -> int:
    found = connection.execute(select(sources.c.id).where(sources.c.name == name)).scalar()
    if found is None:
        raise StoreError(_("Unknown score {name!r} in this store.").format(name=name))
    return int(found)


def _joined() -> tuple[FromClause, FromClause, FromClause]:
    one, two = words.alias("one"), words.alias("two")
    both = candidates.join(one, one.c.id == candidates.c.word1_id).join(two, two.c.id == candidates.c.word2_id)
    return both, one, two


def fetch_rows(connection: Connection, ids: Sequence[int]) -> list[Row]:
    """Return the pairs of these ids, in this order; those that do not exist are left out."""
    both, one, two = _joined()
    statement = select(
        candidates, one.c.text, two.c.text, one.c.rank, two.c.rank, one.c.codes, two.c.codes
    ).select_from(both)
    scored = select(evidence.c.candidate_id, sources.c.name, evidence.c.score, evidence.c.proposed).join(
        sources, sources.c.id == evidence.c.source_id
    )
    found: dict[int, Row] = {}
    for chunk in chunks(ids):
        scores: dict[int, dict[str, float]] = {_id: {} for _id in chunk}
        proposed: dict[int, list[str]] = {_id: [] for _id in chunk}
        for _id, name, score, by in connection.execute(scored.where(evidence.c.candidate_id.in_(chunk))):
            if score is not None:
                scores[_id][name] = score
            if by:
                proposed[_id].append(name)
        for row in connection.execute(statement.where(candidates.c.id.in_(chunk))):
            text1, text2, rank1, rank2, codes1, codes2 = row[-6:]
            found[row.id] = Row(
                id=row.id,
                word1=text1,
                word2=text2,
                ranks=(rank1, rank2),
                codes=(tuple(codes1.split()), tuple(codes2.split())),
                known=bool(row.known),
                scores=dict(sorted(scores[row.id].items())),
                sources=tuple(sorted(proposed[row.id])),
                verdict=Verdict(row.verdict) if row.verdict else None,
                disputed=bool(row.disputed),
                flagged=bool(row.flagged),
                judges=row.judges,
                changed=None if row.changed_at is None else from_micros(row.changed_at),
            )
    return [found[_id] for _id in ids if _id in found]
