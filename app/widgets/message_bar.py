"""The calm bar above the window's foot: what happened, and what to do next. It lies over the page and moves nothing."""

from __future__ import annotations

import logging
from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.icons import IconName, coloured_icon, icon
from app.panel import Look, Panel
from app.sentence import shorten
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import N_, _
from core.passwords import hide_passwords

Kind = Literal["info", "success", "warning", "error"]

_ICONS: dict[Kind, IconName] = {"info": "info", "success": "check", "warning": "warning", "error": "error"}
_UNTIL_READ: Final = frozenset({"warning", "error"})
_MOST_WAITING: Final = 20
_LONGEST: Final = 400
"""Characters: about three lines of a small window. The log has the whole text."""

_MOVED: Final = frozenset({QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide})
_STAYS: Final = 4000
_PER_CHARACTER: Final = 70
"""Milliseconds that an info or a success stays: to be noticed, and to be read (some 14 characters a second)."""
_WIDEST: Final = 56
"""Lines of text in width; wider lines are hard to read."""

log = logging.getLogger(__name__)


class MessageBar(Panel):
    """Shows the newest message over the foot of its parent. Hidden while there is none.

    Warnings and errors stay until they are closed, and wait behind a newer message until they have been closed too. An
    info or a success leaves once it could be read, with another tab at the latest, and stays while the pointer is on
    it.
    """

    def __init__(self, look: Look, parent: QWidget, *, stays: int = _STAYS) -> None:
        """Lie over ``parent``, which loses no room by it.

        Args:
            look: colours and sizes.
            parent: what it lies over.
            stays: milliseconds that an info or a success stays, beside those it takes to read it.
        """
        super().__init__(look, parent)
        self._over = parent
        self._stays = stays
        self._foot: QWidget | None = None
        self._is_reticent = False
        self._leaving = QTimer(self, singleShot=True)
        self._leaving.timeout.connect(self.dismiss)
        parent.installEventFilter(self)
        self._messages: list[tuple[Kind, object]] = []
        self._frame = QFrame(self)
        self._picture = PlainLabel()
        self._text = PlainLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)  # an error may quote anything, even markup
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._more = PlainLabel()
        set_style(self._more, kind="muted")
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self._frame)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._row = row
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self.bind_text(self._close.setToolTip, N_("Dismiss this message"))
        self.bind_text(self._close.setAccessibleName, N_("Dismiss this message"))
        self._restyle(look.theme.theme)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown; empty while nothing is."""
        return self._text.text() if not self.isHidden() else ""

    @Slot(str, object)
    def show_message(self, kind: Kind, text: object) -> None:
        """Show one or two sentences in front of whatever is shown.

        Args:
            kind: of the message.
            text: plain text, or a ``Sentence``, which follows the language.
        """
        said = hide_passwords(str(text))
        log.log(logging.WARNING if kind in _UNTIL_READ else logging.INFO, "Said: %s", said)
        if self._is_reticent and kind not in _UNTIL_READ:
            return
        waiting = [
            message
            for message in self._messages
            if message[0] in _UNTIL_READ and hide_passwords(str(message[1])) != said
        ]
        self._messages = [*waiting, (kind, text)][-_MOST_WAITING:]
        self._show_newest()

    @Slot()
    def dismiss(self) -> None:
        """Take the message in front away; the one behind it, if any, is shown."""
        self._messages = self._messages[:-1]
        self._show_newest()

    @Slot(object)
    def take_back(self, text: object) -> None:
        """Take away what was said and is no longer so; other messages stay."""
        self._messages = [message for message in self._messages if message[1] != text]
        self._show_newest()

    @Slot()
    def let_go(self) -> None:
        """Take an info or a success away; what has to be read stays."""
        self._messages = [message for message in self._messages if message[0] in _UNTIL_READ]
        self._show_newest()

    def say_only_what_must_be_read(self, on: bool) -> None:
        """Show warnings and errors alone, as before a hall; or everything again."""
        self._is_reticent = on
        if on:
            self.let_go()

    def keep_clear_of(self, foot: QWidget | None) -> None:
        """Lie above ``foot``, a bar at the foot of the page in front; None for the foot of the window."""
        if foot is not self._foot:
            for bar in (self._foot, foot):
                if bar is not None:
                    bar.removeEventFilter(self)
            self._foot = foot
            if foot is not None:
                foot.installEventFilter(self)
        self._place()

    @Slot()
    def clear(self) -> None:
        """Take all messages away."""
        self._messages = []
        self._show_newest()

    def _retranslate(self) -> None:
        self._show_newest()

    def _restyle(self, theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.5), em(0.25), em(0.25), em(0.25))
        self._row.setSpacing(em(0.5))
        for label in (self._picture, self._more):
            label.setContentsMargins(0, em(0.25), 0, 0)
        self._text.setMinimumHeight(em(1.75))
        self._close.setIconSize(self.look.scale.icon_size(0.875))
        self._draw_icon(theme)
        self._place()

    def _show_newest(self) -> None:
        self._leaving.stop()
        if not self._messages:
            self._text.clear()
            self._more.clear()
            self.hide()
            return
        kind, text = self._messages[-1]
        self._text.setText(shorten(" ".join(hide_passwords(str(text)).splitlines()), _LONGEST))
        behind = len(self._messages) - 1
        self._more.setText(_("{count} more").format(count=behind) if behind else "")
        self._more.setVisible(behind > 0)
        set_style(self._frame, notice=kind)
        self._draw_icon(self.look.theme.theme)
        self._place()
        self.show()
        self.raise_()
        self._let_leave()

    def _let_leave(self) -> None:
        """Begin to wait for an info or a success to be read."""
        if self._messages and self._messages[-1][0] not in _UNTIL_READ and not self.underMouse():
            self._leaving.start(self._stays + _PER_CHARACTER * len(self._text.text()))

    def _place(self) -> None:
        """Take the middle of the parent's foot, or of the room above what must stay free."""
        over = self._over
        room, foot = over.rect(), self._foot
        if foot is not None and foot.isVisible():
            top = foot.mapTo(over, foot.rect().topLeft())
            room = QRect(top.x(), room.top(), foot.width(), top.y() - room.top())
        margin = self.look.scale.em(0.5)
        width = max(1, min(room.width() - 2 * margin, self.look.scale.em(_WIDEST)))
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        left = room.left() + (room.width() - width) // 2
        self.setGeometry(left, room.bottom() + 1 - margin - height, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size and the foot's place."""
        if event.type() in _MOVED:
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while somebody reads with the pointer on it."""
        self._leaving.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Leave later."""
        self._let_leave()
        super().leaveEvent(event)

    def _draw_icon(self, theme: Theme) -> None:
        kind = self._messages[-1][0] if self._messages else "info"
        colours = theme.colours
        colour = {
            "info": colours.muted, "success": colours.yes, "warning": colours.warning, "error": colours.no,
        }[kind]  # fmt: skip
        picture = coloured_icon(_ICONS[kind], colour)
        self._picture.setPixmap(picture.pixmap(self.look.scale.icon_size(1.125), self.devicePixelRatioF()))
