"""A map laid out as a picture: labels, cells, the bar of colours and a caption that says it all.

The layout is one list of marks in points; ``export`` writes the same list as PNG and as SVG.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import regex

from core.attention.colormaps import Pixels, lookup, paint, ticks
from core.attention.export.caption import caption_of
from core.attention.export.code_points import drawable, say_unknown, unknown_letters
from core.attention.export.typesetter import SHIPPED_FONT, Typesetter
from core.attention.requests import Colormap, Scale
from core.attention.results import AttentionMap, Token, borders

BODY: Final = 12.0
SMALL: Final = 10.0
GAP: Final = 8.0
LARGEST_CELL: Final = 26.0
MAP_SIDE: Final = 640.0
"""The map's longer side where there are many cells."""
SMALLEST_SIDE: Final = 320.0
"""The picture is at least so wide, for its caption."""
BAR: Final = 14.0
RULE: Final = 1.5
LONGEST_LABEL: Final = 140.0
TOO_LONG: Final = "…"

Anchor = Literal["start", "middle", "end"]
Measure = Callable[[str], float]
"""The width of small words in points."""


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
class Rule:
    """A line as a filled room: between the sentences of a pair."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole picture.

    Attributes:
        width: in points.
        height: in points.
        cells: the map itself, also among the marks.
        marks: all of it, in the order of drawing.
        caption: lines below the map, for those who read the file without seeing it.
        letters: what measured the words, and writes them in a PNG.
    """

    width: float
    height: float
    cells: Bitmap
    marks: tuple[Text | Bitmap | Rule, ...]
    caption: tuple[str, ...]
    letters: Typesetter


Mark = Text | Bitmap | Rule
"""Whatever a picture is made of."""


def text_width(words: str, size: float, letters: Typesetter) -> float:
    """Return the width of ``words`` in points, as a PNG shows them."""
    return letters.width(drawable(words, letters.has), size)


def draw_map(shown: AttentionMap, colormap: Colormap, scale: Scale, letters: Typesetter = SHIPPED_FONT) -> Picture:
    """Lay ``shown`` out, coloured as on the screen, with the fonts that ``letters`` knows."""

    def measure(words: str) -> float:
        return text_width(words, SMALL, letters)

    n, m = shown.weights.shape
    cell = min(LARGEST_CELL, MAP_SIDE / max(n, m))
    row_labels, column_labels = _labels(shown.rows, cell, measure), _labels(shown.columns, cell, measure)
    widest = max((measure(words) for _i, words in column_labels), default=0)
    slanted = widest > cell - 2
    left = GAP * 2 + max((measure(words) for _i, words in row_labels), default=0)
    top = GAP * 2 + (widest * 0.71 + SMALL if slanted else SMALL * 1.2)
    width, height = cell * m, cell * n
    cells = Bitmap(left, top, width, height, paint(shown.weights, colormap, scale))
    marks: list[Mark] = [cells, *_rules(shown, cells)]
    for i, words in row_labels:
        marks.append(Text(left - GAP / 2, top + (i + 0.5) * cell + SMALL * 0.36, words, SMALL, "end"))
    for i, words in column_labels:
        middle = left + (i + 0.5) * cell
        if slanted:
            marks.append(Text(middle, top - GAP / 2, words, SMALL, "start", slanted=True))
        else:
            marks.append(Text(middle, top - GAP / 2, words, SMALL, "middle"))
    room = Bitmap(left + width + GAP * 2, top, BAR, max(height, 4 * BODY), _bar_colours(colormap))
    bar, bar_end = _bar(room, ticks(shown.weights, scale), measure)
    marks.extend(bar)
    slant_end = left + width + (widest * 0.71 if slanted else 0)
    total_width = math.ceil(max(bar_end, slant_end, left + SMALLEST_SIDE) + GAP)  # whole: a PNG has no part of a pixel
    caption = caption_of(shown, scale)
    written = [words for _i, words in (*row_labels, *column_labels)]
    unknown = say_unknown(unknown_letters([*written, *caption], letters.has))
    caption = (*caption, unknown) if unknown else caption
    y = top + max(height, 4 * BODY) + GAP * 3
    wrapped: list[str] = []
    for line in caption:
        wrapped.extend(_wrap(line, total_width - GAP * 4, measure))
    for line in wrapped:
        marks.append(Text(GAP * 2, y, line, SMALL))
        y += SMALL * 1.5
    return Picture(total_width, y, cells, tuple(marks), caption, letters)


def _rules(shown: AttentionMap, cells: Bitmap) -> list[Rule]:
    """Return the lines between the sentences of a pair, which reach out to the labels."""
    out, high, wide = GAP / 2, cells.height / len(shown.rows), cells.width / len(shown.columns)
    level = [cells.y + row * high - RULE / 2 for row in borders(shown.rows)]
    upright = [cells.x + column * wide - RULE / 2 for column in borders(shown.columns)]
    return [
        *(Rule(cells.x - out, y, cells.width + out, RULE) for y in level),
        *(Rule(x, cells.y - out, RULE, cells.height + out) for x in upright),
    ]


def _labels(units: Sequence[Token], cell: float, measure: Measure) -> list[tuple[int, str]]:
    """Return (index, label), leaving out as many as have no room."""
    step = max(1, -(-int(SMALL * 1.1) // max(1, int(cell))))
    return [(i, _shorten(units[i].label, LONGEST_LABEL, measure)) for i in range(0, len(units), step)]


def _shorten(words: str, room: float, measure: Measure) -> str:
    if measure(words) <= room:
        return words
    while words and measure(words + TOO_LONG) > room:
        words = words[:-1]
    return words + TOO_LONG


def _wrap(line: str, room: float, measure: Measure, most: int = 3) -> list[str]:
    """Break ``line`` at blanks or between Chinese characters; at most ``most`` lines, the last one shortened."""
    lines = [""]
    for part in regex.findall(r"\p{Han}|[^\s\p{Han}]+\s*|\s+", line):
        if lines[-1] and measure(lines[-1] + part.rstrip()) > room:
            lines.append("")
        lines[-1] += part
    if len(lines) > most:
        lines = [*lines[: most - 1], "".join(lines[most - 1 :])]
    return [_shorten(words.strip(), room, measure) for words in lines]


def _bar_colours(colormap: Colormap) -> Pixels:
    """Return the colours of the bar, the deepest on top."""
    return np.ascontiguousarray(lookup(colormap)[::-1, None, :])


def _bar(room: Bitmap, numbers: Sequence[tuple[float, str]], measure: Measure) -> tuple[list[Mark], float]:
    """Return the bar of colours with its numbers, each with its place from 0 to 1, and where it ends on the right."""
    marks: list[Mark] = [room]
    x = room.x + room.width + GAP / 2
    end = room.x + room.width
    for place, words in numbers:
        marks.append(Text(x, room.y + room.height * (1 - place) + SMALL * 0.36, words, SMALL))
        end = max(end, x + measure(words))
    return marks, end
