"""From a model's pieces to what people read: characters, words, with or without special tokens.

A piece may be part of a word (``play`` ``##ing``), a whole one, or cross its border (子的, 在北京). So each piece is
shared out: ``share[t, u]`` is the part of piece t's characters that lies in unit u, and sums to 1 over u. Attention
*to* a unit is then the sum of its pieces' shares, attention *from* it their mean (Clark et al. 2019, section 4.1,
which this equals wherever pieces lie within words), and rows keep their sum.

Some pieces lie in no unit: special tokens, and blanks that the tokenizer puts in. multilingual-e5 reads 他在 as
``▁ 他在``, and its lone ▁ draws weight as ``<s>`` does. Given to a neighbour, it would make the first character of
every Chinese text look strong. So it is hidden and shown together with the special tokens.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import regex

from core.attention.errors import NotAvailableError
from core.attention.requests import Across, Unit
from core.attention.results import Floats, Ints, Token
from core.attention.words import Stretch, characters, words
from core.language import _

_CUTTERS: Final[dict[Unit, Callable[[str], list[Stretch]]]] = {"character": characters, "word": words}
_SPECIAL_NAME: Final = regex.compile(r"\[[A-Z]+\]|<[^<>\s]+>")
"""What models call their special tokens: ``[MASK]``, ``<mask>``, ``<|endoftext|>``."""


@dataclass(frozen=True, slots=True)
class Segments:
    """Units, and which pieces each is made of.

    The three arrays list every (piece, unit) that share something, unit by unit.

    Attributes:
        units: u of them, in reading order.
        pieces: (s,) index of the piece.
        shares: (s,) part of the piece that lies in the unit.
        starts: (u,) where each unit's entries begin.
    """

    units: tuple[Token, ...]
    pieces: Ints
    shares: Floats
    starts: Ints

    def sum_keys(self, weights: Floats) -> Floats:
        """Return attention to units: (…, n) → (…, u)."""
        taken = np.take(weights, self.pieces, axis=-1)
        if not np.all(self.shares == 1):
            taken *= self.shares
        if len(self.pieces) == len(self.units):
            return taken
        summed: Floats = np.add.reduceat(taken, self.starts, axis=-1)
        return summed

    def mean_queries(self, values: Floats) -> Floats:
        """Return attention from units, or any mean over their pieces: (…, n, m) → (…, u, m)."""
        taken = np.take(values, self.pieces, axis=-2)
        if len(self.pieces) == len(self.units):
            return taken
        sizes = np.diff([*self.starts, len(self.shares)])
        parts: Floats = self.shares / np.repeat(np.add.reduceat(self.shares, self.starts), sizes)
        taken *= parts[:, None]
        means: Floats = np.add.reduceat(taken, self.starts, axis=-2)
        return means

    @property
    def last_pieces(self) -> Ints:
        """(u,) the piece with which each unit ends."""
        return self.pieces[np.array([*self.starts[1:], len(self.pieces)], np.int64) - 1]

    def some(self, units: Sequence[int]) -> Segments:
        """Return some of the units, in the order given."""
        ends = [*self.starts[1:].tolist(), len(self.pieces)]
        runs = [np.arange(self.starts[unit], ends[unit]) for unit in units]
        mine = np.concatenate(runs) if runs else np.zeros(0, np.int64)
        starts = np.cumsum([0, *map(len, runs[:-1])]) if runs else np.zeros(0, np.int64)
        return Segments(tuple(self.units[unit] for unit in units), self.pieces[mine], self.shares[mine], starts)

    def matrix(self, n: int, block: int) -> Floats:
        """Return what ``sum_keys`` does as a matrix, (n, blocks), with ``block`` neighbouring units in one."""
        blocks = np.repeat(np.arange(len(self.units)), np.diff([*self.starts, len(self.pieces)])) // block
        shares = np.zeros((n, -(-len(self.units) // block)), np.float32)
        np.add.at(shares, (self.pieces, blocks), self.shares)
        return shares

    def mean_blocks(self, values: Floats, block: int) -> Floats:
        """Return the mean over ``block`` neighbouring units: (…, u, m) → (…, blocks, m)."""
        if block == 1:
            return values
        u = len(self.units)
        summed: Floats = values[..., ::block, :].copy()
        for further in range(1, block):  # five times as fast as add.reduceat
            part = values[..., further::block, :]
            summed[..., : part.shape[-2], :] += part
        sizes: Floats = np.diff([*range(0, u, block), u]).astype(np.float32)
        summed /= sizes[:, None]
        return summed


@dataclass(frozen=True, slots=True)
class _Entry:
    """The part of a piece that lies in a unit."""

    piece: int
    share: float


def segment(tokens: Sequence[Token], typed: Sequence[str], unit: Unit, *, specials: bool) -> Segments:
    """Share ``tokens`` out to units.

    Args:
        tokens: what the model read.
        typed: the sentences.
        unit: which units.
        specials: whether pieces that stand for nothing typed, special tokens and blanks of the model's own, are
            units too, or nothing at all. Among characters and words this also goes for pieces in which nothing can
            be seen, such as a zero-width space.

    Returns:
        The units with at least one piece: a character that the model never got (a control character, say) has
        no row.
    """
    if unit == "piece":
        index = np.array([t for t, token in enumerate(tokens) if specials or token.is_typed], np.int64)
        ones = np.ones(len(index), np.float32)
        return Segments(tuple(tokens[t] for t in index), index, ones, np.arange(len(index)))
    stretches = [_cut(text, s, tokens, unit) for s, text in enumerate(typed)]
    groups: dict[tuple[int, int], list[_Entry]] = {}  # in the order of their first pieces
    for t, token in enumerate(tokens):
        shares = _shares(token, stretches[token.sentence]) if token.is_typed else []
        alone = [(-1 - t, 1.0)] if specials else []
        for u, share in shares or alone:
            groups.setdefault((token.sentence, u), []).append(_Entry(t, share))
    entries = [entry for group in groups.values() for entry in group]
    sizes = [len(group) for group in groups.values()]
    return Segments(
        units=tuple(
            tokens[group[0].piece] if u < 0 else _unit(typed[s], stretches[s][u], s) for (s, u), group in groups.items()
        ),
        pieces=np.array([entry.piece for entry in entries], np.int64),
        shares=np.array([entry.share for entry in entries], np.float32),
        starts=np.cumsum([0, *sizes[:-1]]) if sizes else np.zeros(0, np.int64),
    )


def _cut(text: str, sentence: int, tokens: Sequence[Token], unit: Unit) -> list[Stretch]:
    """Return the units of a sentence; a special token that was typed, such as ``[MASK]``, is one as it stands."""
    named = [
        (token.start, token.end)
        for token in tokens
        if token.sentence == sentence and token.text == token.piece and _SPECIAL_NAME.fullmatch(token.piece)
    ]
    found = _CUTTERS[unit](text)
    for start, end in named:
        if start < end:
            found = [stretch for stretch in found if stretch[1] <= start or end <= stretch[0]]
            found.append((start, end))
    return sorted(found) if named else found


def _shares(token: Token, stretches: Sequence[Stretch]) -> list[tuple[int, float]]:
    """Return (unit, part of the token's characters in it); the parts sum to 1. None where nothing can be seen."""
    overlaps = []
    for u in range(bisect_right(stretches, token.start, key=_end), len(stretches)):
        start, end = stretches[u]
        if start >= token.end:
            break
        overlaps.append((u, min(end, token.end) - max(start, token.start)))
    whole = sum(overlap for _u, overlap in overlaps)
    return [(u, overlap / whole) for u, overlap in overlaps if overlap]


def _end(stretch: Stretch) -> int:
    return stretch[1]


def _unit(typed: str, stretch: Stretch, sentence: int) -> Token:
    start, end = stretch
    return Token(typed[start:end], start, end, False, typed[start:end], sentence)


def crossing(rows: Sequence[Token], columns: Sequence[Token], across: Across) -> tuple[Ints, Ints]:
    """Return which rows are of the sentence that looks, and which columns of the one that is looked at.

    Special tokens are of neither.

    Raises:
        NotAvailableError: there are no two sentences here that could look at each other.
    """
    asks = 0 if across == "first-second" else 1
    found = [
        np.array([at for at, unit in enumerate(units) if not unit.special and unit.sentence == sentence], np.int64)
        for units, sentence in ((rows, asks), (columns, 1 - asks))
    ]
    if not found[0].size or not found[1].size:
        raise NotAvailableError(
            _("There is no attention between two sentences here: type a second one, or show the whole map.")
        )
    return found[0], found[1]


def hide(weights: Floats) -> tuple[Floats, Floats]:
    """Make rows sum to 1 again after keys were left out.

    Args:
        weights: (…, rows, columns).

    Returns:
        The rows, each divided by its sum (a row of nothing stays so), and (…, rows) what was missing to 1.
    """
    left = weights.sum(axis=-1, keepdims=True)
    hidden = np.clip(1 - left[..., 0], 0, 1)
    left[left == 0] = 1
    return weights / left, hidden
