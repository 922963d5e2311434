"""A page's stage: its content, or in the same place a sentence that says what is missing."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.panel import Look
from app.widgets.empty_state import EmptyState


class Stage(QStackedWidget):
    """Content and empty state, one of them seen.

    Attributes:
        content: what is shown when there is something to show.
        empty: what is said when there is not; its button is the page's to connect.
    """

    def __init__(self, look: Look, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content, self.empty = content, EmptyState(look)
        self.addWidget(content)
        self.addWidget(self.empty)

    @property
    def has_content(self) -> bool:
        """Whether the content is seen."""
        return self.currentWidget() is self.content

    def show_content(self) -> None:
        """Show the content."""
        self.setCurrentWidget(self.content)

    def say(self, reason: str, detail: str = "", button: str = "", *, parts: tuple[int, int] | None = None) -> None:
        """Say ``reason`` instead; the rest is as :meth:`EmptyState.show_reason` has it."""
        self.empty.show_reason(reason, detail, button, parts=parts)
        self.setCurrentWidget(self.empty)
