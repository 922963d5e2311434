"""The plots of the evidence: how long each episode lasted, the mean over 100, and what the updates did.

They need pyqtgraph, which takes longer to load than the rest of the window: ``curves`` asks for them when the window
has been painted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.panel import Look
from app.plots.decimation import Values, distinct, extremes, reach, sampled, span, stride
from app.plots.legend import Entry, Kind, Legend
from app.plots.plot import Plot
from app.policy_gradient.live.curve_overlays import CurveOverlays
from app.policy_gradient.state import TrainingState
from app.theme import Colours, Theme
from core.language import N_, _, in_a_row
from core.policy_gradient.environments.description import CARTPOLE, EnvironmentDescription, describe

_POINTS_PER_PIXEL: Final = 1.0
"""Episodes drawn in a column of pixels: the lowest and the highest of every two columns."""
_MOST_ON_A_LINE: Final = 300
"""Points of a line; a stroke of two pixels shows no more."""
_SMOOTH: Final = 150
"""Points of an update curve up to which its edges are smoothed. Beyond, it is too dense to show, and dear."""
_MARK_ROOM: Final = 0.5
"""Room of an update's mark, in lines of text: closer together they say nothing, and only every second, fourth … is
drawn."""
_FIRST_EPISODES: Final = 50
_FIRST_UPDATES: Final = 10
_HEADROOM: Final = 1.04
"""Height of the plot in longest episodes."""


class DurationPlot(Plot):
    """Return of each episode (points), their mean over 100 (line), the solved line, and the updates (ticks).

    Where each step pays 1, as in CartPole, the return is the number of steps, and is called so.

    Attributes:
        overlays: earlier runs behind it, and rings about episodes.

    Signals:
        episode_chosen: the number of the episode nearest to where somebody clicked.
    """

    episode_chosen = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, N_("Training episode"), N_("Steps"), parent)
        self.legend = Legend(self.look)
        self._head.addWidget(self.legend, 1)
        self._marks = pg.PlotCurveItem(connect="pairs")
        self._updates: Values = np.empty(0)
        self._changes: Values = np.empty(0)
        self._has_changes = self._has_ghosts = False
        self._episodes = pg.ScatterPlotItem(pen=None)
        self._means = pg.PlotCurveItem(antialias=True)
        self._means.setSegmentedLineMode("on")  # a jagged wide line drawn in one stroke takes four times as long
        self._solved_at: float | None = None
        self._most_steps: int | None = None
        self._is_duration = True
        self._y_range: tuple[float, float] | None = None
        self._greedy = pg.ScatterPlotItem(pen=None, symbol="d", hoverable=True, tip=_told)
        self._rates = pg.PlotCurveItem(connect="pairs")
        self._every = 1  # of how many updates one is marked
        self._solved = pg.InfiniteLine(0, angle=0)
        for part in (self._marks, self._rates, self._episodes, self._means, self._solved, self._greedy):
            self.item.addItem(part, ignoreBounds=True)
        self.overlays = CurveOverlays(self.item)
        self._count = 0
        self.widget.scene().sigMouseClicked.connect(self._on_clicked)
        self.widget.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.item.setXRange(0, _FIRST_EPISODES, padding=0.01)
        self._reach = _FIRST_EPISODES
        # The plot's room is laid out after the widget's: only it knows when marks need another height.
        for changed in (self.item.vb.sigResized, self.item.vb.sigYRangeChanged):
            changed.connect(self._draw_marks)
        self.show_environment(describe(CARTPOLE), None)
        self._restyle(self.look.theme.theme)
        self._retranslate()

    def show_environment(self, described: EnvironmentDescription, solved_at: float | None) -> None:
        """Draw for this environment: how long its episodes can get, and from where on it counts as solved.

        Args:
            described: what is known of it.
            solved_at: the mean return that was chosen to count as solved; None for the environment's own.
        """
        self._solved_at = described.solved_at if solved_at is None else solved_at
        self._most_steps = described.max_steps if described.return_is_duration else None
        self._is_duration = described.return_is_duration
        self._y_range = None
        self._solved.setVisible(self._solved_at is not None)
        self._solved.setValue(self._solved_at or 0)
        if self._most_steps is not None:
            self.item.setYRange(0, self._most_steps * _HEADROOM, padding=0.02)
        self._retranslate()

    def _fit_height(self, *series: Values) -> None:
        """Where it is not known how long episodes can get, let the plot be as high as what is drawn."""
        ends = [float(end) for values in series if values.size for end in (values.min(), values.max())]
        if self._most_steps is not None or not ends:
            return
        if self._solved_at is not None:
            ends.append(self._solved_at)
        y_range = span(min(ends), max(ends), self._y_range)
        if y_range != self._y_range:
            self._y_range = y_range
            self.item.setYRange(*y_range, padding=0)

    def show_state(self, state: TrainingState) -> None:
        """Draw the curves of ``state``, as many points of them as there are pixels to tell them apart."""
        returns, means, updates = state.returns.values, state.means.values, state.update_episodes.values
        points = extremes(returns, max(100, round(self.widget.width() * _POINTS_PER_PIXEL)))
        self._episodes.setData(points + 1.0, returns[points])
        line = sampled(len(means), _MOST_ON_A_LINE)
        self._means.setData(line + 1.0, means[line])
        greedy, spread = state.greedy_means.values, state.greedy_deviations.values
        self._fit_height(returns[points], means[line], greedy - spread, greedy + spread)
        self._show_greedy(state)
        self._updates, self._changes = updates, np.array(state.rate_changes, np.float64)
        self._count = len(returns)
        if self.overlays.has_ghosts != self._has_ghosts:
            self._has_ghosts = self.overlays.has_ghosts
            self._show_legend()
        end = reach(max(len(returns), self.overlays.longest), _FIRST_EPISODES)
        if end != self._reach:
            self._reach = end
            self.item.setXRange(0, end, padding=0.01)
        self._draw_marks()

    def _show_greedy(self, state: TrainingState) -> None:
        """Draw a diamond an evaluation, with a bar of a standard deviation up and down; the mouse hears the numbers."""
        greedy = state.greedy_episodes.values, state.greedy_means.values, state.greedy_deviations.values
        self.overlays.show_spreads(*greedy)
        words = [
            _("Greedy after episode {n}: {mean:.1f} ± {deviation:.1f}").format(
                n=round(n), mean=mean, deviation=deviation
            )
            for n, mean, deviation in zip(*greedy, strict=True)
        ]
        self._greedy.setData(*greedy[:2], data=words)

    @Slot(object)
    def _on_clicked(self, event: Any) -> None:
        """Say which episode was clicked; beside the axes nothing was."""
        if self._count and self.item.vb.sceneBoundingRect().contains(event.scenePos()):
            number = round(self.item.vb.mapSceneToView(event.scenePos()).x())
            self.episode_chosen.emit(max(1, min(self._count, number)))

    @Slot()
    def _draw_marks(self) -> None:
        """Draw the updates' marks, as high in a low plot as in a high one."""
        low, high = self.item.vb.viewRange()[1]
        height = self.look.scale.em(0.375) * (high - low) / max(1.0, self.item.vb.height())
        room = max(1, int(self.item.vb.width() / self.look.scale.em(_MARK_ROOM)))
        updates = distinct(self._updates)
        every = stride(len(updates), max(1, round(room * updates[-1] / self._reach))) if len(updates) else 1
        updates = updates[::every]
        self._marks.setData(np.repeat(updates, 2), np.tile((0.0, height), len(updates)))
        self._rates.setData(np.repeat(self._changes, 2), np.tile((low, high), len(self._changes)))
        if every != self._every or bool(len(self._changes)) != self._has_changes:
            self._every, self._has_changes = every, bool(len(self._changes))
            self._show_legend()

    def drawn_means(self) -> tuple[Values, Values]:
        """Return the episodes and the means through which the line goes."""
        x, y = self._means.getData()
        return x, y

    def _restyle(self, theme: Theme) -> None:
        super()._restyle(theme)
        if not hasattr(self, "_rates"):
            return
        colours = theme.colours
        self._episodes.setSize(max(4, self.look.scale.em(0.3125)))
        self._episodes.setBrush(colours.faint)
        self._means.setPen(self.pen(colours.series[0], 2.2))
        self._solved.setPen(self.pen(colours.solved, 1.5, Qt.PenStyle.DashLine))
        self._marks.setPen(self.pen(colours.neutral, 1))
        self._greedy.setSize(max(7, self.look.scale.em(0.625)))
        self._greedy.setBrush(colours.series[1])
        self._rates.setPen(self.pen(colours.series[2], 1, Qt.PenStyle.DotLine))
        self.overlays.restyle(
            self.pen(colours.faint, 1.5), self.pen(colours.text, 1.5), max(9, self.look.scale.em(0.875)),
            self.pen(colours.series[1], 1.5),
        )  # fmt: skip
        self._retranslate()

    def _show_legend(self) -> None:
        """Say what is drawn; what stands for a number of its own, such as the solved line, says it here."""
        entries: list[Entry] = [
            (Kind.POINT, _("episode"), self._episodes.opts["brush"]),
            (Kind.LINE, _("mean of 100"), self._means.opts["pen"]),
            (Kind.DIAMOND, _("greedy"), self._greedy.opts["brush"]),
        ]
        if self._solved_at is not None:
            entries.append((Kind.LINE, _("solved: {value}").format(value=f"{self._solved_at:g}"), self._solved.pen))
        if self._has_ghosts:
            entries.append((Kind.LINE, _("earlier runs"), self.pen(self.look.theme.theme.colours.faint, 1.5)))
        if self._has_changes:
            entries.append((Kind.TICK, _("α changed"), self._rates.opts["pen"]))
        every = _("update") if self._every == 1 else _("{count} updates").format(count=self._every)
        self.legend.show_entries(*entries, (Kind.TICK, every, self._marks.opts["pen"]))

    def _retranslate(self) -> None:
        super()._retranslate()
        if hasattr(self, "_rates"):
            self._show_legend()
            self._title.setText(_("Steps") if self._is_duration else _("Return"))
            self.setAccessibleName(
                _("Learning curve: steps per episode and their mean over 100")
                if self._is_duration
                else _("Learning curve: return of each episode and their mean over 100")
            )
            points = (
                _("Points: steps of each training episode.")
                if self._is_duration
                else _("Points: return of each training episode.")
            )
            rest = _(
                "Line: mean return of the last 100. "
                "Diamonds: mean return of greedy episodes, with a bar of a standard deviation up and down. "
                "Ticks below: updates; where they would touch, one stands for several. "
                "A dotted line: the learning rate was changed."
            )
            self.setToolTip(in_a_row((points, rest, _("A click shows that episode again."))))


def _told(data: str, **_place: float) -> str:
    """Return what is said of a point under the mouse."""
    return data


class UpdatePlot(Plot):
    """One number of each update as a line, in the hue of the symbol it is called by."""

    def __init__(self, look: Look, name: str, colour: Callable[[Colours], str], parent: QWidget | None = None) -> None:
        """Draw nothing yet.

        Args:
            look: colours and sizes.
            name: what goes up.
            colour: of the line, in a theme.
            parent: the widget it lies in.
        """
        super().__init__(look, N_("Updates"), name, parent)
        self._colour = colour
        self._curve = pg.PlotCurveItem()
        self._curve.setSegmentedLineMode("on")
        self.item.addItem(self._curve, ignoreBounds=True)
        self._x_reach = 0
        self._y_range: tuple[float, float] | None = None
        self._axes["left"].setStyle(showValues=False)
        self.bind_text(self.setAccessibleName, name)
        self._restyle(self.look.theme.theme)
        self._retranslate()

    def show_values(self, values: Values) -> None:
        """Draw one value for each update; no peak is lost where there are more than can be told apart."""
        points = extremes(values, _MOST_ON_A_LINE)
        drawn = values[points]
        self._curve.setData(points + 1.0, drawn, antialias=len(points) <= _SMOOTH)
        self._axes["left"].setStyle(showValues=bool(np.isfinite(drawn).any()))  # no scale of what there is none of
        end = reach(len(values), _FIRST_UPDATES)
        if end != self._x_reach:
            self._x_reach = end
            self.item.setXRange(0, end, padding=0.01)
        finite = drawn[np.isfinite(drawn)]
        if not finite.size:
            self._y_range = None
            return
        y_range = span(float(finite.min()), float(finite.max()), self._y_range)
        if y_range != self._y_range:
            self._y_range = y_range
            self.item.setYRange(*y_range, padding=0)

    def _restyle(self, theme: Theme) -> None:
        super()._restyle(theme)
        if hasattr(self, "_curve"):
            self._curve.setPen(self.pen(self._colour(theme.colours)))
            self._retranslate()
