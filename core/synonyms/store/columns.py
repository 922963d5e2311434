"""Whole columns of a store's pairs in memory: for what SQL would have to probe a million times.

Pairs are named by their place here, the position of their id among all ids: a place fits into four bytes, and a
mask over places is a condition.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Select, func, literal, select, tuple_

from core.synonyms.store.schema import candidates, evidence, scored_between, words

Ids = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

_LARGEST: Final = 2**27
"""Words of a larger id are passed over: they would take gigabytes, and another program must have written them."""

SLICE: Final = 100_000
"""Pairs whose words are read at once: so long somebody who asks for something else has to wait."""

_HAS_PLACE: Final = words.c.id.between(0, _LARGEST)


def fetch_ids(connection: Connection, query: Select[Any]) -> Ids:
    """Return the first column of ``query``, whole numbers, as an array."""
    return fetch_columns(connection, query, np.int64)[0]


def fetch_columns(connection: Connection, query: Select[Any], *types: type[np.generic]) -> list[npt.NDArray[Any]]:
    """Return the columns of ``query``, numbers without NULL, as arrays of these types.

    Rows in which something else than numbers stands are left out: they are named where they are read one by one.

    SQLite hands out a million numbers as one text three times as fast as in a million tuples. It drops the
    order of a subquery only under count, min and max, never under group_concat.
    """
    if connection.dialect.name == "sqlite":
        inner = query.subquery()
        texts = connection.execute(select(*(func.group_concat(column) for column in inner.c))).one()
        try:
            found = [_numbers(text, kind) for text, kind in zip(texts, types, strict=True)]
        except ValueError:
            found = []
        if len({len(column) for column in found}) == 1:
            return found
    rows = [row for row in connection.execute(query).all() if all(map(_is_number, row, types))]
    return [np.array([row[n] for row in rows], dtype=kind) for n, kind in enumerate(types)]


def _numbers(text: str | None, kind: type[np.generic]) -> npt.NDArray[Any]:
    """Return the numbers that ``text`` lists.

    Raises:
        ValueError: something else stands among them.
    """
    found = np.fromstring(text, dtype=kind, sep=",") if text else np.empty(0, dtype=kind)
    if text and len(found) != text.count(",") + 1:  # older versions of numpy stop there and only warn
        raise ValueError(text[:60])
    return found


def _is_number(value: object, kind: type[np.generic]) -> bool:
    return type(value) is int or (type(value) is float and issubclass(kind, np.floating))


@dataclass(slots=True)
class _Order:
    """An order that is being read.

    Attributes:
        pieces: the places read so far.
        is_complete: whether these are all.
    """

    pieces: list[Places] = field(default_factory=list)
    is_complete: bool = False


class PairColumns:
    """The pairs of one revision of a store.

    Attributes:
        revision: of the candidates.
        ids: of the pairs, ascending, (N,).
    """

    def __init__(self, connection: Connection, revision: int) -> None:
        """Read which pairs there are; their words are read when they are needed."""
        self.revision = revision
        self.ids = _all_ids(connection)
        self._one = np.zeros(len(self.ids), dtype=np.int32)
        self._two = np.zeros(len(self.ids), dtype=np.int32)
        self._read = 0
        self._ranks: npt.NDArray[np.int32] | None = None
        self._orders: dict[int, _Order] = {}

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def is_complete(self) -> bool:
        """Whether the words of all pairs have been read."""
        return self._read == len(self.ids)

    @property
    def has_ranks(self) -> bool:
        """Whether the ranks of all pairs have been read."""
        return self._ranks is not None

    def has_score(self, source: int) -> bool:
        """Whether the order by the score of ``source`` has been read."""
        return source in self._orders and self._orders[source].is_complete

    def places(self, ids: Ids) -> Places:
        """Return the places of ``ids``; those that are of no pair are left out."""
        if not len(ids) or not len(self.ids):
            return np.empty(0, dtype=np.int32)
        first, last = int(self.ids[0]), int(self.ids[-1])
        if int(ids.min()) < first or int(ids.max()) > last:
            ids = ids[(ids >= first) & (ids <= last)]
        if last - first + 1 == len(self.ids):
            return (ids - first).astype(np.int32)
        found = np.searchsorted(self.ids, ids)
        places: Places = found[self.ids[found] == ids].astype(np.int32)
        return places

    def mask(self, ids: Ids) -> Mask:
        """Return which pairs are among ``ids``."""
        chosen = np.zeros(len(self.ids), dtype=bool)
        chosen[self.places(ids)] = True
        return chosen

    def read_on(self, connection: Connection) -> None:
        """Read the words of the next ``SLICE`` pairs."""
        some = self.ids[self._read : self._read + SLICE]
        if not len(some):
            return
        query = (
            select(candidates.c.id, candidates.c.word1_id, candidates.c.word2_id)
            .where(candidates.c.id.between(int(some[0]), int(some[-1])))
            .order_by(candidates.c.id)
        )
        ids, one, two = fetch_columns(connection, query, np.int64, np.int64, np.int64)
        places, size = self.places(ids), _size(connection)
        for column, word_ids in ((self._one, one), (self._two, two)):
            column[places] = np.where((word_ids > 0) & (word_ids < size), word_ids, 0)
        self._read += len(some)

    def read_score_on(self, connection: Connection, source: int, size: int | None) -> None:
        """Read, in the order of their score by ``source``, the next ``size`` pairs; all that are left for None."""
        order = self._orders.setdefault(source, _Order())
        if order.is_complete:
            return
        pair, score = evidence.c.candidate_id, evidence.c.score
        query = select(pair).where(evidence.c.source_id == source).order_by(score, pair)
        if not order.pieces:
            query = query.where(scored_between())
        else:
            last = int(self.ids[order.pieces[-1][-1]])
            of_last = select(score).where(evidence.c.source_id == source, pair == last)
            here = connection.execute(of_last).scalar_one()
            query = query.where(scored_between(here), tuple_(score, pair) > tuple_(literal(here), literal(last)))
        found = self.places(fetch_ids(connection, query.limit(size)))
        if len(found):
            order.pieces.append(found)
        order.is_complete = size is None or len(found) < size

    def by_score(self, connection: Connection, source: int) -> Places:
        """Return the places of the pairs with a score by ``source``, the smallest score first."""
        self.read_score_on(connection, source, None)
        order = self._orders[source]
        order.pieces = [np.concatenate([np.empty(0, dtype=np.int32), *order.pieces])]
        return order.pieces[0]

    def containing(self, connection: Connection, piece: str) -> Mask:
        """Return which pairs have ``piece`` in a word: distinct words are few, so they are searched, not the pairs."""
        is_sqlite = connection.dialect.name == "sqlite"
        chosen: Mask
        found = func.instr(words.c.text, piece) if is_sqlite else func.strpos(words.c.text, piece)
        if not self.is_complete:
            # Somebody types before everything is read: two indices answer sooner than reading the rest would.
            chosen = np.zeros(len(self.ids), dtype=bool)
            having = select(words.c.id).where(found > literal(0))
            for side in (candidates.c.word1_id, candidates.c.word2_id):
                chosen[self.places(fetch_ids(connection, select(candidates.c.id).where(side.in_(having))))] = True
            return chosen
        one, two = self._words(connection)
        holds = np.zeros(_size(connection), dtype=bool)
        holds[fetch_ids(connection, select(words.c.id).where(found > literal(0), _HAS_PLACE))] = True
        chosen = holds[one] | holds[two]
        return chosen

    def by_word(self, connection: Connection, *, second: bool) -> Places:
        """Return all places in the order of the pairs' first or second words."""
        order = fetch_ids(connection, select(words.c.id).where(_HAS_PLACE).order_by(words.c.text))
        place_of = np.zeros(_size(connection), dtype=np.int32)
        place_of[order] = np.arange(len(order), dtype=np.int32)
        return ascending(place_of[self._words(connection)[second]])

    def ranks(self, connection: Connection) -> npt.NDArray[np.int32]:
        """Return the frequency rank of each pair's rarer word, (N,); 0 where a word has none."""
        if self._ranks is None:
            one, two = self._words(connection)
            ranked = select(words.c.id, words.c.rank).where(words.c.rank.between(1, 2**31 - 1), _HAS_PLACE)
            ids, values = fetch_columns(connection, ranked, np.int64, np.int32)
            rank_of = np.zeros(_size(connection), dtype=np.int32)
            rank_of[ids] = values
            ranks = np.maximum(rank_of[one], rank_of[two])
            ranks[(rank_of[one] == 0) | (rank_of[two] == 0)] = 0
            self._ranks = ranks
        return self._ranks

    def by_rank(self, connection: Connection) -> Places:
        """Return the places of the pairs that have a rank, the most frequent first."""
        ranks = self.ranks(connection)
        ranked = np.flatnonzero(ranks).astype(np.int32)
        return ranked[ascending(ranks[ranked])]

    def _words(self, connection: Connection) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        while not self.is_complete:
            self.read_on(connection)
        return self._one, self._two


def ascending(keys: npt.NDArray[np.int32]) -> Places:
    """Return where the smallest key stands, the next, and so on; equal ones in their order. Keys are 0 or more.

    In two rounds over 16 bits each, for which numpy counts instead of comparing: five times as fast.
    """
    order = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
    if len(keys) and int(keys.max()) > 0xFFFF:
        order = order[np.argsort((keys >> 16).astype(np.uint16)[order], kind="stable")]
    return order.astype(np.int32)


def _all_ids(connection: Connection) -> Ids:
    """Return the ids of all pairs, ascending. They are handed out one after the other, mostly without a gap."""
    ids = candidates.c.id
    count = connection.execute(select(func.count()).select_from(candidates)).scalar_one()
    if not count:
        return np.empty(0, dtype=np.int64)
    least = connection.execute(select(func.min(ids))).scalar_one()
    most = connection.execute(select(func.max(ids))).scalar_one()
    if most - least + 1 == count:
        return np.arange(least, most + 1, dtype=np.int64)
    return fetch_ids(connection, select(ids).order_by(ids))


def _size(connection: Connection) -> int:
    """Return one more than the largest id of a word."""
    return int(connection.execute(select(func.max(words.c.id)).where(_HAS_PLACE)).scalar() or 0) + 1
