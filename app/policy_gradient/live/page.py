"""Live training: the environment, what the policy makes of it, and the curves of the run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtCore import QElapsedTimer, QSize, QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions import ACTIONS, Actions, keys_text
from app.page import Explanation
from app.panel import Look
from app.policy_gradient.exporting.saved_plot import SavedPlot, plot_of_run
from app.policy_gradient.live.action_probability import LastAction
from app.policy_gradient.live.action_shares import PolicyView
from app.policy_gradient.live.curves import Curves
from app.policy_gradient.live.environment_view import EnvironmentView
from app.policy_gradient.live.gauges import RunNumbers, StateNumbers
from app.policy_gradient.live.page_layout import PageLayout
from app.policy_gradient.live.page_state import decode_page_state
from app.policy_gradient.live.restore_bar import RestoreBar
from app.policy_gradient.live.solved_notice import SolvedNotice
from app.policy_gradient.live.stage_pictures import PICTURES, Picture, StagePictures
from app.policy_gradient.live.symbols import values_of
from app.policy_gradient.page import PolicyPage
from app.policy_gradient.run_state import restore_run_state, save_run_state
from app.policy_gradient.session import Phase, TrainingSession
from core.language import N_, _
from core.policy_gradient.environments.description import EnvironmentFacts
from core.policy_gradient.events import Evaluated
from core.policy_gradient.export.run_plots import curve_table
from core.policy_gradient.runs.history import RunHistory

CURVES_EVERY: Final = 100
"""Milliseconds between two drawings of the curves while playing: they cost more than a picture and move less."""
EXPLAINED_EVERY: Final = 250
"""Milliseconds between two renewals of the explained numbers while playing: faster, nobody reads them."""

_RUN_NUMBERS: Final = (
    (N_("Episode in the picture"), N_("Of several played at once, the one that is shown")),
    (N_("Step"), N_("Steps taken in this episode")),
    (N_("Return"), N_("Sum of the rewards of this episode so far")),
    (N_("Training, last 100"), N_("Mean return of the last 100 training episodes")),
    (
        N_("Greedy, 100 episodes"),
        N_("Mean return of 100 episodes, always taking the most likely action, ± its standard deviation over them"),
    ),
    (N_("Greedy, best"), N_("The best of these means in this run: its weights are kept")),
)
_RETURN: Final = 2
"""Which of these is the return of the episode."""
_GREEDY: Final = 4
"""Which of these has a deviation."""
_SCROLLS: Final = ("pg_scroll_up", "pg_scroll_down")


class LivePage(PolicyPage):
    """The run on screen."""

    page_id: ClassVar[str] = "policy_gradient.live"

    def __init__(self, look: Look, session: TrainingSession, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._session = session
        self.environment_view = EnvironmentView(look)
        self.policy_view = PolicyView(look)
        self.probability = self.policy_view.bar
        self.state_numbers = StateNumbers(look)
        self.last_action = LastAction(look)
        self.run_numbers = RunNumbers(look, _RUN_NUMBERS, spread=_GREEDY)
        self.curves = Curves(look)
        self.solved = SolvedNotice(look)
        self.restore_bar = RestoreBar(look)
        self.pictures = StagePictures(look, self.environment_view)
        self.page_layout = PageLayout(
            look,
            self.pictures,
            (self.policy_view, self.last_action, self.state_numbers),
            (self.run_numbers, self.solved, self.curves),
        )
        self._actions: Actions | None = None
        self._has_details = False
        self._facts: EnvironmentFacts | None = None
        self._since_curves, self._since_explained = QElapsedTimer(), QElapsedTimer()
        self._since_curves.start()
        self._since_explained.start()
        self.bind_text(self.page_layout.setAccessibleName, N_("Environment and curves"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.restore_bar)
        column.addWidget(self.page_layout, 1)
        session.progressed.connect(self._on_progressed)
        session.phase_changed.connect(self._on_phase_changed)
        session.restarted.connect(self._on_restarted)
        session.own_frame_changed.connect(self._on_own_frame_changed)
        session.shelf.changed.connect(self._on_shelf_changed)
        self.curves.episode_chosen.connect(session.shelf.want_replay)
        self.restore_bar.cancelled.connect(session.reset)
        self.pictures.chosen.connect(self._on_picture)
        self.page_layout.range_changed.connect(self._offer_scrolling)
        self._link_symbols()
        self._on_shelf_changed()
        self._on_own_frame_changed()
        self._on_restarted()
        self._on_progressed()

    def _link_symbols(self) -> None:
        """Say what stands for which symbol. θ, the weights of the network, and R, known for whole batches, do not."""
        self.symbol_links.add("s", self.state_numbers)
        self.symbol_links.add("a", self.last_action)
        self.symbol_links.add("pi", self.policy_view)
        returned = self.run_numbers.cell(_RETURN)
        self.symbol_links.add("G", returned)
        self.symbol_links.add("r", returned, points=False)  # a step's reward is seen in what it adds
        self.curves.details_built.connect(self._link_details)

    @Slot()
    def _link_details(self) -> None:
        self.symbol_links.add("loss", self.curves.loss)
        self.symbol_links.add("entropy", self.curves.entropy)

    def connect_actions(self, actions: Actions) -> None:
        """Say what the actions of this page do."""
        self._actions = actions
        actions.on("pg_scroll_up", self.page_layout.scroll_back)
        actions.on("pg_scroll_down", self.page_layout.scroll_on)
        actions.on_toggle("pg_details", self.show_details)
        for picture in PICTURES:
            actions.on(f"pg_stage_{picture}", partial(self.show_picture, picture))
        actions["pg_own_frame"].setChecked(self._session.has_own_frame)
        actions.on_toggle("pg_own_frame", self._session.show_own_frame)

    def show_picture(self, picture: Picture) -> None:
        """Put a picture on the stage: the environment, the loop or the network."""
        self.pictures.show_picture(picture)
        self.pictures.show_state(self._session.state, self._session.config)

    @Slot(str)
    def _on_picture(self, name: str) -> None:
        for picture in PICTURES:
            if picture == name:
                self.show_picture(picture)

    def opened(self) -> None:
        """Have the curves drawn, and offer to scroll where there is something to scroll to."""
        QTimer.singleShot(0, self.curves, self.curves.build)  # after the worker has been started: it loads meanwhile
        self._offer_scrolling()

    def present(self, on: bool) -> None:
        """The picture grows at the curves' cost."""
        self.page_layout.present(on)

    def arrange(self, tab: QSize, width: int) -> None:
        """Put the curves beside the picture on a wide tab, below it on a narrow one."""
        self.page_layout.arrange(tab, width)

    def show_details(self, on: bool) -> None:
        """Show loss, entropy and gradient norm of each update, or put them away."""
        self._has_details = on
        self.curves.show_details(on)
        self.curves.show_state(self._session.state, anew=True)

    def explain(self) -> Explanation:
        """Return what the symbols of the article stand for now."""
        return Explanation(self.page_id, values_of(self._session.config, self._session.state))

    def saved_plot(self) -> SavedPlot | None:
        """Return the curve of the run, with the earlier ones behind it; None before its first episode."""
        run = self._session.shelf.current
        if not run.episodes or not self.curves.is_built:
            return None
        table = partial(curve_table, run, self._ghosts())
        return plot_of_run("curve", _("Learning curve"), (self.curves,), run, table)

    def _ghosts(self) -> list[RunHistory]:
        """Return the earlier runs of this environment."""
        return self._session.shelf.runs_of(self._session.config.env_id)

    def save_state(self) -> dict[str, Any]:
        """Return config, speed, details, whose picture is shown, and the run with its place."""
        return save_run_state(self._session) | {
            "details": self._has_details,
            "own_frame": self._session.has_own_frame,
            "picture": self.pictures.picture,
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Bring back what was saved; the run plays its way back and holds there."""
        saved = decode_page_state(state)
        if saved.details is not None:
            self._switch_details(saved.details)
        if saved.picture is not None:
            self.show_picture(saved.picture)
        if saved.own_frame is not None:
            self._session.show_own_frame(saved.own_frame)
        restore_run_state(self._session, state)

    def _switch_details(self, on: bool) -> None:
        if self._actions is not None:
            self._actions["pg_details"].setChecked(on)  # which shows them
        else:
            self.show_details(on)

    def _retranslate(self) -> None:
        self._show_run_numbers()
        self._show_stage_words()

    @Slot()
    def _offer_scrolling(self) -> None:
        """Offer to scroll where not everything has room; the keys are another page's while that is in front."""
        if self._actions is not None and self.isVisible():
            for name in _SCROLLS:
                self._actions[name].setEnabled(self.page_layout.can_scroll)

    @Slot()
    def _on_restarted(self) -> None:
        self._show_environment()
        self.curves.show_state(self._session.state, anew=True)
        self._show_gauges()
        self._retranslate()

    def _show_environment(self) -> None:
        """Show what is known of the environment: by its name, and once it is open by what it says itself."""
        self._facts = self._session.state.facts
        described = self._session.described
        self.environment_view.show_environment(described)
        self.curves.show_environment(described, self._session.config.solved_at)
        self.state_numbers.show_environment(described)
        self.policy_view.show_environment(described, 0 if self._facts is None else self._facts.n_actions)
        self.last_action.show_environment(described)

    @Slot()
    def _on_shelf_changed(self) -> None:
        """Draw the earlier runs of this environment behind the curve."""
        self.curves.show_ghosts(self._ghosts())

    @Slot()
    def _on_progressed(self) -> None:
        state = self._session.state
        if state.facts is not None and state.facts != self._facts:
            self._show_environment()
        if state.frame is not None:
            self.environment_view.show_frame(state.frame)
            self.pictures.show_state(state, self._session.config)
            if not self.environment_view.has_picture:
                self._show_stage_words()
        self._show_gauges()
        self._show_run_numbers()
        is_playing = self._session.phase is Phase.PLAYING
        if not is_playing or self._since_curves.elapsed() >= CURVES_EVERY:
            self._since_curves.restart()
            self.curves.show_state(state)
            self.solved.show_solved(state.solved)
            self._show_restoring()
        if not is_playing or self._since_explained.elapsed() >= EXPLAINED_EVERY:
            self._since_explained.restart()
            self.explanation_changed.emit()

    @Slot()
    def _on_own_frame_changed(self) -> None:
        self.environment_view.show_own_frame(self._session.has_own_frame)
        if self._actions is not None:
            self._actions["pg_own_frame"].setChecked(self._session.has_own_frame)

    @Slot()
    def _on_phase_changed(self) -> None:
        state = self._session.state
        self.curves.show_state(state)
        self.solved.show_solved(state.solved)
        if self._session.phase is Phase.FAILED and state.frame is None:
            self.environment_view.show_frame(None)  # the picture of the run before is none of this one
            self._show_gauges()
        self._show_restoring()
        self._show_stage_words()
        self.explanation_changed.emit()

    def _show_restoring(self) -> None:
        if self._session.phase is Phase.RESTORING:
            self.restore_bar.show_progress(self._session.save_run().place.episodes, self._session.restored_share)
        else:
            self.restore_bar.hide()

    def _show_stage_words(self) -> None:
        frame = self._session.state.frame
        if self._session.phase is Phase.FAILED and frame is None:
            words = _("The run ended before its first frame. Press {key} to start a new one.").format(
                key=keys_text(next(spec for spec in ACTIONS if spec.id == "pg_reset"))
            )
        elif frame is None and self._session.can_watch_agent:
            words = _("This run is finished. Press {key} to watch its agent play.").format(
                key=keys_text(next(spec for spec in ACTIONS if spec.id == "pg_play"))
            )
        elif frame is None:
            words = _("Loading torch and gymnasium for the first frame: this takes a few seconds…")
        else:
            words = frame.no_picture or _("This environment draws no picture. Its numbers stand below.")
        self.environment_view.show_words(words)

    def _show_gauges(self) -> None:
        """Show the numbers of the picture on the stage; one of the run before keeps its own till the next comes."""
        frame = self._session.state.frame
        if frame is not None:
            self.policy_view.show_policy(frame.probability_right, frame.probabilities)
            self.last_action.show_step(frame.transition)
            self.state_numbers.show_state(frame.obs)
        elif not self.environment_view.has_picture:
            self.policy_view.show_policy(None, ())
            self.last_action.show_step(None)
            self.state_numbers.show_state(())

    def _show_run_numbers(self) -> None:
        state = self._session.state
        step = state.transition
        if self._session.phase is Phase.WATCHING and state.frame is not None:
            step = state.frame.transition
        self.run_numbers.show_numbers(
            str(step.episode) if step else "–",
            str(step.step) if step else "–",
            f"{step.episode_return:g}" if step else "–",
            f"{state.mean:.1f}" if state.mean is not None else "–",
            _mean_and_deviation(state.evaluated) if state.evaluated is not None else "–",
            f"{state.best_greedy:.1f}" if state.best_greedy is not None else "–",
        )


def _mean_and_deviation(evaluated: Evaluated) -> str:
    return f"{evaluated.greedy_mean:.1f} ± {evaluated.greedy_deviation:.1f}"
