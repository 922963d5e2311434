"""The run on screen with all it has played, and the runs that came before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from core.policy_gradient.config import ARTICLE, HYPERPARAMETERS, PRESETS, TrainConfig
from core.policy_gradient.runs.history import Ending, RunHistory
from core.runtime.events import Payload

MOST_RUNS: Final = 20
"""Runs on the shelf; the oldest makes room."""
MOST_BYTES: Final = 96 * 2**20
"""Bytes of episodes that they keep together; beyond, the oldest keep their curves alone."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One hyperparameter in which a run differs from its preset.

    Attributes:
        name: the field of ``TrainConfig``.
        value: what it is.
    """

    name: str
    value: Any


def differences(config: TrainConfig) -> tuple[Difference, ...]:
    """Return in what ``config`` differs from its preset, its seed aside."""
    usual = PRESETS[config.preset].for_environment(config.env_id)
    return tuple(
        Difference(name, getattr(config, name))
        for name in HYPERPARAMETERS
        if name not in {"preset", "env_id", "seed"} and getattr(config, name) != getattr(usual, name)
    )


class RunShelf(QObject):
    """Knows every run of this session, the one on screen among them.

    Attributes:
        current: the run on screen.
        runs: those before it, the oldest first.

    Signals:
        changed: a run was put on the shelf or taken off.
        video_wanted: the number of an episode of the run on screen that is to be written as a video.
        replay_wanted: somebody wants to watch an episode of the run on screen.
    """

    changed = Signal()
    video_wanted = Signal(int)
    replay_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current = RunHistory(ARTICLE)
        self.runs: list[RunHistory] = []
        self._wanted_episode: int | None = None

    def runs_of(self, env_id: str) -> list[RunHistory]:
        """Return the runs on the shelf that were played in an environment: their curves can be compared."""
        return [run for run in self.runs if run.config.env_id == env_id]

    def want_replay(self, episode: int) -> None:
        """Have an episode of the run on screen watched."""
        self._wanted_episode = episode
        self.replay_wanted.emit()

    def take_wanted_episode(self) -> int | None:
        """Return the episode that is to be watched, once."""
        wanted, self._wanted_episode = self._wanted_episode, None
        return wanted

    def begin(self, config: TrainConfig) -> None:
        """Take another run for the one on screen; what that has played goes on the shelf."""
        if self.current.episodes:
            self._put(self.current)
        self.current = RunHistory(config)
        self.changed.emit()

    def show(self, run: RunHistory) -> None:
        """Take a run that is known for the one on screen; what that has played goes on the shelf."""
        if self.current.episodes:
            self._put(self.current)
        self.runs = [other for other in self.runs if other is not run]
        self._drop_twins(run)
        self.current = run
        self.changed.emit()

    def take(self, payloads: Iterable[Payload]) -> None:
        """Take in what the run on screen says."""
        self.current.apply(payloads)

    def end(self, ending: Ending) -> None:
        """The run on screen has ended."""
        self.current.ending = ending
        self._drop_twins(self.current)
        self.changed.emit()

    def add(self, run: RunHistory) -> None:
        """Put a run from a file on the shelf."""
        self._put(run)
        self.changed.emit()

    def remove(self, run: RunHistory) -> None:
        """Take a run off the shelf."""
        self.runs = [other for other in self.runs if other is not run]
        self.changed.emit()

    def _put(self, run: RunHistory) -> None:
        self._drop_twins(run)
        self.runs = [*self.runs, run][-MOST_RUNS:]
        kept = 0
        for shelved in reversed(self.runs):
            kept += sum(episode.record.nbytes for episode in shelved.episodes if episode.record is not None)
            if kept > MOST_BYTES:
                shelved.episodes = [replace(episode, record=None) for episode in shelved.episodes]

    def _drop_twins(self, run: RunHistory) -> None:
        """Take off what ``run`` has gone through itself: the same run, not as far."""
        self.runs = [other for other in self.runs if other is run or not _is_part_of(other, run)]


def _is_part_of(one: RunHistory, other: RunHistory) -> bool:
    rates = other.learning_rates[: len(one.learning_rates)]
    return one.config == other.config and one.learning_rates == rates and one.place.is_reached_by(other.place)
