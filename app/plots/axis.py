"""An axis that names every line of its grid, and prints no number on another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QRectF

from app.overrides import called_by_qt

_COARSER: Final = {"1": (2.0, 2.5, 2.0), "2": (2.5, 2.0, 2.0), "5": (2.0, 2.0, 2.5)}
"""Spacings begin with 1, 2 or 5: what leads from each to the next three that do."""


@called_by_qt
class Axis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """A plot's axis with numbers at both its ends, room between them, and a true minus sign.

    Left to itself, where there is a grid, pyqtgraph leaves out a number that would reach a pixel beyond the plot:
    the zero, or the last one. And it draws the numbers of its coarsest grid however low the plot is.
    """

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self._beyond = 0.0
        self._apart = 0.0

    def make_room(self, beyond: float, apart: float) -> None:
        """Let numbers reach ``beyond`` pixels over the axis' ends, and keep them ``apart`` pixels from each other."""
        if (beyond, apart) != (self._beyond, self._apart):
            self.prepareGeometryChange()
            self._beyond, self._apart = beyond, apart
            self.picture = None
            self.update()

    def boundingRect(self) -> QRectF:
        """Where the axis draws: its numbers at both ends included."""
        rect: QRectF = super().boundingRect()
        if self.orientation in {"left", "right"}:
            return rect.adjusted(0, -self._beyond, 0, self._beyond)
        return rect.adjusted(-self._beyond, 0, self._beyond, 0)

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:  # noqa: N803
        """Return pyqtgraph's own spacings, the coarsest made coarser until its numbers stand apart."""
        levels: list[tuple[float, float]] = super().tickSpacing(minVal, maxVal, size)
        length = abs(maxVal - minVal)
        if not levels or not length or size <= 0:
            return levels
        spacing, offset = levels[0]
        for factor in cycle(_COARSER.get(f"{spacing:e}"[0], (2.0,))):
            if spacing / length * size >= self._apart or spacing * factor > length:
                break
            spacing *= factor
        return [(spacing, offset), *levels[1:]]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the numbers as they are written elsewhere in the window."""
        written: list[Any] = super().tickStrings(values, scale, spacing)
        return [str(number).replace("-", "−") for number in written]
