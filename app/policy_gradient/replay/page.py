"""Replay: training episodes again, two or three side by side in step, any of them scrubbed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtCore import QElapsedTimer, QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions import Actions
from app.page import Explanation
from app.panel import Look
from app.policy_gradient.exporting.saved_plot import SavedPlot, plot_of_run, run_line
from app.policy_gradient.live.curves import Curves
from app.policy_gradient.page import PolicyPage
from app.policy_gradient.replay.clock import USUAL_STEPS_A_SECOND, ReplayClock
from app.policy_gradient.replay.episode_view import Stills
from app.policy_gradient.replay.moment import values_at
from app.policy_gradient.replay.page_state import DEFAULT, ReplayState, decode_replay_state
from app.policy_gradient.replay.pane import ReplayPane
from app.policy_gradient.replay.scrubber import Scrubber
from app.policy_gradient.run_state import restore_run_state, save_run_state
from app.policy_gradient.scenes import WATCH_EPISODES
from app.policy_gradient.session import TrainingSession
from app.theme import Theme
from core.language import _
from core.policy_gradient.environments.description import describe
from core.policy_gradient.export.run_plots import episodes_table

LANE: Final = "playing"
"""The worker that draws other environments' pictures."""
FOLLOW_EVERY: Final = 500
"""Milliseconds between two looks at what training has played meanwhile."""

EXPLAINED_EVERY: Final = 250
"""Milliseconds between two renewals of the explained numbers while it plays: faster, nobody reads them."""


class ReplayPage(PolicyPage):
    """The run's episodes, side by side."""

    page_id: ClassVar[str] = "policy_gradient.replay"

    def __init__(self, look: Look, session: TrainingSession, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._session = session
        self._actions: Actions | None = None
        self._saved: ReplayState | None = None
        self.clock = ReplayClock(self)
        stills = Stills(session.background, LANE, self)
        self.panes = tuple(ReplayPane(look, stills, choice) for choice in DEFAULT)
        self.panes[2].hide()
        self.scrubber = Scrubber(look, self.clock)
        self.curves = Curves(look)
        self._beside = QHBoxLayout()
        for pane in self.panes:
            self._beside.addWidget(pane, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._beside, 5)
        self._column.addWidget(self.scrubber)
        self._column.addWidget(self.curves, 2)
        self._since_followed, self._since_explained = QElapsedTimer(), QElapsedTimer()
        self._since_followed.start()
        self._since_explained.start()
        for pane in self.panes:
            pane.changed.connect(self._on_pane_changed)
            pane.video_wanted.connect(session.shelf.video_wanted)
        self.clock.moved.connect(self._on_moved)
        self.curves.episode_chosen.connect(self.watch_episode)
        session.progressed.connect(self._on_progressed)
        session.phase_changed.connect(self._follow)
        session.restarted.connect(self._on_restarted)
        session.shelf.changed.connect(self._on_shelf_changed)
        self.symbol_links.add("s", self.panes[0].view)
        self.symbol_links.add("a", self.panes[0].action)
        self.symbol_links.add("pi", self.panes[1].action)
        self.symbol_links.add("G", self.panes[0].returned)
        self.symbol_links.add("r", self.panes[1].returned, points=False)  # a step's reward is seen in what it adds
        self._restyle(look.theme.theme)
        self._on_shelf_changed()
        self._on_restarted()

    @property
    def shown(self) -> tuple[ReplayPane, ...]:
        """The panes in sight, from the left."""
        return tuple(pane for pane in self.panes if not pane.isHidden())

    def connect_actions(self, actions: Actions) -> None:
        """Say what the actions of this page do."""
        self._actions = actions
        actions.on("rp_play", self.clock.toggle)
        actions.on("rp_back", lambda: self._step(-1))
        actions.on("rp_on", lambda: self._step(+1))
        actions.on_toggle("rp_third", self._show_third)
        actions["rp_third"].setChecked(len(self.shown) == len(self.panes))
        self.scrubber.connect_actions(actions)

    def opened(self) -> None:
        """Show what has been played while another page was in front."""
        QTimer.singleShot(0, self.curves, self.curves.build)
        self._follow()
        wanted = self._session.shelf.take_wanted_episode()
        if wanted is not None:
            self.watch_episode(wanted)
            self.clock.play()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing move that nobody sees."""
        self.clock.pause()
        super().hideEvent(event)

    def present(self, on: bool) -> None:
        """The pictures grow at the curve's cost."""
        self._column.setStretch(0, 6 if on else 5)

    @property
    def is_busy(self) -> bool:
        """Whether the episodes are being watched."""
        return self.clock.is_playing

    def perform(self, run: Mapping[str, Any]) -> None:
        """Watch the episodes from where they are."""
        if run.get("do") == WATCH_EPISODES.do:
            self.clock.play()

    def hold(self) -> None:
        """Let the episodes stand still."""
        self.clock.pause()

    @Slot(int)
    def watch_episode(self, number: int) -> None:
        """Show an episode in the last pane, from its beginning."""
        self.shown[-1].choose(number)
        self._on_pane_changed()
        self.clock.go_to(0)

    def explain(self) -> Explanation:
        """Return what the symbols of the article stand for at the moment that the left episode shows."""
        left = self.panes[0]
        return Explanation(self.page_id, values_at(left.run.config, left.record, left.view.step))

    def saved_plot(self) -> SavedPlot | None:
        """Return the pictures that are seen, with what stands above and below each; None while there are none."""
        panes = [pane for pane in self.shown if pane.record is not None]
        shown = [(pane.run, pane.record) for pane in panes if pane.record is not None]
        if not shown:
            return None
        run = panes[0].run
        others = [run_line(pane.run) for pane in panes if pane.run is not run]
        parts = tuple(part for pane in panes for part in (pane.facts, pane.view, pane.action, pane.returned))
        said = " · ".join(_("episode {n}").format(n=record.episode) for _run, record in shown)
        return plot_of_run(
            "episodes", _("Training episodes again"), parts, run, partial(episodes_table, shown), *others, said
        )

    def save_state(self) -> dict[str, Any]:
        """Return the run, which of its episodes are shown, and the step."""
        if self._saved is not None:  # the run is still on its way back
            return save_run_state(self._session) | {"replay": self._saved.to_dict()}
        return save_run_state(self._session) | {"replay": self._state().to_dict()}

    def _state(self) -> ReplayState:
        first, second, third = (pane.chooser.choice for pane in self.panes)
        first_run, second_run, third_run = (pane.runs.key for pane in self.panes)
        runs = (first_run, second_run, third_run)
        return ReplayState(len(self.shown), (first, second, third), self.clock.step, self.clock.rate, runs)

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Bring back what was saved; the step once the run has played its way back."""
        restore_run_state(self._session, state)
        saved = decode_replay_state(state.get("replay")).completed(self._state())
        self._switch_third(saved.panes == len(self.panes))
        for pane, choice, key in zip(self.panes, saved.choices or (), saved.runs or (), strict=True):
            pane.choose(choice, key)
        self.scrubber.show_rate(saved.rate or 1.0)
        self._saved = saved
        self._follow()

    def _switch_third(self, on: bool) -> None:
        if self._actions is not None:
            self._actions["rp_third"].setChecked(on)  # which shows it
        else:
            self._show_third(on)

    def _show_third(self, on: bool) -> None:
        self.panes[2].setVisible(on)
        self._on_pane_changed()

    def _step(self, by: int) -> None:
        self.clock.pause()
        self.clock.go_to(self.clock.step + by)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._column.setSpacing(em(0.5))
        self._beside.setSpacing(em(1))

    @Slot()
    def _on_moved(self) -> None:
        for pane in self.shown:
            pane.show_step(self.clock.step)
        if not self.clock.is_playing or self._since_explained.elapsed() >= EXPLAINED_EVERY:
            self._since_explained.restart()
            self.explanation_changed.emit()

    @Slot()
    def _on_pane_changed(self) -> None:
        """Let the time reach to the end of the longest episode, and ring the episodes on the curve."""
        self.clock.reach(max(pane.duration for pane in self.shown))
        self._on_moved()
        self.scrubber.show_clock()
        current = self._session.shelf.current
        records = [pane.record for pane in self.shown if pane.record is not None and pane.run is current]
        self.curves.show_rings([(record.episode, record.episode_return) for record in records])

    @Slot()
    def _on_shelf_changed(self) -> None:
        self.curves.show_ghosts(self._session.shelf.runs_of(self._session.config.env_id))
        self._show_runs()
        self._on_pane_changed()

    def _show_runs(self) -> None:
        shelf = self._session.shelf
        for pane in self.panes:
            pane.show_runs(shelf.current, shelf.runs)

    @Slot()
    def _on_restarted(self) -> None:
        config = self._session.config
        described = describe(config.env_id)
        self.curves.show_environment(described, config.solved_at)
        seconds = described.cart.step_seconds if described.cart is not None else 1 / USUAL_STEPS_A_SECOND
        self.clock.steps_a_second = 1 / seconds
        self.clock.pause()
        self._follow()

    @Slot()
    def _on_progressed(self) -> None:
        if self.isVisible() and not self.clock.is_playing and self._since_followed.elapsed() >= FOLLOW_EVERY:
            self._follow()

    @Slot()
    def _follow(self) -> None:
        """Show what the run has played by now."""
        self._since_followed.restart()
        self.curves.show_state(self._session.state, anew=True)
        for pane in self.panes:
            pane.refresh()
        self._on_pane_changed()
        if self._saved is not None and self._session.restored_share == 1.0:
            saved, self._saved = self._saved, None
            self.clock.go_to(saved.step or 0)
            self.scrubber.show_clock()
        self.explanation_changed.emit()
