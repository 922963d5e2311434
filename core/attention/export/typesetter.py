"""How the words of a picture become pixels.

``core`` knows one font, the shipped one; whoever has the system's fonts at hand brings a typesetter of its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Protocol

from PIL import Image, ImageDraw, ImageFont

from core.paths import RESOURCES

FONT_FILE: Final = RESOURCES / "fonts" / "NotoSansSC-Regular.ttf"
UNKNOWN: Final = "\U0010ffff"
"""A code point that no font has: how it is drawn is how this font draws what it doesn't know."""


@dataclass(frozen=True, slots=True)
class Written:
    """Words as pixels.

    Attributes:
        ink: an image with transparency.
        x: where in it the words begin, in pixels.
        y: the baseline in it, in pixels.
        width: how far the words reach from ``x``, in pixels.
    """

    ink: Image.Image
    x: float
    y: float
    width: float


class Typesetter(Protocol):
    """Measures and writes one line of letters that it has."""

    def has(self, letter: str) -> bool:
        """Return whether some font can draw ``letter``, a character that can be seen."""

    def width(self, words: str, size: float) -> float:
        """Return the width of ``words`` at a letter size of ``size``, in the same unit."""

    def write(self, words: str, pixels: int, colour: tuple[int, int, int]) -> Written:
        """Return ``words`` at a letter size of ``pixels``."""


class ShippedFont:
    """Writes with the font that comes with the program, which has Chinese, Latin, Greek and Cyrillic letters."""

    def has(self, letter: str) -> bool:
        """Return whether the font draws it otherwise than what it doesn't know."""
        return _in_shipped_font(letter)

    def width(self, words: str, size: float) -> float:
        """Return the width in the unit of ``size``."""
        return float(_face(100).getlength(words)) * size / 100

    def write(self, words: str, pixels: int, colour: tuple[int, int, int]) -> Written:
        """Return ``words`` as an image."""
        face = _face(pixels)
        width = float(face.getlength(words))
        ink = Image.new("RGBA", (math.ceil(width) + 2 * pixels, 3 * pixels), (*colour, 0))
        ImageDraw.Draw(ink).text((pixels, 2 * pixels), words, (*colour, 255), face, anchor="ls")
        return Written(ink, pixels, 2 * pixels, width)


SHIPPED_FONT: Final = ShippedFont()


@lru_cache(maxsize=4096)
def _in_shipped_font(letter: str) -> bool:
    face = _face(20)
    return bytes(face.getmask(letter)) != bytes(face.getmask(UNKNOWN))


@cache
def _face(pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_FILE), pixels)
