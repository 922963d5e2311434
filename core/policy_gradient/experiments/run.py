"""An experiment played in several processes at once, for the terminal and for notebooks.

The window plays the same schedule in its own workers (``app/policy_gradient/experiments``).
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from typing import Final

from core.policy_gradient.experiments.kept import let_oldest_go
from core.policy_gradient.experiments.record import RunProgress, RunRecord
from core.policy_gradient.experiments.schedule import PlannedRun, Schedule, StudyError
from core.runtime.events import Event, Failed, Finished, Progressed
from core.runtime.lane import WORKER_DIED, Lane

PRELOAD: Final = (
    "core.policy_gradient.experiments.play",
    "gymnasium.envs.classic_control",
    "torch.optim.rmsprop",
    "torch._dynamo",
)
"""What a worker process of an experiment imports before its first run."""
_LOOK_EVERY: Final = 0.25
"""Seconds after which a driver looks for what no pipe tells, such as a process that has died."""
_WITHOUT_PIPES: Final = 0.005
"""Seconds between two looks where no pipe can be waited for."""


@dataclass(frozen=True, slots=True)
class StudyProgress:
    """How far an experiment is.

    Attributes:
        run: the run that is over or under way.
        record: what it came to; None while it is under way.
    """

    run: PlannedRun
    record: RunRecord | None


def processes_here() -> int:
    """Return how many processes this machine runs at once: one a core that the program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS, Windows


def run_study(
    schedule: Schedule, *, folder: Path | None, processes: int | None = None
) -> Generator[StudyProgress, None, None]:
    """Play every run of a schedule, several at once, each in the process that is free.

    A run whose process is killed is played again; those that are over stay over. Who stops asking ends the processes;
    with a ``folder``, another study finds there what was finished.

    Args:
        schedule: what is played; it holds the records in the end.
        folder: where finished runs are kept; None to keep none.
        processes: how many at once; None for one a core.

    Yields:
        How far it is, whenever a run is over or has said something.

    Raises:
        StudyError: a run can't be played; ``str(error)`` says why.
    """
    count = min(processes or processes_here(), schedule.total)
    lanes = [Lane(f"experiment {number + 1}", PRELOAD) for number in range(count)]
    under_way: dict[Lane, PlannedRun] = {}
    with _closing_all(lanes):
        for lane in lanes:
            lane.warm()
        while not schedule.is_over:
            for lane in lanes:
                run = None if lane in under_way else schedule.next()
                if run is not None:
                    under_way[lane] = run
                    lane.submit(run.job(folder))
            _wait_for(lanes)
            for lane in lanes:
                for event in lane.receive():
                    if lane in under_way:
                        yield from _take_in(event, lane, under_way, schedule)
    if folder is not None:
        let_oldest_go(folder)


def _take_in(
    event: Event, lane: Lane, under_way: dict[Lane, PlannedRun], schedule: Schedule
) -> Iterator[StudyProgress]:
    run = under_way[lane]
    match event:
        case Progressed(_, payloads):
            for payload in payloads:
                if isinstance(payload, RunProgress):
                    schedule.is_under_way(run, payload.episodes / payload.of)
                    yield StudyProgress(run, None)
        case Finished(_, record):
            del under_way[lane]
            schedule.finished(run, record)
            yield StudyProgress(run, record)
        case Failed(_, kind, _message) if kind == WORKER_DIED:
            del under_way[lane]
            schedule.lost(run)
        case Failed(_, _kind, message):
            raise StudyError(f"{run.variant.name}: {message}")


def _wait_for(lanes: list[Lane]) -> None:
    """Wait until a lane may have something to say."""
    descriptors = [lane.descriptor for lane in lanes if lane.descriptor is not None]
    if descriptors:
        wait(descriptors, _LOOK_EVERY)
    else:
        time.sleep(_WITHOUT_PIPES)


@contextmanager
def _closing_all(lanes: list[Lane]) -> Iterator[None]:
    try:
        yield
    finally:
        for lane in lanes:
            lane.hang_up()
        for lane in lanes:
            lane.close()
