"""The shelf on the disk: finished runs, each in a folder of its own, as many as have room.

What makes room is told, and what can't be read (it is damaged, or of a newer version) is told and left alone.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Final

from core.one_line import system_reason
from core.policy_gradient.errors import RunFolderError
from core.policy_gradient.runs.config_file import CONFIG, is_run
from core.policy_gradient.runs.folder import load_run, read_config, save_run
from core.policy_gradient.runs.history import RunHistory
from core.policy_gradient.runs.kept_runs import KeptRun, RunLetGo, RunNotOpened, run_key

MOST_RUNS: Final = 20
"""Runs that are kept."""
MOST_BYTES: Final = 192 * 2**20
"""Bytes that they take together."""


def keeping(folder: Path, run: RunHistory) -> Generator[RunLetGo, None, None]:
    """Keep a run, and let the oldest go where there is no room for all; as a task of a worker.

    Yields:
        Each run that has made room.

    Raises:
        RunFolderError: it can't be written.
    """
    name = run_key(run)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunFolderError(f"{folder}: {system_reason(error)}") from error
    save_run(folder / name, run)
    kept = _oldest_first(folder)
    sizes = {path: _size_of(path) for path in kept}
    for path in kept:
        if len(sizes) <= MOST_RUNS and sum(sizes.values()) <= MOST_BYTES:
            return
        if path.name == name:
            continue
        try:
            config = read_config(path)
        except RunFolderError:  # of a newer version, perhaps: that is for somebody else to judge
            continue
        shutil.rmtree(path, ignore_errors=True)
        del sizes[path]
        yield RunLetGo(config)


def reading(folder: Path) -> Generator[KeptRun | RunNotOpened, None, None]:
    """Read the runs that are kept, the oldest first; as a task of a worker.

    Yields:
        Each run, or why it can't be opened.
    """
    for path in _oldest_first(folder):
        try:
            yield KeptRun(load_run(path))
        except RunFolderError as error:
            yield RunNotOpened(str(error))


def _oldest_first(folder: Path) -> list[Path]:
    found: list[tuple[float, Path]] = []
    with suppress(OSError):  # another window may tidy up at the same moment
        runs = [path for path in folder.iterdir() if is_run(path) and not path.name.startswith(".")]
        found = [((path / CONFIG).stat().st_mtime, path) for path in runs]
    return [path for _written, path in sorted(found)]


def _size_of(path: Path) -> int:
    total = 0
    with suppress(OSError):
        for file in path.iterdir():
            total += file.stat().st_size
    return total
