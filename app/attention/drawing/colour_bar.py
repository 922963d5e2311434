"""The bar that says which colour is which weight; it stands under every map and never leaves."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.attention.drawing.indexed_image import image
from app.attention.drawing.map_content import BarContent
from app.fonts import tabular
from app.panel import Look, Panel
from app.theme import Theme
from core.language import N_, _


def draw_bar(painter: QPainter, look: Look, content: BarContent, room: QRectF) -> None:
    """Draw the bar at the top of ``room`` and its words below; right of it what grey cells are, where there are any."""
    em, colours = look.scale.em, look.theme.theme.colours
    font = tabular(look.scale.font("caption"))
    painter.setFont(font)
    metrics = painter.fontMetrics()
    if content.has_limits:
        words = _("not seen")
        side = em(0.5)
        left = room.right() - metrics.horizontalAdvance(words) - side - em(0.25)
        painter.fillRect(QRectF(left, room.top(), side, side), QColor(colours.border))
        painter.setPen(QColor(colours.muted))
        beside = QRectF(left + side + em(0.25), room.top(), room.right() - left, side)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, words)
        room = room.adjusted(0, 0, left - room.right() - em(0.5), 0)
    ends = [metrics.horizontalAdvance(words) / 2 for _place, words in (content.ticks[0], content.ticks[-1])]
    bar = QRectF(room.left() + ends[0], room.top(), room.width() - sum(ends), em(0.5))
    painter.drawImage(bar, image(np.arange(256, dtype=np.uint8)[None, :], content.table))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.edge), 1))
    painter.drawRect(bar)
    painter.setPen(QColor(colours.muted))
    free = -1e9
    for place, words in sorted(content.ticks, key=lambda tick: tick[0] not in (0.0, 1.0)):
        width = metrics.horizontalAdvance(words)
        middle = bar.left() + place * bar.width()
        if place not in (0.0, 1.0) and (
            middle - width / 2 < free or middle + width / 2 > bar.right() - ends[1] - em(0.25)
        ):
            continue
        painter.drawText(
            QRectF(middle - width / 2 - 1, bar.bottom() + em(0.0625), width + 2, metrics.height()),
            Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip,
            words,
        )
        if place < 1:
            free = max(free, middle + width / 2 + em(0.25))


class ScaleBar(Panel):
    """The bar as a widget."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.content: BarContent | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.bind_text(self.setAccessibleName, N_("Colour scale"))

    def show_bar(self, content: BarContent | None) -> None:
        """Show ``content``; None leaves the room empty."""
        if content != self.content:
            self.content = content
            self.update()

    def sizeHint(self) -> QSize:
        """A bar and a line of words."""
        return QSize(self.look.scale.em(11), self.look.scale.em(1.75))

    def minimumSizeHint(self) -> QSize:
        """A bar that can still be read."""
        return QSize(self.look.scale.em(6), self.look.scale.em(1.75))

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        if self.content is not None:
            painter = QPainter(self)
            draw_bar(painter, self.look, self.content, QRectF(self.rect()).adjusted(1, 1, -1, 0))
            painter.end()
