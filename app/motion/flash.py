"""A flash: a colour that lights on something and is gone again, so that the eye finds it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.motion.glide import LONG, Glide
from app.panel import Look, Panel

_MOST: Final = 0.55
"""How much of the colour there is at first."""


class Flash(Panel):
    """Lies over a widget, hears no mouse, and is hidden unless it flashes."""

    def __init__(self, look: Look, over: QWidget, *, sweeps: bool = False) -> None:
        """Be dark.

        Args:
            look: sizes, and whether anything moves.
            over: the widget that flashes.
            sweeps: it fills it from the left, and then fades.
        """
        super().__init__(look, over)
        self._over, self._sweeps = over, sweeps
        self._colour = QColor()
        self._glide = Glide(look.motion, over, self._show_step, lasts=LONG)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over.installEventFilter(self)
        self.hide()

    @property
    def is_lit(self) -> bool:
        """Whether it is seen just now."""
        return self._glide.is_moving

    def begin(self, colour: str) -> None:
        """Flash in ``colour`` (``#rrggbb``)."""
        self._colour = QColor(colour)
        if self._glide.begin():
            self.setGeometry(self._over.rect())
            self.show()
            self.raise_()

    def eventFilter(self, _over: QObject, event: QEvent) -> bool:
        """Follow the size of what flashes."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

    def _show_step(self, progress: float) -> None:
        if progress < 1.0:
            self.update()
        else:
            self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the colour, as much of it as is left."""
        progress = self._glide.progress
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(_MOST * (1.0 - progress))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        room = QRectF(self.rect())
        if self._sweeps:
            room.setWidth(room.width() * min(1.0, 2 * progress))
        round_ = self.look.scale.em(0.375)
        painter.drawRoundedRect(room, round_, round_)
        painter.end()
