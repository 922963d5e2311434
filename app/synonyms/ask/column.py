"""What stands in a column of neighbours: one method's answer as it is shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from app.synonyms.ask.asking import Asking
from app.synonyms.ask.threshold import Measure, Threshold
from core.synonyms.asking.config import Answer, Near
from core.synonyms.asking.relations import Relation
from core.synonyms.methods.registry import METHODS


@dataclass(frozen=True, slots=True)
class NearRow:
    """One neighbour.

    Attributes:
        near: the word and its score.
        shown: the score as people have it.
        relation: what it is to the word asked.
        by_store: the store says so.
    """

    near: Near
    shown: float
    relation: Relation
    by_store: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One method.

    Attributes:
        method: its name.
        title: what people read.
        rows: its neighbours, nearest first; none while it has not answered.
        above: how many of them are above the line.
        threshold: the least score above the line, as people have it; None where the line is drawn by number.
        synonyms: how many synonyms of the word there are to be found.
        is_seen: it has learnt from pairs of the word; None where it learns from none.
        waiting: why there are no rows yet.
        share: how far it has learnt, 0 to 1; None where nobody can tell.
    """

    method: str
    title: str
    rows: tuple[NearRow, ...] = ()
    above: int = 0
    threshold: float | None = None
    synonyms: int = 0
    is_seen: bool | None = None
    waiting: str = ""
    share: float | None = None
    counts: Counter[Relation] = field(default_factory=Counter)

    @property
    def precision(self) -> float | None:
        """Share of synonyms among the words above the line; None where there are none."""
        return self.counts[Relation.SYNONYM] / self.above if self.above else None

    @property
    def recall(self) -> float | None:
        """Share of the word's synonyms that are above the line; None where none is known."""
        return self.counts[Relation.SYNONYM] / self.synonyms if self.synonyms else None


def columns_of(asking: Asking, threshold: Threshold) -> list[Column]:
    """Return a column for each method that is asked."""
    known = _known_synonyms(asking)
    columns = []
    for method in asking.methods:
        answer = asking.answers.get(method)
        if answer is None:
            waiting, share = asking.waiting(method)
            columns.append(Column(method, METHODS[method].label, waiting=waiting, share=share))
        else:
            columns.append(_column(asking, threshold, answer, known))
    return columns


def scores_of(answer: Answer) -> list[float]:
    """Return a method's scores, the highest first."""
    return [near.score for near in answer.near]


def _known_synonyms(asking: Asking) -> int:
    """Return how many synonyms of the word are known: by the dictionaries, or by the store of what was found."""
    listed = set() if asking.about is None else set(asking.about.synonyms)
    for answer in asking.answers.values():
        for near in answer.near:
            if asking.relation(near)[0] is Relation.SYNONYM:
                listed.add(near.word)
            else:
                listed.discard(near.word)
    return len(listed)


def _column(asking: Asking, threshold: Threshold, answer: Answer, known: int) -> Column:
    row = METHODS[answer.method]
    rows = tuple(NearRow(near, row.shown(near.score), *asking.relation(near)) for near in answer.near)
    above = threshold.above(answer.method, scores_of(answer))
    least = threshold.scores.get(answer.method) if threshold.measure is Measure.SCORE else None
    return Column(
        answer.method, row.label, rows, above, None if least is None else row.shown(least),
        known, answer.is_seen, counts=Counter(each.relation for each in rows[:above]),
    )  # fmt: skip
