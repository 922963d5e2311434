"""The swarm: every cart of the batch learns at once, on one track, and the mean of the batch climbs beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QElapsedTimer, QSize, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.page import Explanation
from app.panel import Look
from app.policy_gradient.exporting.saved_plot import SavedPlot, plot_of_run
from app.policy_gradient.live.gauges import RunNumbers
from app.policy_gradient.live.symbols import values_of
from app.policy_gradient.page import PolicyPage
from app.policy_gradient.run_state import restore_run_state, save_run_state
from app.policy_gradient.session import Phase, TrainingSession
from app.policy_gradient.swarm.view import SwarmView
from app.theme import Theme
from app.widgets.empty_state import EmptyState
from core.language import N_, _
from core.policy_gradient.config import FAST
from core.policy_gradient.export.run_plots import batch_table

if TYPE_CHECKING:
    from app.policy_gradient.swarm.batch_plot import BatchPlot

CURVE_EVERY: Final = 100
"""Milliseconds between two drawings of the curve while playing."""

_NUMBERS: Final = (
    (N_("Standing"), N_("Carts of this batch whose pole still stands")),
    (N_("Step"), N_("Steps taken in this batch")),
    (N_("Mean so far"), N_("Mean steps of this batch's carts so far; those that have fallen count no further")),
    (N_("Last batch"), N_("Mean steps of the batch that was learned from last")),
)
_WIDE: Final = 1.15


class SwarmPage(PolicyPage):
    """All carts of the batch under way."""

    page_id: ClassVar[str] = "policy_gradient.swarm"

    def __init__(self, look: Look, session: TrainingSession, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._session = session
        self.view = SwarmView(look)
        self.numbers = RunNumbers(look, _NUMBERS)
        self.plot: BatchPlot | None = None
        self.empty = EmptyState(look)
        self.empty.pressed.connect(self._begin_fast)
        self._known = session.described
        self._since_curve = QElapsedTimer()
        self._since_curve.start()
        self._evidence = QVBoxLayout()
        self._evidence.addWidget(self.numbers)
        shown = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, shown)
        self._columns.addWidget(self.view, 11)
        self._columns.addLayout(self._evidence, 9)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(shown)
        self._stack.addWidget(self.empty)
        session.progressed.connect(self._on_progressed)
        session.restarted.connect(self._on_restarted)
        self.symbol_links.add("s", self.view)
        self.symbol_links.add("G", self.numbers.cell(2))
        self._restyle(look.theme.theme)
        self._on_restarted()

    def opened(self) -> None:
        """Have the curve drawn; it takes pyqtgraph, which loads when it is first needed."""
        if self.plot is None:
            from app.policy_gradient.swarm.batch_plot import BatchPlot

            self.plot = BatchPlot(self.look)
            self._evidence.addWidget(self.plot, 1)
        self._on_restarted()
        self._on_progressed()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask the run for all its carts."""
        super().showEvent(event)
        self._session.watch_copies(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for them no longer: they cost the run some time."""
        self._session.watch_copies(False)
        super().hideEvent(event)

    def present(self, on: bool) -> None:
        """The picture grows at the curve's cost."""
        self._columns.setStretch(0, 14 if on else 11)
        self._columns.setStretch(1, 6 if on else 9)

    def arrange(self, tab: QSize, _width: int) -> None:
        """Put the curve beside the picture on a wide tab, below it on a narrow one."""
        wide = tab.width() >= tab.height() * _WIDE
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def explain(self) -> Explanation:
        """Return what the symbols of the article stand for now."""
        return Explanation(self.page_id, values_of(self._session.config, self._session.state))

    def saved_plot(self) -> SavedPlot | None:
        """Return the means of the batches; None before the first."""
        run = self._session.shelf.current
        if self.plot is None or not run.updates or not self.has_swarm:
            return None
        title = _("Mean steps of each batch")
        return plot_of_run("batches", title, (self.plot,), run, partial(batch_table, run))

    def save_state(self) -> dict[str, Any]:
        """Return the run; the page shows nothing else."""
        return save_run_state(self._session)

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Bring back what was saved; the run plays its way back and holds there."""
        restore_run_state(self._session, state)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._columns.setSpacing(em(1))
        self._columns.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._evidence.setSpacing(em(0.5))

    def _retranslate(self) -> None:
        if self._session.described.cart is None:
            reason = _("{env_id} has no cart that could be drawn.").format(env_id=self._session.config.env_id)
        else:
            reason = _("This run plays one cart at a time: there is no swarm to see.")
        detail = _("Fast training plays {n} carts at once.").format(n=FAST.envs_at_once)
        self.empty.show_reason(reason, detail, _("Begin a run of fast training"))

    @property
    def has_primary(self) -> bool:
        """Without a swarm one begins a run that has one."""
        return not self.has_swarm

    @property
    def has_swarm(self) -> bool:
        """Whether the run has more than one cart."""
        config = self._session.config
        return config.envs_at_once > 1 and self._session.described.cart is not None

    @Slot()
    def _begin_fast(self) -> None:
        """Begin a run that has a swarm, in real time: as fast as it goes it is over in a blink."""
        self._session.choose(FAST)
        self._session.set_speed("real")
        self._session.reset()
        self._session.toggle()

    @Slot()
    def _on_restarted(self) -> None:
        self._stack.setCurrentIndex(0 if self.has_swarm else 1)
        self._show_environment()
        self.primary_changed.emit()
        self.view.show_copies(None, self._session.described)
        self._retranslate()
        self._show_curve()

    def _show_environment(self) -> None:
        """Draw the curve for the environment, as far as it is known."""
        self._known = self._session.described
        if self.plot is not None:
            self.plot.show_environment(self._known, self._session.config.solved_at)

    @Slot()
    def _on_progressed(self) -> None:
        if not self.isVisible():
            return
        frame = self._session.state.frame
        if self._session.described != self._known:
            self._show_environment()
        if frame is not None and frame.copies is not None:
            self.view.show_copies(frame.copies, self._session.described)
        if self._session.phase is not Phase.PLAYING or self._since_curve.elapsed() >= CURVE_EVERY:
            self._since_curve.restart()
            self._show_curve()
            self.explanation_changed.emit()
        self._show_numbers()

    def _show_numbers(self) -> None:
        copies = self.view.copies
        means = self._session.state.batch_means.values
        last = f"{means[-1]:.1f}" if len(means) else "–"
        if copies is None:
            self.numbers.show_numbers("–", "–", "–", last)
            return
        standing = _("{n} of {count}").format(n=int(copies.alive.sum()), count=len(copies.obs))
        self.numbers.show_numbers(standing, str(copies.step), f"{copies.durations.mean():.1f}", last)

    def _show_curve(self) -> None:
        if self.plot is not None:
            copies, state = self.view.copies, self._session.state
            learned = int(state.update_episodes.values[-1]) if len(state.update_episodes) else 0
            now = None
            if copies is not None and copies.first_episode > learned:
                now = float(copies.durations.mean())
            self.plot.show_means(state.batch_means.values, now)
