"""Texts longer than a model's limit: read in overlapping windows, shown as one map.

Each query belongs to the window where it has most context on both sides (a causal model looks back only, so there
the window that reaches farthest back). It sees that window's keys and no others: the rest of its row is 0, and
``Assembled.reach`` says how far it saw.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.attention.encoders.base import Bools, Changeable, Encoded, Encoder, Multilingual, Pieces, Stacked, Writer
from core.attention.errors import NotAvailableError, TextError
from core.attention.interventions import UNCHANGED, Changes
from core.attention.requests import MAX_CHARACTERS, MAX_TOKENS, Stack
from core.attention.results import Floats, Ints, ModelCard, Token
from core.language import _

OVERLAP: Final = 4
"""Neighbouring windows share one part in this many."""
_HALVES: Final = re.compile("[\ud800-\udfff]")
"""Halves of a character, which some input methods and broken files leave behind; no tokenizer takes them."""
REPLACEMENT: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class Window:
    """One part of a text, read.

    Attributes:
        encoded: what the model computed.
        index: (n,) which pieces of the whole text its tokens are.
    """

    encoded: Encoded
    index: Ints


@dataclass(frozen=True, slots=True)
class Assembled:
    """One stack of attention over the whole text.

    Attributes:
        rows: all tokens that ask.
        columns: all tokens that are asked.
        parts: the stack of each window.
        indices: (n,) for each window, which tokens of the whole its own are; empty for a single window.
        owner: (rows,) which window answers for each query.
    """

    rows: tuple[Token, ...]
    columns: tuple[Token, ...]
    parts: tuple[Stacked, ...]
    indices: tuple[Ints, ...]
    owner: Ints

    def read(self, take: Callable[[Stacked], Floats]) -> Floats:
        """Return what ``take`` gives, (…, n, m) of each window, put together to (…, rows, columns)."""
        if len(self.parts) == 1:
            return take(self.parts[0])
        whole: Floats | None = None
        for number, (part, index) in enumerate(zip(self.parts, self.indices, strict=True)):
            small = take(part)
            if whole is None:
                whole = np.zeros((*small.shape[:-2], len(self.rows), len(self.columns)), np.float32)
            mine = np.flatnonzero(self.owner[index] == number)
            whole[..., index[mine][:, None], index[None, :]] = small[..., mine, :]
        assert whole is not None
        return whole

    def states(self, layer: int) -> Floats:
        """Return the hidden states of all rows at ``layer`` (0 = embeddings), (rows, D).

        Raises:
            NotAvailableError: only weights are known.
        """
        if not self.parts[0].hidden.shape[-1]:
            raise NotAvailableError(_("These arrays hold weights and no vectors: choose a model to compare those."))
        if len(self.parts) == 1:
            only: Floats = self.parts[0].hidden[layer]
            return only
        whole = np.zeros((len(self.rows), self.parts[0].hidden.shape[-1]), np.float32)
        for number, (part, index) in enumerate(zip(self.parts, self.indices, strict=True)):
            mine = np.flatnonzero(self.owner[index] == number)
            whole[index[mine]] = part.hidden[layer][mine]
        return whole

    def reach(self, seen_in: Callable[[Stacked], Bools]) -> Ints:
        """Return (rows, 2): first and one past the last key that each query could see.

        Args:
            seen_in: says which keys each query sees in one window, (n, m).
        """
        n, m = len(self.rows), len(self.columns)
        seen = np.tile(np.array([0, m]), (n, 1))
        for number, index in enumerate(self.indices):
            # The special tokens at both ends are in every window; its own stretch is what lies between.
            typed = index[[not self.columns[i].special for i in index]]
            if len(typed):
                seen[self.owner == number] = typed[0], typed[-1] + 1
        for number, part in enumerate(self.parts):
            index = self.indices[number] if self.indices else np.arange(m)
            mine = np.flatnonzero(self.owner[index] == number) if self.indices else np.arange(n)
            keys = seen_in(part)[mine]
            rows = index[mine] if self.indices else mine
            first, last = keys.argmax(axis=1), keys.shape[1] - 1 - keys[:, ::-1].argmax(axis=1)
            # A window's stretch lies between special tokens of its own, which a mask lets be seen as well.
            seen[rows, 0] = np.maximum(seen[rows, 0], index[first])
            seen[rows, 1] = np.minimum(seen[rows, 1], index[last] + 1)
        return seen

    def part_of(self, row: int) -> tuple[Stacked, int]:
        """Return the window that answers for token ``row``, and its place there."""
        if len(self.parts) == 1:
            return self.parts[0], row
        number = int(self.owner[row])
        return self.parts[number], int(np.flatnonzero(self.indices[number] == row)[0])


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text as a model read it.

    Attributes:
        pieces: all of it.
        windows: its parts; one unless the text is longer than the model's limit.
    """

    pieces: Pieces
    windows: tuple[Window, ...]

    @property
    def card(self) -> ModelCard:
        """The model."""
        return self.windows[0].encoded.card

    @property
    def texts(self) -> tuple[str, ...]:
        """The sentences, as read or as written by the model."""
        return self.windows[0].encoded.texts

    @property
    def nbytes(self) -> int:
        """Bytes it keeps in memory."""
        return sum(stack.nbytes for window in self.windows for stack in window.encoded.stacks.values())

    def stack(self, name: Stack | None = None) -> Assembled:
        """Return the attention ``name``, or the model's most telling one.

        Raises:
            NotAvailableError: the model has no such attention.
        """
        parts = tuple(window.encoded.stack(name) for window in self.windows)
        if len(parts) == 1:
            only = parts[0]
            return Assembled(only.rows, only.columns, parts, (), np.zeros(len(only.rows), np.int64))
        indices = tuple(window.index for window in self.windows)
        owner = _owners(self.pieces, indices, causal=parts[0].causal)
        return Assembled(self.pieces.tokens, self.pieces.tokens, parts, indices, owner)


def read_document(
    encoder: Encoder,
    text: str,
    pair: str | None = None,
    *,
    prefix: bool = False,
    writes: int = 0,
    changes: Changes = UNCHANGED,
    languages: tuple[str | None, str | None] = (None, None),
) -> Iterator[tuple[int, int] | Document]:
    """Read a text of any length; ``writes``, ``changes`` and ``languages`` (from, to) as in ``Source``.

    Yields:
        (parts read, parts in all) while a long text is read, and at last the document.

    Raises:
        TextError: there is nothing to read, or too much.
        NotAvailableError: it should write, or be changed, and can't.
    """
    text, pair = _HALVES.sub(REPLACEMENT, text), pair and _HALVES.sub(REPLACEMENT, pair)
    longest = max(len(text), len(pair or ""))
    if longest > MAX_CHARACTERS:
        raise TextError(
            _("This text has {n} characters; at most {most} can be read. Select a part of it.").format(
                n=longest, most=MAX_CHARACTERS
            )
        )
    if not text.strip() or (pair is not None and not pair.strip()):
        raise TextError(_("Nothing to read yet: type a sentence."))
    if isinstance(encoder, Multilingual):
        encoder.choose_languages(*languages)
    elif any(languages):
        raise NotAvailableError(
            _("{model} has no languages to choose from: that takes a translator between many.").format(
                model=encoder.card.title
            )
        )
    pieces = encoder.tokenize(text, pair, prefix=prefix)
    card = encoder.card
    texts: tuple[str, ...] = (text,) if pair is None else (text, pair)
    if writes:
        pieces, texts = _written_on(encoder, pieces, texts, writes)
    if len(pieces) <= card.limit:
        yield Document(pieces, (Window(_read(encoder, pieces, texts, changes), np.arange(len(pieces))),))
        return
    if len(pieces) > MAX_TOKENS:
        raise TextError(
            _("This text has {n} tokens; a map shows at most {most}. Select a part of it.").format(
                n=len(pieces), most=MAX_TOKENS
            )
        )
    if card.family == "encoder-decoder":
        raise TextError(
            _("This text has {n} tokens; {model} reads at most {limit} at a time. Shorten it.").format(
                n=len(pieces), model=card.title, limit=card.limit
            )
        )
    if pair is not None:
        raise TextError(
            _("Together that is {n} tokens; {model} reads at most {limit} at a time. Shorten it.").format(
                n=len(pieces), model=card.title, limit=card.limit
            )
        )
    spans = cut_windows(pieces, card.limit)
    windows = []
    for number, index in enumerate(spans):
        yield number, len(spans)
        encoded = _read(encoder, pieces.take(index), texts, changes)
        compact = {name: stack.compact() for name, stack in encoded.stacks.items()}
        windows.append(Window(Encoded(encoded.card, encoded.texts, compact), index))
    yield Document(pieces, tuple(windows))


def _read(encoder: Encoder, pieces: Pieces, texts: tuple[str, ...], changes: Changes) -> Encoded:
    if not changes:
        return encoder.forward(pieces, texts)
    if not isinstance(encoder, Changeable):
        raise NotAvailableError(
            _("Nothing can be switched off in {model}: only its weights are known.").format(model=encoder.card.title)
        )
    return encoder.forward_changed(pieces, texts, changes)


def _written_on(
    encoder: Encoder, pieces: Pieces, texts: tuple[str, ...], writes: int
) -> tuple[Pieces, tuple[str, ...]]:
    """Return what was typed and what the model wrote after it: pieces and texts.

    Raises:
        NotAvailableError: the model doesn't write.
        TextError: there is no room, or a second sentence.
    """
    card = encoder.card
    if not card.writes or not isinstance(encoder, Writer):
        raise NotAvailableError(
            _("{model} doesn't write on: that takes a decoder with its output layer, such as GPT-2.").format(
                model=card.title
            )
        )
    if len(texts) > 1:
        raise TextError(_("A model writes on after one sentence. Take the second one away."))
    if not len(pieces) or len(pieces) + writes > card.limit:
        raise TextError(
            _("This text has {n} tokens; with {writes} more it is longer than {model} reads ({limit}).").format(
                n=len(pieces), writes=writes, model=card.title, limit=card.limit
            )
        )
    together, written = encoder.write_on(pieces, writes)
    return together, (*texts, written) if written else texts


def cut_windows(pieces: Pieces, limit: int) -> list[Ints]:
    """Return the pieces of each window: the special tokens of both ends around an overlapping stretch."""
    n, head, tail = len(pieces), pieces.head, pieces.tail
    room = limit - head - tail
    step = max(1, room - room // OVERLAP)
    ends = np.concatenate([np.arange(head), np.arange(n - tail, n)])
    spans = []
    start = head
    while True:
        stop = min(start + room, n - tail)
        # The last window reaches back so that it is as long as the others.
        start = max(head, stop - room)
        spans.append(np.concatenate([ends[:head], np.arange(start, stop), ends[head:]]))
        if stop == n - tail:
            return spans
        start += step


def _owners(pieces: Pieces, indices: tuple[Ints, ...], *, causal: bool) -> Ints:
    """Return which window answers for each piece."""
    n, head, tail = len(pieces), pieces.head, pieces.tail
    most = np.full(n, -1)
    owner = np.zeros(n, np.int64)
    for number, index in enumerate(indices):
        typed = index[head : len(index) - tail]
        before = typed - typed[0] + (n if typed[0] == head else 0)  # at the text's edge nothing is missing
        after = typed[-1] - typed + (n if typed[-1] == n - tail - 1 else 0)
        context = before if causal else np.minimum(before, after)
        better = typed[context > most[typed]]
        owner[better] = number
        most[typed] = np.maximum(most[typed], context)
    owner[n - tail :] = len(indices) - 1
    return owner
