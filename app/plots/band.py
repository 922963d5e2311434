"""A curve with a band around it, as a statistic over several seeds is drawn."""

from __future__ import annotations

from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtGui import QColor, QPen

from app.plots.decimation import Values, sampled

MOST_POINTS: Final = 500
"""Points of a band; one of ten thousand takes as long to paint as four whole frames."""
_OPACITY: Final = 0.2
"""Of the band; the grid and the bands of other curves show through."""


class Band:
    """A line, and the area between two others around it; both are items of one plot."""

    def __init__(self, item: pg.PlotItem) -> None:
        """Add an empty band to ``item``."""
        self._item = item
        self._low, self._high = pg.PlotCurveItem(), pg.PlotCurveItem()
        self._area = pg.FillBetweenItem(self._low, self._high)
        self._line = pg.PlotCurveItem(antialias=True)
        self._line.setSegmentedLineMode("on")  # a jagged wide line drawn in one stroke takes four times as long
        for part in (self._area, self._line):
            item.addItem(part, ignoreBounds=True)

    def show(self, x: Values, middle: Values, low: Values, high: Values) -> None:
        """Draw a line through ``middle`` and the area from ``low`` to ``high``, (points,) each, at ``x``."""
        points = sampled(len(x), MOST_POINTS - 1)
        self._line.setData(x[points], middle[points])
        self._low.setData(x[points], low[points])
        self._high.setData(x[points], high[points])

    def paint_with(self, pen: QPen) -> None:
        """Draw the line with ``pen``, and the area in a thin veil of its colour."""
        self._line.setPen(pen)
        veil = QColor(pen.color())
        veil.setAlphaF(_OPACITY)
        self._area.setBrush(veil)

    def drawn(self) -> tuple[Any, Any]:
        """Return through which points the line goes: where, and how high."""
        x, y = self._line.getData()
        return x, y

    def remove(self) -> None:
        """Take it out of the plot."""
        for part in (self._area, self._line):
            self._item.removeItem(part)
