"""The trained agent of a finished run, playing on the stage."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.background import Background
from app.current_run import CurrentRun, Failure
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.events import Frame
from core.policy_gradient.runs.history import RunHistory
from core.policy_gradient.runs.recording import Floats32
from core.runtime.events import Payload
from core.runtime.pace import Pace

_TASK = "core.policy_gradient.runs.trained_agent:TrainedAgent"


def best_weights(run: RunHistory) -> Floats32 | None:
    """Return the weights with the best greedy score, or the last; None where they are not known."""
    best = run.best
    return run.weights(len(run.updates) if best is None else best.update)


class TrainedShow(QObject):
    """Lets a trained agent play, in the lane of the training that is over.

    Signals:
        framed: a ``Frame`` to be shown.
        ended: it plays no longer, of itself or because it failed.
    """

    framed = Signal(object)
    ended = Signal()

    def __init__(self, background: Background, lane: str, parent: QObject) -> None:
        super().__init__(parent)
        self._run = CurrentRun(
            background, lane, type(None), parent, progressed=self._on_progressed, failed=self._on_failed,
            cancelled=self.ended.emit,
        )  # fmt: skip

    def play(self, config: TrainConfig, weights: Floats32, pace: Pace, *, own_frame: bool) -> None:
        """Begin, and be watched."""
        self._run.start(_TASK, pace=pace, watched=True, config=config, weights=weights)
        if own_frame:
            self.control(lambda run: run.control("own_frame", True))

    def control(self, verb: Callable[..., object]) -> None:
        """Do something with what plays, if anything does."""
        if self._run.run is not None:
            verb(self._run.run)

    def stop(self) -> None:
        """Play no longer; nothing more is heard of it."""
        self._run.forget(stop=True)

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            if isinstance(payload, Frame):
                self.framed.emit(payload)

    def _on_failed(self, _failure: Failure) -> None:
        self.ended.emit()
