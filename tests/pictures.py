"""What a person reads off a picture: where a colour stands, how far it reaches, and on which side of what.

Tests of pictures paint with known numbers, look for the colours that stand for them, and measure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QColor, QImage


@dataclass(frozen=True, slots=True)
class Extent:
    """The smallest rectangle around some pixels; ``right`` and ``bottom`` are one past the last."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self):
        return self.right - self.left

    @property
    def height(self):
        return self.bottom - self.top

    @property
    def x(self):
        """The middle across."""
        return (self.left + self.right) / 2

    @property
    def y(self):
        """The middle down."""
        return (self.top + self.bottom) / 2


def seen(drawn):
    """Return the pixels, (height, width, 3), of a widget as it is painted, or of an image."""
    image = drawn if isinstance(drawn, QImage) else drawn.grab().toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), 2::-1].astype(int)  # stored as blue, green, red


def rgb(colour):
    """Return a colour, by name or as three numbers, as three numbers."""
    return np.array(QColor(colour).getRgb()[:3] if isinstance(colour, str) else colour, int)


def where(pixels, colour, near=0):
    """Return the mask of the pixels that have ``colour``, each channel within ``near`` of it."""
    return np.abs(pixels - rgb(colour)).max(axis=-1) <= near


def inked(pixels, ground):
    """Return the mask of the pixels that are not ``ground``: words, strokes, fills."""
    return ~where(pixels, ground)


def strokes(pixels, ink, ground, least=0.3):
    """Return the mask of what is drawn in ``ink`` on ``ground``: words and lines, whose edges are mixed of the two.

    Args:
        pixels: the picture.
        ink: the colour of the words.
        ground: what they stand on.
        least: how much ink there must be in a pixel, 0 to 1.
    """
    way = (rgb(ink) - rgb(ground)).astype(float)
    apart = pixels - rgb(ground)
    share = apart @ way / (way @ way)
    beside = np.abs(apart - share[..., None] * way).max(axis=-1)
    return (share >= least) & (share <= 1.05) & (beside <= 10)


def within(mask, left=0, top=0, right=None, bottom=None):
    """Return ``mask`` with nothing outside the room given."""
    kept = np.zeros_like(mask)
    room = (
        slice(max(0, round(top)), None if bottom is None else max(0, round(bottom))),
        slice(max(0, round(left)), None if right is None else max(0, round(right))),
    )
    kept[room] = mask[room]
    return kept


def extent(mask):
    """Return the rectangle around what ``mask`` marks, which must be something."""
    assert mask.any(), "nothing of it is painted"
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return Extent(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def runs(flags):
    """Return first and one past the last of each run of true ``flags``."""
    steps = np.diff(np.concatenate(([0], np.asarray(flags, int), [0])))
    return list(zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True))


def across(mask):
    """Return the pieces of ``mask`` from left to right, as their first column and one past their last."""
    return runs(mask.any(axis=0))


def down(mask):
    """Return the pieces of ``mask`` from top to bottom, as their first row and one past their last."""
    return runs(mask.any(axis=1))


def mixed(front, ground, share):
    """Return the colour of ``front`` laid over ``ground`` with an opacity of ``share``."""
    return np.round(share * rgb(front) + (1 - share) * rgb(ground)).astype(int)
