"""The colours of attention weights, wherever one is shown: of a map's cells, a text's words, a bag's sentences."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

import numpy as np

from app.theme import DARK_INK, LIGHT_INK, contrast
from core.attention.colormaps import difference_lookup, lookup
from core.attention.requests import Colormap

Table = Colormap | Literal["difference"]
"""Colours of weights, or of a difference of weights."""
_FULL: Final = 96
"""The intensity from which a word's ground is its colour and nothing else."""


@lru_cache(maxsize=16)
def colour_table(table: Table) -> list[int]:
    """Return the 256 colours of ``table`` as Qt packs them."""
    colours = difference_lookup() if table == "difference" else lookup(table)
    return [0xFF000000 | int(r) << 16 | int(g) << 8 | int(b) for r, g, b in colours]


@lru_cache(maxsize=16)
def inks(table: Table) -> tuple[str, ...]:
    """Return, for each of the 256 intensities, the ink that reads best on it."""
    grounds = [f"#{colour & 0xFFFFFF:06x}" for colour in colour_table(table)]
    return tuple(
        DARK_INK if contrast(DARK_INK, ground) >= contrast(LIGHT_INK, ground) else LIGHT_INK for ground in grounds
    )


@lru_cache(maxsize=16)
def grounds(table: Table, paper: str) -> tuple[tuple[str, str], ...]:
    """Return, for each of the 256 intensities, ground and ink for a word on ``paper``: small weights let it through."""
    behind = np.array([int(paper[at : at + 2], 16) for at in (1, 3, 5)])
    mixed = []
    for intensity, colour in enumerate(colour_table(table)):
        part = min(1.0, intensity / _FULL)
        front = np.array([colour >> 16 & 255, colour >> 8 & 255, colour & 255])
        red, green, blue = (int(value) for value in np.round(part * front + (1 - part) * behind))
        ground = f"#{red:02x}{green:02x}{blue:02x}"
        mixed.append((ground, DARK_INK if contrast(DARK_INK, ground) >= contrast(LIGHT_INK, ground) else LIGHT_INK))
    return tuple(mixed)


def colour(table: Table, intensity: float) -> int:
    """Return the colour of one intensity, 0..1, as Qt packs it."""
    return colour_table(table)[round(max(0.0, min(1.0, intensity)) * 255)]
