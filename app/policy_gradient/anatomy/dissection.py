"""Has an episode's update taken apart by a worker: which episode is wanted, how far it is, what came of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.policy_gradient.state import TrainingState
from app.time_left import TimeLeft
from core.language import _
from core.policy_gradient.anatomy.findings import Anatomy, Dissecting
from core.policy_gradient.config import TrainConfig
from core.runtime.events import Payload

LANE: Final = "anatomy"
_TASK: Final = "core.policy_gradient.anatomy.dissect:dissect"


class Dissection(QObject):
    """One episode at a time; another that is asked for takes its place.

    Attributes:
        episode: the one that is wanted; 0 while none is.
        anatomy: the newest one that came; of another episode while the wanted one is on its way.
        problem: why the wanted one did not come, for the person at the screen; empty where nothing went wrong.

    Signals:
        changed: any of these, or how far it is.
    """

    changed = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.episode = 0
        self.anatomy: Anatomy | None = None
        self.problem = ""
        self._done = 0
        self._state = TrainingState()
        self._time_left = TimeLeft()
        self._current = CurrentRun[None](
            background,
            LANE,
            type(None),
            self,
            progressed=self._take,
            finished=lambda _nothing: self.changed.emit(),
            failed=self._on_failed,
        )

    @property
    def is_running(self) -> bool:
        """Whether the wanted one is on its way."""
        return self._current.is_running

    def begin(
        self, config: TrainConfig, episode: int, state: TrainingState, rates: tuple[tuple[int, float], ...]
    ) -> None:
        """Take the update apart that learned from ``episode``.

        Args:
            config: of the run.
            episode: its number.
            state: what the run has said: it tells how far the way is.
            rates: where the learning rate was changed by hand.
        """
        self.episode, self.problem, self._done, self._state = episode, "", 0, state
        self._time_left = TimeLeft()
        self._current.start(_TASK, config=config, episode=episode, learning_rates=rates)
        self.changed.emit()

    def forget(self) -> None:
        """Want nothing, and know nothing: another run has begun."""
        self._current.forget(stop=True)
        self.episode, self.anatomy, self.problem = 0, None, ""
        self.changed.emit()

    @property
    def share(self) -> float:
        """How much of the way is made, from 0 to 1: by steps, for later episodes are longer."""
        steps = self._state.durations.values[: self.episode]
        if len(steps) < self.episode:  # the run itself has not come back there yet
            return min(1.0, self._done / max(1, self.episode))
        return min(1.0, float(steps[: self._done].sum() / max(1.0, steps.sum())))

    @property
    def words(self) -> str:
        """What is being done, and how long it still takes."""
        words = _("Taking apart what was learned from episode {n}…").format(n=self.episode)
        left = self._time_left.words(self.share)
        return f"{words} {left}" if left else words

    def _take(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            if isinstance(payload, Dissecting):
                self._done = payload.episodes
            elif isinstance(payload, Anatomy):
                self.anatomy = payload
        self.changed.emit()

    def _on_failed(self, failure: Failure) -> None:
        self.problem = (
            _("The process that takes updates apart ended unexpectedly.") if failure.has_died else failure.message
        )
        self.changed.emit()
