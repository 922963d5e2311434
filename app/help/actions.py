"""What helps: rows of the table of actions."""

from __future__ import annotations

from typing import Final

from app.action import WINDOW, ActionSpec
from core.language import N_

ROWS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec("keys", N_("Actions and keys…"), ("F1",), WINDOW, "help", "keyboard", group="find"),
    ActionSpec("explain", N_("Explain this page"), ("E",), WINDOW, "help", "book", checkable=True, group="read"),
    ActionSpec("guide", N_("Guide"), ("Shift+F1",), WINDOW, "help", "help", group="read"),
    ActionSpec("outline", N_("The articles, section by section"), (), WINDOW, "help", "table", group="read"),
    ActionSpec("glossary", N_("Glossary"), (), WINDOW, "help", "search", group="read"),
    ActionSpec("welcome", N_("Welcome"), (), WINDOW, "help", "duck", group="read"),
    ActionSpec("messages", N_("Messages"), ("Ctrl+Shift+M",), WINDOW, "help", "history", group="read"),
    ActionSpec("about", N_("About Yaya Lab"), (), WINDOW, "help", "info", group="about"),
)
