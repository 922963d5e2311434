"""What a table of candidates asks for and gets: a filter, an order, rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from core.synonyms.verdicts import Verdict

ADDED: Final = "added"
WORD1: Final = "word1"
WORD2: Final = "word2"
RANK: Final = "rank"
KNOWN: Final = "known"
VERDICT: Final = "verdict"
DISPUTED: Final = "disputed"
FLAGGED: Final = "flagged"
JUDGES: Final = "judges"
CHANGED: Final = "changed"

COLUMNS: Final = (ADDED, WORD1, WORD2, RANK, KNOWN, VERDICT, DISPUTED, FLAGGED, JUDGES, CHANGED)
"""Columns every store can be sorted by; beside them, the name of each score."""


@dataclass(frozen=True, slots=True)
class Range:
    """Pairs whose value in a column of numbers lies between two ends, both included.

    Attributes:
        column: the name of a score, ``RANK`` (of the rarer word), ``JUDGES``, or ``CHANGED``.
        low, high: the ends; of ``CHANGED`` in microseconds since 1970, UTC.
    """

    column: str
    low: float = float("-inf")
    high: float = float("inf")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which pairs to show. Every condition that is set must hold.

    Attributes:
        text: characters that one of the two words contains, as typed.
        verdicts: current verdicts to show; None in the set stands for pairs without one,
            undecided or disputed.
        known: listed as synonyms by a dictionary, or not.
        flagged: flagged by anybody, or not.
        disputed: judges disagree, or not.
        source: name of a source that proposed the pair.
        ranges: what numbers must lie between.
        annotator: name of an annotator with a current answer on the pair.
    """

    text: str = ""
    verdicts: frozenset[Verdict | None] | None = None
    known: bool | None = None
    flagged: bool | None = None
    disputed: bool | None = None
    source: str | None = None
    ranges: tuple[Range, ...] = ()
    annotator: str | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of rows: by one of ``COLUMNS`` or by a score's name.

    Pairs without a value come last; where nothing stands for 0, as with judges and marks, they are the smallest.
    """

    column: str = ADDED
    descending: bool = False


EVERYTHING: Final = Filter()
AS_ADDED: Final = Sort()


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate as it stands.

    Attributes:
        id: of the pair in this store.
        word1, word2: the words in code point order.
        ranks: frequency rank of each word.
        codes: dictionary codes of each word.
        known: a dictionary lists the two as synonyms.
        scores: score by name.
        sources: names of the generators that proposed the pair, sorted.
        english_sets: sets of English lexicons that hold translations of both words, with these.
        verdict: what the current judgements amount to; None where undecided or disputed.
        disputed: judges disagree.
        flagged: somebody wants to come back.
        judges: how many annotators have judged.
        changed: when the newest current judgement was made, UTC.
    """

    id: int
    word1: str
    word2: str
    ranks: tuple[int | None, int | None] = (None, None)
    codes: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    known: bool = False
    scores: Mapping[str, float] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    english_sets: tuple[str, ...] = ()
    verdict: Verdict | None = None
    disputed: bool = False
    flagged: bool = False
    judges: int = 0
    changed: datetime | None = None
