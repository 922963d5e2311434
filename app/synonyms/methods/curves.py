"""Precision over recall, a curve a method, and the threshold as a line that can be dragged along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QWidget

from app.panel import Look
from app.plots.legend import Entry, Kind, Legend
from app.plots.plot import Plot
from app.theme import Theme
from core.language import N_, _
from core.synonyms.evaluation.results.ranking import Ranking
from core.synonyms.methods.registry import METHODS

_STROKES: Final = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
"""Those of the methods beyond the colours differ by these."""
_WIDTH: Final = 1.6
_CHOSEN: Final = 3.2


class CurvesPlot(Plot):
    """The curves; the chosen method's is thicker, and every method has a point at its threshold.

    Signals:
        moved: the line was dragged to a recall, 0 to 1.
    """

    moved = Signal(float)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, N_("Recall"), N_("Precision"), parent)
        self.legend = Legend(self.look)
        self._head.addWidget(self.legend, 1)
        self._rankings: dict[str, Ranking] = {}
        self._chosen, self._recall = "", 0.0
        self._levels: tuple[float, float | None] = (0.0, None)
        self._curves: dict[str, pg.PlotDataItem] = {}
        self._points = pg.ScatterPlotItem(pxMode=True)
        self._base, self._closure = pg.InfiniteLine(0, angle=0), pg.InfiniteLine(0, angle=0)
        self.line = pg.InfiniteLine(0, angle=90, movable=True, bounds=(0, 1))
        self.line.sigDragged.connect(self._on_dragged)
        for item in (self._base, self._closure, self._points, self.line):
            self.item.addItem(item, ignoreBounds=True)
        self.item.setXRange(0, 1, padding=0.01)
        self.item.setYRange(0, 1, padding=0.02)
        self._restyle(self.look.theme.theme)
        self._retranslate()

    def show_rankings(self, rankings: dict[str, Ranking], chosen: str, base_rate: float, closure: float | None) -> None:
        """Draw a curve for each of ``rankings``.

        Args:
            rankings: by method.
            chosen: the method whose pairs are looked at.
            base_rate: what guessing is worth.
            closure: AP of the closure baseline; None where it says nothing.
        """
        self._chosen, self._levels = chosen, (base_rate, closure)
        for name in [name for name in self._curves if rankings.get(name) is not self._rankings.get(name)]:
            self.item.removeItem(self._curves.pop(name))
        self._rankings = dict(rankings)
        for name, ranking in rankings.items():
            if name not in self._curves:
                self._curves[name] = self.item.plot(*ranking.curve())
        self._base.setValue(base_rate)
        self._closure.setValue(closure or 0)
        self._closure.setVisible(closure is not None)
        self._restyle(self.look.theme.theme)
        self.show_recall(self._recall)

    def show_recall(self, recall: float) -> None:
        """Put the line at ``recall``, and a point on every curve where so much is found.

        Where many pairs have one score, that is farther to the right: they pass together.
        """
        self._recall = recall
        self.line.setValue(recall)
        spots = []
        for name, ranking in self._rankings.items():
            place = ranking.place_of(recall)
            where = float(ranking.recall[place]), float(ranking.precision[place])
            spots.append({
                "pos": where, "brush": QColor(self._colour(name)), "pen": pg.mkPen(None),
                "size": self.look.scale.em(0.75 if name == self._chosen else 0.5),
            })  # fmt: skip
        self._points.setData(spots)

    def _colour(self, name: str) -> str:
        series = self.look.theme.theme.colours.series
        return series[list(METHODS).index(name) % len(series)]

    def _pen_of(self, name: str) -> QPen:
        number = list(METHODS).index(name)
        stroke = _STROKES[number // len(self.look.theme.theme.colours.series) % len(_STROKES)]
        pen: QPen = self.pen(self._colour(name), _CHOSEN if name == self._chosen else _WIDTH, stroke)
        return pen

    def _restyle(self, theme: Theme) -> None:
        super()._restyle(theme)
        if not hasattr(self, "line"):
            return
        colours = theme.colours
        for name, curve in self._curves.items():
            curve.setPen(self._pen_of(name))
            curve.setZValue(10 if name == self._chosen else 0)
        self._base.setPen(self.pen(colours.muted, 1, Qt.PenStyle.DotLine))
        self._closure.setPen(self.pen(colours.no, 1.5, Qt.PenStyle.DashLine))
        self.line.setPen(self.pen(colours.marker, 2))
        self.line.setHoverPen(self.pen(colours.marker, 3.5))
        self.line.setZValue(20)
        self._show_legend()

    def _show_legend(self) -> None:
        base, closure = self._levels
        entries: list[Entry] = [(Kind.LINE, METHODS[name].label, self._pen_of(name)) for name in self._rankings]
        if entries:
            words = _("guessing {value}").format(value=f"{base:.2f}")
            entries.append((Kind.LINE, words, self._base.pen))
        if closure is not None:
            words = _("closure baseline, AP {value}").format(value=f"{closure:.2f}")
            entries.insert(0, (Kind.LINE, words, self._closure.pen))
        self.legend.show_entries(*entries)

    def _retranslate(self) -> None:
        super()._retranslate()
        if hasattr(self, "line"):
            self._show_legend()
            self.setAccessibleName(_("Precision and recall of the methods"))
            self.setToolTip(_("Drag the line: all methods are compared at the same recall."))

    @Slot(object)
    def _on_dragged(self, line: pg.InfiniteLine) -> None:
        self.moved.emit(float(line.value()))

    def names(self) -> Sequence[str]:
        """Return the methods that are drawn."""
        return list(self._curves)
