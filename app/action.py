"""What one row of the table of actions says. The rows stand with what they act on: each tab has its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from app.icons import IconName

Context = str
"""Where an action is offered: ``"window"`` is everywhere; a tab's id, such as ``"synonyms"``, is while it is open;
a page's id, such as ``"synonyms.card"``, is while that page is in front."""

WINDOW: Final = "window"
PRESENTING: Final = "presenting"
"""Offered in every tab while the window presents, and then before whatever else has the same key."""
LECTURE: Final = "lecture"
"""Offered while a lecture is open and not being given, and then before whatever else has the same key."""
LECTURING: Final = "lecturing"
"""Offered while a lecture is being given, and then before whatever else has the same key."""


def is_offered(spec_context: Context, context: Context) -> bool:
    """Return whether what belongs to ``spec_context`` is offered where one is: in ``context``, a page's or a tab's."""
    return spec_context in {WINDOW, context} or context.startswith(f"{spec_context}.")


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
        submenu: what the menu within that menu is called which it stands in; empty for none.
        is_choice: exactly one of its group is on, and the menu shows which.
        but_not: pages within the context where it is not offered, since its key means something else there.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    context: Context
    menu: Literal["file", "run", "view", "lecture", "help"]
    icon: IconName | None = None
    checkable: bool = False
    group: str = ""
    yields: bool = False
    repeats: bool = False
    submenu: str = ""
    is_choice: bool = False
    but_not: tuple[Context, ...] = ()

    def is_offered_in(self, context: Context) -> bool:
        """Return whether it is offered in ``context``, a page's or a tab's."""
        return is_offered(self.context, context) and context not in self.but_not
