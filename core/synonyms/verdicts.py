"""What an annotator can say about a pair, and what several of them say together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from core.language import N_


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


@dataclass(frozen=True, slots=True)
class VerdictSpec:
    """All that is to be known of a verdict but its colour and sign.

    Attributes:
        verdict: which.
        word: its name on buttons and in tables, marked with ``N_``.
        title: its name in a menu.
        key: the key that gives it wherever pairs are judged.
        arrow: a second key, on the card only; empty for none.
        is_synonym: what it says of the question; None where it says neither yes nor no.
        meaning: when to give it, marked with ``N_``.
    """

    verdict: Verdict
    word: str
    title: str
    key: str
    arrow: str
    is_synonym: bool | None
    meaning: str


VERDICTS: Final = (
    VerdictSpec(
        Verdict.SYNONYM, N_("Synonym"), N_("Synonym"), "1", "Right", True,
        N_("Interchangeable in most sentences"),
    ),
    VerdictSpec(
        Verdict.RELATED, N_("Related"), N_("Related"), "2", "Up", False,
        N_("Related in meaning or of the same kind, but not interchangeable"),
    ),
    VerdictSpec(
        Verdict.ANTONYM, N_("Antonym"), N_("Antonym"), "3", "Down", False, N_("Opposite in meaning"),
    ),
    VerdictSpec(
        Verdict.NOT, N_("Not"), N_("Not a synonym"), "4", "Left", False,
        N_("Neither synonyms nor closely related"),
    ),
    VerdictSpec(
        Verdict.UNSURE, N_("Unsure"), N_("Unsure"), "5", "", None, N_("Looked at, but undecidable"),
    ),
    VerdictSpec(
        Verdict.SKIP, N_("Skip"), N_("Skip"), "6", "Space", None, N_("Skip this pair without a verdict"),
    ),
)  # fmt: skip
"""A row each, in the order of their keys."""

TEACHING: Final = tuple(spec.verdict for spec in VERDICTS if spec.is_synonym is not None)
"""The verdicts that say yes or no: the model learns from them, and agreement is measured on them."""


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
