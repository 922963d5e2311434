"""From intensities to pictures: one indexed image through a lookup table of 256 colours, never an item per cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from app.attention.drawing.cell_axis import Edges
from app.widgets.weight_colours import Table, colour_table

Intensities = npt.NDArray[np.uint8]
_GROUND: Final = 255


def enlarged(intensities: Intensities, rows: Edges, columns: Edges) -> Intensities:
    """Return ``intensities`` with each cell as large as its edges say; where several fall on a pixel, the deepest.

    Args:
        intensities: (…, n, m).
        rows: (n + 1,) where each row begins and the last ends, in pixels.
        columns: (m + 1,) likewise.
    """
    return _enlarged_along(_enlarged_along(intensities, rows, -2), columns, -1)


def _enlarged_along(intensities: Intensities, edges: Edges, axis: int) -> Intensities:
    sizes = np.diff(edges)
    if not sizes.size or edges[-1] <= edges[0]:
        return np.take(intensities, [], axis=axis)
    if np.all(sizes > 0):
        return np.repeat(intensities, sizes, axis=axis)
    starts = np.flatnonzero(np.diff(edges[:-1], prepend=edges[0] - 1) > 0)
    lasts = np.append(starts[1:], sizes.size) - 1
    deepest = np.take(intensities, starts, axis=axis)
    for further in range(1, int((lasts - starts).max()) + 1):  # ten times as fast as maximum.reduceat
        np.maximum(deepest, np.take(intensities, np.minimum(starts + further, lasts), axis=axis), out=deepest)
    lengths = np.diff([*edges[:-1][starts], edges[-1]])
    return deepest if np.all(lengths == 1) else np.repeat(deepest, lengths, axis=axis)


def tiled(tiles: Intensities, places: Sequence[tuple[int, int]], height: int, width: int, table: Table) -> QImage:
    """Return many small pictures as one, on a ground that lets through what is behind.

    Args:
        tiles: (k, h, w) intensities; the deepest two share a colour, since one of the 256 is the ground.
        places: k of (x, y), in pixels.
        height: of the whole.
        width: of the whole.
        table: the colours.
    """
    whole = np.full((height, -(-width // 4) * 4), _GROUND, np.uint8)
    _count, h, w = tiles.shape
    for tile, (x, y) in zip(np.minimum(tiles, _GROUND - 1), places, strict=True):
        room = whole[y : y + h, x : x + w]
        room[:] = tile[: room.shape[0], : room.shape[1]]
    picture = QImage(whole.data, width, height, whole.shape[1], QImage.Format.Format_Indexed8)
    picture.setColorTable([*colour_table(table)[:_GROUND], 0])
    return _ready(picture)


def ruled(rows: Edges, columns: Edges, ink: QColor) -> QImage:
    """Return a line of one pixel before each cell but the first, on a ground that lets through what is behind.

    A painter takes ten times as long for as many lines of an ink that lets something through.

    Args:
        rows: where each row begins and the last ends, in pixels.
        columns: likewise.
        ink: of the lines.
    """
    height, width = int(rows[-1]), int(columns[-1])
    picture = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(ink)
    if not picture.isNull():
        pixels = np.frombuffer(picture.bits(), np.uint32).reshape(height, width)
        inked = pixels[0, 0]
        pixels[:] = 0
        # The last cells in sight may be too thin for a pixel of their own, and begin where the picture ends.
        pixels[rows[1:-1][rows[1:-1] < height]] = inked
        pixels[:, columns[1:-1][columns[1:-1] < width]] = inked
    return picture


def image(intensities: Intensities, table: Table) -> QImage:
    """Return ``intensities`` as a picture with one pixel each."""
    height, width = intensities.shape
    room = np.zeros((height, -(-width // 4) * 4), np.uint8)  # Qt wants rows of whole 32-bit words
    room[:, :width] = intensities
    picture = QImage(room.data, width, height, room.shape[1], QImage.Format.Format_Indexed8)
    picture.setColorTable(colour_table(table))
    return _ready(picture)


def _ready(picture: QImage) -> QImage:
    """Return a copy of ``picture`` as screens take it at once: one of 256 colours takes thrice as long to draw."""
    return picture.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
