"""Words for a room that may be too narrow for the longest of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter


def fitting(painter: QPainter, width: float, words: Sequence[str]) -> str:
    """Return the first of ``words`` that fits, or as much of the last as does."""
    metrics = painter.fontMetrics()
    fitting = (text for text in words if metrics.horizontalAdvance(text) <= width)
    return next(fitting, metrics.elidedText(words[-1], Qt.TextElideMode.ElideRight, round(width)))
