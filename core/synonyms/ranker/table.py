"""Every candidate of a store as arrays: which words, how frequent, which scores, proposed by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from core.synonyms.store.columns import Ids, fetch_columns, fetch_ids
from core.synonyms.store.schema import SCORED, candidates, evidence, sources, words

_LARGEST: Final = 1e6
"""Scores beyond it count as this: more would not fit into features of single precision."""


@dataclass(frozen=True, slots=True, eq=False)
class PairTable:
    """All candidates, one row each, in the order of their ids.

    Attributes:
        ids: ids of the pairs, ascending, (N,).
        one, two: the words, as places in ``texts``, (N,).
        texts: the distinct words.
        ranks: frequency rank of each word of ``texts``, NaN where unknown.
        names: names of the scores, sorted, K of them.
        scores: NaN where a pair has none, (N, K).
        proposed: the source proposed the pair, (N, K).
    """

    ids: Ids
    one: Ids
    two: Ids
    texts: tuple[str, ...]
    ranks: npt.NDArray[np.float32]
    names: tuple[str, ...]
    scores: npt.NDArray[np.float32]
    proposed: npt.NDArray[np.bool_]

    def places(self, ids: Ids) -> Ids:
        """Return the rows of these ids, −1 for an id that is not in the table."""
        if not len(self.ids):
            return np.full(len(ids), -1, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.where(self.ids[found] == ids, found, -1)


def read_table(connection: Connection) -> PairTable:
    """Return all candidates of a store."""
    query = select(candidates.c.id, candidates.c.word1_id, candidates.c.word2_id).order_by(candidates.c.id)
    ids, one, two = fetch_columns(connection, query, np.int64, np.int64, np.int64)
    rows = connection.execute(select(words.c.id, words.c.text, words.c.rank).order_by(words.c.id)).all()
    word_ids = np.array([row.id for row in rows], dtype=np.int64)
    # What cannot be a pair or a word is named where rows are read one by one; nothing can be learnt from it.
    whole = np.isin(one, word_ids) & np.isin(two, word_ids)
    ids, one, two = ids[whole], one[whole], two[whole]
    rows_of_sources = connection.execute(select(sources.c.id, sources.c.name))
    named = {row.name: row.id for row in rows_of_sources if isinstance(row.name, str)}
    names = tuple(sorted(named))
    scores = np.full((len(ids), len(names)), np.nan, dtype=np.float32)
    proposed = np.zeros((len(ids), len(names)), dtype=bool)
    for column, name in enumerate(names):
        of = evidence.c.source_id == named[name]
        scored = select(evidence.c.candidate_id, evidence.c.score).where(of, SCORED)
        pairs, values = fetch_columns(connection, scored, np.int64, np.float64)
        there = np.isin(pairs, ids)
        scores[np.searchsorted(ids, pairs[there]), column] = np.clip(values[there], -_LARGEST, _LARGEST)
        pairs = fetch_ids(connection, select(evidence.c.candidate_id).where(of, evidence.c.proposed))
        proposed[np.searchsorted(ids, pairs[np.isin(pairs, ids)]), column] = True
    return PairTable(
        ids=ids,
        one=np.searchsorted(word_ids, one),
        two=np.searchsorted(word_ids, two),
        texts=tuple(row.text if isinstance(row.text, str) else "" for row in rows),
        ranks=np.array(
            [row.rank if isinstance(row.rank, int) and row.rank > 0 else np.nan for row in rows], dtype=np.float32
        ),
        names=names,
        scores=scores,
        proposed=proposed,
    )


def _rank(value: object) -> float:
    return value if isinstance(value, int) and value > 0 else np.nan
