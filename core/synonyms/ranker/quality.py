"""How far to trust the ranker: what it had said of each pair before the annotator did.

Every decision keeps the model's probability at that moment, made without knowing the answer. Comparing the
two needs no pairs set aside and no further training ("prequential" evaluation; A. P. Dawid, 1984).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from core.synonyms.store.schema import decisions, judgements
from core.synonyms.verdicts import TEACHING, Verdict


@dataclass(frozen=True, slots=True)
class Quality:
    """How the guesses fared.

    Attributes:
        judged: decisions that had a guess.
        positives: those that said synonym.
        brier: mean squared distance of guess and answer, 0 is perfect.
        baseline: what always guessing the share of synonyms would give.
        average_precision: of ranking by the guess; the share of synonyms is chance.
    """

    judged: int
    positives: int
    brier: float
    baseline: float
    average_precision: float


def quality_of(guesses: npt.NDArray[np.floating], synonym: npt.NDArray[np.bool_]) -> Quality | None:
    """Compare guesses with answers; None where there is nothing to compare."""
    n, positives = len(guesses), int(synonym.sum())
    if not positives or positives == n:
        return None
    share = positives / n
    # Equal guesses are one step of the curve: their order means nothing.
    order = np.argsort(-guesses, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(guesses[order])), n - 1)
    found = np.cumsum(synonym[order])[ends]
    precision = found / (ends + 1)
    gained = np.diff(found, prepend=0) / positives
    return Quality(
        judged=n,
        positives=positives,
        brier=float(np.mean((guesses - synonym) ** 2)),
        baseline=share * (1 - share),
        average_precision=float(np.sum(precision * gained)),
    )


def read_quality(connection: Connection, annotator: int | None = None, newest: int = 500) -> Quality | None:
    """Compare the guesses of the newest decisions that stand with what was said: by one annotator, or by everybody."""
    query = (
        select(decisions.c.model_score, decisions.c.verdict)
        .join(judgements, judgements.c.decision_id == decisions.c.id)
        .where(
            decisions.c.model_score.between(0, 1),
            decisions.c.verdict.in_(TEACHING),
        )
        .order_by(decisions.c.id.desc())
        .limit(newest)
    )
    if annotator is not None:
        query = query.where(decisions.c.annotator_id == annotator)
    rows = connection.execute(query).all()
    guesses = np.array([row.model_score for row in rows], dtype=float)
    return quality_of(guesses, np.array([row.verdict == Verdict.SYNONYM for row in rows], dtype=bool))
