"""BLEU over the length of the sentence, a line a model: where attention earns its keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.attention.report.names import MODEL_NAMES
from app.attention.report.rows import lengths_and_bleu, spread
from app.panel import Look
from app.plots.legend import Kind, Legend
from app.plots.plot import Plot
from app.theme import Theme
from core.attention.learned.report_events import Table
from core.language import N_, _

_WIDTH: Final = 2.0
_THIN: Final = 1.0
_STROKES: Final = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
_POINT: Final = 7
"""Pixels at zoom 1."""


class LengthPlot(Plot):
    """One line a model, through the middle of each quarter of the test sentences."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, N_("Chinese words in the sentence"), N_("BLEU"), parent)
        self.legend = Legend(self.look)
        self._head.addWidget(self.legend, 1)
        self._lines: dict[str, Any] = {}
        self._spreads: dict[str, Any] = {}
        self.item.setYRange(0, 100, padding=0.02)
        self.item.setXRange(0, 40, padding=0.01)
        self._restyle(self.look.theme.theme)
        self._retranslate()

    def show_table(self, translation: Table) -> None:
        """Draw every model of the table."""
        for item in (*self._lines.values(), *self._spreads.values()):
            self.item.removeItem(item)
        self._lines, self._spreads = {}, {}
        for name, row in translation.items():
            x, y = lengths_and_bleu(row)
            if x:
                below, above = map(np.array, spread(row))
                self._spreads[name] = pg.ErrorBarItem(x=np.array(x), y=np.array(y), bottom=below, top=above)
                self._lines[name] = pg.PlotDataItem(x, y, symbol="o")
                self.item.addItem(self._spreads[name])
                self.item.addItem(self._lines[name])
        ends = [max(lengths_and_bleu(row)[0], default=0.0) for row in translation.values()]
        self.item.setXRange(0, max([*ends, 1.0]), padding=0.03)
        self._paint()

    def drawn(self) -> Mapping[str, tuple[list[float], list[float]]]:
        """Return through which points each line goes."""
        return {name: tuple(part.tolist() for part in line.getData()) for name, line in self._lines.items()}

    def spreads(self) -> Mapping[str, tuple[list[float], list[float]]]:
        """Return how far each line's bars go down and up."""
        return {name: (bar.opts["bottom"].tolist(), bar.opts["top"].tolist()) for name, bar in self._spreads.items()}

    def _paint(self) -> None:
        entries = []
        for number, (name, line) in enumerate(self._lines.items()):
            series = self.look.theme.theme.colours.series
            colour = series[number % len(series)]
            pen = self.pen(colour, _WIDTH, _STROKES[number // len(series) % len(_STROKES)])
            line.setPen(pen)
            self._spreads[name].setData(pen=self.pen(colour, _THIN), beam=0)
            line.setSymbolBrush(colour)
            line.setSymbolPen(None)
            line.setSymbolSize(round(_POINT * max(1.0, self.look.scale.zoom)))
            entries.append((Kind.LINE, MODEL_NAMES.get(name, name), pen))
        self.legend.show_entries(*entries)

    def _restyle(self, theme: Theme) -> None:
        super()._restyle(theme)
        if hasattr(self, "_lines"):
            self._paint()

    def _retranslate(self) -> None:
        super()._retranslate()
        self.setAccessibleName(_("BLEU over sentence length"))
