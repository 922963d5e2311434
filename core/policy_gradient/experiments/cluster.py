"""An experiment played on a Dask cluster, through joblib: for those who have outgrown one machine."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from core.policy_gradient.experiments.kept import find_run, keep_run
from core.policy_gradient.experiments.record import RunRecord
from core.policy_gradient.experiments.run import StudyProgress
from core.policy_gradient.experiments.schedule import PlannedRun, Schedule, StudyError
from core.policy_gradient.experiments.variants import PLAY
from core.runtime.cluster import ClusterError, spread
from core.runtime.inline import payloads_and_result


def run_on_cluster(schedule: Schedule, address: str, *, folder: Path | None) -> Generator[StudyProgress, None, None]:
    """Play every run of a schedule on the workers of a cluster, which must have this program and its libraries.

    Dask itself plays a run again whose worker is lost. Runs are kept here, not on the cluster.

    Args:
        schedule: what is played; it holds the records in the end.
        address: of the scheduler, such as ``tcp://10.0.0.1:8786``.
        folder: where finished runs are kept on this machine; None to keep none.

    Yields:
        How far it is, whenever a run is over.

    Raises:
        StudyError: the cluster can't be reached, or a run can't be played there.
    """
    missing: list[PlannedRun] = []
    while (run := schedule.next()) is not None:
        found = None if folder is None else find_run(folder, run.variant.task, run.config)
        if found is None or (run.measured and found.noise is None and run.variant.task == PLAY):
            missing.append(run)
        else:
            schedule.finished(run, found)
            yield StudyProgress(run, found)
    try:
        for number, record in spread(_play, missing, cluster=address):
            run = missing[number]
            if folder is not None:
                keep_run(folder, run.variant.task, run.config, record)
            schedule.finished(run, record)
            yield StudyProgress(run, record)
    except ClusterError as error:
        raise StudyError(str(error)) from error


def _play(run: PlannedRun) -> RunRecord:
    """Play ``run`` to its end, on the cluster."""
    running = payloads_and_result(run.job(None).open())
    while True:
        try:
            next(running)
        except StopIteration as stop:
            record: RunRecord = stop.value
            return record
