"""Measuring agreement on the answers of a store, as a task of the worker."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from sqlalchemy import select

from core.synonyms.agreement.measures import (
    MISSING,
    Answers,
    Resampling,
    cohen_kappa,
    confusion_matrix,
    krippendorff_alpha,
    raw_agreement,
    shared_pairs,
)
from core.synonyms.agreement.report import AgreementConfig, AgreementReport, Couple
from core.synonyms.store import Store
from core.synonyms.store.schema import annotators, judgements
from core.synonyms.verdicts import Verdict

OTHER = "other"


def measure_agreement(config: AgreementConfig) -> Iterator[AgreementReport]:
    """Yield the agreement of the store's annotators, once.

    Raises:
        StoreError: the store cannot be read.
    """
    with Store(config.store, create=False) as store:
        yield agreement_of(store, config)


def agreement_of(store: Store, config: AgreementConfig) -> AgreementReport:
    """Return the agreement of the store's annotators on the answers that stand."""
    names, answers = read_answers(store, config)
    categories = (Verdict.SYNONYM, OTHER) if config.merged else config.verdicts
    how = Resampling(config.resamples, config.seed, config.level)
    couples = []
    for i, j in combinations(range(len(names)), 2):
        both = (answers[:, i] >= 0) & (answers[:, j] >= 0)
        if not both.any():
            continue
        one, other = answers[both, i], answers[both, j]
        couples.append(
            Couple(
                names[i],
                names[j],
                int(both.sum()),
                raw_agreement(np.stack([one, other], axis=1), how),
                cohen_kappa(one, other, how),
                confusion_matrix(one, other, len(categories)),
            )
        )
    return AgreementReport(
        annotators=names,
        categories=tuple(str(category) for category in categories),
        pairs=len(shared_pairs(answers)),
        raw=raw_agreement(answers, how),
        alpha=krippendorff_alpha(answers, how),
        couples=tuple(couples),
    )


def read_answers(store: Store, config: AgreementConfig) -> tuple[tuple[str, ...], Answers]:
    """Return the annotators who share pairs, and their answers on those pairs, (pairs, annotators).

    Adjudications are left out: an adjudicator has seen the other answers.
    """
    query = (
        select(judgements.c.candidate_id, annotators.c.name, judgements.c.verdict)
        .join(annotators, annotators.c.id == judgements.c.annotator_id)
        .where(judgements.c.verdict.in_(config.verdicts), ~judgements.c.adjudicates)
    )
    with store.database.reading() as connection:
        rows = [
            (pair, name, verdict)
            for pair, name, verdict in connection.execute(query)
            if isinstance(pair, int) and isinstance(name, str)
        ]
    if config.annotators:
        rows = [row for row in rows if row[1] in config.annotators]
    code = {
        verdict: (0 if verdict is Verdict.SYNONYM else 1) if config.merged else n
        for n, verdict in enumerate(config.verdicts)
    }
    names = sorted({name for _, name, _ in rows})
    pairs = {pair: n for n, pair in enumerate(sorted({pair for pair, _, _ in rows}))}
    answers = np.full((len(pairs), len(names)), MISSING, dtype=np.int64)
    column = {name: n for n, name in enumerate(names)}
    for pair, name, verdict in rows:
        answers[pairs[pair], column[name]] = code[Verdict(verdict)]
    shared = shared_pairs(answers)
    sharing = np.flatnonzero((shared >= 0).any(axis=0))
    return tuple(names[n] for n in sharing), shared[:, sharing]
