"""What can be moved by hand on the pages of the mechanisms. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, Literal

import msgspec

from core.attention.tasks.learned.requests import HopCount, StoryLanguage, StoryTask, TranslatorName
from core.attention.tasks.mechanisms.requests import MOST_DRAWS, LocalKind, ScoreName

HEADS: Final = (1, 2, 4, 8)
"""How many heads self-attention can be given."""
ROWS: Final = (2, 3, 4, 6, 8)
"""How many rows multi-dimensional attention can be given."""
MOST_STRENGTH: Final = 10.0
"""Of the penalty."""
Reader = Literal["encoder", "stories", "newspaper"]
"""Whose vectors attention over attention has: a pretrained encoder's, or those of a reader of cloze questions."""
MOST_POSITIONS: Final = 2.0
LEAST_WIDTH, MOST_WIDTH = 0.5, 20.0
"""Of D, in tokens."""

Token = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Place = Annotated[float, msgspec.Meta(ge=0, le=1_000_000)]


@dataclass(frozen=True, slots=True)
class MechanismOptions:
    """Everything that was chosen on these pages.

    Attributes:
        query: index of the token that asks.
        score: which score function.
        kind: local-m or local-p.
        centre: p_t as moved by hand; None where nobody has.
        width: D.
        draws: how many samples were drawn.
        seed: where their chance comes from.
        rows: how many rows of weights a query has.
        strength: of the penalty.
        heads: how many heads.
        causal: nobody looks ahead.
        positions: how strongly the positions' waves are added.
        translator: which translator with attention.
        opened: the weights of one that a person trained, asked instead; empty for none.
        step: how far a page is walked through: a word that a translator says, a hop of a memory; None for its end.
        drawn: the number of the sentence or the story that was drawn last; None before the first.
        shifted: each word is shown with the weights of the step after it.
        story: what is asked of the next story.
        language: which language it is told in.
        hops: how often the memory is looked into.
        reader: whose vectors attention over attention has; None for the reader of stories where it can read what is
            typed, else the encoder.
    """

    query: Token = 0
    score: ScoreName = "scaled_dot"
    kind: LocalKind = "p"
    centre: Place | None = None
    width: Annotated[float, msgspec.Meta(ge=LEAST_WIDTH, le=MOST_WIDTH)] = 2.0
    draws: Annotated[int, msgspec.Meta(ge=0, le=MOST_DRAWS)] = 0
    seed: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    rows: Literal[2, 3, 4, 6, 8] = 4
    strength: Annotated[float, msgspec.Meta(ge=0, le=MOST_STRENGTH)] = 0.0
    heads: Literal[1, 2, 4, 8] = 4
    causal: bool = False
    positions: Annotated[float, msgspec.Meta(ge=0, le=MOST_POSITIONS)] = 0.0
    translator: TranslatorName = "additive"
    opened: Annotated[str, msgspec.Meta(max_length=4096)] = ""
    step: Token | None = None
    drawn: Token | None = None
    shifted: bool = False
    story: StoryTask = "two"
    language: StoryLanguage = "zh"
    hops: HopCount = 3
    reader: Reader | None = None
