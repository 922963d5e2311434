"""One annotator's own answers: what is seen of a pair by somebody who must not be led by others.

Verdicts that settle disputes are left out: whoever gave them had seen the others' answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, select

from core.synonyms.store.people import place_of
from core.synonyms.store.schema import decisions, judgements


def is_own(connection: Connection, annotator: str) -> ColumnElement[bool]:
    """Return the condition that a row of ``judgements`` is the annotator's own answer."""
    return and_(judgements.c.annotator_id == place_of(connection, annotator), judgements.c.adjudicates == false())


def own_answers(connection: Connection, annotator: str, pairs: Sequence[int]) -> Select[Any]:
    """Select verdict, flag and moment of the annotator's standing answers on these pairs."""
    return (
        select(judgements.c.candidate_id, decisions.c.id, decisions.c.verdict, decisions.c.flagged, decisions.c.at)
        .join(decisions, decisions.c.id == judgements.c.decision_id)
        .where(is_own(connection, annotator), judgements.c.candidate_id.in_(pairs))
    )
