"""What an annotator can say about a pair, and what several of them say together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.language import _


class Verdict(StrEnum):
    """One annotator's answer to "are these two words synonyms?". Stores and files hold the values."""

    SYNONYM = "synonym"
    RELATED = "related"
    ANTONYM = "antonym"
    NOT = "not"
    UNSURE = "unsure"
    SKIP = "skip"

    @property
    def is_judgement(self) -> bool:
        """Whether this says something about the pair; a skip only says "not me, not now"."""
        return self is not Verdict.SKIP


def verdict_title(verdict: Verdict) -> str:
    """Return the verdict's name in the language in use."""
    return {
        Verdict.SYNONYM: _("Synonym"),
        Verdict.RELATED: _("Related"),
        Verdict.ANTONYM: _("Antonym"),
        Verdict.NOT: _("Not a synonym"),
        Verdict.UNSURE: _("Unsure"),
        Verdict.SKIP: _("Skipped"),
    }[verdict]


@dataclass(frozen=True, slots=True)
class Consensus:
    """What all current judgements of a pair amount to.

    Attributes:
        verdict: the adjudicator's verdict, else the one all judges share, else a skip if that is all there
            is; None where nobody has decided or the judges disagree.
        disputed: judges disagree and no adjudicator has settled it.
    """

    verdict: Verdict | None
    disputed: bool = False


def consensus(judgements: Iterable[Verdict], adjudication: Verdict | None = None) -> Consensus:
    """Combine the current verdicts of all annotators on one pair.

    Args:
        judgements: each annotator's current verdict.
        adjudication: the newest adjudicator's verdict, if there is one; a skip settles nothing.
    """
    if adjudication is not None and adjudication.is_judgement:
        return Consensus(adjudication)
    given = set(judgements)
    said = {verdict for verdict in given if verdict.is_judgement}
    if len(said) > 1:
        return Consensus(None, disputed=True)
    if said:
        return Consensus(said.pop())
    return Consensus(Verdict.SKIP if given else None)


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the history of decisions. Entries are only ever added.

    Attributes:
        id: grows with every entry of the store.
        candidate: id of the pair.
        word1, word2: the pair.
        annotator: who.
        verdict: what; None where only a flag or a note was set, and in an entry that undoes another.
        at: when, UTC.
        seconds: how long the card was looked at; None where nobody measured.
        note: free text.
        flagged: "come back to this one".
        model_score: the ranker's probability of a synonym at that moment; None before it had learnt.
        adjudicates: the decision settles a dispute instead of being one more opinion.
        imported: the decision came from a file.
        undoes: id of the entry this one takes back; None for an ordinary decision.
    """

    id: int
    candidate: int
    word1: str
    word2: str
    annotator: str
    verdict: Verdict | None
    at: datetime
    seconds: float | None = None
    note: str = ""
    flagged: bool = False
    model_score: float | None = None
    adjudicates: bool = False
    imported: bool = False
    undoes: int | None = None
