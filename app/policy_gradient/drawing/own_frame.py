"""An environment's own picture on the stage: a card with a fine rim, and in a dark theme under a veil.

Such pictures are drawn for a white page, and a white page glares in a dark room. The veil takes the same share of
light from every pixel: what is white becomes grey, hues and their order stay what the environment drew. Inverting it,
or recolouring its ground, would show a picture that no environment has drawn.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.panel import Look

DIMMED: Final = 0.5
"""Share of its light that the veil of a dark theme takes from a picture."""
_MARGIN: Final = 0.5
"""Ground around the card, in lines of text."""


def card_rect(look: Look, room: QRect, image: QSize) -> QRect:
    """Return where a picture of the size ``image`` is drawn in ``room``: as large as fits, its proportions kept."""
    margin = look.scale.em(_MARGIN)
    inner = room.adjusted(margin, margin, -margin, -margin)
    size = image.scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatio)
    corner = inner.center() - QRect(0, 0, size.width(), size.height()).center()
    return QRect(corner, size)


def paint_own_frame(painter: QPainter, look: Look, room: QRect, image: QImage) -> None:
    """Paint ``image`` into ``room``, ground and all; ``look`` is that of pictures, which may be as on paper."""
    theme = look.theme.theme
    painter.fillRect(room, QColor(theme.colours.stage))
    card = card_rect(look, room, image.size())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(card, image)
    if theme.dark:
        veil = QColor(theme.colours.stage)
        veil.setAlphaF(DIMMED)
        painter.fillRect(card, veil)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.colours.edge), 1))
    painter.drawRect(card.adjusted(-1, -1, 0, 0))
