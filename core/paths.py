"""Where things lie: what ships with the program, and what the user's machine keeps for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import platformdirs

RESOURCES: Final = Path(__file__).resolve().parents[1] / "resources"
"""Fonts, icons, translations: read only, beside the code."""

_HOME: Final = "YAYA_LAB_HOME"
"""Environment variable that moves settings, data and logs below one folder (tests, portable use)."""


def _user_folder(kind: str, default: str) -> Path:
    home = os.environ.get(_HOME)
    return Path(home) / kind if home else Path(default)


def settings_folder() -> Path:
    """Return the folder of the user's settings. It need not exist."""
    return _user_folder("settings", platformdirs.user_config_dir("yaya-lab", appauthor=False))


def data_folder() -> Path:
    """Return the folder of what the user made and what was computed for them. It need not exist."""
    return _user_folder("data", platformdirs.user_data_dir("yaya-lab", appauthor=False))


def log_folder() -> Path:
    """Return the folder of the log and of crash reports. It need not exist."""
    return _user_folder("log", platformdirs.user_log_dir("yaya-lab", appauthor=False))
