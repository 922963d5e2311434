"""What is said of the runs that are kept from one start to the next, and where they lie. Knows no file's inside."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from core.json_text import to_json
from core.paths import data_folder
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.runs.history import RunHistory
from core.runtime.events import Payload


@dataclass(frozen=True, slots=True)
class KeptRun(Payload):
    """A run that was found on the shelf.

    Attributes:
        run: all of it.
    """

    run: RunHistory


@dataclass(frozen=True, slots=True)
class RunNotOpened(Payload):
    """A run on the shelf that can't be read; it stays where it is.

    Attributes:
        reason: why, for the person at the screen.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class RunLetGo(Payload):
    """The oldest run on the shelf has made room for another.

    Attributes:
        config: what it began with.
    """

    config: TrainConfig


def shelf_folder() -> Path:
    """Return where the program keeps finished runs. It need not exist."""
    return data_folder() / "runs"


def has_runs(folder: Path) -> bool:
    """Return whether there may be a run to read."""
    with suppress(OSError):
        return any(folder.iterdir())
    return False


def run_key(run: RunHistory) -> str:
    """Return what names a run: all that settles it, so that the same run played again has the same."""
    settled = to_json({"config": run.config.to_dict(), "learning_rates": run.learning_rates}, indent=None)
    return hashlib.sha256(settled.encode()).hexdigest()[:16]
