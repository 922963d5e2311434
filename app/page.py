"""What every page of every tab promises, so that it can be explained beside its stage and brought back by a scene.

A page is what stands on the stage of a tab: the live training, a view of the attention tab, the card. Some pages are
widgets, some are objects that own one; so this is a protocol, not a base class.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from PySide6.QtCore import SignalInstance


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the panel beside a page has to say now.

    Attributes:
        page: whose text in ``resources/explain`` is shown.
        values: the number, or the few words, that each symbol stands for on the page now, by the symbol's id and
            already written for a person; a symbol without one is left out.
    """

    page: str
    values: Mapping[str, str] = field(default_factory=dict)


class Page(Protocol):
    """One page.

    Attributes:
        page_id: its name in settings, scenes and ``resources/explain``: the tab's, a dot, its own, as in
            ``"synonyms.card"``.
        symbol_pointed: signal with the id of the symbol whose number or part of the picture is under the mouse or
            the keyboard's mark; with an empty text when none is.
        explanation_changed: signal: :meth:`explain` returns something else now.
    """

    @property
    def page_id(self) -> str:
        """Its name in settings, scenes and texts."""
        ...

    @property
    def symbol_pointed(self) -> SignalInstance:
        """Emitted with a symbol's id, or an empty text."""
        ...

    @property
    def explanation_changed(self) -> SignalInstance:
        """Emitted without anything."""
        ...

    def explain(self) -> Explanation:
        """Return what the panel beside the page has to say now."""
        ...

    def light_symbol(self, symbol: str) -> None:
        """Light the part of the picture and the number that ``symbol`` stands for; none for an empty text."""
        ...

    def save_state(self) -> dict[str, Any]:
        """Return everything that decides what the page shows, as plain JSON values."""
        ...

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Bring back exactly what :meth:`save_state` saw.

        What this version cannot use of ``state`` (it may come from a file, and from another version) is left as it
        is; nothing raises.
        """
        ...
