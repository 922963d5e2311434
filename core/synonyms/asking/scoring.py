"""All pairs of a store, scored by a method: its score stands among the others of a pair and can order the queue."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Final

from core.language import _
from core.runtime.events import Payload
from core.synonyms.asking.ask import kept_oracle
from core.synonyms.asking.config import AskConfig
from core.synonyms.methods.method import Scorer
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import SynonymsError, WordPair
from core.synonyms.progress import told_as
from core.synonyms.shards import ShardProgress, scored
from core.synonyms.spreading import Spreading
from core.synonyms.store import Store

_BATCH: Final = 2_000
"""Pairs scored and entered at once; what was entered stays when it is stopped."""
_SPREAD: Final = 200_000
"""The same where the work is spread: shards for many processes."""


@dataclass(frozen=True, slots=True)
class ScoredPairs(Payload):
    """Pairs of the store have been scored.

    Attributes:
        method: by which method.
        done: how many.
        total: of how many.
    """

    newest_only: ClassVar[bool] = True

    method: str
    done: int
    total: int


def score_store(config: AskConfig, method: str, store: str) -> Generator[Payload, None, int]:
    """Let ``method`` learn, unless it has, and score every pair of a store; return how many. A task for the worker.

    Args:
        config: by what words are looked at.
        method: name of the method; the score is entered under it.
        store: address of the store.

    Raises:
        SynonymsError: there is too little to learn from, or the store can't be used.
    """
    oracle = yield from kept_oracle(config)
    yield from oracle.learn(method)
    with Store(store, create=False) as opened:
        return (yield from enter_scores(opened, method, oracle.scorers[method]))


def enter_scores(
    store: Store, method: str, scorer: Scorer, *, mark: str = "", over: Spreading | None = None
) -> Generator[ScoredPairs, None, int]:
    """Score every pair of ``store`` and enter the scores, in place of those it had; return how many.

    Args:
        store: whose pairs.
        method: name of the method, and of the scores.
        scorer: what it has learnt.
        mark: tells it from anything else that the method may have learnt, where work is spread.
        over: over what the work is spread; None to do it here.

    Raises:
        SynonymsError: there are no pairs, or the store can't be used.
    """
    shown = METHODS[method].shown
    query = store.table_query()
    ids = query.ids().tolist()
    if not ids:
        raise SynonymsError(_("The store holds no pairs yet. Fill it under Sources."))
    batch = _BATCH if over is None else _SPREAD
    for start in range(0, len(ids), batch):
        rows = query.rows(ids[start : start + batch])
        scoring = scored(scorer, mark, [WordPair(row.word1, row.word2) for row in rows], over)
        scores = yield from told_as(scoring, partial(_told, method, start, len(ids)))
        store.score(method, {row.id: shown(float(score)) for row, score in zip(rows, scores, strict=True)})
    return len(ids)


def _told(method: str, before: int, total: int, step: ShardProgress) -> ScoredPairs:
    return ScoredPairs(method, before + step.done, total)
