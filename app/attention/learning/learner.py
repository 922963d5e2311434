"""One training under a person's hands: begun, paused, stepped, stopped and gone on with."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.sentence import Sentence
from app.time_left import TimeLeft
from core.attention.learned.live.events import (
    Begun,
    Examining,
    LiveMap,
    LiveRequest,
    LiveStep,
    Reached,
    Trained,
    Watched,
)
from core.language import N_
from core.runtime.events import Payload
from core.runtime.pace import FULL_SPEED, PAUSED

LANE: Final = "learning"
_TASK: Final = "core.attention.learned.live.run:LiveTraining"


class Phase(Enum):
    """Where a training is."""

    IDLE = auto()
    PREPARING = auto()
    """The examples are made, or it is on its way back to where it was held."""
    RUNNING = auto()
    PAUSED = auto()
    EXAMINING = auto()
    """All steps are done; the test examples are gone through."""
    STOPPED = auto()
    """It can go on from where it was kept."""
    DONE = auto()


UNDER_WAY: Final = frozenset({Phase.PREPARING, Phase.RUNNING, Phase.PAUSED, Phase.EXAMINING})
"""Phases in which a worker is at it."""


class Learner(QObject):
    """Has a worker do the steps and keeps what it says.

    Attributes:
        phase: where it is.
        request: what is trained; None before the first.
        steps: how many there are.
        step: how many are done.
        losses: step and loss of each step seen.
        watched: what was measured on validation examples.
        map: where the model looks; None before the first look.
        trained: what came of it; None before the end.
        examples: how many examples there are to look at; 0 while that isn't known.

    Signals:
        changed: another phase, or further on.
        looked: there is another map.
        failed: a ``Sentence`` for the person at the screen.
    """

    changed = Signal()
    looked = Signal()
    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject) -> None:
        """Train nothing yet."""
        super().__init__(parent)
        self._background = background
        self._current = CurrentRun(
            background, LANE, Trained, self,
            progressed=self._on_progressed, finished=self._on_finished,
            failed=self._on_failed, cancelled=self._on_cancelled,
        )  # fmt: skip
        self._left, self._left_from = TimeLeft(), 0
        self._forget()

    def _forget(self) -> None:
        self.phase = Phase.IDLE
        self.request: LiveRequest | None = None
        self.steps = self.step = self.examples = 0
        self.losses: list[tuple[int, float]] = []
        self.watched: list[Watched] = []
        self.map: LiveMap | None = None
        self.trained: Trained | None = None
        self._is_held = False

    @property
    def is_under_way(self) -> bool:
        """Whether a worker is at it."""
        return self.phase in UNDER_WAY

    @property
    def share(self) -> float:
        """The share of all steps that is done."""
        return self.step / self.steps if self.steps else 0.0

    @property
    def time_left(self) -> str:
        """How long it still takes, in words; empty while nobody can tell."""
        todo = self.steps - self._left_from
        return self._left.words((self.step - self._left_from) / todo) if todo > 0 else ""

    def begin(self, request: LiveRequest, *, is_held: bool = False) -> None:
        """Train what ``request`` says; one under way is left.

        Args:
            request: what is trained.
            is_held: do one step only, or as many as the request holds after.
        """
        log = (self.losses, self.watched) if request.is_resumed and self._is_the_same(request) else ([], [])
        self._forget()
        self.losses, self.watched = log
        self.request = request
        self._current.start(_TASK, pace=PAUSED if is_held else FULL_SPEED, watched=True, request=request)
        assert self._current.run is not None
        if is_held:
            self._current.run.step((Reached if request.hold_after else LiveStep).__name__)
        self._is_held = is_held
        self._enter(Phase.PREPARING)

    def _is_the_same(self, request: LiveRequest) -> bool:
        mine = self.request
        return mine is not None and (mine.model, mine.seed) == (request.model, request.seed)

    def pause(self) -> None:
        """Hold it where it is."""
        if self.phase is Phase.RUNNING and self._current.run is not None:
            self._current.run.set_pace(PAUSED)
            self._enter(Phase.PAUSED)

    def play(self) -> None:
        """Let it go on."""
        if self.phase is Phase.PAUSED and self._current.run is not None:
            self._current.run.set_pace(FULL_SPEED)
            self._foretell_anew()
            self._enter(Phase.RUNNING)

    def do_one_step(self) -> None:
        """Do one more step, then hold."""
        if self.phase in (Phase.RUNNING, Phase.PAUSED) and self._current.run is not None:
            self._current.run.step(LiveStep.__name__)
            self._enter(Phase.PAUSED)

    def clear(self) -> None:
        """Leave it, and forget what it said."""
        self._current.forget(stop=True)
        self._forget()
        self.changed.emit()

    def stop(self) -> None:
        """Leave it; the worker keeps what was learned so far."""
        self._current.cancel()

    def show_example(self, number: int) -> None:
        """Look at another example from now on, at once where it is held."""
        run = self._current.run
        if run is not None:
            run.control("example", number)
            run.watch(True)

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            match payload:
                case Begun():
                    self._take_beginning(payload)
                case LiveStep():
                    self.step = payload.step
                    self.losses.append((payload.step, payload.loss))
                    if payload.watched is not None:
                        self.watched.append(payload.watched)
                case LiveMap():
                    self.map = payload
                    self.looked.emit()
                case Reached():
                    self.phase = Phase.PAUSED
                case Examining():
                    self.phase = Phase.EXAMINING
        self.changed.emit()

    def _take_beginning(self, begun: Begun) -> None:
        self.steps, self.step, self.examples = begun.steps, begun.step, begun.examples
        self.losses = [one for one in self.losses if one[0] <= begun.step]
        if not self.losses:
            self.losses = [(one.step, dict(one.figures)["loss"]) for one in begun.log]
        self.watched = list(begun.log)
        self._foretell_anew()
        has_goal = self.request is not None and self.request.hold_after > begun.step
        if not has_goal:
            self.phase = Phase.PAUSED if self._is_held else Phase.RUNNING

    def _foretell_anew(self) -> None:
        self._left, self._left_from = TimeLeft(), self.step

    def _on_finished(self, trained: Trained) -> None:
        self.trained = trained
        self._enter(Phase.DONE)

    def _on_cancelled(self) -> None:
        self._enter(Phase.STOPPED if self.step else Phase.IDLE)

    def _on_failed(self, failure: Failure) -> None:
        self._enter(Phase.STOPPED if self.step else Phase.IDLE)
        self.failed.emit(Sentence(N_("The training ended: {reason}"), {"reason": failure.message}))

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self.changed.emit()
