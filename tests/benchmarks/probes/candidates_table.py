"""A table of very many candidates: how long it takes to open, filter, sort and scroll it, and to judge."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from core.synonyms.pairs import Candidate
from core.synonyms.store import Filter, Range, Sort, Store, TableQuery
from core.synonyms.verdicts import Verdict

WORDS: Final = 125_796
"""As many as the Chinese Wikipedia vectors have."""


def synthetic_words(count: int, rng: np.random.Generator) -> list[str]:
    """Return ``count`` different words of one to four hanzi, whose hanzi follow Zipf's law."""
    weights = 1 / (np.arange(3000) + 5)
    weights /= weights.sum()
    words: dict[str, None] = {}
    while len(words) < count:
        codes = rng.choice(3000, size=(count, 4), p=weights) + 0x4E00
        lengths = rng.choice([1, 2, 3, 4], size=count, p=[0.03, 0.62, 0.2, 0.15])
        words.update(dict.fromkeys("".join(map(chr, row[:n])) for row, n in zip(codes, lengths, strict=True)))
    return list(words)[:count]


def synthetic_candidates(pairs: int, seed: int = 0) -> Iterator[list[Candidate]]:
    """Yield ``pairs`` different candidates in batches, as mining would: each with one to three scores."""
    rng = np.random.default_rng(seed)
    words = synthetic_words(WORDS, rng)
    keys = rng.integers(0, WORDS * WORDS, size=int(pairs * 1.1))
    one, two = keys // WORDS, keys % WORDS
    wanted = np.unique(np.stack([np.minimum(one, two), np.maximum(one, two)], axis=1)[one != two], axis=0)
    wanted = rng.permutation(wanted)[:pairs]
    scores = rng.beta(4, 3, size=(len(wanted), 3)).round(4)
    kinds = rng.integers(0, 4, size=len(wanted))
    batch = []
    for (a, b), (cosine, gloss, chars), kind in zip(wanted.tolist(), scores.tolist(), kinds.tolist(), strict=True):
        first, second = sorted((words[a], words[b]))
        ranks = (a + 1, b + 1) if first == words[a] else (b + 1, a + 1)
        given = (
            {"cosine": cosine} | ({"gloss": gloss} if kind == 1 else {}) | ({"characters": chars} if kind >= 2 else {})
        )
        batch.append(Candidate(first, second, given, ranks, ((), ()), kind == 1 and cosine > 0.6, tuple(sorted(given))))
        if len(batch) == 5000:
            yield batch
            batch = []
    if batch:
        yield batch


def fill(store: Store, pairs: int, *, decided: int) -> None:
    """Put ``pairs`` candidates and ``decided`` bulk decisions into ``store``."""
    for batch in synthetic_candidates(pairs):
        store.add(batch)
    ids = np.random.default_rng(1).permutation(store.table_query().ids())[:decided]
    verdicts = list(Verdict)
    for n, part in enumerate(np.array_split(ids, max(1, decided // 2000))):
        store.decide(part.tolist(), verdicts[n % len(verdicts)], "bench", flagged=n % 7 == 0)


def table(file: str, pairs: int) -> dict[str, Any]:
    """Make a store of ``pairs`` candidates, a twentieth of them judged, and measure what a table asks of it.

    Returns:
        Times in milliseconds: a list for each thing asked, and how long the store took to make.
    """
    path = Path(file)
    begin = time.perf_counter()
    with Store(path) as store:
        fill(store, pairs, decided=pairs // 20)
    made = time.perf_counter() - begin
    opened = times(lambda: _open(path), 5)
    filters: dict[str, list[float]] = {}
    sorts: dict[str, list[float]] = {}
    with Store(path) as store:
        for order in (Sort("cosine", descending=True), Sort("word1"), Sort("rank")):
            # A fresh query each time: nothing is remembered.
            sorts[order.column] = times(partial(_first, store, order), 3)
            query = store.table_query()
            query.ids(order=order)
            for name, where in _filters().items():
                filters[f"{name}, by {order.column}"] = times(partial(_page, query, where, order))
        plain = times(lambda: _ask_plainly(path), 3)
        for column in ("gloss", "characters", "judges", "changed", "known"):
            sorts[column] = times(partial(_first, store, Sort(column)), 3)
        ids = store.table_query().ids(order=Sort("cosine", descending=True))
        starts = np.random.default_rng(2).integers(0, max(1, len(ids) - 60), size=300)
        pages = [times(partial(query.rows, ids[start : start + 60]), 1)[0] for start in starts]
        pair = int(ids[len(ids) // 2])
        decisions = times(lambda: store.decide(pair, Verdict.NOT, "bench"), 200)
        undos = times(lambda: store.undo("bench"), 100)
    return {
        "seconds_to_make": made,
        "megabytes": path.stat().st_size / 1e6,
        "opened": opened,
        "filters": filters,
        "plain_sql": plain,
        "sorts": sorts,
        "pages": pages,
        "decisions": decisions,
        "undos": undos,
    }


def _open(path: Path) -> None:
    with Store(path) as store:
        query = store.table_query()
        query.count()
        query.rows(query.ids()[:50])


def _first(store: Store, order: Sort) -> None:
    """Order by a column that nothing is remembered of."""
    store.table_query().ids(order=order)


def _page(query: TableQuery, where: Filter, order: Sort) -> None:
    query.rows(query.ids(where, order)[:50])


_PLAIN: Final = """
SELECT c.id FROM candidates c JOIN words one ON one.id = c.word1_id JOIN words two ON two.id = c.word2_id
JOIN evidence e ON e.candidate_id = c.id AND e.source_id = (SELECT id FROM sources WHERE name = 'cosine')
WHERE (one.text LIKE ? OR two.text LIKE ?) AND c.verdict IS NULL AND e.score >= 0.5
ORDER BY max(one.rank, two.rank) LIMIT 50
"""
"""The three conditions below, the rarest rank last, as one question to SQLite."""


def _ask_plainly(path: Path) -> None:
    text = f"%{chr(0x4E02)}%"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.execute(_PLAIN, (text, text)).fetchall()


def _filters() -> dict[str, Filter]:
    undecided = frozenset({None})
    return {
        "a very common character": Filter(text=chr(0x4E00)),
        "two characters": Filter(text=chr(0x4E01) + chr(0x4E03)),
        "undecided": Filter(verdicts=undecided),
        "synonyms": Filter(verdicts=frozenset({Verdict.SYNONYM})),
        "flagged": Filter(flagged=True),
        "proposed by one source": Filter(source="gloss"),
        "proposed by the largest source": Filter(source="cosine"),
        "a range of ranks": Filter(ranges=(Range("rank", high=20_000),)),
        "judged": Filter(ranges=(Range("judges", 1),)),
        "changed": Filter(ranges=(Range("changed", 0),)),
        "a range of scores": Filter(ranges=(Range("cosine", 0.8),)),
        "three conditions": Filter(text=chr(0x4E02), verdicts=undecided, ranges=(Range("cosine", 0.5),)),
    }


def times(work: Callable[[], Any], repeat: int = 5) -> list[float]:
    """Return how many milliseconds each of ``repeat`` calls took."""
    taken = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken
