"""A line to type in with a button that empties it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from app.panel import Look, Themed
from core.language import N_


class ClearableEdit(Themed, QLineEdit):
    """A line to type in. The button that Qt puts into it has a name here, for those who do not see its cross."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.follow(look)
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QToolButton):
            self.bind_text(button.setAccessibleName, N_("Clear"))
