"""An episode from a chosen state, played in a worker of its own, so that the run on screen notices nothing of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal

from app.current_run import CurrentRun, Failure
from app.policy_gradient.session import TrainingSession
from core.language import _
from core.policy_gradient.networks.layers import Layers
from core.policy_gradient.playing.events import StartedEpisode

LANE: Final = "playing"
"""The worker in which episodes beside the training are played."""
_TASK: Final = "core.policy_gradient.playing.started:play_from"


class Starter(QObject):
    """Where an episode was started, and how it went.

    Attributes:
        start: the state that was chosen; None before the first.
        episode: how it went; None until that is known.
        problem: why there is none; empty where there is.

    Signals:
        changed: something of this has.
    """

    changed = Signal()

    def __init__(self, session: TrainingSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._run = CurrentRun(
            session.background, LANE, StartedEpisode, self, finished=self._on_finished, failed=self._on_failed
        )
        self.start: tuple[float, ...] | None = None
        self.episode: StartedEpisode | None = None
        self.problem = ""

    @property
    def is_busy(self) -> bool:
        """Whether an episode is being played."""
        return self._run.is_running

    def begin(self, start: tuple[float, ...], layers: Layers | None, *, greedy: bool) -> None:
        """Play an episode from ``start``; without a policy, remember only where."""
        if start != self.start:
            self.episode = None
        self.start, self.problem = start, ""
        if layers is not None:
            plain = [(weight.copy(), bias.copy()) for weight, bias in layers]
            self._run.start(_TASK, config=self._session.config, layers=plain, start=start, greedy=greedy)
        self.changed.emit()

    def forget(self) -> None:
        """Take the episode away."""
        self._run.forget(stop=True)
        self.start, self.episode, self.problem = None, None, ""
        self.changed.emit()

    def _on_finished(self, episode: StartedEpisode) -> None:
        self.episode = episode
        self.changed.emit()

    def _on_failed(self, failure: Failure) -> None:
        self.episode = None
        self.problem = (
            _("The process that plays episodes ended unexpectedly. Click again to start another.")
            if failure.has_died
            else failure.message
        )
        self.changed.emit()
