"""Copying: rows of the table of actions."""

from __future__ import annotations

from typing import Final

from app.action import WINDOW, ActionSpec
from core.language import N_

ROWS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec("copy", N_("Copy as text or numbers"), ("Ctrl+C",), WINDOW, "file", "copy", group="copy"),
    ActionSpec("copy_image", N_("Copy as image"), ("Ctrl+Shift+C",), WINDOW, "file", "picture", group="copy"),
)
