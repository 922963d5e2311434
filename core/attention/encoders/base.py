"""What every encoder gives: tokens with their place in the typed text, and everything attention computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from core.attention.errors import NotAvailableError
from core.attention.interventions import Changes
from core.attention.requests import Stack
from core.attention.results import Floats, Guesses, Ints, ModelCard, Token
from core.language import _, listed

Bools = npt.NDArray[np.bool_]
Halves = npt.NDArray[np.floating[Any]]

HIDDEN: Final = -1e30
"""Scores below it are masks: transformers writes the most negative number where −∞ is meant."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text cut into what the model reads.

    Attributes:
        ids: (n,) numbers of the pieces in the model's vocabulary.
        types: (n,) segment of each piece (BERT's token types).
        tokens: n tokens.
    """

    ids: Ints
    types: Ints
    tokens: tuple[Token, ...]

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def head(self) -> int:
        """How many pieces lead the text without being typed: ``[CLS]``, a prefix."""
        return next((i for i, token in enumerate(self.tokens) if not token.special), len(self))

    @property
    def tail(self) -> int:
        """How many pieces end the text without being typed: ``[SEP]``, ``</s>``."""
        backwards = (i for i, token in enumerate(reversed(self.tokens)) if not token.special)
        return next(backwards, 0)

    def take(self, index: Ints) -> Pieces:
        """Return the pieces at ``index``, in that order."""
        return Pieces(self.ids[index], self.types[index], tuple(self.tokens[i] for i in index))


@dataclass(frozen=True, slots=True)
class Stacked:
    """One stack of attention over one text: L layers of H heads, n queries, m keys, d numbers a head.

    Attributes:
        rows: the n tokens that ask.
        columns: the m tokens that are asked; the same as ``rows`` in self-attention.
        weights: (L, H, n, m) after the softmax.
        hidden: (L + 1, n, D) states of the rows: the embeddings, then what comes out of each layer.
        queries: (L, H, n, d) as they enter the product; None, as keys and values, where the model's weights come
            about in a way of its own, which q·k, scale and bias don't tell.
        keys: (L, H, m, d).
        values: (L, H, m, d).
        scales: (L,) what q·k is multiplied by.
        biases: L arrays that broadcast to (H, n, m), added to the scaled scores (masks hold very large negative
            numbers or −inf); None where nothing is added.
        output: (L, H, d, D) each head's share of the output projection W_O; None where the model hides it.
        causal: a query sees no later key.
    """

    rows: tuple[Token, ...]
    columns: tuple[Token, ...]
    weights: Floats
    hidden: Floats
    queries: Floats | None
    keys: Floats | None
    values: Floats | None
    scales: Floats
    biases: tuple[Floats | None, ...]
    output: Floats | None
    causal: bool

    def seen(self, layer: int) -> Bools:
        """Return which keys each query may see in ``layer``, (n, m): those that no mask hides from every head."""
        n, m = self.weights.shape[2:]
        if self.queries is None:  # what was added is unknown; a hidden key has a weight of exactly 0
            whole: Bools = self.weights[layer].max(axis=0) > 0
            return whole
        added = self.biases[layer]
        if added is None:
            return np.ones((n, m), np.bool_)
        heads: Bools = np.broadcast_to(added, (self.weights.shape[1], n, m)).max(axis=0) > HIDDEN
        return heads

    def compact(self) -> Stacked:
        """Return the same with weights of half precision (three digits), for texts read in many windows."""
        return replace(self, weights=halves(self.weights))

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays that this text brought with it."""
        mine = (self.weights, self.hidden, self.queries, self.keys, self.values)
        return sum(array.nbytes for array in mine if array is not None)

    def vectors(self) -> tuple[Floats, Floats, Floats]:
        """Return queries, keys and values.

        Raises:
            NotAvailableError: they don't tell how this model weighs.
        """
        if not self.hidden.shape[-1]:
            raise NotAvailableError(_("Of this map only the weights are known, so there are no steps and no norms."))
        if self.queries is None or self.keys is None or self.values is None:
            raise NotAvailableError(
                _(
                    "This model weighs in a way of its own: its map is its own, but q, k and v alone don't give it, "
                    "so there are no steps and no norms."
                )
            )
        return self.queries, self.keys, self.values


def halves(weights: Floats) -> Halves:
    """Return ``weights`` of 0 to 1, (…, m), in half precision, rounded to the nearest, halfway to the even one.

    As ``astype`` does, which takes six times as long: most weights of a long text are so small that half precision
    has no leading bit for them, and NumPy reports each of them as too small.
    """
    if not (weights.min() >= 0 and weights.max() < 2):  # what is no number is neither
        return weights.astype(np.float16)
    made = np.empty(weights.shape, np.uint16)
    for full, half in zip(weights.reshape(-1, *weights.shape[-2:]), made.reshape(-1, *weights.shape[-2:]), strict=True):
        bits = full.view(np.uint32)
        # 13 of 23 digits go: half of the last that stays is added, less a little where that digit is even.
        usual = (bits + 0xFFF + (bits >> 13 & 1) >> 13) - (127 - 15 << 10)
        # 0.5 has steps of 2⁻²⁴, like halves without a leading bit: adding it rounds to them.
        small = (full + np.float32(0.5)).view(np.uint32) - np.float32(0.5).view(np.uint32)
        half[:] = np.where(full < np.float32(2**-14), small, usual)
    return made.view(np.float16)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as a model read it.

    Attributes:
        card: the model.
        texts: what was read: the text, and its pair or what the model itself wrote.
        stacks: the attentions, by name.
        guesses: what the model expects after each token that its decoder has before it; empty where it guesses nothing.
    """

    card: ModelCard
    texts: tuple[str, ...]
    stacks: Mapping[Stack, Stacked]
    guesses: Guesses = ()

    def stack(self, name: Stack | None = None) -> Stacked:
        """Return the stack ``name``, or the model's most telling one.

        Raises:
            NotAvailableError: the model has no such attention.
        """
        name = name or self.card.stacks[0]
        if name not in self.stacks:
            raise NotAvailableError(
                _("{model} has no {stack} attention; it has: {stacks}.").format(
                    model=self.card.title, stack=name, stacks=listed(self.card.stacks)
                )
            )
        return self.stacks[name]


class Encoder(Protocol):
    """A pretrained model that shows its attention."""

    @property
    def card(self) -> ModelCard:
        """What is known of the model."""

    def tokenize(self, text: str, pair: str | None = None, *, prefix: bool = False) -> Pieces:
        """Cut ``text`` (and ``pair``) into the model's pieces, specials included, however many there are.

        For an encoder-decoder, ``pair`` is no part of the input: it is ignored here.
        """

    def forward(self, pieces: Pieces, texts: tuple[str, ...]) -> Encoded:
        """Read ``pieces`` (at most ``card.limit``) and return everything that attention computed.

        An encoder-decoder takes the second of ``texts`` as what its decoder has written; when there is none it
        writes greedily itself.
        """


@runtime_checkable
class Changeable(Encoder, Protocol):
    """A model from which heads and tokens can be taken away."""

    def forward_changed(self, pieces: Pieces, texts: tuple[str, ...], changes: Changes) -> Encoded:
        """Read ``pieces`` as ``forward`` does, without what ``changes`` take away.

        Raises:
            NotAvailableError: the model has no such head, or what is computed in it can't be changed.
            TextError: a query would see nothing.
        """


@runtime_checkable
class Multilingual(Encoder, Protocol):
    """A translator between languages that can be chosen."""

    def choose_languages(self, source: str | None, target: str | None) -> None:
        """Translate from ``source`` into ``target`` from now on; None for what the model does by itself.

        Raises:
            NotAvailableError: the model doesn't know one of them.
        """


@runtime_checkable
class Writer(Encoder, Protocol):
    """A model whose card says that it writes."""

    def write_on(self, pieces: Pieces, count: int) -> tuple[Pieces, str]:
        """Return ``pieces`` with up to ``count`` more, each the likeliest, as the second sentence, and its text.

        Fewer where the model ends its text.
        """


def layer_and_head(stack: Stacked, layer: int, head: int) -> tuple[int, int]:
    """Return ``layer`` and ``head`` counted from 0, negative ones from the last.

    Raises:
        NotAvailableError: there is no such layer or head.
    """
    return check_index(layer, stack.weights.shape[0], _("layer")), check_index(head, stack.weights.shape[1], _("head"))


def check_index(index: int, count: int, what: str) -> int:
    """Return ``index`` counted from 0, a negative one from the last.

    Raises:
        NotAvailableError: it is not among ``count``.
    """
    if not -count <= index < count:
        raise NotAvailableError(
            _("There is no {what} {index}: this model counts them from 0 to {last}.").format(
                what=what, index=index, last=count - 1
            )
        )
    return index % count
