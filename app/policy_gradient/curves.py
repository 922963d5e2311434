"""The evidence: how long each episode lasted, the mean over 100, and what the updates did."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.policy_gradient.state import TrainingState
from app.theme import Theme
from core.language import N_, _

SOLVED_AT: Final = 475
_MOST_MARKS: Final = 400
"""Update marks closer together than a pixel say nothing; beyond this many only every second, third … is drawn."""


class Plot(Panel):
    """One plot in the theme's colours: axes named, grid quiet, the view follows the data."""

    def __init__(self, look: Look, x: str, y: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._names = (x, y)
        self.widget = pg.PlotWidget(self)
        self.item = self.widget.getPlotItem()
        self.item.hideButtons()
        self.item.setMenuEnabled(False)
        self.item.setMouseEnabled(x=False, y=False)
        self.item.showGrid(x=True, y=True, alpha=0.18)
        self.item.setClipToView(True)
        self.item.setDownsampling(auto=True, mode="peak")
        self.widget.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.widget)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Enough for axes and a curve."""
        return QSize(self.look.scale.em(20), self.look.scale.em(9))

    def restyle(self, theme: Theme) -> None:
        """Follow theme and zoom."""
        self.widget.setBackground(QColor(theme.colours.stage))
        font = self.look.scale.font("caption")
        for side in ("bottom", "left"):
            axis = self.item.getAxis(side)
            axis.setTickFont(font)
            axis.setStyle(maxTickLevel=0)
            axis.enableAutoSIPrefix(False)
            axis.setStyle(hideOverlappingLabels=False)
            axis.setPen(theme.colours.outline)
            axis.setTextPen(theme.colours.muted)
            axis.label.setFont(font)
        self.item.getAxis("left").setWidth(self.look.scale.em(3.25))
        self.item.getAxis("bottom").setHeight(self.look.scale.em(2.25))
        self.setMinimumHeight(self.look.scale.em(5))
        self.updateGeometry()

    def retranslate(self) -> None:
        """Renew the axes' names."""
        theme = self.look.theme.theme
        size = f"{self.look.scale.point_size('caption')}pt"
        for side, name in zip(("bottom", "left"), self._names, strict=True):
            self.item.getAxis(side).setLabel(_(name), **{"color": theme.colours.muted, "font-size": size})

    def pen(self, colour: str, width: float = 1.5, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> Any:
        """Return a pen of ``width`` at zoom 1, wider for the projector and for larger zooms."""
        theme = self.look.theme.theme
        return pg.mkPen(colour, width=width * theme.pen_scale * max(1.0, self.look.scale.zoom), style=style)


class DurationPlot(Plot):
    """Duration of each episode (points), their mean over 100 (line), the solved line, and the updates (ticks)."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, N_("Training episode"), N_("Steps"), parent)
        self._episodes = self.item.plot([], [])
        self._means = self.item.plot([], [], antialias=True)
        self._solved = pg.InfiniteLine(SOLVED_AT, angle=0)
        self._solved_word = pg.InfLineLabel(self._solved, position=0.02, anchors=[(0, 1), (0, 1)])
        self._marks = self.item.plot([], [], connect="pairs")
        self.item.addItem(self._solved, ignoreBounds=True)
        self.item.setYRange(0, 520, padding=0.02)
        self.item.setXRange(0, 50, padding=0)
        self._reach = 0
        self.restyle(look.theme.theme)
        self.retranslate()

    def show_state(self, state: TrainingState) -> None:
        """Draw the curves of ``state``."""
        count = len(state.durations)
        episodes = np.arange(1, count + 1, dtype=np.float64)
        self._episodes.setData(episodes, state.durations.values)
        self._means.setData(episodes, state.means.values)
        updates = state.update_episodes.values
        marks = np.unique(updates)[:: 1 + len(updates) // _MOST_MARKS]
        self._marks.setData(np.repeat(marks, 2), np.tile((0.0, 12.0), len(marks)))
        reach = max(50, int(np.ceil(count / 50) * 50))
        if reach != self._reach:
            self._reach = reach
            self.item.setXRange(0, reach, padding=0.01)

    def restyle(self, theme: Theme) -> None:
        """Follow theme and zoom."""
        super().restyle(theme)
        if not hasattr(self, "_marks"):
            return
        colours = theme.colours
        self._episodes.setPen(None)
        self._episodes.setSymbol("o")
        self._episodes.setSymbolSize(max(4, self.look.scale.em(0.3125)))
        self._episodes.setSymbolPen(None)
        self._episodes.setSymbolBrush(colours.faint)
        self._means.setPen(self.pen(colours.series[0], 2.2))
        self._solved.setPen(self.pen(colours.solved, 1.5, Qt.PenStyle.DashLine))
        self._solved_word.setColor(QColor(colours.solved))
        self._solved_word.textItem.setFont(self.look.scale.font("caption"))
        self._marks.setPen(self.pen(colours.neutral, 1))
        self.retranslate()

    def retranslate(self) -> None:
        """Renew words."""
        super().retranslate()
        if hasattr(self, "_solved_word"):
            self._solved_word.setFormat(_("solved: {value}").format(value=SOLVED_AT))
            self.setAccessibleName(_("Curve of training: steps of each episode and their mean over 100"))
            self.setToolTip(
                _("Points: steps of each training episode. Line: mean return of the last 100. Ticks below: updates.")
            )


class UpdatePlot(Plot):
    """One number of each update as a line."""

    def __init__(self, look: Look, name: str, series: int, parent: QWidget | None = None) -> None:
        super().__init__(look, N_("Update"), name, parent)
        self._series = series
        self._curve = self.item.plot([], [], antialias=True)
        self.restyle(look.theme.theme)
        self.retranslate()

    def show_values(self, values: np.ndarray[Any, Any]) -> None:
        """Draw one value for each update."""
        self._curve.setData(np.arange(1, len(values) + 1, dtype=np.float64), values)

    def restyle(self, theme: Theme) -> None:
        """Follow theme and zoom."""
        super().restyle(theme)
        if hasattr(self, "_curve"):
            self._curve.setPen(self.pen(theme.colours.series[self._series]))
            self.retranslate()


class Curves(Panel):
    """All plots: the durations always, the updates' numbers on demand."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.durations = DurationPlot(look)
        self._details = QWidget()
        self.loss = UpdatePlot(look, N_("Loss"), 0)
        self.entropy = UpdatePlot(look, N_("Entropy (nat)"), 1)
        self.grad_norm = UpdatePlot(look, N_("Gradient norm"), 2)
        column = QVBoxLayout(self._details)
        column.setContentsMargins(0, 0, 0, 0)
        for plot in (self.loss, self.entropy, self.grad_norm):
            column.addWidget(plot, 1)
        self._details.hide()
        self._drawn = -1
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.durations, 3)
        layout.addWidget(self._details, 4)

    def show_details(self, on: bool) -> None:
        """Show loss, entropy and gradient norm, or put them away."""
        self._details.setVisible(on)
        self._drawn = -1

    def show_state(self, state: TrainingState, *, anew: bool = False) -> None:
        """Draw what has changed since the last call; ``anew`` draws everything."""
        if not anew and state.curves == self._drawn:
            return
        self._drawn = state.curves
        self.durations.show_state(state)
        if not self._details.isHidden():
            self.loss.show_values(state.losses.values)
            self.entropy.show_values(state.entropies.values)
            self.grad_norm.show_values(state.grad_norms.values)
