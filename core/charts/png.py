"""What charts that are drawn without a display share: colours, letters, sharpness, and how they are written."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageFont, PngImagePlugin

from core.files import replacing
from core.paths import RESOURCES

SERIES: Final[tuple[tuple[int, int, int], ...]] = (
    (0, 114, 178), (230, 159, 0), (0, 158, 115), (204, 121, 167), (213, 94, 0), (86, 180, 233), (120, 120, 120),
)  # fmt: skip
"""Colours of curves, in their order (Okabe & Ito 2008; told apart by all kinds of eyes)."""
SHARPNESS: Final = 2
"""Pixels a point."""
INK: Final = (31, 34, 38)
QUIET: Final = (110, 112, 116)
GRID: Final = (228, 228, 226)

_FONT: Final = RESOURCES / "fonts" / "NotoSansSC-Regular.ttf"


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the letters of ``size`` points."""
    return ImageFont.truetype(str(_FONT), size * SHARPNESS)


def write_png(path: Path, image: Image.Image, description: str) -> None:
    """Write a chart, with what it shows in words for those who read it without seeing.

    Args:
        path: the file; an older one is replaced at once, or stays.
        image: the chart.
        description: the words.

    Raises:
        OSError: it can't be written.
    """
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("Description", description)
    with replacing(path) as beside:
        image.save(beside, "PNG", pnginfo=notes, optimize=True)
