"""The calm bar above the window's foot: what happened, and what to do next.

It lies over the page, moves nothing, takes no keyboard, and goes away by itself; what was said can be read again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QGuiApplication, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.icons import IconName, coloured_icon, icon
from app.panel import Look, Panel
from app.sentence import shorten
from app.style import set_style
from app.theme import Theme
from app.widgets.messages.history import Kind, MessageHistory
from app.widgets.plain import PlainLabel
from core.language import N_, _
from core.passwords import hide_passwords

_ICONS: dict[Kind, IconName] = {"info": "info", "success": "check", "warning": "warning", "error": "error"}
_UNTIL_READ: Final = frozenset({"warning", "error"})
"""They wait behind a newer message, and are said before a hall too."""
_MOST_WAITING: Final = 20
_LONGEST: Final = 400
"""Characters: about three lines of a small window. The log has the whole text."""

_MOVED: Final = frozenset({QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide})
_STAYS: Final = 4000
_PER_CHARACTER: Final = 70
"""Milliseconds that a message stays: to be noticed, and to be read (some 14 characters a second)."""
_LONGER: Final[dict[Kind, int]] = {"info": 1, "success": 1, "warning": 4}
"""How many times as long a message of a kind stays; an error stays until it is closed."""
_FROM_AFAR: Final = 1 / 40
"""Of the window's height, that a line is high in a presentation."""
_WIDEST: Final = 56
"""Lines of text in width; wider lines are hard to read."""

log = logging.getLogger(__name__)


class MessageBar(Panel):
    """Shows the newest message over the foot of its parent. Hidden while there is none.

    Errors stay until they are closed, warnings long enough to be read twice by somebody who looks at this window; both
    wait behind a newer message. An info or a success leaves once it could be read, with another tab at the latest. All
    of them stay while the pointer is on them.

    Attributes:
        history: all that was said.

    Signals:
        history_wanted: the person wants to see what else was said.
    """

    history_wanted = Signal()

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
        self.history = MessageHistory()
        self._foot: QWidget | None = None
        self._parts: tuple[QWidget, ...] = ()
        self._is_reticent = self._is_seen_from_afar = False
        self._leaving = QTimer(self, singleShot=True)
        self._leaving.timeout.connect(self._leave)
        parent.installEventFilter(self)
        self._messages: list[tuple[Kind, object]] = []
        self._frame = QFrame(self)
        self._picture = PlainLabel()
        self._text = PlainLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)  # an error may quote anything, even markup
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._more = QToolButton()
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(self.history_wanted)
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
        self.bind_text(self._more.setToolTip, N_("Show all messages"))
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
        self.history.add(kind, text, datetime.now().astimezone())
        if self._is_reticent and kind not in _UNTIL_READ:
            return
        waiting = [
            message
            for message in self._messages
            if message[0] in _UNTIL_READ and hide_passwords(str(message[1])) != said
        ]
        self._messages = [*waiting, (kind, text)][-_MOST_WAITING:]
        self._show_newest()
        self._call_out(kind)

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

    def be_seen_from_afar(self, on: bool) -> None:
        """Write large enough for the last row of a hall, or as everything else again."""
        self._is_seen_from_afar = on
        self._write_large()
        self._place()

    def keep_clear_of(self, foot: QWidget | None, *parts: QWidget) -> None:
        """Lie beside what is pressed on the page in front, and cover none of it.

        Args:
            foot: the bar at its foot, which this one lies above; None for the foot of the window.
            parts: other parts of it.
        """
        if (foot, parts) != (self._foot, self._parts):
            for part in (self._foot, *self._parts):
                if part is not None:
                    part.removeEventFilter(self)
            self._foot, self._parts = foot, parts
            for part in (foot, *parts):
                if part is not None:
                    part.installEventFilter(self)
        self._place()

    @Slot()
    def clear(self) -> None:
        """Take all messages away."""
        self._messages = []
        self._show_newest()

    def _retranslate(self) -> None:
        self._show_newest()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.5), em(0.25), em(0.25), em(0.25))
        self._row.setSpacing(em(0.5))
        self._picture.setContentsMargins(0, em(0.25), 0, 0)
        self._text.setMinimumHeight(em(1.75))
        self._write_large()
        self._close.setIconSize(self.look.scale.icon_size(0.875))
        self._draw_icon()
        self._place()

    def _show_newest(self) -> None:
        self._leaving.stop()
        if not self._messages:
            self._text.clear()
            self._more.setText("")
            self.hide()
            return
        kind, text = self._messages[-1]
        self._text.setText(shorten(" ".join(hide_passwords(str(text)).splitlines()), _LONGEST))
        behind = len(self._messages) - 1
        self._more.setText(_("{count} more").format(count=behind) if behind else "")
        self._more.setVisible(behind > 0)
        set_style(self._frame, notice=kind)
        self._draw_icon()
        self._place()
        self.show()
        self.raise_()
        self._let_leave()

    def _let_leave(self) -> None:
        """Begin to wait for the message to be read."""
        longer = _LONGER.get(self._messages[-1][0]) if self._messages else None
        if longer is not None and not self.underMouse():
            self._leaving.start(longer * (self._stays + _PER_CHARACTER * len(self._text.text())))

    @Slot()
    def _leave(self) -> None:
        """Go, unless it has to be read and nobody looks."""
        looked_at = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        if self._messages[-1][0] in _UNTIL_READ and not looked_at:
            self._let_leave()
        else:
            self.dismiss()

    def _call_out(self, kind: Kind) -> None:
        """Let those hear it who do not see it; an error breaks in on what they are hearing."""
        event = QAccessibleAnnouncementEvent(self, self._text.text())
        polite, at_once = QAccessible.AnnouncementPoliteness.Polite, QAccessible.AnnouncementPoliteness.Assertive
        event.setPoliteness(at_once if kind == "error" else polite)
        QAccessible.updateAccessibility(event)

    def _write_large(self) -> None:
        font = self.look.scale.font()
        if self._is_seen_from_afar:
            larger = self._over.window().height() * _FROM_AFAR / self.look.scale.line
            font.setPointSizeF(font.pointSizeF() * max(1.0, larger))
        self._text.setFont(font)

    def _place(self) -> None:
        """Take the middle of the parent's foot, or the first place from there upwards where nothing is pressed."""
        over, margin, foot = self._over, self.look.scale.em(0.5), self._foot
        room = over.rect()
        if foot is not None and foot.isVisible():
            top = foot.mapTo(over, foot.rect().topLeft())
            room = QRect(top.x(), room.top(), foot.width(), top.y() - room.top())
        width = max(1, min(room.width() - 2 * margin, self.look.scale.em(_WIDEST)))
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        taken = [
            QRect(part.mapTo(over, part.rect().topLeft()), part.size()) for part in self._parts if part.isVisible()
        ]
        places = list(_places(room, taken, QSize(width, height), margin))
        clear = (place for place in places if not any(place.intersects(rect) for rect in taken))
        self.setGeometry(next(clear, places[0]))

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

    def _draw_icon(self) -> None:
        kind = self._messages[-1][0] if self._messages else "info"
        self._picture.setPixmap(draw_kind(kind, self.look, self.devicePixelRatioF()))


def draw_kind(kind: Kind, look: Look, pixel_ratio: float) -> QPixmap:
    """Return the sign of a kind of message in its colour."""
    colours = look.theme.theme.colours
    colour = {
        "info": colours.muted, "success": colours.yes, "warning": colours.warning, "error": colours.no,
    }[kind]  # fmt: skip
    return coloured_icon(_ICONS[kind], colour).pixmap(look.scale.icon_size(1.125), pixel_ratio)


def _places(room: QRect, taken: list[QRect], size: QSize, margin: int) -> Iterator[QRect]:
    """Yield where a bar of ``size`` may lie in ``room``: at its foot, above each part that is taken, at its top."""
    left = room.left() + (room.width() - size.width()) // 2
    feet = [room.bottom() + 1, *(rect.top() for rect in taken), room.top() + size.height() + 2 * margin]
    for foot in feet:
        place = QRect(QPoint(left, foot - margin - size.height()), size)
        if place.top() >= room.top() or foot == feet[0]:
            yield place
