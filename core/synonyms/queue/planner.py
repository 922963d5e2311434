"""Planning a queue in the worker: learn from what was judged, and put the open pairs in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, false, func, select, true

from core.language import _
from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.assignment import is_shared, owners
from core.synonyms.queue.config import ModelReport, Only, Order, QueueConfig, QueuePlan
from core.synonyms.ranker.features import Features, Floats, describe, first_guess
from core.synonyms.ranker.model import Model, learn
from core.synonyms.ranker.quality import read_quality
from core.synonyms.ranker.table import PairTable, read_table
from core.synonyms.store import Store
from core.synonyms.store.columns import Ids, fetch_ids
from core.synonyms.store.people import place_of, read_sharing, sharers
from core.synonyms.store.schema import candidates, decisions, judgements
from core.synonyms.store.table_query import read_revision
from core.synonyms.verdicts import TEACHING, Verdict


@dataclass(frozen=True, slots=True, eq=False)
class _Described:
    where: str
    revision: int
    table: PairTable
    features: Features


class Planner:
    """Plans queues, and remembers the features of the store it saw last.

    Reading them takes longer than learning. They are read anew when candidates or evidence have changed.
    """

    def __init__(self) -> None:
        self._seen: _Described | None = None

    def plan(self, config: QueueConfig) -> QueuePlan:
        """Return the next pairs of a queue.

        Raises:
            StoreError: the store cannot be used.
            SynonymsError: it has no score of the wanted name.
        """
        with Store(config.store, create=False) as store:
            with store.database.reading() as connection:
                seen = int(connection.execute(select(func.coalesce(func.max(decisions.c.id), 0))).scalar_one())
                described = self._describe(connection, store.where)
                model = _learn(connection, described, config.seen_by)
                asked, shared_out = _waiting(connection, config)
                waiting = described.table.places(asked)
                # A pair added since the features were read waits for the next plan.
                waiting = waiting[waiting >= 0]
                key = _key(config, described, model, waiting)
                # Ties in the order of the ids, so that the same store gives the same queue.
                order = np.lexsort((waiting, -key))[: config.depth]
                report = _report(connection, described.features, model, config.seen_by)
            store.database.checkpoint()
        chosen = waiting[order]
        probability = low = high = np.full(len(chosen), np.nan, dtype=np.float32)
        if model is not None:
            values = described.features.values[chosen]
            probability = model.probability(values)
            low, high = model.interval(values)
        return QueuePlan(described.table.ids[chosen], probability, low, high, len(waiting), seen, report, shared_out)

    def _describe(self, connection: Connection, where: str) -> _Described:
        revision = read_revision(connection)
        if self._seen is None or (self._seen.where, self._seen.revision) != (where, revision):
            table = read_table(connection)
            self._seen = _Described(where, revision, table, describe(table))
        return self._seen


_PLANNER = Planner()
"""The worker's own: a task is a function, and between two plans of one queue only this lives on."""


def plan_queue(config: QueueConfig) -> Iterator[QueuePlan]:
    """Yield the plan of a queue, once. A task for the worker.

    Raises:
        SynonymsError: the store cannot be used, or has no score of the wanted name.
    """
    yield _PLANNER.plan(config)


def _learn(connection: Connection, described: _Described, seen_by: str | None) -> Model | None:
    """Learn from the current judgements of ``seen_by``; for None from everybody's: who differ pull both ways.

    A guess that came from others would tell whoever answers what they think.
    """
    taught = select(judgements.c.candidate_id).where(judgements.c.verdict.in_(TEACHING))
    if seen_by is not None:
        taught = taught.where(judgements.c.annotator_id == place_of(connection, seen_by))
    said = judgements.c.verdict == Verdict.SYNONYM
    positive = described.table.places(fetch_ids(connection, taught.where(said)))
    negative = described.table.places(fetch_ids(connection, taught.where(~said)))
    rows = np.concatenate([positive, negative])
    synonym = np.arange(len(rows)) < len(positive)
    return learn(described.features.values[rows[rows >= 0]], synonym[rows >= 0])


def _waiting(connection: Connection, config: QueueConfig) -> tuple[Ids, int]:
    """Return the ids of the pairs that belong in this queue, ascending, and how many open ones are others' share."""
    if config.only is Only.DISPUTED:
        return fetch_ids(connection, select(candidates.c.id).where(candidates.c.disputed).order_by(candidates.c.id)), 0
    me = place_of(connection, config.annotator)
    if config.only is Only.FLAGGED:
        flagged = select(judgements.c.candidate_id).where(judgements.c.annotator_id == me, judgements.c.flagged)
        return fetch_ids(connection, flagged.distinct().order_by(judgements.c.candidate_id)), 0
    given = select(judgements.c.candidate_id).where(judgements.c.verdict.is_not(None))
    answered = given.where(judgements.c.adjudicates == false())
    if (verdict := config.only.own_verdict) is not None:
        own = answered.where(judgements.c.annotator_id == me, judgements.c.verdict == verdict)
        return fetch_ids(connection, own.order_by(judgements.c.candidate_id)), 0
    # Who has settled a dispute has seen the others' answers: it is too late for one of their own.
    mine = fetch_ids(connection, given.where(judgements.c.annotator_id == me))
    known = true() if config.known else candidates.c.known == false()
    everything = fetch_ids(connection, select(candidates.c.id).where(known).order_by(candidates.c.id))
    others = fetch_ids(connection, answered.where(judgements.c.annotator_id != me))
    sharing = read_sharing(connection)
    shared = is_shared(everything, sharing.overlap, sharing.seed)
    team = sharers(connection, me)
    share = owners(everything, team if me in team else [*team, me], sharing.seed) == me
    is_open = ~np.isin(everything, mine)
    of_one = is_open & ~shared & ~np.isin(everything, others)
    chosen: Ids = everything[(shared & is_open) | (of_one & share)]
    return chosen, int(np.count_nonzero(of_one & ~share))


def _key(config: QueueConfig, described: _Described, model: Model | None, rows: Ids) -> npt.NDArray[np.floating]:
    """Return what the rows are ordered by, highest first."""
    table = described.table
    if config.order is Order.RANDOM:
        # One draw for the whole table: judging a pair must not shuffle those that are left.
        return np.random.default_rng(config.seed).random(len(table.ids))[rows]
    if config.order is Order.SCORE:
        if config.score not in table.names:
            raise SynonymsError(_("Unknown score {name!r} in this store.").format(name=config.score))
        score: Floats = table.scores[rows, table.names.index(config.score)]
        return np.nan_to_num(score, nan=-np.inf)
    if model is None:
        guess: Floats = first_guess(table)[rows]
        return guess
    probability = model.probability(described.features.values[rows])
    return probability if config.order is Order.LIKELY else -np.abs(probability - np.float32(0.5))


def _report(connection: Connection, features: Features, model: Model | None, seen_by: str | None) -> ModelReport | None:
    if model is None:
        return None
    strongest = np.argsort(-np.abs(model.weights), kind="stable")
    weights = tuple((features.names[n], float(model.weights[n])) for n in strongest)
    quality = read_quality(connection, None if seen_by is None else place_of(connection, seen_by))
    report = ModelReport(model.learnt, model.positives, model.milliseconds, weights)
    if quality is None:
        return report
    return replace(
        report,
        judged=quality.judged,
        brier=quality.brier,
        baseline=quality.baseline,
        average_precision=quality.average_precision,
    )
