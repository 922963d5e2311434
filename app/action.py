"""What one row of the table of actions says. The rows stand with what they act on: each tab has its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.icons import IconName

Context = Literal["window", "policy_gradient", "attention", "synonyms"]
"""Where an action is offered: everywhere, or while one tab is open."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing a person can do.

    Attributes:
        id: its name in the program.
        text: what the menu calls it.
        keys: its keys, as ``QKeySequence`` writes them; the first is shown.
        context: where it is offered.
        menu: the menu it stands in.
        icon: its drawing, if it has one.
        checkable: whether it is on or off.
        group: actions of one group exclude each other; a line parts groups in the menu.
        yields: whether what has the focus may use the keys first; the window hears them when it does not.
        repeats: whether it goes on while its key is held.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    context: Context
    menu: Literal["file", "run", "view", "help"]
    icon: IconName | None = None
    checkable: bool = False
    group: str = ""
    yields: bool = False
    repeats: bool = False
