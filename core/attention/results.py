"""What comes back: frozen payloads of numbers and labels, free of torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt

from core.attention.head_set import HeadSet
from core.attention.interventions import UNCHANGED, Changes
from core.attention.requests import Across, HeadAggregation, Stack, Unit
from core.runtime.events import Payload

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

Family = Literal["encoder", "decoder", "encoder-decoder"]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of a model before it reads anything.

    Attributes:
        name: as in ``Source.model``.
        title: the model's own name.
        family: which attentions it has.
        layers: layers of each stack; of an encoder-decoder, its decoder's.
        heads: heads of each of these layers.
        width: d_model, numbers in a hidden state; 0 where nothing but weights is known.
        limit: most tokens it reads at once, specials included.
        origin: package or folder it came from, with its licence where that is known.
        encoder_layers: layers of an encoder-decoder's encoder; None for as many.
        encoder_heads: heads of each of these; None for as many.
        only_maps: its weights come about in a way of its own: they are shown, but no steps and no norms.
        only_stack: the one attention there is, where a file of arrays holds no other; None for those of the family.
        writes: it is a decoder with its output layer, which can write on.
        languages: what a translator between many calls its languages; empty for all other models.
        sink: beside the keys a learnt score takes part in the softmax (gpt-oss), so that rows sum to less than 1.
    """

    name: str
    title: str
    family: Family
    layers: int
    heads: int
    width: int
    limit: int
    origin: str
    encoder_layers: int | None = None
    encoder_heads: int | None = None
    only_maps: bool = False
    sink: bool = False
    only_stack: Stack | None = None
    writes: bool = False
    languages: tuple[str, ...] = ()

    def layers_of(self, stack: Stack | None) -> int:
        """Return how many layers ``stack`` has; None is the model's most telling one."""
        return (self.encoder_layers if stack == "encoder" else None) or self.layers

    def heads_of(self, stack: Stack | None) -> int:
        """Return how many heads a layer of ``stack`` has; None is the model's most telling one."""
        return (self.encoder_heads if stack == "encoder" else None) or self.heads

    @property
    def stacks(self) -> tuple[Stack, ...]:
        """The attentions the model has, the most telling one first."""
        if self.only_stack is not None:
            return (self.only_stack,)
        if self.family == "encoder-decoder":
            return ("cross", "encoder", "decoder")
        return (self.family,)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece as the model reads it, and the stretch of typed text it stands for.

    Attributes:
        text: ``typed[start:end]``; for a special token the model's own name of it.
        start: first character of the stretch in the sentence as typed (Python's code points).
        end: one past the last. ``start == end`` for special tokens and for pieces that are only a blank.
        special: added by the model (``[CLS]``, ``<s>``, a ``query:`` prefix), not typed.
        piece: the model's own spelling, such as ``▁北京`` or ``##ing``.
        sentence: 0 for the text, 1 for its pair.
        part: which of the neighbours it is that stand for this very stretch, from 1: a model that reads bytes has
            three pieces for 我.
        parts: how many there are.
    """

    text: str
    start: int
    end: int
    special: bool
    piece: str
    sentence: int = 0
    part: int = 1
    parts: int = 1

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as what it was made of: a map has hundreds, and a dataclass's own way takes thrice as long."""
        return Token, tuple(getattr(self, name) for name in self.__slots__)

    @property
    def is_typed(self) -> bool:
        """Whether it stands for anything typed: special tokens and a model's own blanks (e5's lone ▁) don't."""
        return not self.special and self.end > self.start

    @property
    def label(self) -> str:
        """What to write beside its row: the typed text, the piece where nothing was typed, or its code points.

        A fragment says which one it is: 我 (2/3).
        """
        return self.stretch if self.parts == 1 else f"{self.stretch} ({self.part}/{self.parts})"

    @property
    def stretch(self) -> str:
        """The label of all that stand for this stretch."""
        for words in (self.text, self.piece):
            if any(letter.isprintable() and not letter.isspace() for letter in words):
                return words
        return " ".join(f"U+{ord(letter):04X}" for letter in self.text or self.piece)

    def in_sentence(self, sentence: int) -> Token:
        """Return the same token as part of another sentence."""
        return replace(self, sentence=sentence)


@dataclass(frozen=True, slots=True)
class Guess:
    """A token that may come next.

    Attributes:
        text: what it stands for; the piece where that can't be seen.
        probability: that the model gives it.
    """

    text: str
    probability: float


Guesses = tuple[tuple[Guess, ...], ...]
"""For each token or row, what is likeliest to come next, the likeliest first; empty where a model guesses nothing."""


def borders(tokens: Sequence[Token]) -> list[int]:
    """Return before which of ``tokens`` another sentence begins."""
    return [at for at, (before, after) in enumerate(pairwise(tokens), 1) if before.sentence != after.sentence]


@dataclass(frozen=True, slots=True)
class Preparing(Payload):
    """The model is being loaded, or a long text read part by part: something to show while it takes.

    Attributes:
        message: what is going on.
        done: parts finished.
        total: parts in all; 0 when that isn't known.
    """

    newest_only: ClassVar[bool] = True

    message: str
    done: int = 0
    total: int = 0


class Answer(Payload):
    """What a task gives in the end."""

    __slots__ = ()

    newest_only: ClassVar[bool] = True

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """The models it tells of."""
        return ()


@dataclass(frozen=True, slots=True)
class OpenedArrays(Answer):
    """A file of weights and tokens that was opened.

    Attributes:
        card: what is known of it, as of a model.
        texts: the text it is about, and its second sentence where there is one.
    """

    card: ModelCard
    texts: tuple[str, ...]

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """The file, as a model."""
        return (self.card,)


@dataclass(frozen=True, slots=True)
class AttentionMap(Answer):
    """One map: who looks at whom.

    Attributes:
        card: the model.
        stack: which attention.
        unit: what rows and columns are.
        aggregation: how heads became this map.
        layer: the layer, from 0; None for all.
        head: the head, from 0; None for the mean.
        chosen: the layers and heads it is the mean of, where those were chosen; layer and head are None then.
        across: rows are those of one sentence and columns those of the other: a row sums to what it gives there, and
            its entropy is that of the whole row.
        guesses: for each row, what the model expects after it; empty where it guesses nothing.
        is_continued: the second sentence is what a decoder wrote on.
        changes: what was taken away from the model.
        languages: from which into which a translator was told to translate; None where it was left to the model.
        rows: labels of the queries.
        columns: labels of the keys.
        weights: (rows, columns). Each row sums to 1, or to 0 where the model looked at hidden tokens only; to less
            than 1 where special tokens are shown and the model has a sink.
        hidden: (rows,) the share of each row that hidden pieces had, which stand for nothing typed (special tokens
            and a model's own blanks), before the rows were made to sum to 1 again; zeros when they are shown.
        entropy: (rows,) in bits; 0 when all weight is on one key.
        reach: (rows, 2) first and one past the last column a query could see at all.
        texts: the sentence and its pair as read; an encoder-decoder's own output stands here when no pair was
            given.
        tokens: pieces read, specials included.
        windows: parts the text was read in; 1 unless it is longer than the model's limit.
        note: one line about the above when it needs saying, else empty.
        milliseconds: what the parts of the work took: ``read`` (tokens and forward pass; 0 when remembered),
            ``show`` (everything after).
        prefixed: ``query: `` was read before the text.
    """

    card: ModelCard
    stack: Stack
    unit: Unit
    aggregation: HeadAggregation
    layer: int | None
    head: int | None
    rows: tuple[Token, ...]
    columns: tuple[Token, ...]
    weights: Floats
    hidden: Floats
    entropy: Floats
    reach: Ints
    texts: tuple[str, ...]
    tokens: int
    windows: int
    note: str
    milliseconds: Mapping[str, float]
    prefixed: bool = False
    chosen: HeadSet | None = None
    across: Across | None = None
    guesses: Guesses = ()
    is_continued: bool = False
    changes: Changes = UNCHANGED
    languages: tuple[str | None, str | None] = (None, None)

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """The model."""
        return (self.card,)


@dataclass(frozen=True, slots=True)
class HeadsGrid(Answer):
    """Every head in small, and what kind of head each is.

    Attributes:
        card: the model.
        stack: which attention.
        tiles: (layers, heads, rows, columns), at most ``TILE`` a side; rows sum to 1 as in the map.
        block: units along a side of one cell. Above 1 a cell shows what its units of one side give those of the
            other, summed over keys and averaged over queries as everywhere.
        patterns: name to (layers, heads), measured on the model's pieces: the mean weight on the ``previous``,
            the ``next``, the ``first`` and the same (``self``) piece, each in 0..1, and the mean ``entropy`` in
            bits. Cross-attention has ``first`` and ``entropy`` only.
        row_borders: before which units of the rows another sentence begins.
        column_borders: likewise of the columns.
    """

    card: ModelCard
    stack: Stack
    tiles: Floats
    block: int
    patterns: Mapping[str, Floats]
    row_borders: tuple[int, ...] = ()
    column_borders: tuple[int, ...] = ()

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """The model."""
        return (self.card,)


@dataclass(frozen=True, slots=True)
class LinkingHeads(Answer):
    """How much weight every head gives one cell of the map.

    Attributes:
        card: the model.
        stack: which attention.
        query: the unit that asks.
        key: the unit that is asked.
        weights: (layers, heads) the weight of the cell, as in the map of that head.
    """

    card: ModelCard
    stack: Stack
    query: Token
    key: Token
    weights: Floats

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """The model."""
        return (self.card,)

    @property
    def ranked(self) -> tuple[tuple[int, int], ...]:
        """Layer and head of each, the strongest first; equals stand in the order of their layers."""
        order = np.argsort(-self.weights, axis=None, kind="stable").tolist()
        heads = self.weights.shape[1]
        return tuple(divmod(place, heads) for place in order)


@dataclass(frozen=True, slots=True)
class ThreeSteps(Answer):
    """Score, normalise, weighted sum (the survey, section 2), for one query and one head.

    n keys, d numbers in each vector of the head.

    Attributes:
        card: the model.
        stack: which attention.
        layer: from 0.
        head: from 0.
        query_token: who asks.
        key_tokens: who is asked, n of them.
        query: (d,) q.
        keys: (n, d) k.
        values: (n, d) v.
        products: (n,) q·k, step 1.
        scale: what the products are multiplied by (1/√d in a Transformer, 1 in T5).
        bias: (n,) what the model adds to a scaled score, such as T5's position bias; −inf where it hides a key.
        scores: (n,) e, products · scale + bias, with −inf where hidden by hand.
        temperature: what scores are divided by before the softmax; 1 is the model's own.
        weights: (n,) softmax of the scores over the temperature, step 2.
        context: (d,) Σ weights · values, step 3.
        model_weights: (n,) what the model itself computed; equal to ``weights`` at temperature 1 without a mask.
        model_context: (d,) with those.
    """

    card: ModelCard
    stack: Stack
    layer: int
    head: int
    query_token: Token
    key_tokens: tuple[Token, ...]
    query: Floats
    keys: Floats
    values: Floats
    products: Floats
    scale: float
    bias: Floats
    scores: Floats
    temperature: float
    weights: Floats
    context: Floats
    model_weights: Floats
    model_context: Floats

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """The model."""
        return (self.card,)


@dataclass(frozen=True, slots=True)
class Alignment(Answer):
    """Which units of two sentences mean each other.

    Attributes:
        card: the model.
        layer: the hidden states compared; 0 are the embeddings.
        rows: units of the first sentence.
        columns: units of the second.
        cosine: (rows, columns) cosine of the vectors in context.
        contrast: (rows, columns) the same spread over 0..1 within this pair, for the eye: cosines of
            multilingual-e5 all live between 0.7 and 1.
        links: (row, column) pairs that choose each other: each is the other's most similar unit.
        attention: (rows, columns) mean weight across the pair, both directions, when both are read as one
            text; empty (0, 0) for models that can't.
    """

    card: ModelCard
    layer: int
    rows: tuple[Token, ...]
    columns: tuple[Token, ...]
    cosine: Floats
    contrast: Floats
    links: tuple[tuple[int, int], ...]
    attention: Floats

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """The model."""
        return (self.card,)


@dataclass(frozen=True, slots=True)
class Comparison(Answer):
    """Two maps, and first minus second where rows and columns are the same units (else empty, (0, 0))."""

    first: AttentionMap
    second: AttentionMap
    difference: Floats

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """Both models."""
        return self.first.card, self.second.card
