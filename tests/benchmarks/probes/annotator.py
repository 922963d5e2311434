"""An annotator who knows Cilin judges in a real store through a real queue.

The model sees no dictionary; it learns from the annotator's answers alone.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from core.synonyms import shipped
from core.synonyms.candidates.vocabulary import VocabularyFilter
from core.synonyms.evaluation.cilin_pairs import PoolConfig, cilin_split
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.lexicons.cilin import SYNONYMS, Cilin
from core.synonyms.methods.method import MethodData, Scorer
from core.synonyms.methods.registry import METHODS
from core.synonyms.mining.config import MineConfig
from core.synonyms.mining.run import mine_into
from core.synonyms.pairs import Candidate
from core.synonyms.progress import finish
from core.synonyms.queue.config import Order, QueueConfig
from core.synonyms.queue.planner import Planner
from core.synonyms.queue.queue import Queue
from core.synonyms.store import Store
from core.synonyms.vectors import WordVectors, load_vectors
from core.synonyms.verdicts import Verdict

NEAREST: Final = 25
"""Neighbours a word: about 90,000 candidates for 3,000 words, one in 25 of them a synonym pair."""


class Collected:
    """A sink that keeps only pairs whose truth Cilin knows; a method that has learnt adds what it makes of them."""

    def __init__(self, cilin: Cilin, store: Store, method: str, scorer: Scorer | None) -> None:
        self._cilin = cilin
        self._store = store
        self._method = method
        self._scorer = scorer
        self.completed_stages: frozenset[str] = frozenset()

    def add(self, batch: Sequence[Candidate]) -> int:
        """Keep pairs of two words of Cilin, without what Cilin says about them."""
        judged = [pair for pair in batch if pair.word1 in self._cilin and pair.word2 in self._cilin]
        told = self._told(judged)
        return self._store.add(
            [
                Candidate(each.word1, each.word2, {**each.scores, **score}, each.ranks, sources=each.sources)
                for each, score in zip(judged, told, strict=True)
            ]
        )

    def _told(self, judged: Sequence[Candidate]) -> list[dict[str, float]]:
        if self._scorer is None:
            return [{} for _each in judged]
        scores = self._scorer.score([each.pair for each in judged]).tolist()
        return [{self._method: METHODS[self._method].shown(score)} for score in scores]

    def complete_stage(self, stage: str) -> None:
        """Each run of the benchmark mines anew."""


def learnt(method: str, cilin: Cilin, vectors: WordVectors, held_out: frozenset[str], seed: int) -> Scorer:
    """Return what a method learns from Cilin's pairs that hold none of the words the annotator will see."""
    split, _unseen = finish(cilin_split(cilin, vectors, PoolConfig(seed=seed)))
    pool = split.closed
    training = pool.where([held_out.isdisjoint(pair) for pair in pool.pairs])
    row = METHODS[method]
    return finish(
        row.learn(row.config(seed), MethodData(training, vectors, dictionary=Cedict.from_file(shipped.CEDICT.path())))
    )


def make_store(path: Path, cilin: Cilin, words: int, seed: int, method: str = "") -> None:
    """Mine the candidates of ``words`` words of Cilin into a new store, with a method's scores if one is named."""
    vectors = load_vectors(shipped.WIKIPEDIA_VECTORS.path())
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
    scorer = learnt(method, cilin, vectors, held_out, seed) if method else None
    with Store(path) as store:
        for _event in mine_into(config, Collected(cilin, store, method, scorer)):
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


def orders(
    folder: str, words: int, decisions: int, names: Sequence[str], seed: int = 0, method: str = ""
) -> dict[str, Any]:
    """Let the annotator work through a store each in these orders, with the scores of ``method`` if one is named.

    Returns:
        Number of candidates, and for each order what was found and how long it took.
    """
    cilin = Cilin.from_tree(shipped.CILIN.path())
    original = Path(folder) / "candidates.db"
    make_store(original, cilin, words, seed, method)
    with Store(original) as store:
        candidates = store.table_query().count()
    results = {}
    for name in names:
        # A store each: nobody learns from another's answers.
        path = Path(folder) / f"{name}.db"
        shutil.copyfile(original, path)
        results[name] = annotate(path, cilin, Order(name), decisions)
    return {"candidates": candidates, "orders": results}
