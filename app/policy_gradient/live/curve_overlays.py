"""What lies behind and on the curve of a run: earlier runs as ghosts, bars of greedy episodes, rings about episodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyqtgraph as pg

from app.plots.decimation import Values, sampled

MOST_GHOSTS: Final = 6
"""Earlier runs that are drawn; more of them could not be told apart."""
_MOST_ON_A_LINE: Final = 300


class CurveOverlays:
    """Ghosts, bars and rings of one plot.

    Args:
        item: the plot.
    """

    def __init__(self, item: Any) -> None:
        self._item = item
        self._pen: Any = None
        self._ghosts: list[Any] = []
        self._rings = pg.ScatterPlotItem(brush=None)
        self._rings.setZValue(5)
        item.addItem(self._rings, ignoreBounds=True)
        self._spreads = pg.PlotCurveItem(connect="pairs")
        item.addItem(self._spreads, ignoreBounds=True)
        self.longest = 0
        """Episodes of the longest ghost."""

    @property
    def has_ghosts(self) -> bool:
        """Whether an earlier run is drawn."""
        return self.longest > 0

    def show_ghosts(self, runs: Sequence[Values]) -> None:
        """Draw the means of earlier runs, of each the mean after every episode; of many, the newest."""
        for ghost in self._ghosts:
            self._item.removeItem(ghost)
        self._ghosts = []
        runs = [means for means in runs if len(means)][-MOST_GHOSTS:]
        self.longest = max(map(len, runs), default=0)
        for means in runs:
            points = sampled(len(means), _MOST_ON_A_LINE)
            ghost = pg.PlotCurveItem(points + 1.0, means[points], pen=self._pen)
            ghost.setSegmentedLineMode("on")
            ghost.setZValue(-5)
            self._item.addItem(ghost, ignoreBounds=True)
            self._ghosts.append(ghost)

    def show_rings(self, places: Sequence[tuple[float, float]]) -> None:
        """Draw a ring about each place, (episode, return)."""
        marked = np.array(places, np.float64).reshape(-1, 2)
        self._rings.setData(marked[:, 0], marked[:, 1])

    def show_spreads(self, episodes: Values, means: Values, deviations: Values) -> None:
        """Draw a bar from a standard deviation below each mean to one above it."""
        ends = np.column_stack([means - deviations, means + deviations]).ravel()
        self._spreads.setData(np.repeat(episodes, 2), ends)

    def drawn_spreads(self) -> tuple[Values, Values]:
        """Return the ends of the bars: each episode twice, and where its bar begins and ends."""
        x, y = self._spreads.getData()
        return x, y

    def restyle(self, ghost: Any, ring: Any, size: float, spread: Any) -> None:
        """Draw with these pens, the rings ``size`` pixels wide."""
        self._spreads.setPen(spread)
        self._pen = ghost
        for curve in self._ghosts:
            curve.setPen(ghost)
        self._rings.setPen(ring)
        self._rings.setSize(size)
