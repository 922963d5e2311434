"""The CartPole tab: assembles choices, stage, readings, curves and transport around one training session."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.actions import ACTIONS, Actions, Context, keys_text
from app.background import Background
from app.panel import Look
from app.policy_gradient.controls.sidebar import Sidebar
from app.policy_gradient.live.action_probability import LastAction, ProbabilityBar
from app.policy_gradient.live.curves import Curves
from app.policy_gradient.live.environment_view import EnvironmentView
from app.policy_gradient.live.gauges import RunNumbers, StateNumbers
from app.policy_gradient.live.page_layout import PageLayout
from app.policy_gradient.live.solved_notice import SolvedNotice
from app.policy_gradient.session import SPEEDS, Phase, TrainingSession
from app.style import mark
from app.tab import Tab
from app.theme import Theme
from app.widgets.transport import SPEED_WORDS, Transport
from core.language import N_, _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import ConfigError

CURVES_EVERY: Final = 100
"""Milliseconds between two drawings of the curves while playing: they cost more than a picture and move less."""


_NARROW: Final = 40
"""Width in lines of text below which the choices fold away: C brings them back."""
_RUN_NUMBERS: Final = (
    (N_("Episode"), N_("Number of the episode in the picture")),
    (N_("Step"), N_("Steps taken in this episode")),
    (N_("Return"), N_("Sum of the rewards of this episode so far")),
    (N_("Training, last 100"), N_("Mean return of the last 100 training episodes")),
    (N_("Greedy, 100 episodes"), N_("Mean return of 100 episodes with the likeliest action always taken")),
    (N_("Greedy, best"), N_("The best of these means in this run: its weights are kept")),
)
_STEPS: Final = ("pg_step", "pg_step_episode", "pg_step_update")
_SCROLLS: Final = ("pg_scroll_up", "pg_scroll_down")


class PolicyGradientTab(Tab):
    """A policy gradient learning CartPole, live."""

    context: Context = "policy_gradient"

    def __init__(self, look: Look, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.session = TrainingSession(background, self)
        self.sidebar = Sidebar(look)
        self.environment_view = EnvironmentView(look)
        self.probability = ProbabilityBar(look)
        self.state_numbers = StateNumbers(look)
        self.last_action = LastAction(look)
        self.run_numbers = RunNumbers(look, _RUN_NUMBERS)
        self.curves = Curves(look)
        self.transport = Transport(
            look,
            play="pg_play",
            steps=(
                ("pg_step", N_("Single step")),
                ("pg_step_episode", N_("Episode")),
                ("pg_step_update", N_("Update")),
            ),
            reset=("pg_reset", N_("Reset")),
            speeds=SPEED_WORDS,
            speed_keys=("pg_slower", "pg_faster"),
        )
        self.solved = SolvedNotice(look)
        self.page_layout = PageLayout(
            look,
            self.environment_view,
            (self.probability, self.last_action, self.state_numbers),
            (self.run_numbers, self.solved, self.curves),
        )
        self._actions: Actions | None = None
        self._is_open = False
        self._is_presenting = False
        self._is_narrow = False
        self._is_folded = False
        self._had_choices = True
        self._told: object = None
        self._since_curves = QElapsedTimer()
        self._since_curves.start()
        self._lay_out()
        self.session.progressed.connect(self._on_progressed)
        self.session.phase_changed.connect(self._on_phase_changed)
        self.session.speed_changed.connect(self._on_speed_changed)
        self.session.restarted.connect(self._on_restarted)
        self.session.failed.connect(self._on_failed)
        self.sidebar.wanted.connect(self._on_wanted)
        self.transport.speed_chosen.connect(self._on_speed)
        self.page_layout.range_changed.connect(self._offer_scrolling)
        self.transport.show_speed(self.session.speed)
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        self.say(self.page_layout.setAccessibleName, N_("Stage and curves"))
        self._rule = QFrame()
        mark(self._rule, rule=True)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.sidebar)
        beside.addWidget(self.page_layout, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(beside, 1)
        column.addWidget(self._rule)
        column.addWidget(self.transport)

    def connect_actions(self, actions: Actions) -> None:
        """Say what the tab's actions do."""
        self._actions = actions
        session = self.session
        actions.on("pg_play", self._play)
        actions.on("pg_step", lambda: session.step("Transition"))
        actions.on("pg_step_episode", lambda: session.step("EpisodeFinished"))
        actions.on("pg_step_update", lambda: session.step("UpdateFinished"))
        actions.on("pg_slower", lambda: self._change_speed(-1))
        actions.on("pg_faster", lambda: self._change_speed(+1))
        actions.on("pg_reset", self._reset)
        actions.on("pg_scroll_up", self.page_layout.scroll_back)
        actions.on("pg_scroll_down", self.page_layout.scroll_on)
        actions.on_toggle("pg_details", self._show_details)
        actions.on_toggle("pg_choices", self._show_choices)
        actions["pg_choices"].setChecked(True)
        self.transport.connect_actions(actions)

    def opened(self) -> None:
        """Open a run at its start, or show the one there is again."""
        self._is_open = True
        self.session.watch(True)
        self._offer_steps()
        self._offer_scrolling()

    def left(self) -> None:
        """Let the run go on without pictures."""
        self._is_open = False
        self.session.watch(False)

    def present(self, on: bool) -> None:
        """The stage grows, choices leave, and come back if they were there."""
        self.page_layout.present(on)
        self._is_presenting = on
        self._fold()

    def remember(self) -> dict[str, Any]:
        """Return the wanted config and the speed."""
        return {"config": self.session.wanted.to_dict(), "speed": self.session.speed}

    def recall(self, remembered: dict[str, Any]) -> None:
        """Take up config and speed; what this version does not allow is left at its default."""
        for speed in SPEEDS:
            if speed == remembered.get("speed"):
                self.session.set_speed(speed)
        config = remembered.get("config")
        if isinstance(config, dict):
            try:
                self.session.want(TrainConfig.from_dict(config))
            except (ConfigError, TypeError):
                return
            self.sidebar.show_config(self.session.wanted)

    def _restyle(self, _theme: Theme) -> None:
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the evidence beside the stage on a wide window, below it on a narrow one."""
        super().resizeEvent(event)
        self._arrange()

    def _retranslate(self) -> None:
        self._show_run_numbers()
        self._show_position()
        self._show_stage_words()

    def _arrange(self) -> None:
        if self.isVisible():
            self._is_narrow = self.width() < self.look.scale.em(_NARROW)
            self._fold()
        choices = 0 if self.sidebar.isHidden() else self.sidebar.width()
        self.page_layout.arrange(self.size(), self.width() - choices)

    def _fold(self) -> None:
        """Put the choices away where the stage needs their room; bring them back, if they were there, where not."""
        folded = self._is_presenting or self._is_narrow
        if self._actions is None or folded == self._is_folded:
            return
        self._is_folded = folded
        choices = self._actions["pg_choices"]
        if folded:
            self._had_choices = choices.isChecked()
        choices.setChecked(self._had_choices and not folded)

    def _show_choices(self, on: bool) -> None:
        self.sidebar.setVisible(on)
        self._arrange()

    def _offer_steps(self) -> None:
        """Offer to step where the run can go on; the keys are another tab's while that is open."""
        if self._actions is not None and self._is_open:
            for name in _STEPS:
                self._actions[name].setEnabled(not self.session.is_over)

    @Slot()
    def _offer_scrolling(self) -> None:
        """Offer to scroll where not everything has room."""
        if self._actions is not None and self._is_open:
            for name in _SCROLLS:
                self._actions[name].setEnabled(self.page_layout.can_scroll)

    def _play(self) -> None:
        self.sidebar.commit()
        self.session.toggle()

    def _reset(self) -> None:
        self.sidebar.commit()
        self.session.reset()

    def _change_speed(self, by: int) -> None:
        self.session.change_speed(by)

    def _show_details(self, on: bool) -> None:
        self.curves.show_details(on)
        self.curves.show_state(self.session.state, anew=True)

    @Slot(str)
    def _on_speed(self, name: str) -> None:
        for speed in SPEEDS:
            if speed == name:
                self.session.set_speed(speed)

    @Slot()
    def _on_speed_changed(self) -> None:
        self.transport.show_speed(self.session.speed)

    @Slot(object)
    def _on_wanted(self, config: object) -> None:
        assert isinstance(config, TrainConfig)
        self.session.want(config)
        self._show_running()

    @Slot()
    def _on_restarted(self) -> None:
        if self._told is not None:
            self.untold.emit(self._told)
            self._told = None
        self.curves.show_state(self.session.state, anew=True)
        self._show_running()
        self._show_gauges()
        self._retranslate()
        self._show_stage_words()

    @Slot()
    def _on_progressed(self) -> None:
        state = self.session.state
        if state.frame is not None:
            self.environment_view.show_frame(state.frame)
        self._show_gauges()
        self._show_run_numbers()
        if self.session.phase is not Phase.PLAYING or self._since_curves.elapsed() >= CURVES_EVERY:
            self._since_curves.restart()
            self.curves.show_state(state)
            self._show_position()
            self.solved.show_solved(state.solved)

    @Slot()
    def _on_phase_changed(self) -> None:
        self.transport.show_playing(self.session.phase is Phase.PLAYING)
        self.curves.show_state(self.session.state)
        self._offer_steps()
        self._show_running()
        self._show_position()
        self.solved.show_solved(self.session.state.solved)
        if self.session.phase is Phase.FAILED and self.session.state.frame is None:
            self.environment_view.show_frame(None)  # the picture of the run before is none of this one
            self._show_gauges()
        self._show_stage_words()

    @Slot(object)
    def _on_failed(self, text: object) -> None:
        self._told = text
        self.told.emit("error", text)

    def _show_running(self) -> None:
        self.sidebar.show_running(self.session.config if self.session.is_under_way else None)

    def _show_stage_words(self) -> None:
        if self.session.phase is Phase.FAILED:
            words = _("The run ended before its first picture. Press {key} for a new one.").format(
                key=keys_text(next(spec for spec in ACTIONS if spec.id == "pg_reset"))
            )
        else:
            words = _("Loading torch and gymnasium for the first picture: this takes a few seconds…")
        self.environment_view.show_words(words)

    def _show_gauges(self) -> None:
        """Show the numbers of the picture on the stage; one of the run before keeps its own till the next comes."""
        frame = self.session.state.frame
        if frame is not None:
            self.probability.show_probability(frame.probability_right)
            self.last_action.show_step(frame.transition)
            self.state_numbers.show_state(frame.obs)
        elif not self.environment_view.has_picture:
            self.probability.show_probability(None)
            self.last_action.show_step(None)
            self.state_numbers.show_state(())

    def _show_run_numbers(self) -> None:
        state = self.session.state
        step = state.transition
        self.run_numbers.show_numbers(
            str(step.episode) if step else "–",
            str(step.step) if step else "–",
            f"{step.episode_return:g}" if step else "–",
            f"{state.mean:.1f}" if state.mean is not None else "–",
            f"{state.evaluated.greedy_mean:.1f}" if state.evaluated is not None else "–",
            f"{state.best_greedy:.1f}" if state.best_greedy is not None else "–",
        )

    def _show_position(self) -> None:
        session = self.session
        words = {
            Phase.LOADING: _("Loading…"),
            Phase.READY: _("Ready"),
            Phase.PLAYING: _("Training"),
            Phase.STEPPING: _("Stepping…"),
            Phase.PAUSED: _("Paused"),
            Phase.FINISHED: _("Finished"),
            Phase.FAILED: _("Stopped by an error"),
        }[session.phase]
        updates = len(session.state.losses)
        episodes = len(session.state.durations)
        self.transport.show_position(
            _("{phase} · episode {episodes} of {all} · update {updates}").format(
                phase=words, episodes=episodes, all=session.config.episodes, updates=updates
            ),
            _("{phase} · {episodes} of {all}").format(phase=words, episodes=episodes, all=session.config.episodes),
            words,
        )
