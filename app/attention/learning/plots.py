"""The curves of a training: its loss, and what it is worth on validation examples, beside a twin without attention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.panel import Look
from app.plots.decimation import sampled
from app.plots.legend import Entry, Kind, Legend
from app.plots.plot import Plot
from app.theme import Theme
from core.attention.learned.live.events import Watched
from core.language import N_, _

_MOST_POINTS: Final = 400
_WIDTH, _THIN = 2.0, 1.0
_FIRST_STEPS: Final = 1000
"""What is seen of the axis while nothing is known."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure that is watched.

    Attributes:
        name: in the log.
        title: marked for translation.
        factor: what makes a percentage of it.
    """

    name: str
    title: str
    factor: float = 100.0


MEASURES: Final[Mapping[str, tuple[Measure, ...]]] = {
    "translation": (Measure("bleu", N_("BLEU"), 1.0), Measure("aer", N_("AER, %"))),
    "dates": (Measure("exact", N_("right, %")),),
    "reviews": (Measure("accuracy", N_("right, %")),),
    "cloze": (Measure("accuracy", N_("right, %")),),
    "memory": (
        Measure("error_best", N_("wrong, best seed, %")),
        Measure("error_median", N_("wrong, median of ten seeds, %")),
    ),
}
"""Of each task, what it is worth."""
EACH_STEP: Final = Measure("loss", N_("each step"), 1.0)
_VALIDATION: Final = Measure("validation_loss", N_("validation"), 1.0)
LOSSES: Final[Mapping[str, tuple[Measure, ...]]] = {
    "translation": (_VALIDATION, EACH_STEP),
    "dates": (_VALIDATION, EACH_STEP),
    "reviews": (EACH_STEP,),
    "cloze": (EACH_STEP,),
    "memory": (EACH_STEP,),
}
"""Of each task, its losses; the first can be compared with that of another training."""


class CoursePlot(Plot):
    """Lines over the steps: solid for the training that is watched, dashed for its twin."""

    def __init__(self, look: Look, y: str, parent: QWidget | None = None) -> None:
        """Make an empty plot; ``y`` says what goes up, marked with ``N_``."""
        super().__init__(look, N_("Training step"), y, parent)
        self.legend = Legend(self.look)
        self._head.addWidget(self.legend, 1)
        self._lines: dict[tuple[str, bool], Any] = {}
        self._titles: dict[str, str] = {}
        self._steps = 0
        self._restyle(self.look.theme.theme)
        self._retranslate()

    def begin(self, titles: Mapping[str, str]) -> None:
        """Draw nothing yet: lines by their names, with their words marked with ``N_``."""
        for line in self._lines.values():
            self.item.removeItem(line)
        self._lines, self._titles = {}, dict(titles)
        self._fit()
        self._show_legend()

    def show_steps(self, steps: int) -> None:
        """Leave room for so many steps."""
        if steps != self._steps:
            self._steps = steps
            self._fit()

    def show_line(self, name: str, x: Sequence[float], y: Sequence[float], *, is_twin: bool = False) -> None:
        """Draw one line."""
        key = (name, is_twin)
        if key not in self._lines:
            self._lines[key] = pg.PlotDataItem()
            self._lines[key].setPen(self._pen_of(*key))
            self.item.addItem(self._lines[key])
            self._show_legend()
        kept = sampled(len(x), _MOST_POINTS)
        self._lines[key].setData(np.asarray(x, float)[kept], np.asarray(y, float)[kept])
        self._fit()

    def drawn(self, name: str, *, is_twin: bool = False) -> tuple[list[float], list[float]]:
        """Return through which points a line goes; none where it isn't drawn."""
        line = self._lines.get((name, is_twin))
        if line is None or line.xData is None:
            return [], []
        return line.xData.tolist(), line.yData.tolist()

    def _fit(self) -> None:
        """Show as much as there is to see, from 0 up."""
        drawn = [self.drawn(name, is_twin=is_twin) for name, is_twin in self._lines]
        top = max((max(y, default=0.0) for _x, y in drawn), default=0.0)
        end = max((max(x, default=0.0) for x, _y in drawn), default=0.0)
        self.item.setYRange(0, top or 1.0, padding=0.05)
        self.item.setXRange(0, max(self._steps, end) or _FIRST_STEPS, padding=0.01)

    def _pen_of(self, name: str, is_twin: bool) -> Any:
        colours = self.look.theme.theme.colours
        if name == EACH_STEP.name and len(self._titles) > 1:
            return self.pen(colours.muted, _THIN)
        stroke = Qt.PenStyle.DashLine if is_twin else Qt.PenStyle.SolidLine
        return self.pen(colours.series[list(self._titles).index(name) % len(colours.series)], _WIDTH, stroke)

    def _show_legend(self) -> None:
        entries: list[Entry] = []
        for name, title in self._titles.items():
            entries.append((Kind.LINE, _(title), self._pen_of(name, False)))
            if (name, True) in self._lines:
                words = _("{title}, without attention").format(title=_(title))
                entries.append((Kind.LINE, words, self._pen_of(name, True)))
        self.legend.show_entries(*entries)

    def _restyle(self, theme: Theme) -> None:
        super()._restyle(theme)
        if hasattr(self, "_lines"):
            for key, line in self._lines.items():
                line.setPen(self._pen_of(*key))
            self._show_legend()

    def _retranslate(self) -> None:
        super()._retranslate()
        if hasattr(self, "_lines"):
            self._show_legend()


def points(log: Sequence[Watched], measure: Measure) -> tuple[list[float], list[float]]:
    """Return steps and values of one figure, where it was measured."""
    found = [
        (watched.step, dict(watched.figures)[measure.name] * measure.factor)
        for watched in log
        if measure.name in dict(watched.figures)
    ]
    return [float(step) for step, _value in found], [value for _step, value in found]


def show_log(plot: CoursePlot, log: Sequence[Watched], measures: Sequence[Measure], *, is_twin: bool = False) -> None:
    """Draw what was measured."""
    for measure in measures:
        x, y = points(log, measure)
        if x:
            plot.show_line(measure.name, x, y, is_twin=is_twin)
