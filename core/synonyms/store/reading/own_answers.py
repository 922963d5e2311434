"""One annotator's own answers: what is seen of a pair by somebody who must not be led by others.

Verdicts that settle disputes are left out: whoever gave them had seen the others' answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Result, Select, and_, bindparam, false, select

from core.synonyms.store.people import place_of
from core.synonyms.store.schema import decisions, judgements


def is_own(connection: Connection, annotator: str) -> ColumnElement[bool]:
    """Return the condition that a row of ``judgements`` is the annotator's own answer."""
    return _is_of(place_of(connection, annotator))


def _is_of(annotator: int | BindParameter[Any]) -> ColumnElement[bool]:
    return and_(judgements.c.annotator_id == annotator, judgements.c.adjudicates == false())


def own_answers(connection: Connection, annotator: str, pairs: Sequence[int]) -> Result[Any]:
    """Read verdict, flag and moment of the annotator's standing answers on these pairs."""
    return connection.execute(_answers(), {"annotator": place_of(connection, annotator), "pairs": pairs})


@cache
def _answers() -> Select[Any]:
    """Return the question, put together once: a table asks it for each picture."""
    return (
        select(judgements.c.candidate_id, decisions.c.id, decisions.c.verdict, decisions.c.flagged, decisions.c.at)
        .join(decisions, decisions.c.id == judgements.c.decision_id)
        .where(
            _is_of(bindparam("annotator")),
            judgements.c.candidate_id.in_(bindparam("pairs", expanding=True)),
        )
    )
