"""A run's config out of a file or a saved run, to repeat the run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from core.decode import DecodeError, decode
from core.files import check_plain, is_file, is_folder, read_whole
from core.language import _
from core.one_line import damage_of, system_reason
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import ConfigError
from core.policy_gradient.place import ReturnTo

_MOST_BYTES: Final = 64 << 20
OPTION: Final = "config"
"""How it is asked for."""
CONFIG: Final = "config.json"
"""The file of a run's folder that says how it began."""
RUN_FORMAT: Final = "yaya-lab run"
"""What that file calls itself."""
POLICY_FORMAT: Final = "yaya-lab policy 1"
"""What a checkpoint calls itself, in the header of its file."""
PROGRESS: Final = "progress.json"
"""The one that says how far it came, and what was changed by hand on the way."""


def is_run(path: Path) -> bool:
    """Return whether ``path`` looks like the folder of a saved run."""
    return is_file(path / CONFIG)


def read_config(path: Path) -> TrainConfig:
    """Return the config in a file: what ``train --json`` wrote, or a config alone; or that of a saved run.

    Args:
        path: the file, or the run's folder.

    Raises:
        ConfigError: there is no such file, it holds no config, or one that is not allowed.
    """
    if is_folder(path):
        path /= CONFIG
    content = _content(path)
    values = content.get("config", content)
    if not isinstance(values, dict) or not values:
        raise ConfigError(OPTION, _("{path} holds no config of a run.").format(path=path))
    try:
        return TrainConfig.from_dict(values)
    except ConfigError as error:
        raise ConfigError(OPTION, f"{path}: {error}") from error


def changes_of(path: Path) -> ReturnTo | None:
    """Return where the learning rate was changed by hand in the run that a file is of; None where it was not.

    Args:
        path: the file, or the run's folder.

    Raises:
        ConfigError: it can't be read, or says something else.
    """
    is_run = is_folder(path)
    content = _content(path / PROGRESS if is_run else path)
    try:
        changes = decode(ReturnTo, {"place": {}, "learning_rates": content.get("learning_rates", [])})
    except DecodeError as error:
        message = _("{path} does not say where the learning rate was changed: {reason}")
        raise ConfigError(OPTION, message.format(path=path, reason=damage_of(error))) from error
    return changes if changes.learning_rates else None


def _content(path: Path) -> dict[str, Any]:
    try:
        check_plain(path)  # it is read twice: for the config, and for what was changed by hand
        content = json.loads(read_whole(path, _MOST_BYTES).decode())
    except OSError as error:
        message = _("{path} can't be read ({reason}).")
        raise ConfigError(OPTION, message.format(path=path, reason=system_reason(error))) from error
    except (ValueError, RecursionError) as error:  # no JSON, no text
        message = _("{path} is no JSON file: {reason}")
        raise ConfigError(OPTION, message.format(path=path, reason=damage_of(error))) from error
    return content if isinstance(content, dict) else {}
