"""The CartPole tab: assembles choices, stage, readings, curves and transport around one training session."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.actions import Actions, Context
from app.background import Background
from app.panel import Look
from app.policy_gradient.choices import Choices
from app.policy_gradient.curves import Curves
from app.policy_gradient.readings import Figures, ProbabilityBar, StateNumbers
from app.policy_gradient.session import SPEEDS, Phase, TrainingSession
from app.policy_gradient.stage import Stage
from app.style import mark
from app.tab import Tab
from app.theme import Theme
from app.transport import SPEED_WORDS, Transport
from core.language import N_, _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import ConfigError

CURVES_EVERY: Final = 100
"""Milliseconds between two drawings of the curves while playing: they cost more than a picture and move less."""


class PolicyGradientTab(Tab):
    """A policy gradient learning CartPole, live."""

    context: Context = "policy_gradient"

    def __init__(self, look: Look, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.session = TrainingSession(background, self)
        self.choices = Choices(look)
        self.stage = Stage(look)
        self.probability = ProbabilityBar(look)
        self.numbers = StateNumbers(look)
        self.figures = Figures(
            look, (N_("Episode"), N_("Step"), N_("Return"), N_("Training, last 100"), N_("Greedy, 100 episodes"))
        )
        self.curves = Curves(look)
        self.transport = Transport(
            look,
            play="pg_play",
            steps=(
                ("pg_step", N_("Step")),
                ("pg_step_episode", N_("Episode")),
                ("pg_step_update", N_("Update")),
            ),
            reset=("pg_reset", N_("Reset")),
            speeds=SPEED_WORDS,
        )
        self.solved = QLabel()
        self.solved.setWordWrap(True)
        self._solved_frame = QFrame()
        mark(self._solved_frame, notice="success")
        self._actions: Actions | None = None
        self._is_presenting = False
        self._had_choices = True
        self._since_curves = QElapsedTimer()
        self._since_curves.start()
        self._lay_out()
        self.session.progressed.connect(self._on_progressed)
        self.session.phase_changed.connect(self._on_phase_changed)
        self.session.restarted.connect(self._on_restarted)
        self.session.failed.connect(self._on_failed)
        self.choices.wanted.connect(self._on_wanted)
        self.transport.speed_chosen.connect(self._on_speed)
        self.transport.show_speed(self.session.speed)
        self.restyle(look.theme.theme)

    def _lay_out(self) -> None:
        solved_row = QHBoxLayout(self._solved_frame)
        solved_row.addWidget(self.solved)
        self._solved_row = solved_row
        self._left = QVBoxLayout()
        self._left.addWidget(self.stage, 1)
        self._left.addWidget(self.probability)
        self._left.addWidget(self.numbers)
        self._right = QVBoxLayout()
        self._right.addWidget(self.figures)
        self._right.addWidget(self._solved_frame)
        self._right.addWidget(self.curves, 1)
        self._solved_frame.hide()
        self._middle = QHBoxLayout()
        self._middle.addLayout(self._left, 11)
        self._middle.addLayout(self._right, 9)
        self._rule = QFrame()
        mark(self._rule, rule=True)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.choices)
        beside.addLayout(self._middle, 1)
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
        actions.on_toggle("pg_details", self._show_details)
        actions.on_toggle("pg_choices", self.choices.setVisible)
        actions["pg_choices"].setChecked(True)
        self.transport.connect_actions(actions)

    def opened(self) -> None:
        """Open a run at its start, or show the one there is again."""
        self.session.watch(True)

    def left(self) -> None:
        """Let the run go on without pictures."""
        self.session.watch(False)

    def present(self, on: bool) -> None:
        """The stage grows, choices leave, and come back if they were there."""
        self._middle.setStretch(0, 14 if on else 11)
        self._middle.setStretch(1, 6 if on else 9)
        if self._actions is not None and on != self._is_presenting:
            choices = self._actions["pg_choices"]
            if on:
                self._had_choices = choices.isChecked()
            choices.setChecked(self._had_choices and not on)
        self._is_presenting = on

    def remember(self) -> dict[str, Any]:
        """Return the wanted config and the speed."""
        return {"config": self.session.wanted.to_dict(), "speed": self.session.speed}

    def recall(self, remembered: dict[str, Any]) -> None:
        """Take up config and speed; what this version does not allow is left at its default."""
        for speed in SPEEDS:
            if speed == remembered.get("speed"):
                self.session.speed = speed
                self.transport.show_speed(speed)
        config = remembered.get("config")
        if isinstance(config, dict):
            try:
                self.session.want(TrainConfig.from_dict(config))
            except (ConfigError, TypeError):
                return
            self.choices.show_config(self.session.wanted)

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        em = self.look.scale.em
        for part in (self._left, self._right):
            part.setSpacing(em(0.5))
        self._middle.setSpacing(em(1))
        self._middle.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._solved_row.setContentsMargins(em(0.5), em(0.375), em(0.5), em(0.375))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the evidence beside the stage on a wide window, below it on a narrow one."""
        super().resizeEvent(event)
        self._arrange()

    def retranslate(self) -> None:
        """Renew words that depend on values."""
        self._show_figures()
        self._show_position()
        self._show_solved()

    def _arrange(self) -> None:
        wide = self.width() >= self.height() * 1.15
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._middle.direction() != direction:
            self._middle.setDirection(direction)

    def _play(self) -> None:
        self.choices.commit()
        self.session.toggle()

    def _reset(self) -> None:
        self.choices.commit()
        self.session.reset()

    def _change_speed(self, by: int) -> None:
        self.session.change_speed(by)
        self.transport.show_speed(self.session.speed)
        self._show_position()

    def _show_details(self, on: bool) -> None:
        self.curves.show_details(on)
        self.curves.show_state(self.session.state, anew=True)

    @Slot(str)
    def _on_speed(self, name: str) -> None:
        for speed in SPEEDS:
            if speed == name:
                self.session.set_speed(speed)
        self._show_position()

    @Slot(object)
    def _on_wanted(self, config: object) -> None:
        assert isinstance(config, TrainConfig)
        self.session.want(config)
        self._show_running()

    @Slot()
    def _on_restarted(self) -> None:
        self.stage.show_frame(None)
        self.curves.show_state(self.session.state, anew=True)
        self._show_running()
        self._show_readings()
        self.retranslate()

    @Slot()
    def _on_progressed(self) -> None:
        state = self.session.state
        if state.frame is not None:
            self.stage.show_frame(state.frame)
        self._show_readings()
        self._show_figures()
        if self.session.phase is not Phase.PLAYING or self._since_curves.elapsed() >= CURVES_EVERY:
            self._since_curves.restart()
            self.curves.show_state(state)
            self._show_position()
            self._show_solved()

    @Slot()
    def _on_phase_changed(self) -> None:
        self.transport.show_playing(self.session.phase is Phase.PLAYING)
        self.curves.show_state(self.session.state)
        self._show_running()
        self._show_position()
        self._show_solved()

    @Slot(str)
    def _on_failed(self, text: str) -> None:
        self.told.emit("error", text)

    def _show_running(self) -> None:
        self.choices.show_running(self.session.config if self.session.is_under_way else None)

    def _show_readings(self) -> None:
        frame = self.session.state.frame
        if frame is None:
            self.probability.show_probability(None, None)
            self.numbers.show_state(())
        else:
            action = frame.transition.action if frame.transition is not None else None
            self.probability.show_probability(frame.probability_right, action)
            self.numbers.show_state(frame.obs)

    def _show_figures(self) -> None:
        state = self.session.state
        step = state.transition
        self.figures.show_figures(
            str(step.episode) if step else "–",
            str(step.step) if step else "–",
            f"{step.episode_return:g}" if step else "–",
            f"{state.mean:.1f}" if state.mean is not None else "–",
            f"{state.evaluated.greedy_mean:.1f}" if state.evaluated is not None else "–",
        )

    def _show_position(self) -> None:
        session = self.session
        words = {
            Phase.LOADING: _("Loading…"),
            Phase.READY: _("Ready"),
            Phase.PLAYING: _("Training"),
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
            words,
        )

    def _show_solved(self) -> None:
        solved = self.session.state.solved
        self._solved_frame.setVisible(solved is not None)
        if solved is not None:
            self.solved.setText(
                _(
                    "Solved at episode {episode}: the last 100 training episodes average {training:.1f}, "
                    "100 greedy episodes {greedy:.1f}."
                ).format(episode=solved.episode, training=solved.training_mean, greedy=solved.greedy_mean)
            )
