"""Tasks the window asks of a worker that are one question and one answer.

The longer ones live with their subject: ``mine.run:mine``, ``queue.plan:plan_queue``, ``evidence:look_up``,
``agreement.task:measure_agreement``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from core.runtime.events import Payload
from core.synonyms.store import Filter, Sort, Store, TableQuery
from core.synonyms.store.rows import AS_ADDED, EVERYTHING


@dataclass(frozen=True, slots=True, eq=False)
class TableOrder(Payload):
    """Which pairs a table shows, in which order.

    Attributes:
        ids: of the matching pairs in the wanted order, (n,).
        total: pairs in the store.
        scores: names of the scores it has.
    """

    ids: npt.NDArray[np.int64]
    total: int
    scores: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableReadAhead(Payload):
    """A piece of what later questions need has been read; who asks one now is answered next."""

    newest_only: ClassVar[bool] = True


_tables: dict[str, tuple[Store, TableQuery]] = {}
"""The table of this process: its query remembers orders, which take longer to find than to filter."""


def order_table(
    store: str, where: Filter = EVERYTHING, order: Sort = AS_ADDED, seen_by: str | None = None
) -> Iterator[TableOrder | TableReadAhead]:
    """Yield the pairs that match ``where`` in the wanted order, once; then read ahead for the next question.

    Args:
        store: address of the store.
        where: which pairs.
        order: by which column.
        seen_by: an annotator who sees the pairs as if nobody else had answered; None for everybody's answers.

    Raises:
        StoreError: the store cannot be read, or has no score of the wanted name.
    """
    if store not in _tables:
        for former, _window in _tables.values():
            former.close()
        _tables.clear()
        opened = Store(store, create=False)
        _tables[store] = (opened, opened.table_query())
    query = _tables[store][1]
    yield TableOrder(query.ids(where, order, seen_by), query.count(), tuple(query.scores()))
    for _piece in query.prepare():
        yield TableReadAhead()
