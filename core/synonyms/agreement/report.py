"""What agreement is asked for, and what it tells."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from core.runtime.events import Payload
from core.synonyms.agreement.measures import Interval
from core.synonyms.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class AgreementConfig:
    """Whose answers to compare, and how.

    Attributes:
        store: address of the store.
        annotators: names; empty for everybody.
        verdicts: the categories; answers outside them count as not given.
        merged: compare only "synonym" against everything else, as a search engine would use the answers.
        resamples: bootstrap resamples of the pairs.
        level: coverage of the intervals.
        seed: of the bootstrap.
    """

    store: str
    annotators: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = tuple(verdict for verdict in Verdict if verdict.is_judgement)
    merged: bool = False
    resamples: int = 1000
    level: float = 0.95
    seed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Couple:
    """Two annotators side by side.

    Attributes:
        one, other: their names.
        pairs: judged by both.
        raw: share of the same answers.
        kappa: Cohen's kappa.
        confusion: how often ``one`` said row where ``other`` said column, (categories, categories).
    """

    one: str
    other: str
    pairs: int
    raw: Interval
    kappa: Interval
    confusion: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class AgreementReport(Payload):
    """How far the annotators of a store agree.

    Attributes:
        annotators: names of those who share at least one pair with somebody.
        categories: what rows and columns of confusions stand for.
        pairs: judged by two or more.
        raw: share of the same answers over all couples.
        alpha: Krippendorff's alpha over all annotators.
        couples: every two annotators who share pairs.
    """

    annotators: tuple[str, ...]
    categories: tuple[str, ...]
    pairs: int
    raw: Interval
    alpha: Interval
    couples: tuple[Couple, ...] = field(default=())
