"""One training run under a person's hands: play, pause, step, speed, reset, and what a dead worker means."""

from __future__ import annotations

import math
from dataclasses import replace
from enum import Enum
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.policy_gradient.resolving import resolved
from app.policy_gradient.runs.saved_run import SavedRun
from app.policy_gradient.runs.shelf import RunShelf
from app.policy_gradient.runs.trained_show import TrainedShow, best_weights
from app.policy_gradient.state import TrainingState
from app.sentence import Sentence
from core.language import N_
from core.policy_gradient.config import ARTICLE, TrainConfig
from core.policy_gradient.environments.description import EnvironmentDescription, describe
from core.policy_gradient.errors import EnvironmentRefusedError
from core.policy_gradient.events import Frame, Result
from core.policy_gradient.place import Place, PlaceReached, ReturnTo
from core.policy_gradient.runs.history import RunHistory
from core.runtime.events import Payload
from core.runtime.pace import FULL_SPEED, PAUSED, Pace

Speed = Literal["slow", "real", "fast", "turbo"]
SPEEDS: Final[dict[Speed, float]] = {"slow": 5, "real": 50, "fast": 500, "turbo": math.inf}
"""Steps of the environment a second. Real time is CartPole's own: a step is 0.02 s."""

StepKind = Literal["Transition", "EpisodeFinished", "UpdateFinished"]

_TASK: Final = "core.policy_gradient.train:Training"


class Phase(Enum):
    """Where the run is."""

    LOADING = "loading"
    READY = "ready"
    PLAYING = "playing"
    STEPPING = "stepping"
    PAUSED = "paused"
    RESTORING = "restoring"
    FINISHED = "finished"
    WATCHING = "watching"
    FAILED = "failed"


class TrainingSession(QObject):
    """Holds the run on screen and its state; the verbs of the tab.

    Attributes:
        background: where a page starts work of its own.
        begun: the config the run began with.
        config: the same, with the learning rate that was asked for since.
        wanted: the config of the next run.
        watches_copies: whether all copies of an environment that is played many times at once are shown.
        has_own_frame: whether the environment draws itself, even where the window can paint it.
        environment_problem: why the environment can't be trained; empty where it can, or was not tried.
        shelf: what the run on screen has played, and the runs before it.
        former: the run that another has taken the place of, and that can be brought back; None if there is none.
        plays_on: the run, once it is back where it was, plays on.

    Signals:
        phase_changed: the run went on to another phase.
        progressed: the state has taken in something new; at most once a displayed frame.
        speed_changed: another speed is in force.
        own_frame_changed: the environment draws itself from now on, or no longer.
        wanted_changed: another config is wanted, and nobody at the screen has chosen it.
        restarted: a new run with an empty state has taken the place of the old.
        failed: one or two sentences for the person at the screen, as a ``Sentence``.
    """

    phase_changed = Signal()
    progressed = Signal()
    speed_changed = Signal()
    own_frame_changed = Signal()
    wanted_changed = Signal()
    restarted = Signal()
    failed = Signal(object)

    LANE: Final = "training"

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.background = background
        self._current = CurrentRun(
            background,
            self.LANE,
            Result,
            self,
            progressed=self._on_progressed,
            finished=self._on_finished,
            failed=self._on_failed,
        )
        self._show = TrainedShow(background, self.LANE, self)
        self._show.framed.connect(self._on_show_frame)
        self._show.ended.connect(self._on_show_ended)
        self._watched = False
        self._step_until: StepKind | None = None
        self._train_until = 0
        self._restoring: SavedRun | None = None
        self.phase = Phase.LOADING
        self.speed: Speed = "fast"
        self.begun: TrainConfig = ARTICLE
        self.config: TrainConfig = ARTICLE
        self.wanted: TrainConfig = ARTICLE
        self.has_own_frame = False
        self.environment_problem = ""
        self.watches_copies = False
        self.former: SavedRun | None = None
        self.plays_on = False
        self.state = TrainingState()
        self.shelf = RunShelf(self)
        self.result: Result | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether the run on screen has taken a step and is not over."""
        return not self.is_over and self.state.transition is not None

    @property
    def is_over(self) -> bool:
        """Whether the run on screen can be carried no further."""
        return self.phase in {Phase.FINISHED, Phase.WATCHING, Phase.FAILED}

    @property
    def described(self) -> EnvironmentDescription:
        """What is known of the run's environment: by its name, and once it is open by what it says itself."""
        return describe(self.config.env_id).completed(self.state.facts)

    def watch(self, watched: bool) -> None:
        """Show pictures of the run, or (while nobody looks) do without; a run not yet opened is opened."""
        self._watched = watched
        run = self._current.run
        if watched and run is None and self.phase is Phase.LOADING:
            self.reset()
        elif run is not None and self._restoring is None:  # on its way back nobody looks on
            run.watch(watched)
        if not watched:
            self._stop_show()

    @Slot()
    def reset(self) -> None:
        """Put a new run with the wanted config at its documented start: first state, paused."""
        self._open(self.wanted, playing=False)

    @Slot()
    def toggle(self) -> None:
        """Play or pause; a run on its way back is let go there.

        After the end the trained agent is watched; a new run is played where the last one failed, or where another
        is wanted.
        """
        if self.phase is Phase.PLAYING:
            self._go(playing=False)
        elif self.phase is Phase.WATCHING:
            self._stop_show()
        elif self.can_watch_agent and self.wanted == self.config:
            self._watch_agent()
        elif self.is_over or self._current.run is None:
            self._open(self.wanted, playing=True)
        elif self.phase is not Phase.RESTORING:
            self._go(playing=True)

    @property
    def can_watch_agent(self) -> bool:
        """Whether the run is finished, and its policy known."""
        return self.phase is Phase.FINISHED and best_weights(self.shelf.current) is not None

    def _watch_agent(self) -> None:
        weights = best_weights(self.shelf.current)
        assert weights is not None  # it can be watched
        if SPEEDS[self.speed] > SPEEDS["real"]:
            self.set_speed("real")
        self._show.play(self.config, weights, self._pace(playing=True), own_frame=self.has_own_frame)
        self._enter(Phase.WATCHING)

    def _stop_show(self) -> None:
        if self.phase is Phase.WATCHING:
            self._show.stop()
            self._enter(Phase.FINISHED)

    def _on_show_frame(self, frame: Frame) -> None:
        if self.phase is Phase.WATCHING:
            self.state.apply((frame,))
            self.progressed.emit()

    def _on_show_ended(self) -> None:
        self._stop_show()

    def open_run(self, run: RunHistory) -> None:
        """Show a run from the shelf or a file: one that had ended as it was, another plays its way back and holds."""
        rates = run.learning_rates
        self.wanted = replace(run.config, learning_rate=rates[-1][1]) if rates else run.config
        if run.ending != "finished":
            self.restore_run(SavedRun(run.config.to_dict(), run.place, tuple(rates)), self.wanted)
            return
        self._leave_run()
        self._current.forget(stop=True)
        self.begun, self.config = run.config, self.wanted
        self.shelf.show(run)
        self.state = TrainingState(learning_rate=run.config.learning_rate)
        self.state.apply(run.events())
        self._enter(Phase.FINISHED)
        self.restarted.emit()
        self.wanted_changed.emit()
        self.progressed.emit()

    def _leave_run(self) -> None:
        """Another run takes the place of this one: let it be brought back."""
        self._stop_show()
        if self.state.transition is not None or self._restoring is not None:
            self.former = self.save_run()
        self._step_until = self._restoring = self.result = None
        self._train_until = 0
        self.plays_on = False

    def clear(self) -> None:
        """Let the run on screen go, which is kept nowhere; where somebody looks, another is opened at its start."""
        self._stop_show()
        self._current.forget(stop=True)
        self.state, self._restoring, self.environment_problem = TrainingState(), None, ""
        self._leave_run()
        self.former = None
        self.begun = self.config = self.wanted
        self._enter(Phase.LOADING)
        if self._watched:
            self.reset()
        else:
            self.restarted.emit()

    def step(self, kind: StepKind) -> None:
        """Go on to the next payload of ``kind`` and hold there; a run that is still loading does so once it can."""
        run = self._current.run
        if run is None or self.phase is Phase.RESTORING:
            return
        self._step_until = kind
        if self.phase is not Phase.LOADING:
            run.step(kind)
            self._enter(Phase.STEPPING)

    def train_until(self, episode: int) -> None:
        """Go on until ``episode`` episodes are over and hold right there, an episode a picture; further on, stay."""
        if self.phase is not Phase.RESTORING:
            self._train_until = episode
            self._train_on()

    def _train_on(self) -> None:
        """Play one more episode, if there are some to come."""
        if self._train_until > len(self.state.durations) and not self.is_over:
            self.step("EpisodeFinished")
        else:
            self._train_until = 0

    @Slot()
    def hold(self) -> None:
        """Stand still at once, whatever plays; a run on its way back goes on to where it is to be."""
        if self.phase in {Phase.PLAYING, Phase.STEPPING}:
            self._go(playing=False)
        self._stop_show()

    def set_speed(self, speed: Speed) -> None:
        """Change the speed at once."""
        if speed == self.speed:
            return
        self.speed = speed
        self.speed_changed.emit()
        if self.phase is Phase.PLAYING:
            self._go(playing=True)
        self._show.control(lambda run: run.set_pace(self._pace(playing=True)))

    def show_own_frame(self, on: bool) -> None:
        """Have the environment draw itself for the window, or no longer where the window paints it from the numbers."""
        if on == self.has_own_frame:
            return
        self.has_own_frame = on
        self._control_snapshots("own_frame", on=on)
        self.own_frame_changed.emit()

    def watch_copies(self, on: bool) -> None:
        """Have all copies of an environment that is played many times at once shown, or no longer."""
        if on != self.watches_copies:
            self.watches_copies = on
            self._control_snapshots("copies", on=on)

    def _control_snapshots(self, name: str, *, on: bool) -> None:
        """Change what the run shows of itself, at once even where it is held."""
        self._show.control(lambda run: run.control(name, on) if name == "own_frame" else None)
        run = self._current.run
        if run is not None:
            run.control(name, on)
            if self._watched and self._restoring is None:
                run.watch(True)

    def change_speed(self, by: int) -> None:
        """Go ``by`` steps faster (or, below 0, slower)."""
        names = list(SPEEDS)
        self.set_speed(names[max(0, min(len(names) - 1, names.index(self.speed) + by))])

    def want(self, config: TrainConfig) -> None:
        """Take ``config`` for the next run; what can change live, and a run that has not begun, change at once."""
        if config == self.wanted:
            return
        self.wanted = config
        if self._restoring is not None:  # counts when it is there
            return
        if not self.is_under_way:
            if self._current.run is not None or self.environment_problem:  # which the next choice may mend
                self._open(config, playing=self.phase is Phase.PLAYING)
        elif config.learning_rate != self.config.learning_rate:
            self._change_learning_rate(config.learning_rate)

    def bring_back(self) -> None:
        """Play the run that was replaced again, to where it was; the one on screen can then be brought back instead."""
        former, self.former = self.former, None
        if former is not None:
            rates = [rate for _update, rate in former.learning_rates]
            begun = TrainConfig.from_dict(former.config)
            self.restore_run(former, replace(begun, learning_rate=rates[-1]) if rates else begun)

    def choose(self, config: TrainConfig) -> None:
        """Want ``config``, chosen by something else than the hand at the screen."""
        self.want(config)
        self.wanted_changed.emit()

    def save_run(self) -> SavedRun:
        """Return what it takes to come back to where the run is; one on its way back is already there."""
        if self._restoring is not None:
            return self._restoring
        is_open = self._current.is_running or self.is_over
        begun = self.begun if is_open else self.wanted
        rates = tuple(self.state.learning_rates)
        return SavedRun(begun.to_dict(), self.state.place, rates, self.phase in {Phase.FINISHED, Phase.WATCHING})

    def stands_at(self, saved: SavedRun) -> bool:
        """Return whether the run on screen is the saved one, and stands just where that was."""
        return self.phase in {Phase.READY, Phase.PAUSED, Phase.FINISHED} and self.save_run() == saved

    def restore_run(self, saved: SavedRun, wanted: TrainConfig) -> None:
        """Open a run that plays, without pictures and as fast as it goes, to where ``saved`` was, and holds there.

        Args:
            saved: where.
            wanted: the config of the next run; its learning rate is that of this one, too.

        Raises:
            ConfigError: the saved config has a value that is not allowed.
        """
        config = TrainConfig.from_dict(saved.config)
        self.wanted = wanted
        self._open(config, playing=False, restoring=saved if saved.place != Place() else None)
        self.wanted_changed.emit()

    @property
    def restored_share(self) -> float:
        """How much of its way back the run has made, from 0 to 1."""
        if self._restoring is None:
            return 1.0
        return min(1.0, self.state.place.env_steps / max(1, self._restoring.place.env_steps))

    def _open(self, config: TrainConfig, *, playing: bool, restoring: SavedRun | None = None) -> None:
        self._leave_run()
        self._restoring = restoring
        self.begun = self.config = config
        self.shelf.begin(config)
        self.state = TrainingState(learning_rate=config.learning_rate)
        self.result = None
        self.environment_problem = ""
        return_to = None if restoring is None else ReturnTo(restoring.place, restoring.learning_rates)
        self._current.start(
            _TASK,
            pace=PAUSED if restoring else self._pace(playing=playing),
            watched=self._watched and restoring is None,
            config=config,
            return_to=return_to,
        )
        assert self._current.run is not None  # it was started just now
        for name, on in (("own_frame", self.has_own_frame), ("copies", self.watches_copies)):
            if on:
                self._current.run.control(name, True)
        if restoring is not None:
            self._current.run.step(PlaceReached.__name__)
        self._enter(Phase.RESTORING if restoring else Phase.PLAYING if playing else Phase.LOADING)
        self.restarted.emit()

    def _change_learning_rate(self, learning_rate: float) -> None:
        assert self._current.run is not None  # it is under way
        self._current.run.control("learning_rate", learning_rate)
        self.config = replace(self.config, learning_rate=learning_rate)

    def _pace(self, *, playing: bool) -> Pace:
        return Pace(playing, SPEEDS[self.speed])

    def _go(self, *, playing: bool) -> None:
        if self._current.run is not None:
            self._step_until = None
            self._train_until = 0
            self._current.run.set_pace(self._pace(playing=playing))
            self._enter(Phase.PLAYING if playing else Phase.PAUSED)

    def _enter(self, phase: Phase) -> None:
        if phase is not self.phase:
            self.phase = phase
            self.phase_changed.emit()

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        is_first = self.state.frame is None
        self.state.apply(payloads)
        if is_first and self._resolve():
            return
        self.shelf.take(payloads)
        if self.phase is Phase.LOADING:
            self._enter(Phase.READY)
            if self._step_until is not None:
                self.step(self._step_until)
        elif self.phase is Phase.STEPPING and self._current.run is not None and self._current.run.is_held:
            self._step_until = None
            self._train_on()
            if not self._train_until:
                self._enter(Phase.PAUSED)
        elif self.phase is Phase.RESTORING:
            self._see_whether_restored(payloads)
        self.progressed.emit()

    def _resolve(self) -> bool:
        """Open the run anew where its environment is known by another id; return whether it has been."""
        config, former = resolved(self.config, self.state.facts), self.former
        if config is None or self._restoring is not None:
            return False
        self.wanted = config
        self._open(config, playing=self.phase is Phase.PLAYING)
        self.former = former  # the one that has just been left was none
        self.wanted_changed.emit()
        return True

    def _see_whether_restored(self, payloads: tuple[Payload, ...]) -> None:
        """When the run is where it was to go back to, let it show itself; there it holds, or ends if it had ended."""
        run, restoring = self._current.run, self._restoring
        if not any(isinstance(payload, PlaceReached) for payload in payloads):
            return
        assert run is not None  # it has just said something
        assert restoring is not None  # this is what it was told to go back to
        run.watch(self._watched)
        if restoring.is_finished:
            run.set_pace(FULL_SPEED)
            return
        self._restoring = None
        self.shelf.reach()
        self.config = replace(self.begun, learning_rate=self.state.learning_rate)
        if self.wanted.learning_rate != self.config.learning_rate:
            self._change_learning_rate(self.wanted.learning_rate)
        self._enter(Phase.PAUSED)
        if self.plays_on:
            self.plays_on = False
            self._go(playing=True)

    def _on_finished(self, result: Result) -> None:
        self._restoring = None
        self.result = result
        self.shelf.end("finished")
        self._enter(Phase.FINISHED)
        self.progressed.emit()

    def _on_failed(self, failure: Failure) -> None:
        self._restoring = None
        if failure.kind == EnvironmentRefusedError.__name__:
            self.environment_problem = failure.message
        self.shelf.end("failed")
        self._enter(Phase.FAILED)
        if failure.has_died:
            self.failed.emit(
                Sentence(
                    N_(
                        "The training process ended unexpectedly. "
                        "The curves are kept; Play (Space) in the policy gradient tab begins a new run."
                    )
                )
            )
        else:
            self.failed.emit(Sentence(N_("Training stopped: {reason}"), {"reason": failure.message}))
