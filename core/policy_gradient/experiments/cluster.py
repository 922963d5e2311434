"""An experiment played on a Dask cluster, through joblib: for those who have outgrown one machine."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Final

from core.language import _
from core.one_line import reason_of
from core.policy_gradient.experiments.kept import find_run, keep_run
from core.policy_gradient.experiments.record import RunRecord
from core.policy_gradient.experiments.run import StudyProgress
from core.policy_gradient.experiments.schedule import PlannedRun, Schedule, StudyError
from core.policy_gradient.experiments.variants import PLAY
from core.runtime.inline import payloads_and_result

_PATIENCE: Final = "10s"
"""How long the scheduler may take to answer."""


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
    try:
        import joblib
        from distributed import Client
    except ImportError as error:
        message = _("A cluster needs more packages ({reason}). Install them: pip install 'yaya-lab[cluster]'")
        raise StudyError(message.format(reason=error)) from error
    missing: list[PlannedRun] = []
    while (run := schedule.next()) is not None:
        found = None if folder is None else find_run(folder, run.variant.task, run.config)
        if found is None or (run.measured and found.noise is None and run.variant.task == PLAY):
            missing.append(run)
        else:
            schedule.finished(run, found)
            yield StudyProgress(run, found)
    if not missing:
        return
    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        message = _("The cluster at {address} can't be reached: {reason}")
        raise StudyError(message.format(address=address, reason=reason_of(error))) from error
    try:
        with closing(client), joblib.parallel_config(backend="dask"):
            jobs = (joblib.delayed(_play)(number, run) for number, run in enumerate(missing))
            for number, record in joblib.Parallel(return_as="generator_unordered")(jobs):
                run = missing[number]
                if folder is not None:
                    keep_run(folder, run.variant.task, run.config, record)
                schedule.finished(run, record)
                yield StudyProgress(run, record)
    except Exception as error:  # whatever a worker of the cluster raised arrives as it is
        raise StudyError(_("A run failed on the cluster: {reason}").format(reason=reason_of(error))) from error


def _play(number: int, run: PlannedRun) -> tuple[int, RunRecord]:
    """Play ``run`` to its end, on the cluster; ``number`` says which it was."""
    running = payloads_and_result(run.job(None).open())
    while True:
        try:
            next(running)
        except StopIteration as stop:
            return number, stop.value
