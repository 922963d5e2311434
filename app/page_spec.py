"""What is known of a page before it is built: enough for menus, keys and the buttons that bring it to the front."""

from __future__ import annotations

from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any

from app.icons import IconName


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page of a tab, as a row of the tab's table of pages.

    Attributes:
        id: its ``page_id``, such as ``"synonyms.card"``; also the context of the actions that are its own.
        action: id of the action that opens it.
        title: what it is called, marked with ``N_``.
        icon: its drawing.
        key: opens it.
        builder: its class, by text; loaded when the page is built.
    """

    id: str
    action: str
    title: str
    icon: IconName
    key: str
    builder: str

    @property
    def name(self) -> str:
        """Its name within its tab."""
        return self.id.rpartition(".")[2]

    def build(self, *arguments: Any) -> Any:
        """Import the page and make it; ``arguments`` are what its tab gives to each of its pages."""
        return resolve_name(self.builder)(*arguments)
