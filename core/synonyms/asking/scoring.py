"""All pairs of a store, scored by a method: its score stands among the others of a pair and can order the queue."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import ClassVar, Final

from core.language import _
from core.runtime.events import Payload
from core.synonyms.asking.ask import kept_oracle
from core.synonyms.asking.config import AskConfig
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import Candidate, SynonymsError, WordPair
from core.synonyms.store import Store

_BATCH: Final = 2_000
"""Pairs scored and entered at once; what was entered stays when it is stopped."""


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
    scorer, shown = oracle.scorers[method], METHODS[method].shown
    with Store(store, create=False) as opened:
        query = opened.table_query()
        ids = query.ids().tolist()
        if not ids:
            raise SynonymsError(_("The store holds no pairs yet. Fill it under Sources."))
        for start in range(0, len(ids), _BATCH):
            rows = query.rows(ids[start : start + _BATCH])
            scores = scorer.score([WordPair(row.word1, row.word2) for row in rows])
            opened.add([
                Candidate(row.word1, row.word2, {method: shown(float(score))})
                for row, score in zip(rows, scores, strict=True)
            ])  # fmt: skip
            yield ScoredPairs(method, start + len(rows), len(ids))
    return len(ids)
