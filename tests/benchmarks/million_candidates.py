"""A table of a million candidates: how long it takes to open, filter, sort and scroll it.

``python -m tests.benchmarks.million_candidates [--pairs N] [--json FILE] [--keep FILE]`` makes a store of
synthetic pairs (or opens the one kept), and prints each figure beside its budget.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from core.synonyms.pairs import Candidate
from core.synonyms.store import Filter, ScoreRange, Sort, Store
from core.synonyms.verdicts import Verdict

WORDS = 125_796
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
    keys = np.unique(keys[keys // WORDS < keys % WORDS] if pairs < 1000 else keys)
    one, two = keys // WORDS, keys % WORDS
    wanted = np.unique(np.stack([np.minimum(one, two), np.maximum(one, two)], axis=1)[one != two], axis=0)
    wanted = rng.permutation(wanted)[:pairs]
    scores = rng.beta(4, 3, size=(len(wanted), 3)).round(4)
    kinds = rng.integers(0, 4, size=len(wanted))
    batch = []
    for (a, b), (cosine, gloss, chars), kind in zip(
        wanted.tolist(), scores.tolist(), kinds.tolist(), strict=True
    ):
        first, second = sorted((words[a], words[b]))
        ranks = (a + 1, b + 1) if first == words[a] else (b + 1, a + 1)
        given = (
            {"cosine": cosine}
            | ({"gloss": gloss} if kind == 1 else {})
            | ({"characters": chars} if kind >= 2 else {})
        )
        batch.append(
            Candidate(first, second, given, ranks, ((), ()), kind == 1 and cosine > 0.6, tuple(sorted(given)))
        )
        if len(batch) == 5000:
            yield batch
            batch = []
    if batch:
        yield batch


def fill(store: Store, pairs: int, *, decided: int) -> None:
    """Put ``pairs`` candidates and ``decided`` bulk decisions into ``store``."""
    for batch in synthetic_candidates(pairs):
        store.add(batch)
    ids = np.random.default_rng(1).permutation(store.window().ids())[:decided]
    verdicts = list(Verdict)
    for n, part in enumerate(np.array_split(ids, max(1, decided // 2000))):
        store.decide(part.tolist(), verdicts[n % len(verdicts)], "bench", flagged=n % 7 == 0)


def milliseconds(work: Callable[[], Any], repeat: int = 5) -> list[float]:
    """Return how long each of ``repeat`` calls took."""
    taken = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def measure(path: Path) -> list[dict[str, Any]]:
    """Return the rows of the benchmark: name, value, unit, budget, ok."""
    rows: list[dict[str, Any]] = []

    def row(name: str, value: float, budget: float) -> None:
        rows.append(
            {"name": name, "value": round(value, 2), "unit": "ms", "budget": budget, "ok": value <= budget}
        )

    def opened() -> None:
        with Store(path) as store:
            window = store.window()
            window.count()
            window.rows(window.ids()[:50])

    row("candidates table: open to first page", statistics.median(milliseconds(opened)), 1000)
    with Store(path) as store:
        asked = {
            "text 一 (very common)": Filter(text=chr(0x4E00)),
            "text of two hanzi": Filter(text=chr(0x4E01) + chr(0x4E03)),
            "undecided": Filter(verdicts=frozenset({None})),
            "synonyms": Filter(verdicts=frozenset({Verdict.SYNONYM})),
            "flagged": Filter(flagged=True),
            "proposed by gloss": Filter(source="gloss"),
            "cosine ≥ .8": Filter(scores=(ScoreRange("cosine", 0.8),)),
            "undecided, cosine ≥ .5, text": Filter(
                text=chr(0x4E02), verdicts=frozenset({None}), scores=(ScoreRange("cosine", 0.5),)
            ),
        }
        for order in (Sort("cosine", descending=True), Sort("word1"), Sort("rank")):
            # A fresh window each time: nothing remembered.
            worst = max(
                statistics.median(milliseconds(lambda f=f, o=order: store.window().ids(f, o), 3))
                for f in asked.values()
            )
            row(f"filter by anything, order by {order.column}, nothing remembered", worst, 1000)
            window = store.window()
            window.ids(order=order)
            for name, where in asked.items():
                taken = milliseconds(lambda f=where, o=order, w=window: w.rows(w.ids(f, o)[:50]))
                row(f"filter: {name}, order by {order.column}", statistics.median(taken), 200)
        ids = window.ids(order=Sort("cosine", descending=True))
        rng = np.random.default_rng(2)
        pages = [int(start) for start in rng.integers(0, max(1, len(ids) - 60), size=300)]
        taken = [milliseconds(lambda s=start: window.rows(ids[s : s + 60]), 1)[0] for start in pages]
        row("scroll: page of 60 anywhere, 99th percentile", float(np.percentile(taken, 99)), 10)
        pair = int(ids[len(ids) // 2])
        taken = milliseconds(lambda: store.decide(pair, Verdict.NOT, "bench"), 100)
        row("decision on disk, median", statistics.median(taken), 50)
        row("decision on disk, worst of 100", max(taken), 50)
        taken = milliseconds(lambda: store.undo("bench"), 100)
        row("undo on disk, median", statistics.median(taken), 50)
    return rows


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark and return 0 when every budget holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", type=Path, help="make the store here, or use the one that is here")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = args.keep or Path(folder) / "million.db"
        if not path.exists():
            start = time.perf_counter()
            with Store(path) as store:
                fill(store, args.pairs, decided=args.pairs // 20)
            print(f"made in {time.perf_counter() - start:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
        rows = measure(path)
    for row in rows:
        print(
            f"{row['value']:>9.2f} ms  (≤ {row['budget']:g})  {'ok  ' if row['ok'] else 'MISS'} {row['name']}"
        )
    if args.json:
        args.json.write_text(json.dumps(rows, ensure_ascii=False, indent=2), encoding="utf-8")
    return 0 if all(row["ok"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
