"""A run as one folder: what a person reads as JSON and CSV, the steps as plain arrays, the weights as safetensors.

Opening one runs no code, and believes nothing: every file is checked, and what does not fit is refused in one sentence.
"""

from __future__ import annotations

import errno
import json
import platform
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save

from core.decode import DecodeError, decode
from core.files import is_folder
from core.folders import check_folder_replaceable, replacing_folder
from core.json_text import to_json
from core.language import _
from core.one_line import DamagedError, damage_of, system_reason
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import ConfigError, RunFolderError
from core.policy_gradient.events import Solved
from core.policy_gradient.place import Place
from core.policy_gradient.runs import episodes_file, tables
from core.policy_gradient.runs.config_file import CONFIG, PROGRESS, is_run
from core.policy_gradient.runs.config_file import RUN_FORMAT as FORMAT
from core.policy_gradient.runs.history import Ending, RunHistory
from core.runtime.events import Payload

if TYPE_CHECKING:
    from core.policy_gradient.policy import PolicyNetwork

VERSION: Final = 1
EPISODES, UPDATES, EVALUATIONS = "episodes.csv", "updates.csv", "evaluations.csv"
STEPS, WEIGHTS, BEST, LAST = "episodes.npz", "weights.safetensors", "best.safetensors", "last.safetensors"
NAMES: Final = (CONFIG, PROGRESS, EPISODES, UPDATES, EVALUATIONS, STEPS, WEIGHTS, BEST, LAST)
"""All files of a run's folder. Only the first two must be there."""

_MOST_JSON: Final = 2**20
_Read = TypeVar("_Read")


def check_run_place(path: Path) -> None:
    """See, before a long run, that it can be saved at ``path``: there is nothing, or an older run.

    Raises:
        RunFolderError: not so.
    """
    with _told(path, _("The run can't be saved in {path}: {reason}. Choose another place.")):
        check_folder_replaceable(path, NAMES)
        _check_is_run(path)


def _check_is_run(path: Path) -> None:
    """See that what a folder holds is a run: files of other programs may be called alike.

    Raises:
        OSError: it holds something else.
    """
    if not is_folder(path) or not any(path.iterdir()):
        return
    try:
        is_ours = _json(path / CONFIG).get("format") == FORMAT
    except (OSError, ValueError, RecursionError):
        is_ours = False
    if not is_ours:
        raise FileExistsError(errno.EEXIST, _("the folder holds files of these names that are of no run"), str(path))


def save_run(
    path: Path, run: RunHistory, *, best: PolicyNetwork | None = None, last: PolicyNetwork | None = None
) -> None:
    """Write a run as a folder. An older run of this name is replaced at once, or stays.

    Args:
        path: the folder.
        run: the run.
        best: the policy with the best greedy score.
        last: the policy as it is now.

    Raises:
        RunFolderError: it can't be written, or the folder holds something else than a run.
    """
    with (
        _told(path, _("The run can't be saved in {path}: {reason}. Choose another place.")),
        replacing_folder(path, NAMES) as folder,
    ):
        _check_is_run(path)
        _write_json(folder / CONFIG, _header(run.config))
        _write_json(folder / PROGRESS, _progress(run))
        tables.write_episodes(folder / EPISODES, run.episodes)
        tables.write_updates(folder / UPDATES, run.updates)
        tables.write_evaluations(folder / EVALUATIONS, run.evaluations)
        records = [episode.record for episode in run.episodes if episode.record is not None]
        episodes_file.write_records(folder / STEPS, records)
        _write_weights(folder / WEIGHTS, run)
        for name, policy in ((BEST, best), (LAST, last)):
            if policy is not None:
                from core.policy_gradient.checkpoint import save_checkpoint  # needs torch

                save_checkpoint(folder / name, policy, run.config)


def load_run(path: Path) -> RunHistory:
    """Read a run.

    Raises:
        RunFolderError: there is none, it is of a newer version, or damaged.
    """
    header = _read_header(path)
    with _damaged(path, CONFIG):
        config = TrainConfig.from_dict(header["config"])
    run = RunHistory(config)
    with _damaged(path, PROGRESS):
        progress = _json(path / PROGRESS)
        place = decode(Place, progress["place"])
        run.ending = _ending(progress["ending"])
        run.env_steps = place.env_steps
        run.learning_rates = [(int(update), float(rate)) for update, rate in progress["learning_rates"]]
        run.solved = None if progress["solved"] is None else decode(Solved, progress["solved"])
    run.episodes = _read(path, EPISODES, tables.read_episodes) or []
    run.updates = _read(path, UPDATES, tables.read_updates) or []
    run.evaluations = _read(path, EVALUATIONS, tables.read_evaluations) or []
    _check_numbers(path, EPISODES, [episode.episode for episode in run.episodes])
    _check_numbers(path, UPDATES, [update.update for update in run.updates])
    with _damaged(path, PROGRESS):
        if run.place != place:
            raise DamagedError(_("its place is not the one that the tables come to"))
    _add_records(path, run)
    _add_weights(path, run)
    return run


def read_config(path: Path) -> TrainConfig:
    """Return the config of a run, and nothing else.

    Raises:
        RunFolderError: see ``load_run``.
    """
    header = _read_header(path)
    with _damaged(path, CONFIG):
        return TrainConfig.from_dict(header["config"])


def load_policy(path: Path, name: str = BEST) -> PolicyNetwork:
    """Read one of the policies of a run.

    Raises:
        RunFolderError: the run was saved without it, or it belongs to another environment.
        CheckpointError: it is damaged.
    """
    from core.policy_gradient.checkpoint import load_checkpoint  # needs torch

    config = read_config(path)
    if not (path / name).is_file():
        message = _("The run {path} was saved without weights.")
        raise RunFolderError(message.format(path=path))
    checkpoint = load_checkpoint(path / name)
    if checkpoint.config.environment != config.environment:
        message = _("The weights in {file} were trained in {other}, and the run in {path} plays {env_id}.")
        raise RunFolderError(message.format(file=name, other=checkpoint.config.env_id, path=path, env_id=config.env_id))
    return checkpoint.policy


def opening(path: Path) -> Generator[Payload, None, RunHistory]:
    """Read a run, as a task of a worker; see ``load_run``."""
    yield from ()
    return load_run(path)


def saving(path: Path, run: RunHistory) -> Generator[Payload, None, None]:
    """Save a run with the policies that its weights make, as a task of a worker; see ``save_run``."""
    from core.policy_gradient.runs.policies import policy_after  # needs torch

    yield from ()
    best = run.best
    save_run(
        path,
        run,
        best=None if best is None else policy_after(run, best.update),
        last=policy_after(run, len(run.updates)),
    )


def _header(config: TrainConfig) -> dict[str, Any]:
    versions = {package: version(package) for package in ("torch", "gymnasium", "numpy")}
    return {
        "format": FORMAT,
        "version": VERSION,
        "config": config.to_dict(),
        "versions": {"python": platform.python_version()} | versions,
    }


def _progress(run: RunHistory) -> dict[str, Any]:
    return {
        "ending": run.ending,
        "place": asdict(run.place),
        "learning_rates": [list(change) for change in run.learning_rates],
        "solved": None if run.solved is None else asdict(run.solved),
    }


def _write_json(path: Path, content: object) -> None:
    path.write_text(to_json(content) + "\n", encoding="utf-8")


def _write_weights(path: Path, run: RunHistory) -> None:
    """Write the weights before the first update and after each, (updates + 1, n), as far as they are known."""
    rows = []
    for update in range(len(run.updates) + 1):
        weights = run.weights(update)
        if weights is None:
            break
        rows.append(weights)
    if rows:
        path.write_bytes(save({"weights": np.stack(rows)}, metadata={"format": FORMAT}))


def _read_header(path: Path) -> dict[str, Any]:
    if not is_run(path):
        message = _("{path} is no saved run: a run is a folder with {file} in it.")
        raise RunFolderError(message.format(path=path, file=CONFIG))
    with _damaged(path, CONFIG):
        header = _json(path / CONFIG)
        given = header.get("format"), header.get("version")
    if given[0] != FORMAT or not isinstance(given[1], int):
        raise RunFolderError(_("{path} was not written by this program.").format(path=path))
    if given[1] > VERSION:
        message = _("The run {path} was saved by a newer version of this program: install that to open it.")
        raise RunFolderError(message.format(path=path))
    return header


def _json(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _MOST_JSON:
        raise DamagedError(_("it is far too large"))
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise DamagedError(_("it is no object"))
    return content


def _ending(value: object) -> Ending:
    for ending in get_args(Ending):
        if ending == value:
            return ending  # type: ignore[no-any-return]
    raise ValueError(value)


def _read(path: Path, name: str, reader: Callable[[Path], _Read]) -> _Read | None:
    """Return what ``reader`` makes of a file of the run; None where there is none."""
    if not (path / name).is_file():
        return None
    with _damaged(path, name):
        return reader(path / name)


def _check_numbers(path: Path, name: str, numbers: list[int]) -> None:
    """See that a table counts its rows from 1: what was kept of an episode is found by its number."""
    with _damaged(path, name):
        if numbers != list(range(1, len(numbers) + 1)):
            raise DamagedError(_("its rows are not numbered from 1"))


def _add_records(path: Path, run: RunHistory) -> None:
    """Give the episodes their records.

    Raises:
        RunFolderError: they belong to other episodes, or to another environment.
    """
    records = _read(path, STEPS, episodes_file.read_records) or []
    with _damaged(path, STEPS):
        for record in records:
            if not 1 <= record.episode <= len(run.episodes):
                raise DamagedError(_("there is no episode {n}").format(n=record.episode))
            episode = run.episodes[record.episode - 1]
            if record.duration != episode.duration:
                words = _("episode {n} has {steps} steps, not {others}")
                raise DamagedError(words.format(n=record.episode, steps=record.duration, others=episode.duration))
            run.episodes[record.episode - 1] = replace(episode, record=record)


def _add_weights(path: Path, run: RunHistory) -> None:
    """Give the updates their weights.

    Raises:
        RunFolderError: there are more than updates.
    """
    loaded = _read(path, WEIGHTS, load_file)
    if loaded is None:
        return
    with _damaged(path, WEIGHTS):
        weights = loaded["weights"]
        if weights.dtype != np.float32 or weights.ndim != 2 or not 1 <= len(weights) <= len(run.updates) + 1:
            raise DamagedError(
                _("{name} is {kind} {shape}").format(name="weights", kind=weights.dtype, shape=weights.shape)
            )
    run.first_weights = weights[0]
    for update in range(1, len(weights)):
        run.updates[update - 1] = replace(run.updates[update - 1], weights=weights[update])


@contextmanager
def _told(path: Path, words: str) -> Iterator[None]:
    """Turn the system's error into one of ours."""
    try:
        yield
    except OSError as error:
        reason = system_reason(error).rstrip(".")
        raise RunFolderError(words.format(path=path, reason=reason)) from error


@contextmanager
def _damaged(path: Path, name: str) -> Iterator[None]:
    """Turn whatever is wrong with one file of a run into one sentence that names it."""
    try:
        yield
    except ConfigError as error:
        raise RunFolderError(
            _("The run {path} can't be opened ({file}): {reason}").format(path=path, file=name, reason=error)
        ) from error
    except (DecodeError, KeyError, ValueError, TypeError, OSError, OverflowError, MemoryError, RecursionError,
            SafetensorError) as error:  # fmt: skip
        message = _("The run {path} is damaged ({file}): {reason}")
        raise RunFolderError(message.format(path=path, file=name, reason=damage_of(error))) from error
