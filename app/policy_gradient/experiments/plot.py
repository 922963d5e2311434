"""The curves of an experiment: for each variant the interquartile mean over its seeds, with a band."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QWidget

from app.panel import Look
from app.plots.band import Band
from app.plots.decimation import span
from app.plots.legend import Kind, Legend
from app.plots.plot import Plot
from app.theme import Theme
from core.language import N_, _
from core.policy_gradient.experiments.report import VariantSummary, last_episode_worth_drawing
from core.policy_gradient.experiments.statistics import CONFIDENCE

_STROKES: Final = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
"""Those of the variants beyond the colours differ by these."""
_FIRST_EPISODES: Final = 100
_WIDTH: Final = 2.2


class ExperimentPlot(Plot):
    """A band a variant, and the line that has to be reached."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, N_("Training episode"), N_("Mean return of the last 100 episodes"), parent)
        self.legend = Legend(self.look)
        self._head.addWidget(self.legend, 1)
        self._bands: dict[str, Band] = {}
        self._names: tuple[str, ...] = ()
        self._titles: tuple[str, ...] = ()
        self._told: dict[str, VariantSummary] = {}
        self._threshold: float | None = None
        self._y_range: tuple[float, float] | None = None
        self._solved = pg.InfiniteLine(0, angle=0)
        self._solved.hide()
        self.item.addItem(self._solved, ignoreBounds=True)
        self.item.setXRange(0, _FIRST_EPISODES, padding=0.01)
        self.item.setYRange(0, 500, padding=0.02)
        self._restyle(self.look.theme.theme)
        self._retranslate()

    def show_variants(self, names: Sequence[str], titles: Sequence[str], threshold: float | None) -> None:
        """Begin anew, with nothing drawn.

        Args:
            names: of the variants, in the order of their colours.
            titles: what each is called on the screen.
            threshold: where the line of what counts as solved is drawn; None for no line.
        """
        for band in self._bands.values():
            band.remove()
        self._bands, self._told, self._y_range = {}, {}, None
        self._names, self._titles, self._threshold = tuple(names), tuple(titles), threshold
        self._solved.setVisible(threshold is not None)
        self._solved.setValue(threshold or 0)
        self._show_legend()

    def rename(self, titles: Sequence[str]) -> None:
        """Call the variants something else."""
        self._titles = tuple(titles)
        self._show_legend()

    def show_summary(self, summary: VariantSummary) -> None:
        """Draw what a variant has come to so far."""
        if summary.name not in self._names:
            return
        self._told[summary.name] = summary
        if summary.name not in self._bands:
            self._bands[summary.name] = Band(self.item)
            self._bands[summary.name].paint_with(self._pen_of(summary.name))
        curve = summary.curve
        self._bands[summary.name].show(summary.episodes.astype(float), curve.iqm, curve.low, curve.high)
        self._fit()

    def drawn(self, name: str) -> tuple[list[float], list[float]]:
        """Return through which points the line of a variant goes: episodes and returns."""
        x, y = self._bands[name].drawn()
        return x.tolist(), y.tolist()

    def _fit(self) -> None:
        """Show as much as there is to see."""
        told = list(self._told.values())
        self.item.setXRange(0, max(_FIRST_EPISODES, last_episode_worth_drawing(told)), padding=0.01)
        ends = [float(end) for one in told if one.episodes.size for end in (one.curve.low.min(), one.curve.high.max())]
        ends += [] if self._threshold is None else [self._threshold]
        if ends:
            low, high = span(min(0.0, *ends), max(0.0, *ends), self._y_range)
            y_range = (0.0 if min(ends) >= 0 else low, high)  # nothing lies below 0 where no return does
            if y_range != self._y_range:
                self._y_range = y_range
                self.item.setYRange(*y_range, padding=0)

    def _pen_of(self, name: str) -> QPen:
        number = self._names.index(name)
        series = self.look.theme.theme.colours.series
        stroke = _STROKES[number // len(series) % len(_STROKES)]
        pen: QPen = self.pen(series[number % len(series)], _WIDTH, stroke)
        return pen

    def _restyle(self, theme: Theme) -> None:
        super()._restyle(theme)
        if not hasattr(self, "_solved"):
            return
        self._solved.setPen(self.pen(theme.colours.solved, 1.5, Qt.PenStyle.DashLine))
        for name, band in self._bands.items():
            band.paint_with(self._pen_of(name))
        self._show_legend()

    def _show_legend(self) -> None:
        entries = [
            (Kind.LINE, title, self._pen_of(name)) for name, title in zip(self._names, self._titles, strict=True)
        ]
        if self._threshold is not None:
            entries.append((Kind.LINE, _("solved: {value}").format(value=f"{self._threshold:g}"), self._solved.pen))
        self.legend.show_entries(*entries)

    def _retranslate(self) -> None:
        super()._retranslate()
        if hasattr(self, "_solved"):
            self._show_legend()
            self.setAccessibleName(_("Learning curves of the variants"))
            self.setToolTip(
                _(
                    "Lines: interquartile mean over the seeds, the mean of the middle half. Bands: where it lies with "
                    "{percent:g} % confidence, by bootstrap over the seeds. A run that has ended goes on as it ended."
                ).format(percent=100 * CONFIDENCE)
            )
