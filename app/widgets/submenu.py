"""A menu within a menu."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from app.panel import Look, Themed


class SubMenu(Themed, QMenu):
    """It is called what its actions' rows say, in the language in use."""

    def __init__(self, look: Look, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.follow(look)
        self.bind_text(self.setTitle, title)
