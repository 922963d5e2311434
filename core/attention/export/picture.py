"""A map laid out as a picture: labels, cells, the bar of colours and a caption that says it all.

The layout is one list of marks in points; ``export`` writes the same list as PNG and as SVG.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

import numpy as np
import regex
from PIL import ImageFont

from core.attention.colormaps import Pixels, lookup, paint, ticks
from core.attention.export.caption import caption_of
from core.attention.requests import Colormap, Scale
from core.attention.results import AttentionMap, Token
from core.paths import RESOURCES

FONT_FILE: Final = RESOURCES / "fonts" / "NotoSansSC-Regular.ttf"
BODY: Final = 12.0
SMALL: Final = 10.0
GAP: Final = 8.0
LARGEST_CELL: Final = 26.0
MAP_SIDE: Final = 640.0
"""The map's longer side where there are many cells."""
SMALLEST_SIDE: Final = 320.0
"""The picture is at least so wide, for its caption."""
BAR: Final = 14.0
LONGEST_LABEL: Final = 140.0
TOO_LONG: Final = "…"
UNKNOWN: Final = "\U0010ffff"
"""A code point that no font has: how it is drawn is how this font draws what it doesn't know."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words.

    Attributes:
        x: of the anchor.
        y: of the baseline.
        words: the text.
        size: in points.
        anchor: which end of the words lies at x.
        slanted: turned upwards by 45 degrees around the anchor.
    """

    x: float
    y: float
    words: str
    size: float = BODY
    anchor: Anchor = "start"
    slanted: bool = False


@dataclass(frozen=True, slots=True)
class Bitmap:
    """Coloured cells, stretched without blurring, with a thin frame."""

    x: float
    y: float
    width: float
    height: float
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole picture.

    Attributes:
        width: in points.
        height: in points.
        cells: the map itself, also among the marks.
        marks: all of it, in the order of drawing.
        caption: lines below the map, for those who read the file without seeing it.
    """

    width: float
    height: float
    cells: Bitmap
    marks: tuple[Text | Bitmap, ...]
    caption: tuple[str, ...]


@cache
def font(pixels: int) -> ImageFont.FreeTypeFont:
    """Return the shipped font at a size of ``pixels``."""
    return ImageFont.truetype(str(FONT_FILE), pixels)


def drawable(words: str) -> str:
    """Return ``words`` with a code point in place of each letter that the font doesn't know.

    A box would be the same for every rare character; ``U+20BB7`` is one of them and no other.
    """
    return "".join(letter if _has(letter) else f"U+{ord(letter):04X}" for letter in words)


@lru_cache(maxsize=4096)
def _has(letter: str) -> bool:
    """Return whether the font knows ``letter``; what can't be seen counts as known."""
    if not letter.isprintable() or letter.isspace():
        return True
    face = font(20)
    return bytes(face.getmask(letter)) != bytes(face.getmask(UNKNOWN))


def text_width(words: str, size: float) -> float:
    """Return the width of ``words`` in points, as a PNG shows them."""
    return float(font(100).getlength(drawable(words))) * size / 100


def draw_map(shown: AttentionMap, colormap: Colormap, scale: Scale) -> Picture:
    """Lay ``shown`` out, coloured as on the screen."""
    n, m = shown.weights.shape
    cell = min(LARGEST_CELL, MAP_SIDE / max(n, m))
    row_labels, column_labels = _labels(shown.rows, cell), _labels(shown.columns, cell)
    slanted = any(text_width(words, SMALL) > cell - 2 for _i, words in column_labels)
    left = GAP * 2 + max((text_width(words, SMALL) for _i, words in row_labels), default=0)
    widest = max((text_width(words, SMALL) for _i, words in column_labels), default=0)
    top = GAP * 2 + (widest * 0.71 + SMALL if slanted else SMALL * 1.2)
    width, height = cell * m, cell * n
    cells = Bitmap(left, top, width, height, paint(shown.weights, colormap, scale))
    marks: list[Text | Bitmap] = [cells]
    for i, words in row_labels:
        marks.append(Text(left - GAP / 2, top + (i + 0.5) * cell + SMALL * 0.36, words, SMALL, "end"))
    for i, words in column_labels:
        middle = left + (i + 0.5) * cell
        if slanted:
            marks.append(Text(middle, top - GAP / 2, words, SMALL, "start", slanted=True))
        else:
            marks.append(Text(middle, top - GAP / 2, words, SMALL, "middle"))
    bar, bar_end = _bar(shown, colormap, scale, x=left + width + GAP * 2, y=top, height=max(height, 4 * BODY))
    marks.extend(bar)
    slant_end = left + width + (widest * 0.71 if slanted else 0)
    total_width = max(bar_end, slant_end, left + SMALLEST_SIDE) + GAP
    caption = caption_of(shown, scale)
    y = top + max(height, 4 * BODY) + GAP * 3
    wrapped: list[str] = []
    for line in caption:
        wrapped.extend(_wrap(line, SMALL, total_width - GAP * 4))
    for line in wrapped:
        marks.append(Text(GAP * 2, y, line, SMALL))
        y += SMALL * 1.5
    return Picture(total_width, y, cells, tuple(marks), caption)


def _labels(units: Sequence[Token], cell: float) -> list[tuple[int, str]]:
    """Return (index, label), leaving out as many as have no room."""
    step = max(1, -(-int(SMALL * 1.1) // max(1, int(cell))))
    return [(i, _shorten(units[i].label, SMALL, LONGEST_LABEL)) for i in range(0, len(units), step)]


def _shorten(words: str, size: float, room: float) -> str:
    if text_width(words, size) <= room:
        return words
    while words and text_width(words + TOO_LONG, size) > room:
        words = words[:-1]
    return words + TOO_LONG


def _wrap(line: str, size: float, room: float, most: int = 3) -> list[str]:
    """Break ``line`` at blanks or between Chinese characters; at most ``most`` lines, the last one shortened."""
    lines = [""]
    for part in regex.findall(r"\p{Han}|[^\s\p{Han}]+\s*|\s+", line):
        if lines[-1] and text_width(lines[-1] + part.rstrip(), size) > room:
            lines.append("")
        lines[-1] += part
    if len(lines) > most:
        lines = [*lines[: most - 1], "".join(lines[most - 1 :])]
    return [_shorten(words.strip(), size, room) for words in lines]


def _bar(
    shown: AttentionMap, colormap: Colormap, scale: Scale, *, x: float, y: float, height: float
) -> tuple[list[Text | Bitmap], float]:
    """Return the bar of colours with its labels, and where it ends on the right."""
    colours = np.ascontiguousarray(lookup(colormap)[::-1, None, :])
    marks: list[Text | Bitmap] = [Bitmap(x, y, BAR, height, colours)]
    end = x + BAR
    for place, words in ticks(shown.weights, scale):
        baseline = y + height * (1 - place) + SMALL * 0.36
        marks.append(Text(x + BAR + GAP / 2, baseline, words, SMALL))
        end = max(end, x + BAR + GAP / 2 + text_width(words, SMALL))
    return marks, end
