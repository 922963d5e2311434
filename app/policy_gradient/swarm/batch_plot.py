"""The mean of each batch as a curve, and the one under way as an open ring."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.panel import Look
from app.plots.decimation import Values, reach, sampled, span
from app.plots.legend import Entry, Kind, Legend
from app.plots.plot import Plot
from app.theme import Theme
from core.language import N_, _
from core.policy_gradient.environments.description import EnvironmentDescription

_MOST_POINTS: Final = 300
_FIRST_UPDATES: Final = 10
_HEADROOM: Final = 1.04


class BatchPlot(Plot):
    """Mean duration of each batch (line and points), that of the batch under way (ring), and the solved line."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, N_("Updates"), N_("Steps, mean of the batch"), parent)
        self.legend = Legend(self.look)
        self._head.addWidget(self.legend, 1)
        self._solved_at: float | None = None
        self._most_steps: int | None = None
        self._y_range: tuple[float, float] | None = None
        self._line = pg.PlotCurveItem(antialias=True)
        self._points = pg.ScatterPlotItem(pen=None)
        self._now = pg.ScatterPlotItem(brush=None)
        self._solved = pg.InfiniteLine(0, angle=0)
        for part in (self._line, self._points, self._solved, self._now):
            self.item.addItem(part, ignoreBounds=True)
        self._reach = 0
        self._restyle(self.look.theme.theme)
        self._retranslate()

    def show_environment(self, described: EnvironmentDescription, solved_at: float | None) -> None:
        """Draw for this environment; the arguments are those of the live page's plot."""
        self._solved_at = described.solved_at if solved_at is None else solved_at
        self._most_steps, self._y_range = described.max_steps, None
        self._solved.setVisible(self._solved_at is not None)
        self._solved.setValue(self._solved_at or 0)
        if self._most_steps is not None:
            self.item.setYRange(0, self._most_steps * _HEADROOM, padding=0.02)
        self._retranslate()

    def show_means(self, means: Values, now: float | None) -> None:
        """Draw the means of the batches learned from, and of the one under way if there is one."""
        shown = sampled(len(means), _MOST_POINTS)
        self._line.setData(shown + 1.0, means[shown])
        self._points.setData(shown + 1.0, means[shown])
        self._now.setData([] if now is None else [len(means) + 1.0], [] if now is None else [now])
        end = reach(len(means) + 1, _FIRST_UPDATES)
        if end != self._reach:
            self._reach = end
            self.item.setXRange(0, end, padding=0.01)
        values = means if now is None else np.append(means, now)
        if self._most_steps is None and len(values):
            y_range = span(float(values.min()), float(values.max()), self._y_range)
            if y_range != self._y_range:
                self._y_range = y_range
                self.item.setYRange(*y_range, padding=0)

    def _restyle(self, theme: Theme) -> None:
        super()._restyle(theme)
        if not hasattr(self, "_solved"):
            return
        colours, em = theme.colours, self.look.scale.em
        self._line.setPen(self.pen(colours.series[0], 2.2))
        self._points.setBrush(colours.series[0])
        self._points.setSize(max(5, em(0.3125)))
        self._now.setPen(self.pen(colours.series[0], 1.5))
        self._now.setSize(max(8, em(0.625)))
        self._solved.setPen(self.pen(colours.solved, 1.5, Qt.PenStyle.DashLine))
        self._retranslate()

    def _retranslate(self) -> None:
        super()._retranslate()
        if not hasattr(self, "_solved"):
            return
        entries: list[Entry] = [(Kind.LINE, _("mean of a batch"), self._line.opts["pen"])]
        if self._solved_at is not None:
            entries.append((Kind.LINE, _("solved: {value}").format(value=f"{self._solved_at:g}"), self._solved.pen))
        self.legend.show_entries(*entries)
        self.setAccessibleName(_("Learning curve: mean steps of each batch"))
        self.setToolTip(_("Points: mean steps of the episodes of each batch. Ring: those under way, so far."))
