"""The calm bar at the foot of the window: what happened, and what to do next."""

from __future__ import annotations

import logging
from typing import Literal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.icons import IconName, coloured_icon, icon
from app.panel import Look, Panel
from app.style import mark
from app.theme import Theme
from core.language import N_

Kind = Literal["info", "success", "warning", "error"]

_ICONS: dict[Kind, IconName] = {"info": "info", "success": "check", "warning": "warning", "error": "error"}

log = logging.getLogger(__name__)


class MessageBar(Panel):
    """Shows one message at a time until it is closed or the next one comes. Hidden while there is none."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._kind: Kind = "info"
        self._frame = QFrame(self)
        self._picture = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self._frame)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._row = row
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self.say(self._close.setToolTip, N_("Close this message"))
        self.say(self._close.setAccessibleName, N_("Close this message"))
        self.restyle(look.theme.theme)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown; empty while nothing is."""
        return self._text.text() if not self.isHidden() else ""

    @Slot(str, str)
    def show_message(self, kind: Kind, text: str) -> None:
        """Show ``text``, one or two sentences, in place of whatever is shown."""
        log.log(logging.WARNING if kind in {"warning", "error"} else logging.INFO, "Said: %s", text)
        self._kind = kind
        self._text.setText(text)
        mark(self._frame, notice=kind)
        self._draw_icon(self.look.theme.theme)
        self.show()

    @Slot()
    def clear(self) -> None:
        """Take the message away."""
        self._text.clear()
        self.hide()

    def restyle(self, theme: Theme) -> None:
        """Follow theme and zoom."""
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.5), em(0.25), em(0.25), em(0.25))
        self._row.setSpacing(em(0.5))
        self._picture.setContentsMargins(0, em(0.25), 0, 0)
        self._text.setMinimumHeight(em(1.75))
        self._close.setIconSize(self.look.scale.icon_size(0.875))
        self._draw_icon(theme)

    def _draw_icon(self, theme: Theme) -> None:
        colours = theme.colours
        colour = {
            "info": colours.muted, "success": colours.yes, "warning": colours.warning, "error": colours.no,
        }[self._kind]  # fmt: skip
        picture = coloured_icon(_ICONS[self._kind], colour)
        self._picture.setPixmap(picture.pixmap(self.look.scale.icon_size(1.125), self.devicePixelRatioF()))
