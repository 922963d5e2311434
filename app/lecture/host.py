"""What a lecture asks of the window."""

from __future__ import annotations

from typing import Protocol

from app.actions import Actions
from app.documents.documents import Documents
from app.panel import Look
from app.tab import Tab
from app.widgets.messages.bar import MessageBar


class Host(Protocol):
    """The window, as far as lectures know it.

    Attributes:
        look: colours and sizes.
        messages: where something is said to the person at the screen.
        actions_table: what can be done, and what is switched on.
    """

    look: Look
    messages: MessageBar
    actions_table: Actions

    @property
    def open_tab(self) -> Tab:
        """The tab in front."""
        ...

    @property
    def documents(self) -> Documents:
        """The File menu's verbs, and what is asked before something takes the place of what was typed."""
        ...

    def tab(self, tab_id: str) -> Tab:
        """Return a tab."""
        ...

    def open(self, tab_id: str) -> None:
        """Bring a tab to the front."""
        ...

    def cover(self, colour: str) -> None:
        """Cover the window with one colour until the next key."""
        ...
