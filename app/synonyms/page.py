"""What every page of the synonyms tab has: a stage, a sidebar, perhaps a status bar, and the promises of a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractSlider, QScrollBar, QWidget

from app.actions import Actions
from app.documents.file_kind import FileKind
from app.explain.links import SymbolLinks
from app.page import Explanation
from app.panel import Look, Panel


class SynonymsPage(Panel):
    """One page; itself the stage. It is made with the tab's ``Workspace``, and keeps what ``app.page.Page`` promises.

    Attributes:
        page_id: its name; also the context of its actions.
        sidebar: what stands beside the stage.
        status_bar: what stands below it; None for nothing.
        scroll_bar: what a clicker turns; None for nothing.
        opens: what it opens that is dropped onto the window.
        symbol_links: which part of it stands for which symbol.

    Signals:
        symbol_pointed: id of the symbol whose number is pointed at; empty for none.
        explanation_changed: :meth:`explain` returns something else now.
        message: kind and text of a message for the person at the screen.
        message_withdrawn: a message that is no longer so.
        page_wanted: id of a page to bring to the front, and of the one that must be there now for that; empty for any.
    """

    page_id: str
    sidebar: QWidget
    status_bar: QWidget | None = None
    scroll_bar: QScrollBar | None = None
    opens: ClassVar[frozenset[FileKind]] = frozenset()

    symbol_pointed = Signal(str)
    explanation_changed = Signal()
    message = Signal(str, object)
    message_withdrawn = Signal(object)
    page_wanted = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.symbol_links = SymbolLinks(look, self)
        self.symbol_links.pointed.connect(self.symbol_pointed)

    @property
    def pressed_parts(self) -> tuple[QWidget, ...]:
        """What is pressed on it again and again, and no message covers."""
        return ()

    def connect_actions(self, actions: Actions) -> None:
        """Say what the page's actions do."""

    def open_file(self, address: str) -> None:
        """Open a file of a kind that it ``opens``, by its path or address."""

    def entered(self) -> None:
        """The page has come to the front."""

    def left(self) -> None:
        """Another page, or another tab, has come to the front."""

    @property
    def is_busy(self) -> bool:
        """Whether a scene of a lecture has to wait for what the page is to show."""
        return False

    def learn(self) -> None:
        """Let what the page asks learn, where it has yet to."""

    def hold(self) -> None:
        """Let nothing on the page move."""

    def turn(self, by: int) -> None:
        """Show what comes further down (1) or up (-1), where there is something that scrolls."""
        step = QAbstractSlider.SliderAction
        if self.scroll_bar is not None:
            self.scroll_bar.triggerAction(step.SliderPageStepAdd if by > 0 else step.SliderPageStepSub)

    def present(self, on: bool) -> None:
        """Enter or leave a presentation."""

    def take_focus(self) -> None:
        """Give the keyboard to what the page's keys are for."""
        self.setFocus()

    def save_settings(self) -> dict[str, Any]:
        """Return what the next start should find again, beside the tab's own values."""
        return {}

    def restore_settings(self, remembered: Mapping[str, Any]) -> None:
        """Take up what :meth:`save_settings` gave; the store is open, or waited for."""

    def explain(self) -> Explanation:
        """Return what the panel beside the page has to say now."""
        return Explanation(self.page_id)

    def light_symbol(self, symbol: str) -> None:
        """Light the part of the picture and the number that ``symbol`` stands for; none for an empty text."""
        self.symbol_links.light(symbol)

    def save_state(self) -> dict[str, Any]:
        """Return everything that decides what the page shows, as plain JSON values."""
        return {}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Bring back what :meth:`save_state` saw; what cannot be used is left as it is."""
