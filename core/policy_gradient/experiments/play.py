"""One run of an experiment, as a task: played in this process, or found where an earlier one was kept.

The clock is the experiment's, which compares seconds; the training it measures knows none.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import replace
from multiprocessing import parent_process
from pathlib import Path
from pkgutil import resolve_name
from typing import Final

import psutil

from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import EnvironmentFailedError, EnvironmentRefusedError, PolicyGradientError
from core.policy_gradient.events import EpisodeFinished, Solved
from core.policy_gradient.experiments.kept import find_run, keep_run
from core.policy_gradient.experiments.record import RunProgress, RunRecord
from core.policy_gradient.experiments.variance import gradient_noise
from core.policy_gradient.experiments.variants import PLAY
from core.policy_gradient.train import Training
from core.runtime.events import Payload

SAY_EVERY: Final = 0.05
"""Seconds between two words about how far the run is."""
_NICE: Final = 10
"""How far the processes of an experiment stand back behind the window and the training that is watched."""


def play(config: TrainConfig) -> Generator[Payload, None, RunRecord]:
    """Play one run.

    Training that diverges is a result, too: the record says so, and holds the episodes before.

    Args:
        config: every hyperparameter, with the seed.

    Yields:
        ``RunProgress`` now and then.

    Raises:
        EnvironmentRefusedError: the environment can't be made or learned.
        EnvironmentFailedError: it failed while it was played.
    """
    training = Training(config)  # before the clock starts: what is loaded once a process is not learning
    begun = said = time.perf_counter()
    solved_seconds, error = None, ""
    try:
        for event in training:
            if isinstance(event, Solved):
                solved_seconds = time.perf_counter() - begun
            elif isinstance(event, EpisodeFinished) and time.perf_counter() > said + SAY_EVERY:
                said = time.perf_counter()
                yield RunProgress(event.episode, config.episodes)
    except (EnvironmentFailedError, EnvironmentRefusedError):
        raise
    except PolicyGradientError as diverged:
        error = str(diverged)
    finally:
        training.close()
    result = training.result()
    return RunRecord(
        config=config.to_dict(),
        durations=result.durations,
        returns=result.returns,
        solved_episode=result.solved_episode,
        solved_seconds=solved_seconds,
        seconds=time.perf_counter() - begun,
        threshold=result.rule.at,
        error=error,
    )


def play_or_find(
    player: str, config: TrainConfig, folder: Path | None, *, measured: bool = False, stands_back: bool = False
) -> Generator[Payload, None, RunRecord]:
    """Return the record of a run that was kept, or play the run and keep it.

    Args:
        player: what plays it, by text; called with ``config``.
        config: every hyperparameter, with the seed.
        folder: where runs are kept; None to keep none.
        measured: whether the noise of the gradient is measured, too; see ``gradient_noise``.
        stands_back: whether this process lets others go first from now on.

    Yields:
        What the run says.

    Raises:
        PolicyGradientError: it can't be played.
    """
    found = None if folder is None else find_run(folder, player, config)
    if found is not None and (found.noise is not None or not measured or player != PLAY):
        return found
    if stands_back:
        _stand_back()
    record: RunRecord = yield from resolve_name(player)(config)
    if measured and player == PLAY:
        record = replace(record, noise=gradient_noise(config))
    if folder is not None:
        keep_run(folder, player, config, record)
    return record


def _stand_back() -> None:
    """Let the window and the watched training go first. A process that is no one's child is not ours to slow down."""
    if parent_process() is not None:
        process = psutil.Process()
        of_windows: int | None = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", None)
        process.nice(max(_NICE, int(process.nice())) if of_windows is None else of_windows)
