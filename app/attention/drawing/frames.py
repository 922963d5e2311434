"""Frames over pictures of weights: cased, so that they are seen on white cells as on deep red ones, in every theme."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen


def draw_frames(painter: QPainter, frames: Sequence[QRectF], *, line: str, casing: str, thick: float) -> None:
    """Draw ``frames``.

    Args:
        painter: the surface.
        frames: where the lines run.
        line: their colour.
        casing: the colour beside them, a pixel on each side: light beside a dark line, dark beside a light one.
        thick: width of the lines without it, in pixels.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((casing, thick + 2), (line, thick)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRects(frames)
