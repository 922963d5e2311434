"""Finished runs of experiments on disk: what has been played once is not played again.

A run is named by its config and by everything else that decides its numbers: the sources of the algorithm and the
versions of what it computes with. So an edit of the algorithm finds no run of the one before.
"""

from __future__ import annotations

import hashlib
import json
import logging
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import core.policy_gradient
from core.decode import DecodeError, decode
from core.json_text import to_json, write_json
from core.paths import data_folder
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.experiments.record import RunRecord

MOST_KEPT: Final = 5000
"""Runs that are kept; beyond, the oldest go. Twenty seeds of six variants are 120."""

_LIBRARIES: Final = ("torch", "gymnasium", "numpy")
_log = logging.getLogger(__name__)


def runs_folder() -> Path:
    """Return where the program keeps the runs of its experiments. It need not exist."""
    return data_folder() / "experiments"


def find_run(folder: Path, task: str, config: TrainConfig) -> RunRecord | None:
    """Return the run that was kept in ``folder``; None if there is none that can be read."""
    file = folder / _name(task, config)
    try:
        return decode(RunRecord, json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, DecodeError) as error:
        _log.warning("The run kept in %s can't be read and is played again: %s", file, error)
        return None


def keep_run(folder: Path, task: str, config: TrainConfig, record: RunRecord) -> None:
    """Keep a finished run; where the disk has no room for it, the log says so, and the experiment goes on."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_json(folder / _name(task, config), asdict(record))
    except OSError as error:
        _log.warning("A finished run can't be kept in %s: %s", folder, error)


def let_oldest_go(folder: Path) -> None:
    """Remove the oldest runs beyond ``MOST_KEPT``."""
    with suppress(OSError):  # another process may tidy up at the same moment; there will be a next time
        files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
        for file in files[:-MOST_KEPT]:
            file.unlink(missing_ok=True)


def _name(task: str, config: TrainConfig) -> str:
    described = to_json({"task": task, "config": config.to_dict(), "made by": fingerprint()}, indent=None)
    return hashlib.sha256(described.encode()).hexdigest()[:32] + ".json"


@cache
def fingerprint() -> str:
    """Return what names the algorithm that plays here: its sources, and the versions of its libraries."""
    digest = hashlib.sha256()
    root = Path(core.policy_gradient.__path__[0])
    for file in sorted(root.rglob("*.py")):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}".encode())
    return digest.hexdigest()
