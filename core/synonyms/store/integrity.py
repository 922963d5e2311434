"""Is everything in a store that follows from the history what follows from the history?"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, select, text, union

from core.language import _, ngettext
from core.synonyms.store.candidates import chunks
from core.synonyms.store.decisions import standing_entries, summaries
from core.synonyms.store.schema import candidates, decisions, judgements

_SUMMARY: Final = ("verdict", "disputed", "flagged", "judges", "changed_at")


def complaints(connection: Connection) -> list[str]:
    """Return one line for each thing that is wrong with a store; empty for a sound one."""
    found = []
    if connection.dialect.name == "sqlite":
        state = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
        if state != "ok":
            found.append(_("The file is damaged: {reason}").format(reason=state))
        if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
            found.append(_("The file refers to pairs or people that it does not hold."))
    touched = union(
        select(decisions.c.candidate_id),
        select(judgements.c.candidate_id),
        select(candidates.c.id).where(candidates.c.changed_at.is_not(None)),
    )
    pairs = sorted(pair for pair in connection.scalars(touched) if isinstance(pair, int))
    wrong = sum(_count_wrong(connection, chunk) for chunk in chunks(pairs))
    if wrong:
        told = ngettext("{n} pair contradicts its history.", "{n} pairs contradict their history.", wrong)
        found.append(told.format(n=wrong))
    return found


def _count_wrong(connection: Connection, pairs: list[int]) -> int:
    expected = {
        (row.candidate_id, row.annotator_id, bool(row.adjudicates)): (row.id, row.verdict, bool(row.flagged))
        for row in connection.execute(standing_entries(pairs))
    }
    kept = {
        (row.candidate_id, row.annotator_id, bool(row.adjudicates)): (
            row.decision_id,
            row.verdict,
            bool(row.flagged),
        )
        for row in connection.execute(select(judgements).where(judgements.c.candidate_id.in_(pairs)))
    }
    wrong = {key[0] for key in expected.keys() | kept.keys() if expected.get(key) != kept.get(key)}
    summary = summaries(connection, pairs)
    for row in connection.execute(select(candidates).where(candidates.c.id.in_(pairs))):
        if any(getattr(row, name) != summary[row.id][name] for name in _SUMMARY):
            wrong.add(row.id)
    return len(wrong)
