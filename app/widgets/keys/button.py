"""Buttons with the cap of their key beside their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QPushButton,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from app.panel import Look, Themed
from app.style import set_style
from app.widgets.keys.cap import caps_width, draw_caps

if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object


class _Keyed(Themed, _Button):
    """Mixed into a button: it leaves room at its right edge for the cap of a key, and draws it there."""

    def _begin(self, look: Look) -> None:
        self.follow(look)
        self._key = ""
        set_style(self, keyed=True)

    @property
    def key(self) -> str:
        """The key whose cap is drawn, as ``QKeySequence`` writes it; empty for none."""
        return self._key

    def show_key(self, key: str) -> None:
        """Draw the cap of ``key``, or none for an empty text."""
        if key != self._key:
            self._key = key
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Room for drawing and words, and then the cap."""
        hint = super().sizeHint()
        if self._key and not self._has_words:
            return QSize(round(self._cap_room()) + self.look.scale.em(0.75), hint.height())
        return hint + QSize(round(self._cap_room()), 0)

    def minimumSizeHint(self) -> QSize:
        """As the hint."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button as the style does, then the cap."""
        self._paint_button(event)
        if not self._key:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = caps_width(self.look, (self._key,))
        x = self.width() - self._cap_margin() - room if self._has_words else (self.width() - room) / 2
        on_accent = bool(self.property("primary"))
        draw_caps(
            painter, self.look, (self._key,), x, self.height() / 2, enabled=self.isEnabled(), on_accent=on_accent
        )  # fmt: skip
        painter.end()

    def _paint_button(self, event: QPaintEvent) -> None:
        super().paintEvent(event)

    @property
    def _has_words(self) -> bool:
        return bool(self.text()) or not self.icon().isNull()

    def _cap_margin(self) -> int:
        """Return how far from the right edge the cap stands: left of the mark of a menu, if there is one."""
        em = self.look.scale.em
        if isinstance(self, QToolButton):
            return em(0.25)
        return em(0.5) if not isinstance(self, QPushButton) or self.menu() is None else em(1.375)

    def _cap_room(self) -> float:
        if not self._key:
            return 0.0
        gap = self.look.scale.em(0.25) if self._has_words else 0
        return caps_width(self.look, (self._key,)) + gap


class KeyToolButton(_Keyed, QToolButton):
    """A tool button with a key."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begin(look)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def _paint_button(self, event: QPaintEvent) -> None:
        if not self._key or self.text() or self.icon().isNull():
            super()._paint_button(event)
            return
        # The style puts a lone drawing into the middle of the button, where the cap would lie on it.
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.icon = QIcon()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        option.icon = self.icon()
        option.rect = self.rect().adjusted(0, 0, -round(self._cap_room()), 0)
        painter.drawControl(QStyle.ControlElement.CE_ToolButtonLabel, option)
        painter.end()


class KeyPushButton(_Keyed, QPushButton):
    """A push button with a key."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begin(look)
