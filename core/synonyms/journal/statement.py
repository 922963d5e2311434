"""One thing that a person said of pairs or people, complete enough to be entered later by another process."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from typing import Literal

from core.synonyms.verdicts import Verdict

Kind = Literal["judge", "mark", "take back", "add person", "set active", "set overlap"]


@dataclass(frozen=True, slots=True)
class Said:
    """A pair that is spoken of.

    Attributes:
        pair: its id in the store.
        word1, word2: its words, by which it is found where a store was put back that numbers pairs otherwise.
        score: the model's probability of a synonym at that moment; None where it had none.
    """

    pair: int
    word1: str = ""
    word2: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said.

    Attributes:
        kind: what it does.
        annotator: who said it; or whom it is about, of people.
        pairs: of which pairs.
        verdict, note, flagged: what of them; None leaves each as it stands.
        seconds: how long they were looked at.
        adjudicates: it settles a dispute.
        active: whether the person takes a share of the pairs.
        overlap: the share of pairs that everybody judges.
        action: its name; entered twice under one name, it counts once.
        at: when it was said, in microseconds since 1970, UTC.
    """

    kind: Kind
    annotator: str = ""
    pairs: tuple[Said, ...] = ()
    verdict: Verdict | None = None
    note: str | None = None
    flagged: bool | None = None
    seconds: float | None = None
    adjudicates: bool = False
    active: bool = True
    overlap: float = 0.0
    action: str = field(default_factory=lambda: uuid.uuid4().hex)
    at: int = field(default_factory=lambda: time.time_ns() // 1000)
