"""What the pictures have in common in which a cart, or many, or an environment's own picture, is shown."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.panel import Look, Panel
from app.policy_gradient.drawing.cart_pole import style_of
from app.theme import Theme


class Picture(Panel):
    """It takes what room there is, paints all of it, and paints carts as the theme has them (``_style``)."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look.of_pictures, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        """A CartPole picture of 600 × 400 at a usual zoom."""
        return QSize(self.look.scale.em(30), self.look.scale.em(20))

    def _restyle(self, _theme: Theme) -> None:
        self.setMinimumSize(self.look.scale.em(9), self.look.scale.em(6))
        self._style = style_of(self.look)
        self.update()


def image_of(pixels: npt.NDArray[Any]) -> QImage:
    """Return an environment's own picture as Qt draws it, for pixels (height, width, 3) uint8.

    Qt scales its own 32-bit format several times faster than packed RGB.
    """
    height, width, _channels = pixels.shape
    packed = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return packed.convertToFormat(QImage.Format.Format_RGB32)
