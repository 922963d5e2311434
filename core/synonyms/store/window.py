"""A window on a million candidates: which rows, in which order, and the few that are on the screen.

A filter and an order become one array of ids (8 bytes a pair), after which any page is a lookup by primary
key, however far down it lies, and no row jumps while the pairs on the screen are being judged. SQL answers
each condition and each order alone, from an index; the two are put together here, and so is what follows from
words. A single statement would have to walk one index and probe the table for the other condition a million
times, which takes ten times as long.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, FromClause, Select, func, literal, select

from core.language import _
from core.synonyms.pairs import clean_word
from core.synonyms.store.adding import REVISION_KEY, chunks
from core.synonyms.store.arrays import Ids, fetch_columns, fetch_ids
from core.synonyms.store.database import Database
from core.synonyms.store.errors import StoreError
from core.synonyms.store.judging import from_micros
from core.synonyms.store.rows import (
    ADDED,
    AS_ADDED,
    CHANGED,
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
    Row,
    ScoreRange,
    Sort,
)
from core.synonyms.store.schema import (
    annotators,
    candidates,
    decisions,
    evidence,
    info,
    judgements,
    sources,
    words,
)
from core.synonyms.verdicts import Verdict

_KEPT_ORDERS: Final = 4
"""Orders remembered for switching back and forth: 8 MB each at a million pairs."""

_OF_DECISIONS: Final = frozenset({VERDICT, DISPUTED, FLAGGED, JUDGES, CHANGED})
"""Columns that change with every decision; the others only when candidates are added."""


class _Pairs(NamedTuple):
    """The words of every pair: 16 bytes a pair, for what SQL would have to probe a million times.

    Attributes:
        revision: of the candidates.
        ids: of the pairs, ascending, (N,).
        one, two: ids of their words, (N,).
        size: one more than the largest id of a word.
    """

    revision: int
    ids: Ids
    one: npt.NDArray[np.int32]
    two: npt.NDArray[np.int32]
    size: int


class Window:
    """Answers what a table of candidates asks. One serves one view; it is not shared between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._orders: OrderedDict[str, tuple[tuple[int, int], Ids, Ids]] = OrderedDict()
        self._pairs: _Pairs | None = None

    def ids(self, where: Filter = EVERYTHING, order: Sort = AS_ADDED) -> Ids:
        """Return the ids of all matching pairs in the wanted order.

        Raises:
            StoreError: no score of that name is known, or the store cannot be read.
        """
        with self._database.reading() as connection:
            first, rest = self._order(connection, order.column)
            if order.descending:
                first = first[::-1]
            ordered = np.concatenate([first, rest]) if len(rest) else first
            conditions = list(_conditions(connection, where))
            if where.text:
                conditions.append((_containing(connection, self._words(connection), clean_word(where.text)), True))
            if not conditions or not len(ordered):
                return ordered
            size = int(ordered.max()) + 1
            keep = np.ones(size, dtype=bool)
            for ids, inside in conditions:
                mask = np.zeros(size, dtype=bool)
                mask[ids[ids < size]] = True
                keep &= mask if inside else ~mask
            kept: Ids = ordered[keep[ordered]]
            return kept

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

    def _order(self, connection: Connection, column: str) -> tuple[Ids, Ids]:
        """Return the ids with a value in ``column``, ascending, and the ids without, as added."""
        state = _state(connection, with_decisions=column in _OF_DECISIONS)
        known = self._orders.get(column)
        if known is None or known[0] != state:
            pairs = self._words(connection)
            first = _by_words(connection, pairs, column)
            if first is None:
                first = fetch_ids(connection, _ascending(connection, column))
            rest = pairs.ids[:0]
            if len(first) < len(pairs.ids):
                has = np.zeros(int(pairs.ids[-1]) + 1, dtype=bool)
                has[first] = True
                rest = pairs.ids[~has[pairs.ids]]
            known = (state, first, rest)
            self._orders[column] = known
        self._orders.move_to_end(column)
        while len(self._orders) > _KEPT_ORDERS:
            self._orders.popitem(last=False)
        return known[1], known[2]

    def _words(self, connection: Connection) -> _Pairs:
        """Return the words of every pair, read anew when candidates were added."""
        revision = read_revision(connection)
        if self._pairs is None or self._pairs.revision != revision:
            query = select(candidates.c.id, candidates.c.word1_id, candidates.c.word2_id).order_by(candidates.c.id)
            ids, one, two = fetch_columns(connection, query, np.int64, np.int32, np.int32)
            size = int(connection.execute(select(func.max(words.c.id))).scalar() or 0) + 1
            self._pairs = _Pairs(revision, ids, one, two, size)
        return self._pairs


def read_revision(connection: Connection) -> int:
    """Return a number that grows whenever candidates or their evidence change."""
    return int(connection.execute(select(info.c.value).where(info.c.key == REVISION_KEY)).scalar() or 0)


def _state(connection: Connection, *, with_decisions: bool) -> tuple[int, int]:
    newest = connection.execute(select(func.max(decisions.c.id))).scalar() if with_decisions else 0
    return read_revision(connection), int(newest or 0)


def _ascending(connection: Connection, column: str) -> Select[Any]:
    """Select the ids that have a value in ``column``, in its order."""
    ids = candidates.c.id
    fixed = {
        JUDGES: select(ids).where(candidates.c.judges > 0).order_by(candidates.c.judges, ids),
        VERDICT: select(ids).where(candidates.c.verdict.is_not(None)).order_by(candidates.c.verdict, ids),
        CHANGED: select(ids).where(candidates.c.changed_at.is_not(None)).order_by(candidates.c.changed_at, ids),
    } | {mark: select(ids).where(candidates.c[mark]).order_by(ids) for mark in (KNOWN, DISPUTED, FLAGGED)}
    if column in fixed:
        return fixed[column]
    return (
        select(evidence.c.candidate_id)
        .where(evidence.c.source_id == _source(connection, column), evidence.c.score.is_not(None))
        .order_by(evidence.c.score, evidence.c.candidate_id)
    )


def _by_words(connection: Connection, pairs: _Pairs, column: str) -> Ids | None:
    """Return the ids that have a value in a column that follows from the words, ascending; None for another.

    Put together here: sorting a million pairs through joins with their words takes SQLite four seconds.
    """
    if column == ADDED:
        return pairs.ids
    if column == RANK:
        # Only pairs whose words both have a rank have one: that of the rarer word.
        rank = np.zeros(pairs.size, dtype=np.int32)
        for _id, place in connection.execute(select(words.c.id, words.c.rank).where(words.c.rank.is_not(None))).all():
            rank[_id] = place
        ranked = np.flatnonzero((rank[pairs.one] > 0) & (rank[pairs.two] > 0))
        key = np.maximum(rank[pairs.one[ranked]], rank[pairs.two[ranked]])
        by_rank: Ids = pairs.ids[ranked[np.argsort(key, kind="stable")]]
        return by_rank
    if column in (WORD1, WORD2):
        place_of = np.zeros(pairs.size, dtype=np.int32)
        in_order = fetch_ids(connection, select(words.c.id).order_by(words.c.text))
        place_of[in_order] = np.arange(len(in_order))
        key = place_of[pairs.one if column == WORD1 else pairs.two]
        by_word: Ids = pairs.ids[np.argsort(key, kind="stable")]
        return by_word
    return None


def _source(connection: Connection, name: str) -> int:
    found = connection.execute(select(sources.c.id).where(sources.c.name == name)).scalar()
    if found is None:
        raise StoreError(_("No score in this store is called {name!r}.").format(name=name))
    return int(found)


def _conditions(connection: Connection, where: Filter) -> Iterable[tuple[Ids, bool]]:
    """Yield, for each condition but the text, ids and whether they are those to keep or to leave out."""
    ids = candidates.c.id
    if where.verdicts is not None:
        chosen = where.verdicts - {None}
        if None in where.verdicts:
            # Pairs without a verdict are most of a store: ask for the others and take the complement.
            unwanted = [verdict for verdict in Verdict if verdict not in chosen]
            yield fetch_ids(connection, select(ids).where(candidates.c.verdict.in_(unwanted))), False
        else:
            yield fetch_ids(connection, select(ids).where(candidates.c.verdict.in_(sorted(chosen)))), True
    for wanted, column in ((where.known, KNOWN), (where.flagged, FLAGGED), (where.disputed, DISPUTED)):
        if wanted is not None:
            yield fetch_ids(connection, select(ids).where(candidates.c[column])), wanted
    if where.source is not None:
        of = evidence.c.source_id == _source(connection, where.source)
        yield fetch_ids(connection, select(evidence.c.candidate_id).where(of, evidence.c.proposed)), True
    for span in where.scores:
        yield fetch_ids(connection, _within(connection, span)), True
    if where.annotator is not None:
        of = annotators.c.name == where.annotator
        mine = select(judgements.c.candidate_id).join(annotators, annotators.c.id == judgements.c.annotator_id)
        yield fetch_ids(connection, mine.where(of)), True


def _containing(connection: Connection, pairs: _Pairs, piece: str) -> Ids:
    """Return pairs with ``piece`` in a word: distinct words are few, so they are searched, not the pairs."""
    found = func.instr(words.c.text, piece) if connection.dialect.name == "sqlite" else func.strpos(words.c.text, piece)
    holds = np.zeros(pairs.size, dtype=bool)
    holds[fetch_ids(connection, select(words.c.id).where(found > literal(0)))] = True
    chosen: Ids = pairs.ids[holds[pairs.one] | holds[pairs.two]]
    return chosen


def _within(connection: Connection, span: ScoreRange) -> Select[Any]:
    # Infinite ends are left out: a NULL score is outside every range all the same.
    conditions = [evidence.c.source_id == _source(connection, span.name), evidence.c.score.is_not(None)]
    if span.low > float("-inf"):
        conditions.append(evidence.c.score >= span.low)
    if span.high < float("inf"):
        conditions.append(evidence.c.score <= span.high)
    return select(evidence.c.candidate_id).where(*conditions)


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
