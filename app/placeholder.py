"""A tab whose subject is not in this version: it says so, plainly."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.actions import Context
from app.icons import IconName, coloured_icon
from app.panel import Look
from app.style import mark
from app.tab import Tab
from app.theme import Theme


class Placeholder(Tab):
    """Names the subject, says that it is not there yet, and where to go instead."""

    def __init__(
        self,
        look: Look,
        *,
        context: Context,
        picture: IconName,
        title: str,
        text: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self.context = context
        self._icon: IconName = picture
        self._picture = QLabel()
        heading = QLabel()
        mark(heading, kind="title")
        body = QLabel()
        body.setWordWrap(True)
        mark(body, kind="muted")
        layout = QVBoxLayout(self)
        layout.addStretch()
        for label in (self._picture, heading, body):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        layout.addStretch()
        self.say(heading.setText, title)
        self.say(body.setText, text)
        self.restyle(look.theme.theme)

    def restyle(self, theme: Theme) -> None:
        """Follow theme and zoom."""
        self._picture.setPixmap(
            coloured_icon(self._icon, theme.colours.muted).pixmap(
                self.look.scale.icon_size(4), self.devicePixelRatioF()
            )
        )
