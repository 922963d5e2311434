"""What comes back from the mechanisms: frozen payloads of numbers and labels, free of torch.

m queries, n keys, d numbers in a vector.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.attention.results import Answer, Floats, Ints, ModelCard, Token
from core.attention.tasks.mechanisms.requests import LocalKind, ScoreName


@dataclass(frozen=True, slots=True)
class Vectors:
    """Queries and keys, centred and brought to one size, as ``read_vectors`` says.

    Attributes:
        card: the model.
        layer: the hidden states they are; 0 are the embeddings.
        rows: m tokens that ask.
        columns: n tokens that are asked.
        queries: (m, d).
        keys: (n, d); the values are the same.
        is_pair: queries and keys are of two sentences.
    """

    card: ModelCard
    layer: int
    rows: tuple[Token, ...]
    columns: tuple[Token, ...]
    queries: Floats
    keys: Floats
    is_pair: bool


@dataclass(frozen=True, slots=True)
class Mechanism(Answer):
    """What the answers of all mechanisms have.

    Attributes:
        vectors: whose.
        query: index of the token that asks.
    """

    vectors: Vectors
    query: int

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """The model."""
        return (self.vectors.card,)


@dataclass(frozen=True, slots=True)
class ScoreSteps(Mechanism):
    """The three steps.

    Attributes:
        score: which function.
        is_drawn: it has weights that were drawn, not learned.
        scores: (n,) e.
        weights: (n,) α.
        context: (d,) c.
    """

    score: ScoreName
    is_drawn: bool
    scores: Floats
    weights: Floats
    context: Floats


@dataclass(frozen=True, slots=True)
class LocalSteps(Mechanism):
    """Local attention.

    Attributes:
        kind: local-m or local-p.
        centre: p_t.
        width: D.
        scores: (n,) e.
        everywhere: (n,) α of global attention.
        inside: (n,) softmax within the window.
        bell: (n,) the Gaussian; 1 everywhere for local-m.
        weights: (n,) the product of the two.
        context: (d,) c.
    """

    kind: LocalKind
    centre: float
    width: float
    scores: Floats
    everywhere: Floats
    inside: Floats
    bell: Floats
    weights: Floats
    context: Floats


@dataclass(frozen=True, slots=True)
class HardSteps(Mechanism):
    """Hard attention.

    Attributes:
        weights: (n,) α, which is soft attention and the probability of each key.
        draws: K, how many were drawn.
        last: the key drawn last; None before the first.
        shares: (n,) how often each was drawn, as a share of K.
        context: (d,) Σ α v.
        drawn_value: (d,) the value of the last draw; zeros before the first.
        mean_value: (d,) the mean of the drawn values; zeros before the first.
        counted: (p,) numbers of draws, growing.
        distance: (p,) after so many, the mean distance |share − α| over the keys.
    """

    weights: Floats
    draws: int
    last: int | None
    shares: Floats
    context: Floats
    drawn_value: Floats
    mean_value: Floats
    counted: Ints
    distance: Floats


@dataclass(frozen=True, slots=True)
class RowsSteps(Mechanism):
    """Multi-dimensional attention.

    Attributes:
        strength: of the penalty.
        before: (r, n) A without it.
        weights: (r, n) A with it.
        products: (r, r) A Aᵀ.
        overlap_before: P without it.
        overlap: P with it.
    """

    strength: float
    before: Floats
    weights: Floats
    products: Floats
    overlap_before: float
    overlap: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of the document, with the weight of all its places together.

    Attributes:
        word: as typed.
        weight: the sum of s over its places.
        places: how often it stands there.
    """

    word: str
    weight: float
    places: int


@dataclass(frozen=True, slots=True)
class OverSteps(Mechanism):
    """Attention over attention; the rows are the question's words (Q), the columns the document's (D).

    Attributes:
        to_document: (Q, D) α, each row a softmax over the document.
        to_question: (Q, D) each *column* a softmax over the question.
        importance: (Q,) β.
        attended: (D,) s.
        candidates: words of the document by their weight, the heaviest first.
    """

    to_document: Floats
    to_question: Floats
    importance: Floats
    attended: Floats
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class SelfSteps(Mechanism):
    """Self-attention with heads.

    Attributes:
        weights: (h, n) α of the query in each head.
        is_causal: nobody looks ahead.
        positions: how strongly the positions' waves were added.
        waves: (n, d) those waves.
    """

    weights: Floats
    is_causal: bool
    positions: float
    waves: Floats
