"""What can be asked of the mechanisms. Frozen, picklable, and free of torch: the window's process makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from core.attention.requests import Source, Unit

ScoreName = Literal["dot", "scaled_dot", "general", "additive", "concat", "location", "cosine"]
"""A score function of the survey's table."""
SCORE_NAMES: Final[tuple[ScoreName, ...]] = get_args(ScoreName)
LocalKind = Literal["m", "p"]
"""Where a local window stands: at the query's own place, or where it is predicted, or moved by hand."""
MOST_DRAWS: Final = 5_000
"""Most samples of hard attention."""


@dataclass(frozen=True, slots=True)
class VectorsRequest:
    """Vectors of a text: what each mechanism begins with.

    Attributes:
        source: text and model; the units of its second sentence are the keys, or else the text's own.
        unit: what a token is.
        layer: which hidden states: 0 are the embeddings; None for the middle layer, which knows meaning best.
    """

    source: Source
    unit: Unit = "word"
    layer: int | None = None


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """The three steps with one of the score functions.

    Attributes:
        vectors: of which text.
        query: index of the token that asks; the last one where there are fewer.
        score: which function.
        seed: where the weights come from that a function would learn.
    """

    vectors: VectorsRequest
    query: int = 0
    score: ScoreName = "scaled_dot"
    seed: int = 0


@dataclass(frozen=True, slots=True)
class LocalRequest:
    """A window of keys around a position.

    Attributes:
        vectors: of which text.
        query: as in ``ScoreRequest``.
        kind: local-m or local-p.
        centre: p_t as it was moved by hand; None for the query's own place (local-m), or for the middle, which is
            where a model that has learned nothing predicts it (local-p).
        width: D.
    """

    vectors: VectorsRequest
    query: int = 0
    kind: LocalKind = "p"
    centre: float | None = None
    width: float = 2.0


@dataclass(frozen=True, slots=True)
class HardRequest:
    """Samples drawn by the weights.

    Attributes:
        vectors: of which text.
        query: as in ``ScoreRequest``.
        draws: how many were drawn so far, 0 to ``MOST_DRAWS``.
        seed: where chance comes from; with the same seed the first draws are the same.
    """

    vectors: VectorsRequest
    query: int = 0
    draws: int = 0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class RowsRequest:
    """Several rows of weights for one query, and what the penalty does to them.

    Attributes:
        vectors: of which text.
        query: as in ``ScoreRequest``.
        rows: r.
        strength: of the penalty.
    """

    vectors: VectorsRequest
    query: int = 0
    rows: int = 4
    strength: float = 0.0


@dataclass(frozen=True, slots=True)
class OverRequest:
    """Attention over attention: the text is the document, the second sentence the question."""

    vectors: VectorsRequest


@dataclass(frozen=True, slots=True)
class SelfRequest:
    """Self-attention of the text.

    Attributes:
        vectors: of which text; its second sentence is left aside.
        query: as in ``ScoreRequest``.
        heads: h; fewer where the model's vectors can't be shared out to so many.
        causal: nobody looks ahead.
        positions: how strongly the positions' waves are added; 0 for not at all.
    """

    vectors: VectorsRequest
    query: int = 0
    heads: int = 4
    causal: bool = False
    positions: float = 0.0
