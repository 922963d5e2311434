"""Where each head of the grid lies: in a grid of layers and heads, or in the order of a score."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF

from core.attention.results import Floats


@dataclass(frozen=True, slots=True)
class Tile:
    """One head in the picture."""

    layer: int
    head: int
    room: QRectF


@dataclass(frozen=True, slots=True)
class Name:
    """Words beside a tile, a row or a column."""

    text: str
    room: QRectF


@dataclass(frozen=True, slots=True)
class Sheet:
    """All tiles, equally large.

    Attributes:
        tiles: the heads.
        names: what is written beside them.
        width: of a tile, in pixels.
        height: of a tile.
        is_by_layer: each row is a layer, each column a head.
    """

    tiles: tuple[Tile, ...] = ()
    names: tuple[Name, ...] = ()
    width: float = 0.0
    height: float = 0.0
    is_by_layer: bool = False


CORNER: Final = 1 / 8
"""The part of the width that may be spent on saying what rows and columns are."""


def by_layer(shape: tuple[int, ...], room: QSizeF, metrics: QFontMetricsF, gap: float, corner: str = "") -> Sheet:
    """Lay layers out as rows and heads as columns, with their numbers.

    Args:
        shape: (layers, heads, rows, columns) of the grid.
        room: what there is.
        metrics: of the numbers' type.
        gap: between tiles.
        corner: what rows and columns are, said in the corner or, where that is too narrow, in a line of its own.
    """
    layers, heads, n, m = shape
    left, top = metrics.horizontalAdvance("00") + gap, metrics.height()
    said = metrics.horizontalAdvance(corner) + gap
    slim = n / m if m else 1.0
    high = ((room.height() - top) / layers - gap) / slim + gap  # as wide as the height allows
    above = 0.0
    if corner and said <= max(room.width() * CORNER, room.width() - heads * high):
        left = max(left, said)
    elif corner and said <= room.width():
        above = top
        top += above
        high = ((room.height() - top) / layers - gap) / slim + gap
    wide = min((room.width() - left) / heads, high) - gap
    width = max(1.0, float(int(wide)))
    height = max(1.0, float(round(width * slim)))
    inset = max(0.0, float(int((room.width() - left - heads * (width + gap)) / 2)))
    left += inset
    numbers = metrics.horizontalAdvance("00")
    tiles = tuple(
        Tile(layer, head, QRectF(left + head * (width + gap), top + layer * (height + gap), width, height))
        for layer in range(layers)
        for head in range(heads)
    )
    every = math.ceil(metrics.horizontalAdvance("00 ") / (width + gap))  # so many that none runs into the next
    names = []
    if above:
        names = [Name(corner, QRectF(left - gap - numbers, 0, said - gap, above))]
    elif left - inset >= said > gap:
        names = [Name(corner, QRectF(inset, 0, left - inset - gap, top))]
    names += [
        Name(str(head), QRectF(left + head * (width + gap), above, width, top - above))
        for head in range(0, heads, every)
    ]
    down = math.ceil(metrics.ascent() / (height + gap))
    names += [
        Name(str(layer), QRectF(left - gap - numbers, top + layer * (height + gap), numbers, height))
        for layer in range(0, layers, down)
    ]
    return Sheet(tiles, tuple(names), width, height, is_by_layer=True)


def by_score(
    scores: Floats, room: QSizeF, metrics: QFontMetricsF, gap: float, *, lowest_first: bool, all_named: bool = False
) -> Sheet:
    """Lay heads out in reading order of their scores, each with its name and its score, where they fit, below.

    Args:
        scores: (layers, heads).
        room: what there is.
        metrics: of the names' type.
        gap: between tiles.
        lowest_first: the smallest score comes first.
        all_named: as many heads as have room for name and score, and no more.
    """
    ranks = np.argsort(scores if lowest_first else -scores, axis=None, kind="stable")
    words = metrics.height()
    across, side = _largest_tiles(ranks.size, room, words, gap)
    least = math.ceil(metrics.horizontalAdvance("00·00  0.00") - gap / 2)
    if all_named and side < least:
        across = max(1, int((room.width() + gap) // (least + gap)))
        side = float(least)
        ranks = ranks[: across * max(1, int((room.height() + gap / 2) // (side + words + gap / 2)))]
    inset = max(0.0, float(int((room.width() - across * (side + gap) + gap) / 2)))
    tiles, names = [], []
    for place, rank in enumerate(ranks.tolist()):
        layer, head = divmod(rank, scores.shape[1])
        x = inset + place % across * (side + gap)
        y = float(int(place // across * (side + words + gap / 2)))
        tiles.append(Tile(layer, head, QRectF(x, y, side, side)))
        label = f"{layer}·{head}"
        longer = f"{label}  {float(scores[layer, head]):.2f}"
        fitting = (text for text in (longer, label) if metrics.horizontalAdvance(text) <= side + gap / 2)
        names.append(Name(next(fitting, ""), QRectF(x - gap / 2, y + side, side + gap, words)))
    return Sheet(tuple(tiles), tuple(names), side, side)


def _largest_tiles(count: int, room: QSizeF, words: float, gap: float) -> tuple[int, float]:
    """Return how many tiles across leave the largest tiles, and their side."""
    best = (1, 1.0)
    for across in range(1, count + 1):
        down = -(-count // across)
        side = float(int(min((room.width() + gap) / across - gap, room.height() / down - words - gap / 2)))
        if side > best[1]:
            best = (across, side)
    return best
