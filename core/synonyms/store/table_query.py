"""A query of a million candidates for a table: which rows, in which order, and the few that are on the screen.

A filter and an order become one array of ids (8 bytes a pair), after which any page is a lookup by primary
key, however far down it lies, and no row jumps while the pairs on the screen are being judged. SQL answers
each condition and each order alone, from an index; they are put together here as masks, and what follows from
words is computed in ``columns``. A single statement would have to walk one index and probe the table for the
other condition a million times, which takes ten times as long.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import Any, Final, NamedTuple

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, literal_column, select

from core.language import _
from core.synonyms.pairs import clean_word
from core.synonyms.store import columns
from core.synonyms.store.candidates import REVISION_KEY
from core.synonyms.store.columns import Ids, Mask, PairColumns, Places, fetch_ids
from core.synonyms.store.database import Database
from core.synonyms.store.errors import StoreError
from core.synonyms.store.people import place_of
from core.synonyms.store.reading.checks import Damage, DamagedRowsError, Usable, where_of
from core.synonyms.store.reading.own_answers import is_own
from core.synonyms.store.reading.pairs import fetch_usable_rows
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
    SCORED,
    candidates,
    decisions,
    evidence,
    info,
    judgements,
    marked,
    scored_between,
    sources,
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

    def ids(self, where: Filter = EVERYTHING, order: Sort = AS_ADDED, seen_by: str | None = None) -> Ids:
        """Return the ids of all matching pairs in the wanted order.

        Args:
            where: which pairs.
            order: by which column.
            seen_by: an annotator who sees the pairs as if nobody else had answered; None for everybody's answers.

        Raises:
            StoreError: no score of that name is known, or the store cannot be read.
        """
        with self._database.reading() as connection:
            pairs = self._columns(connection)
            ordered = self._ordered(connection, pairs, order, seen_by)
            keep: Mask | None = None
            for mask in self._conditions(connection, pairs, where, seen_by):
                keep = mask if keep is None else keep & mask
            chosen: Ids = pairs.ids[ordered if keep is None else ordered[keep[ordered]]]
            return chosen

    def prepare(self) -> Iterator[None]:
        """Read in small steps what filters and orders will need, so that the first of them need not wait."""
        while self._pairs is not None:
            with self._database.reading() as connection:
                pairs = self._columns(connection)
                unread = [source for source in connection.scalars(select(sources.c.id)) if not pairs.has_score(source)]
                if pairs.is_complete and pairs.has_ranks and not unread:
                    return
                if not pairs.is_complete:
                    pairs.read_on(connection)
                elif not pairs.has_ranks:
                    pairs.ranks(connection)
                else:
                    pairs.read_score_on(connection, unread[0], columns.SLICE)
            yield

    def rows(self, ids: Sequence[int] | Ids, seen_by: str | None = None) -> list[Row]:
        """Return the pairs of these ids, in this order; those that do not exist are left out.

        Raises:
            DamagedRowsError: one of them holds what no pair can hold.
        """
        return self.usable_rows(ids, seen_by).all()

    def usable_rows(self, ids: Sequence[int] | Ids, seen_by: str | None = None) -> Usable[Row]:
        """Return those of the pairs that are sound, in this order, and what is wrong with the others."""
        with self._database.reading() as connection:
            return fetch_usable_rows(connection, [int(_id) for _id in ids], seen_by)

    def count(self) -> int:
        """Return how many pairs the store holds."""
        with self._database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(candidates)).scalar_one())

    def scores(self) -> list[str]:
        """Return the names of all scores and sources in the store, sorted."""
        with self._database.reading() as connection:
            return sorted(name for name in connection.scalars(select(sources.c.name)) if isinstance(name, str))

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

    def _ordered(self, connection: Connection, pairs: PairColumns, order: Sort, seen_by: str | None) -> Places:
        """Return all places in the wanted order, those without a value last, as added."""
        if order.column == ADDED:
            everything = np.arange(len(pairs), dtype=np.int32)
            return everything[::-1] if order.descending else everything
        first = self._ascending(connection, pairs, order.column, seen_by)
        valued = first[::-1] if order.descending else first
        if len(first) == len(pairs):
            return valued
        has = np.zeros(len(pairs), dtype=bool)
        has[first] = True
        others = np.flatnonzero(~has).astype(np.int32)
        # No judge and no mark are values, the smallest; a score that nobody gave is none.
        smallest_first = order.column in _COUNTED and not order.descending
        return np.concatenate([others, valued] if smallest_first else [valued, others])

    def _ascending(self, connection: Connection, pairs: PairColumns, column: str, seen_by: str | None) -> Places:
        """Return the places of the pairs that have a value in ``column``, ascending."""
        if column not in COLUMNS:
            return pairs.by_score(connection, _source(connection, column))

        def find() -> Places:
            if column == RANK:
                return pairs.by_rank(connection)
            if column in (WORD1, WORD2):
                return pairs.by_word(connection, second=column == WORD2)
            return pairs.places(fetch_ids(connection, _with_value(connection, column, seen_by)))

        is_decided = column in _OF_DECISIONS
        name = column if seen_by is None or not is_decided else f"{column} of {seen_by}"
        return self._remembered(connection, name, find, decided=is_decided)

    def _conditions(
        self, connection: Connection, pairs: PairColumns, where: Filter, seen_by: str | None
    ) -> Iterator[Mask]:
        """Yield a mask for each condition that is set."""

        def among(query: Select[Any]) -> Mask:
            return pairs.mask(fetch_ids(connection, query))

        if where.text:
            yield pairs.containing(connection, clean_word(where.text))
        if where.verdicts is not None:
            chosen = sorted(verdict for verdict in where.verdicts if verdict is not None)
            if None in where.verdicts:
                # Pairs without a verdict are most of a store: ask for the others and take the complement.
                unwanted = [verdict for verdict in Verdict if verdict not in chosen]
                yield ~among(_judged(connection, unwanted, seen_by))
            else:
                yield among(_judged(connection, chosen, seen_by))
        for wanted, column in ((where.known, KNOWN), (where.flagged, FLAGGED), (where.disputed, DISPUTED)):
            if wanted is not None:
                marked = np.zeros(len(pairs), dtype=bool)
                marked[self._ascending(connection, pairs, column, seen_by)] = True
                yield marked if wanted else ~marked
        if where.source is not None:
            yield self._proposed(connection, pairs, where.source)
        for span in where.ranges:
            yield self._within(connection, pairs, span, seen_by)
        if where.annotator is not None:
            who = judgements.c.annotator_id == place_of(connection, where.annotator)
            answered = select(judgements.c.candidate_id).where(who)
            if seen_by is not None:
                answered = answered.where(is_own(connection, seen_by))
            yield among(answered)

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

    def _within(self, connection: Connection, pairs: PairColumns, span: Range, seen_by: str | None) -> Mask:
        """Return which pairs have a value between the ends of ``span``."""
        if span.column == RANK:
            ranks = pairs.ranks(connection)
            mask: Mask = (ranks > 0) & (ranks >= span.low) & (ranks <= span.high)
            return mask
        if span.column not in COLUMNS and not pairs.has_score(source := _source(connection, span.column)):
            # Which pairs lie in it is told sooner than the order of all, which is read when nobody waits.
            inside = evidence.c.source_id == source, scored_between(span.low, span.high)
            return pairs.mask(fetch_ids(connection, select(evidence.c.candidate_id).where(*inside)))
        values = _values(connection, span.column, seen_by)
        ordered = self._ascending(connection, pairs, span.column, seen_by)

        def value_at(place: np.int32) -> float:
            found = connection.execute(
                select(values.column).where(values.there, values.pair == int(pairs.ids[place]))
            ).scalar()
            return found if isinstance(found, int | float) else inf  # a text stands behind all numbers

        # The pairs stand in the order of their values: twenty looks say where among a million a range begins and ends.
        below = bisect_left(ordered, span.low, key=value_at) if span.low > -inf else 0
        end = bisect_right(ordered, span.high, key=value_at) if span.high < inf else len(ordered)
        mask = np.zeros(len(pairs), dtype=bool)
        mask[ordered[below:end]] = True
        if span.column == JUDGES and span.low <= 0 <= span.high:
            judged = np.zeros(len(pairs), dtype=bool)
            judged[ordered] = True
            mask |= ~judged
        return mask


def read_revision(connection: Connection) -> int:
    """Return a number that grows whenever candidates or their evidence change."""
    value = connection.execute(select(info.c.value).where(info.c.key == REVISION_KEY)).scalar() or 0
    try:
        return int(value)
    except ValueError:
        raise DamagedRowsError(where_of(connection), (Damage(info.name, REVISION_KEY, "value", value),)) from None


def _state(connection: Connection, *, with_decisions: bool) -> tuple[int, int]:
    newest = connection.execute(select(func.max(decisions.c.id))).scalar() if with_decisions else 0
    return read_revision(connection), int(newest or 0)


class _Values(NamedTuple):
    """A column of numbers, and where pairs have one."""

    column: ColumnElement[Any]
    there: ColumnElement[bool]
    pair: ColumnElement[int]


def _judged(connection: Connection, verdicts: Sequence[Verdict], seen_by: str | None) -> Select[Any]:
    """Select the ids of the pairs with one of these verdicts."""
    if seen_by is None:
        return select(candidates.c.id).where(candidates.c.verdict.in_(verdicts))
    return select(judgements.c.candidate_id).where(is_own(connection, seen_by), judgements.c.verdict.in_(verdicts))


def _values(connection: Connection, column: str, seen_by: str | None) -> _Values:
    """Return the numbers of ``column``: judges, the time of the last change, or a score."""
    ids, changed = candidates.c.id, candidates.c.changed_at
    if seen_by is not None and column in (JUDGES, CHANGED):
        own = and_(is_own(connection, seen_by), judgements.c.decision_id == decisions.c.id)
        if column == CHANGED:
            return _Values(decisions.c.at, own, judgements.c.candidate_id)
        judged = judgements.c.verdict.in_([verdict for verdict in Verdict if verdict.is_judgement])
        return _Values(literal_column("1 + 0"), and_(own, judged), judgements.c.candidate_id)
    if column == JUDGES:
        return _Values(candidates.c.judges, JUDGED, ids)
    if column == CHANGED:
        return _Values(changed, changed.is_not(None), ids)
    of = and_(evidence.c.source_id == _source(connection, column), SCORED)
    return _Values(evidence.c.score, of, evidence.c.candidate_id)


def _with_value(connection: Connection, column: str, seen_by: str | None) -> Select[Any]:
    """Select the ids that have a value in ``column``, in its order."""
    ids, verdict = candidates.c.id, candidates.c.verdict
    if seen_by is not None and column in (VERDICT, DISPUTED, FLAGGED):
        pair, given = judgements.c.candidate_id, judgements.c.verdict
        own = select(pair).where(is_own(connection, seen_by))
        if column == VERDICT:
            return own.where(given.is_not(None)).order_by(given, pair)
        return own.where(judgements.c.flagged if column == FLAGGED else false()).order_by(pair)
    if column == VERDICT:
        return select(ids).where(verdict.is_not(None)).order_by(verdict, ids)
    if column in (KNOWN, DISPUTED, FLAGGED):
        return select(ids).where(marked(column)).order_by(candidates.c[column], ids)
    values = _values(connection, column, seen_by)
    return select(values.pair).where(values.there).order_by(values.column, values.pair)


def _source(connection: Connection, name: str) -> int:
    found = connection.execute(select(sources.c.id).where(sources.c.name == name)).scalar()
    if found is None:
        raise StoreError(_("Unknown score {name!r} in this store.").format(name=name))
    return int(found)
