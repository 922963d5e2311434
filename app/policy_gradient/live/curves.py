"""The evidence of a run: the curves of its episodes, and those of its updates on demand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.explain.symbols import SYMBOLS
from app.panel import Look, Panel
from app.policy_gradient.state import TrainingState
from app.style import set_style
from app.theme import Theme
from core.language import N_
from core.policy_gradient.environments.description import CARTPOLE, EnvironmentDescription, describe
from core.policy_gradient.runs.history import RunHistory

if TYPE_CHECKING:
    from app.policy_gradient.live.plots import DurationPlot, UpdatePlot


class Curves(Panel):
    """All plots: the durations once the window is painted, the updates' numbers on demand.

    Nobody waits for plots that nobody sees: pyqtgraph, in which they are drawn, takes as long to load as all the rest
    of the window. Until then their place has their ground.

    Signals:
        details_built: the plots of the updates' numbers are there.
        episode_chosen: the number of an episode that was clicked.
    """

    details_built = Signal()
    episode_chosen = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._durations: DurationPlot | None = None
        self._environment: tuple[EnvironmentDescription, float | None] = (describe(CARTPOLE), None)
        self._ground = QWidget()
        self._ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._ground.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        set_style(self._ground, stage=True)
        self._details = QWidget()
        self._plots: tuple[UpdatePlot, UpdatePlot, UpdatePlot] | None = None
        self._column = QVBoxLayout(self._details)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._details.hide()
        self._drawn = -1
        self._state = TrainingState()
        self._ghosts: tuple[npt.NDArray[np.float64], ...] = ()
        self._rings: tuple[tuple[float, float], ...] = ()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self._ground, 3)
        self._rows.addWidget(self._details, 4)
        self._restyle(look.theme.theme)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        if self._durations is None:  # its place has the ground until then
            self._ground.setMinimumHeight(em(6.5))
        self._column.setSpacing(em(0.25))
        self._rows.setSpacing(em(0.25))

    @Slot()
    def build(self) -> None:
        """Put the plot of the durations in its place, if it is not there yet."""
        if self._durations is None:
            from app.policy_gradient.live.plots import DurationPlot  # see above

            self._durations = DurationPlot(self.look)
            self._durations.show_environment(*self._environment)
            self._durations.overlays.show_ghosts(self._ghosts)
            self._durations.overlays.show_rings(self._rings)
            self._durations.episode_chosen.connect(self.episode_chosen)
            self._rows.replaceWidget(self._ground, self._durations)
            self._rows.setStretchFactor(self._durations, 3)
            self._durations.show()  # now; Qt would do it when it comes by again
            self._ground.hide()
            self._ground.deleteLater()
            self._durations.show_state(self._state)

    @property
    def is_built(self) -> bool:
        """Whether the plot of the durations is there."""
        return self._durations is not None

    @property
    def durations(self) -> DurationPlot:
        """The duration of each episode."""
        self.build()
        assert self._durations is not None
        return self._durations

    @property
    def loss(self) -> UpdatePlot:
        """The loss of each update."""
        return self._detailed()[0]

    @property
    def entropy(self) -> UpdatePlot:
        """The policy's entropy at each update."""
        return self._detailed()[1]

    @property
    def grad_norm(self) -> UpdatePlot:
        """The gradient's norm at each update."""
        return self._detailed()[2]

    def _detailed(self) -> tuple[UpdatePlot, UpdatePlot, UpdatePlot]:
        """Return the plots of the updates' numbers; the first call makes them."""
        if self._plots is None:
            from app.policy_gradient.live.plots import UpdatePlot  # see above

            self._plots = (
                UpdatePlot(self.look, N_("Loss"), SYMBOLS["loss"].colour),
                UpdatePlot(self.look, N_("Entropy (nat)"), SYMBOLS["entropy"].colour),
                UpdatePlot(self.look, N_("Gradient norm"), lambda colours: colours.series[2]),
            )
            for plot, share in zip(self._plots, (4, 4, 6), strict=True):
                self._column.addWidget(plot, share)
            for plot in self._plots[:-1]:
                plot.share_x()
            self.details_built.emit()
        return self._plots

    def show_environment(self, described: EnvironmentDescription, solved_at: float | None) -> None:
        """Draw for this environment; see ``DurationPlot``."""
        self._environment = (described, solved_at)
        if self._durations is not None:
            self._durations.show_environment(described, solved_at)

    def show_ghosts(self, runs: Sequence[RunHistory]) -> None:
        """Draw earlier runs behind the curve."""
        self._ghosts = tuple(np.array([episode.mean_100 for episode in run.episodes]) for run in runs)
        if self._durations is not None:
            self._durations.overlays.show_ghosts(self._ghosts)
            self._durations.show_state(self._state)

    def show_rings(self, places: Sequence[tuple[float, float]]) -> None:
        """Ring the episodes that are being watched, (episode, return)."""
        self._rings = tuple(places)
        if self._durations is not None:
            self._durations.overlays.show_rings(self._rings)

    def show_details(self, on: bool) -> None:
        """Show loss, entropy and gradient norm, or put them away."""
        if on:
            self._detailed()
        self._details.setVisible(on)
        self._drawn = -1

    def show_state(self, state: TrainingState, *, anew: bool = False) -> None:
        """Draw what has changed since the last call; ``anew`` draws everything."""
        if not anew and state.curves == self._drawn:
            return
        self._drawn = state.curves
        self._state = state
        if self._durations is not None:
            self._durations.show_state(state)
        if anew:
            self._draw_details()
        elif not self._details.isHidden():
            # The durations are painted first: what waits for the window meanwhile waits half as long.
            QTimer.singleShot(0, self, self._draw_details)

    @Slot()
    def _draw_details(self) -> None:
        if not self._details.isHidden():
            self.loss.show_values(self._state.losses.values)
            self.entropy.show_values(self._state.entropies.values)
            self.grad_norm.show_values(self._state.grad_norms.values)
