"""What a person can do with the document in front: rows of the table of actions."""

from __future__ import annotations

from typing import Final

from app.action import WINDOW, ActionSpec
from core.language import N_

ROWS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec("document_new", N_("New"), ("Ctrl+N",), WINDOW, "file", "plus", group="document"),
    ActionSpec("document_open", N_("Open…"), ("Ctrl+O",), WINDOW, "file", "folder", group="document"),
    ActionSpec("document_save", N_("Save"), ("Ctrl+S",), WINDOW, "file", "save", group="document"),
    ActionSpec("document_save_as", N_("Save as…"), ("Ctrl+Shift+S",), WINDOW, "file", group="document"),
)
