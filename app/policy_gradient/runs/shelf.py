"""The run on screen with all it has played, and the runs that came before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
        ended: a ``RunHistory`` that has come to its natural end.
        dropped: a ``RunHistory`` that had to make room.
        video_wanted: a run, and the number of its episode that is to be written as a video.
        replay_wanted: somebody wants to watch an episode of the run on screen.
    """

    changed = Signal()
    ended = Signal(object)
    dropped = Signal(object)
    video_wanted = Signal(object, int)
    replay_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current = RunHistory(ARTICLE)
        self.runs: list[RunHistory] = []
        self._aside: list[RunHistory] | None = None
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

    def set_aside(self) -> Callable[[], None]:
        """Be empty, and keep nothing that comes; what this returns puts back all runs, the one on screen among them.

        For a lecture, whose runs are nobody's: a hall sees none of these, and none makes room for what the hall sees.
        """
        self._aside = [*self.runs, self.current] if self.current.episodes else list(self.runs)
        self.runs, self.current = [], RunHistory(self.current.config)
        self.changed.emit()
        return self._put_back

    def _put_back(self) -> None:
        runs, self._aside = self._aside, None
        self.runs, self.current = runs or [], RunHistory(self.current.config)
        self.changed.emit()

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
        if ending == "finished" and self._aside is None:
            self.ended.emit(self.current)

    def reach(self) -> None:
        """The run on screen has come back to where it was: the shelf need not hold it, too."""
        self._drop_twins(self.current)
        self.changed.emit()

    @property
    def unfinished(self) -> list[RunHistory]:
        """The runs that have played something and are not finished; none that another has gone through itself."""
        here = [*self.runs, self.current]
        played = [run for run in here if run.episodes and run.ending != "finished"]
        return [run for run in played if not any(other is not run and _is_part_of(run, other) for other in here)]

    def add_older(self, runs: Sequence[RunHistory]) -> None:
        """Put runs of an earlier session before those of this one."""
        here = self.runs if self._aside is None else self._aside
        known = [self.current, *here, *runs]
        older = [run for run in runs if not any(other is not run and _is_part_of(run, other) for other in known)]
        room = max(0, MOST_RUNS - len(here))
        here[:0] = older[len(older) - room :] if room else []
        self._let_records_go()
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
        self.runs.append(run)
        while len(self.runs) > MOST_RUNS:
            dropped = self.runs.pop(0)
            if self._aside is None:
                self.dropped.emit(dropped)
        self._let_records_go()

    def _let_records_go(self) -> None:
        """Keep of the oldest runs the curves alone, where the episodes of all have no room."""
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
