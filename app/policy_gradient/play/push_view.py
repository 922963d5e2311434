"""The agent's stage, at whose cart and pole one can pull with the mouse."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.panel import Look
from app.policy_gradient.drawing.cart_pole import Geometry, paint_arrow, stage_geometry
from app.policy_gradient.live.environment_view import EnvironmentView
from core.language import _

CART_SCALE: Final = 2.0
"""Newton seconds of a metre of drag at the cart: a metre makes it about 2 m/s faster."""
POLE_SCALE: Final = 0.15
"""Newton seconds of a metre of drag at the pole, which is ten times as light."""
_REACH: Final = 0.2
"""Metres beside the pole that still take hold of it."""


class PushView(EnvironmentView):
    """Painted as any stage; a drag from the cart or the pole is a push.

    Signals:
        pushed: impulse in newton seconds, to the right above 0, and metres along the pole, 0 for the cart.
    """

    pushed = Signal(float, float)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.can_be_pushed = False
        self._along: float | None = None
        self._drag = 0.0

    def offer_pushes(self, on: bool) -> None:
        """Let the mouse push, or no longer."""
        self.can_be_pushed = on
        self._along = None
        self.setCursor(Qt.CursorShape.OpenHandCursor if on else Qt.CursorShape.ArrowCursor)

    def _geometry(self) -> Geometry:
        return stage_geometry(QRectF(self.rect()), self._known, self._style)[0]

    def held_at(self, place: QPointF) -> float | None:
        """Return how far along the pole ``place`` takes hold (m), 0 at the cart; None where it holds nothing."""
        scene = self.scene()
        if scene is None:
            return None
        geometry = self._geometry()
        axle, angle = geometry.axle(scene.obs), scene.obs[geometry.cart.angle]
        right, up = (place.x() - axle.x()) / geometry.pixels, (axle.y() - place.y()) / geometry.pixels
        along = right * math.sin(angle) + up * math.cos(angle)
        beside = abs(right * math.cos(angle) - up * math.sin(angle))
        if 0.1 < along <= geometry.cart.pole_length + _REACH and beside <= _REACH:
            return min(along, geometry.cart.pole_length)
        box = geometry.body(scene.obs)
        air = _REACH * geometry.pixels
        return 0.0 if box.adjusted(-air, -air, air, air).contains(place) else None

    @staticmethod
    def impulse_of(drag: float, along: float) -> float:
        """Return the impulse (N·s) of a drag of so many metres."""
        return drag * (CART_SCALE if along == 0 else POLE_SCALE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the cart or the pole."""
        if self.can_be_pushed and event.button() == Qt.MouseButton.LeftButton:
            self._along, self._drag = self.held_at(event.position()), 0.0

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the push that letting go would be."""
        contact = self._contact()
        if contact is not None:
            self._drag = (event.position().x() - contact.x()) / self._geometry().pixels
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Push."""
        self.mouseMoveEvent(event)
        along, self._along = self._along, None
        if along is not None and self._drag:
            self.pushed.emit(self.impulse_of(self._drag, along), along)
        self.update()

    def _contact(self) -> QPointF | None:
        """Return where the push begins; None while nothing is held."""
        scene = self.scene()
        if self._along is None or scene is None:
            return None
        geometry = self._geometry()
        if self._along == 0:
            return geometry.body(scene.obs).center()
        angle = scene.obs[geometry.cart.angle]
        return geometry.along(scene.obs, angle, self._along / geometry.cart.pole_length)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stage, and the push under way over it."""
        super().paintEvent(event)
        contact = self._contact()
        if contact is None or self._along is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pixels, colours = self._geometry().pixels, self.look.theme.theme.colours
        end = QPointF(contact.x() + self._drag * pixels, contact.y())
        paint_arrow(painter, contact, end, 0.06 * pixels, QColor(colours.marker))
        painter.setFont(self._style.title)
        painter.setPen(QColor(colours.text))
        words = _("{impulse} N·s").format(impulse=f"{self.impulse_of(self._drag, self._along):+.2f}".replace("-", "−"))
        painter.drawText(end + QPointF(0, -0.6 * QFontMetricsF(self._style.title).height()), words)
        painter.end()
