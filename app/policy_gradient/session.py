"""One training run under a person's hands: play, pause, step, speed, reset, and what a dead worker means."""

from __future__ import annotations

import math
from dataclasses import replace
from enum import Enum
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background, Run
from app.policy_gradient.state import TrainingState
from app.sentence import Sentence
from core.language import N_
from core.policy_gradient.config import ARTICLE, TrainConfig
from core.policy_gradient.events import Result
from core.runtime.events import Failed
from core.runtime.lane import WORKER_DIED
from core.runtime.pace import Pace
from core.runtime.task import Job

Speed = Literal["slow", "real", "fast", "turbo"]
SPEEDS: Final[dict[Speed, float]] = {"slow": 5, "real": 50, "fast": 500, "turbo": math.inf}
"""Steps of the environment a second. Real time is CartPole's own: a step is 0.02 s."""

StepKind = Literal["Transition", "EpisodeFinished", "UpdateFinished"]


class Phase(Enum):
    """Where the run is."""

    LOADING = "loading"
    READY = "ready"
    PLAYING = "playing"
    STEPPING = "stepping"
    PAUSED = "paused"
    FINISHED = "finished"
    FAILED = "failed"


class TrainingSession(QObject):
    """Holds the run on screen and its state; the verbs of the tab.

    Signals:
        phase_changed: the run went on to another phase.
        progressed: the state has taken in something new; at most once a displayed frame.
        speed_changed: another speed is in force.
        restarted: a new run with an empty state has taken the place of the old.
        failed: one or two sentences for the person at the screen, as a ``Sentence``.
    """

    phase_changed = Signal()
    progressed = Signal()
    speed_changed = Signal()
    restarted = Signal()
    failed = Signal(object)

    LANE: Final = "training"

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._run: Run | None = None
        self._watched = False
        self._step_until: StepKind | None = None
        self.phase = Phase.LOADING
        self.speed: Speed = "fast"
        self.config: TrainConfig = ARTICLE
        self.wanted: TrainConfig = ARTICLE
        self.state = TrainingState()
        self.result: Result | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether the run on screen has taken a step and is not over."""
        return not self.is_over and self.state.transition is not None

    @property
    def is_over(self) -> bool:
        """Whether the run on screen can be carried no further."""
        return self.phase in {Phase.FINISHED, Phase.FAILED}

    def watch(self, watched: bool) -> None:
        """Show pictures of the run, or (while nobody looks) do without; a run not yet opened is opened."""
        self._watched = watched
        if watched and self._run is None and self.phase is Phase.LOADING:
            self.reset()
        elif self._run is not None:
            self._run.watch(watched)

    @Slot()
    def reset(self) -> None:
        """Put a new run with the wanted config at its documented start: first state, paused."""
        self._open(playing=False)

    @Slot()
    def toggle(self) -> None:
        """Play or pause; after the end, play a new run."""
        if self.phase is Phase.PLAYING:
            self._go(playing=False)
        elif self.is_over or self._run is None:
            self._open(playing=True)
        else:
            self._go(playing=True)

    def step(self, kind: StepKind) -> None:
        """Go on to the next payload of ``kind`` and hold there; a run that is still loading does so once it can."""
        if self._run is None:
            return
        self._step_until = kind
        if self.phase is not Phase.LOADING:
            self._run.step(kind)
            self._enter(Phase.STEPPING)

    def set_speed(self, speed: Speed) -> None:
        """Change the speed at once."""
        if speed == self.speed:
            return
        self.speed = speed
        self.speed_changed.emit()
        if self.phase is Phase.PLAYING:
            self._go(playing=True)

    def change_speed(self, by: int) -> None:
        """Go ``by`` steps faster (or, below 0, slower)."""
        names = list(SPEEDS)
        self.set_speed(names[max(0, min(len(names) - 1, names.index(self.speed) + by))])

    def want(self, config: TrainConfig) -> None:
        """Take ``config`` for the next run; what can change live, and a run that has not begun, change at once."""
        if config == self.wanted:
            return
        self.wanted = config
        if not self.is_under_way:
            if self._run is not None:
                self._open(playing=self.phase is Phase.PLAYING)
        elif self._run is not None and config.learning_rate != self.config.learning_rate:
            self._run.control("learning_rate", config.learning_rate)
            self.config = replace(self.config, learning_rate=config.learning_rate)

    def _open(self, *, playing: bool) -> None:
        self._forget_run()
        self._step_until = None
        self.config = self.wanted
        self.state = TrainingState()
        self.result = None
        run = self._background.start(
            self.LANE,
            Job("core.policy_gradient.train:Training", {"config": self.config}),
            pace=self._pace(playing=playing),
            watched=self._watched,
        )
        run.progressed.connect(self._on_progressed)
        run.finished.connect(self._on_finished)
        run.failed.connect(self._on_failed)
        self._run = run
        self._enter(Phase.PLAYING if playing else Phase.LOADING)
        self.restarted.emit()

    def _forget_run(self) -> None:
        if self._run is not None:
            self._run.progressed.disconnect(self._on_progressed)
            self._run.finished.disconnect(self._on_finished)
            self._run.failed.disconnect(self._on_failed)
            self._run = None

    def _pace(self, *, playing: bool) -> Pace:
        return Pace(playing, SPEEDS[self.speed])

    def _go(self, *, playing: bool) -> None:
        if self._run is not None:
            self._step_until = None
            self._run.set_pace(self._pace(playing=playing))
            self._enter(Phase.PLAYING if playing else Phase.PAUSED)

    def _enter(self, phase: Phase) -> None:
        if phase is not self.phase:
            self.phase = phase
            self.phase_changed.emit()

    @Slot(object)
    def _on_progressed(self, payloads: object) -> None:
        assert isinstance(payloads, tuple)
        self.state.apply(payloads)
        if self.phase is Phase.LOADING:
            self._enter(Phase.READY)
            if self._step_until is not None:
                self.step(self._step_until)
        elif self.phase is Phase.STEPPING and self._run is not None and self._run.is_held:
            self._step_until = None
            self._enter(Phase.PAUSED)
        self.progressed.emit()

    @Slot(object)
    def _on_finished(self, result: object) -> None:
        assert isinstance(result, Result)
        self.result = result
        self._run = None
        self._enter(Phase.FINISHED)
        self.progressed.emit()

    @Slot(object)
    def _on_failed(self, event: object) -> None:
        assert isinstance(event, Failed)
        self._run = None
        self._enter(Phase.FAILED)
        if event.kind == WORKER_DIED:
            self.failed.emit(
                Sentence(
                    N_(
                        "The training process ended unexpectedly. "
                        "The curves are kept; Play (Space) in the policy gradient tab begins a new run."
                    )
                )
            )
        else:
            self.failed.emit(Sentence(N_("Training stopped: {reason}"), {"reason": event.message}))
