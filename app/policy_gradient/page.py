"""What the policy gradient tab asks of a page."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from app.actions import Actions
from app.explain.links import SymbolLinks
from app.page import Explanation
from app.panel import Look, Panel
from app.policy_gradient.exporting.saved_plot import SavedPlot


class PolicyPage(Panel):
    """One page: the stage between the column of hyperparameters and the transport bar. It fulfils ``app.page.Page``.

    Attributes:
        page_id: its name in settings, scenes and ``resources/explain``.
        symbol_links: which part of it stands for which symbol.

    Signals:
        symbol_pointed: id of the symbol under the mouse or the keyboard's mark; an empty text when none is.
        explanation_changed: ``explain`` returns something else now.
        message: kind and text of a message for the person at the screen.
        primary_changed: ``has_primary`` is something else now.
    """

    page_id: ClassVar[str]

    symbol_pointed = Signal(str)
    explanation_changed = Signal()
    message = Signal(str, object)
    primary_changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.symbol_links = SymbolLinks(look, self)
        self.symbol_links.pointed.connect(self.symbol_pointed)

    @property
    def has_primary(self) -> bool:
        """Whether the one thing to press next stands on the page itself, and not in the transport."""
        return False

    def connect_actions(self, actions: Actions) -> None:
        """Say what the actions of this page do; called once."""

    def opened(self) -> None:
        """It has come to the front: offer what can be done now."""

    def present(self, on: bool) -> None:
        """Enter or leave presentation."""

    def arrange(self, tab: QSize, width: int) -> None:
        """Follow the size: ``tab`` is the whole tab's, ``width`` what the hyperparameters leave of it."""

    @property
    def is_busy(self) -> bool:
        """Whether what it is to show is still being computed, or what a scene runs on it goes on; the run aside."""
        return False

    def perform(self, run: Mapping[str, Any]) -> None:
        """Begin what a scene runs on this page."""

    def hold(self) -> None:
        """Leave what a scene runs on this page where it is."""

    def saved_plot(self) -> SavedPlot | None:
        """Return its plot as it can be saved now; None while there is none."""
        return None

    @abstractmethod
    def explain(self) -> Explanation:
        """Return what the panel beside the page has to say now."""

    def light_symbol(self, symbol: str) -> None:
        """Light the part of the picture and the number that ``symbol`` stands for; none for an empty text."""
        self.symbol_links.light(symbol)

    @abstractmethod
    def save_state(self) -> dict[str, Any]:
        """Return everything that decides what the page shows, as plain JSON values."""

    @abstractmethod
    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Bring back what :meth:`save_state` saw; what cannot be used is left as it is, and nothing raises."""
