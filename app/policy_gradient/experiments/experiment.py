"""An experiment under a person's hands: run, stop, resume, and what it has come to so far."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.sentence import Sentence
from app.time_left import TimeLeft
from core.language import N_
from core.policy_gradient.experiments.record import RunProgress, RunRecord
from core.policy_gradient.experiments.report import VariantSummary
from core.policy_gradient.experiments.run import PRELOAD, processes_here
from core.policy_gradient.experiments.schedule import PlannedRun, Schedule, Study, StudyError
from core.runtime.events import Payload

MOST_PLAYERS: Final = 8
"""Processes at once; each takes some 200 MB."""
_SUMMARISER: Final = "experiment statistics"
_SUMMARISING: Final = "core.policy_gradient.experiments.report:summarising"


class Phase(Enum):
    """Where an experiment is."""

    IDLE = "idle"
    WORKING = "working"
    STOPPED = "stopped"
    FINISHED = "finished"
    FAILED = "failed"


class _Player:
    """One process that plays one run after the other."""

    def __init__(self, background: Background, lane: str, experiment: Experiment) -> None:
        self.run: PlannedRun | None = None
        self._experiment = experiment
        self._current = CurrentRun(
            background, lane, RunRecord, experiment,
            progressed=self._on_progressed, finished=self._on_finished, failed=self._on_failed,
        )  # fmt: skip

    def play(self, run: PlannedRun, folder: Path | None) -> None:
        self.run = run
        job = run.job(folder, stands_back=True)
        self._current.start(job.task, **job.arguments)

    def stop(self) -> PlannedRun | None:
        """Leave the run under way; return which it was."""
        run, self.run = self.run, None
        self._current.forget(stop=True)
        return run

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        assert self.run is not None  # it is the current one
        for payload in payloads:
            if isinstance(payload, RunProgress):
                self._experiment.note_progress(self.run, payload)

    def _on_finished(self, record: RunRecord) -> None:
        run, self.run = self.run, None
        assert run is not None  # it is the current one
        self._experiment.note_finished(run, record)

    def _on_failed(self, failure: Failure) -> None:
        run, self.run = self.run, None
        assert run is not None  # it is the current one
        self._experiment.note_failed(run, failure)


class Experiment(QObject):
    """Plays a schedule in several processes, and has what is finished summarised in another.

    Attributes:
        phase: where it is.
        schedule: what is played, with the runs that are over; None before the first.
        summaries: what each variant has come to so far, by name.

    Signals:
        changed: another phase, or further on.
        summarised: the name of a variant that has come to something new.
        failed: one sentence for the person at the screen.
    """

    changed = Signal()
    summarised = Signal(str)
    failed = Signal(object)

    def __init__(self, background: Background, folder: Path | None, parent: QObject | None = None) -> None:
        """Play nothing yet.

        Args:
            background: where the processes are.
            folder: where finished runs are kept; None to keep none.
            parent: the QObject that owns it.
        """
        super().__init__(parent)
        self._background = background
        self._folder = folder
        self._players: list[_Player] = []
        self._summariser = CurrentRun(
            background, _SUMMARISER, VariantSummary, self,
            finished=self._on_summarised, failed=self._on_not_summarised,
        )  # fmt: skip
        self._to_summarise: dict[str, None] = {}  # in the order in which runs ended
        self._left = TimeLeft()
        self.phase = Phase.IDLE
        self.schedule: Schedule | None = None
        self.summaries: dict[str, VariantSummary] = {}

    @property
    def is_working(self) -> bool:
        """Whether runs are played."""
        return self.phase is Phase.WORKING

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return 0.0 if self.schedule is None else self.schedule.share

    @property
    def in_order(self) -> list[VariantSummary]:
        """What the variants have come to so far, in their order."""
        if self.schedule is None:
            return []
        names = (variant.name for variant in self.schedule.study.variants)
        return [self.summaries[name] for name in names if name in self.summaries]

    @property
    def time_left(self) -> str:
        """How long it still takes, in words; empty while nobody can tell."""
        return self._left.words(self.share) if self.is_working else ""

    def warm(self) -> None:
        """Start the processes, so that the first run need not wait for what they load."""
        if self._players:
            return
        for number in range(min(MOST_PLAYERS, processes_here())):
            lane = f"experiment {number + 1}"
            self._background.add_lane(lane, PRELOAD)
            self._players.append(_Player(self._background, lane, self))
            self._background.warm(lane)
        self._background.add_lane(_SUMMARISER, ("core.policy_gradient.experiments.report",))
        self._background.warm(_SUMMARISER)

    def start(self, study: Study, first: Collection[tuple[str, int]] = ()) -> None:
        """Play ``study``; one under way is left, what it had finished stays kept on disk.

        Args:
            study: what is played.
            first: runs that come before all others, by variant and seed.
        """
        self._forget()
        self.schedule = Schedule(study, first)
        self.resume()

    def clear(self) -> None:
        """Be as before the first experiment; what was finished stays kept on disk."""
        self._forget()
        self._enter(Phase.IDLE)

    def _forget(self) -> None:
        self._leave_runs()
        self._summariser.forget(stop=True)
        self._to_summarise.clear()
        self.schedule, self.summaries = None, {}

    @Slot()
    def stop(self) -> None:
        """Leave the runs under way; those that are over stay."""
        if self.is_working:
            self._leave_runs()
            self._enter(Phase.STOPPED)

    @Slot()
    def resume(self) -> None:
        """Play the runs that are still to come."""
        self.warm()
        self._left = TimeLeft()
        self._enter(Phase.WORKING)
        self._hand_out()

    def note_progress(self, run: PlannedRun, progress: RunProgress) -> None:
        """Take in how far a run is."""
        assert self.schedule is not None  # it has been started
        self.schedule.is_under_way(run, progress.episodes / progress.of)
        self.changed.emit()

    def note_finished(self, run: PlannedRun, record: RunRecord) -> None:
        """Take in what a run came to, and play the next."""
        assert self.schedule is not None  # it has been started
        self.schedule.finished(run, record)
        self._to_summarise[run.variant.name] = None
        self._summarise_next()
        self._hand_out()
        self.changed.emit()

    def note_failed(self, run: PlannedRun, failure: Failure) -> None:
        """Play a run again whose process died; end where a run can't be played."""
        assert self.schedule is not None  # it has been started
        if failure.has_died:
            try:
                self.schedule.lost(run)
            except StudyError as error:
                self._fail(str(error))
            else:
                self._hand_out()
            return
        self.schedule.put_back(run)
        self._fail(failure.message)

    def _fail(self, reason: str) -> None:
        self._leave_runs()
        self._enter(Phase.FAILED)
        self.failed.emit(Sentence(N_("The experiment stopped: {reason}"), {"reason": reason}))

    def _hand_out(self) -> None:
        """Give each process that is free a run."""
        assert self.schedule is not None  # it has been started
        for player in self._players:
            run = self.schedule.next() if player.run is None else None
            if run is not None:
                player.play(run, self._folder)
        if self.schedule.is_over and not self._to_summarise and not self._summariser.is_running:
            self._enter(Phase.FINISHED)

    def _leave_runs(self) -> None:
        for player in self._players:
            run = player.stop()
            if run is not None and self.schedule is not None:
                self.schedule.put_back(run)

    def _summarise_next(self) -> None:
        """Have the variant summarised that has waited longest; one at a time, else none would ever be told."""
        if self._to_summarise and not self._summariser.is_running and self.schedule is not None:
            name = next(iter(self._to_summarise))
            del self._to_summarise[name]
            self._summariser.start(_SUMMARISING, name=name, records=self.schedule.records_of(name))

    def _on_summarised(self, summary: VariantSummary) -> None:
        self.summaries[summary.name] = summary
        self.summarised.emit(summary.name)
        self._summarise_next()
        self._end_if_over()

    def _on_not_summarised(self, failure: Failure) -> None:
        self.failed.emit(Sentence(N_("The curves can't be drawn: {reason}"), {"reason": failure.message}))
        self._summarise_next()
        self._end_if_over()

    def _end_if_over(self) -> None:
        if self.is_working:
            self._hand_out()

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self.changed.emit()
