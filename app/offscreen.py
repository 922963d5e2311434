"""The program where nobody looks: Qt's platform without a display, with a screen of its own size and a home of its own.

Pictures are taken there, by the tour and of lectures: the person's settings are neither read nor changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.display import OFFSCREEN

PLATFORM: Final = "QT_QPA_PLATFORM"
SETTINGS_HOME: Final = "YAYA_LAB_HOME"
OFFSCREEN_SAYS: Final = frozenset({"This plugin does not support propagateSizeHints()"})
"""What Qt's platform without a display says at every new window; nothing is wrong."""


@contextmanager
def environment(name: str, value: str) -> Iterator[None]:
    """Have an environment variable be ``value``."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def offscreen(folder: Path, width: int, height: int) -> str:
    """Return the name of Qt's platform without a display, with a screen of the given size.

    Qt parts its arguments at colons, so a path with a drive letter must be given relative; where that can't be,
    the screen has the platform's usual size and only the picture of the presentation is smaller.
    """
    screen = {
        "name": "pictures", "x": 0, "y": 0, "width": width, "height": height,
        "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1,
    }  # fmt: skip
    path = folder / "screen.json"
    path.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return OFFSCREEN
    return OFFSCREEN if {":", ";"} & set(relative) else f"{OFFSCREEN}:configfile={relative}"
