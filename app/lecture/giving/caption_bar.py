"""The bar below the stage while a lecture is given: one sentence that a hall can read, and how far one is."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.lecture.giving.keyed import LectureKeyed
from app.panel import Look
from app.theme import Theme

SHARE: Final = 1 / 38
"""Of the window's height, that the type of a caption is high: seen from the last row, 1/40 is the least."""
_SMALLER: Final = 0.72
"""Of that, the numbers that say how far one is."""
_LINES: Final = 2
"""Of caption there is always room for, so that the stage keeps its size from scene to scene."""
_LEAST_TYPE: Final = 8


class CaptionBar(LectureKeyed):
    """Shows a caption. While it has the keyboard, arrows and the space bar leaf, and a number with Enter jumps."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._caption = ""
        self._number, self._count = 0, 0
        self._height = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # a clicker's letters are no pinyin
        self.hide()

    @property
    def caption(self) -> str:
        """What it says."""
        return self._caption

    @property
    def type_size(self) -> int:
        """Height of the caption's type, its em, in pixels."""
        return self._font().pixelSize()

    def fit(self, height: int) -> None:
        """Be read from the last row before a window of this height, in pixels."""
        if height != self._height:
            self._height = height
            self.updateGeometry()
            self.update()

    def show_scene(self, caption: str, number: int, count: int) -> None:
        """Show the caption of scene ``number`` of ``count``, counted from 1."""
        self._caption, self._number, self._count = caption, number, count
        self._keys.number = 0
        self.setAccessibleName(caption)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it gets, and always as high as two lines of caption."""
        line = QFontMetrics(self._font()).height()
        return QSize(self.look.scale.em(20), _LINES * line + 2 * self._margin)

    def minimumSizeHint(self) -> QSize:
        """As high."""
        return QSize(self.look.scale.em(10), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line that grows, the caption, and how far one is; or the number that is being typed."""
        colours = self.look.theme.theme.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.surface))
        stroke = max(2, self.look.scale.em(0.125))
        painter.fillRect(QRect(0, 0, self.width(), stroke), QColor(colours.border))
        share = self._number / self._count if self._count else 0.0
        painter.fillRect(QRectF(0, 0, self.width() * share, stroke), QColor(colours.accent))
        room = self.rect().adjusted(self._margin, stroke, -self._margin, 0)
        font = self._font()
        small = QFont(font)
        small.setBold(False)
        small.setPixelSize(max(_LEAST_TYPE, round(font.pixelSize() * _SMALLER)))
        where = f"→ {self._keys.number}" if self._keys.number else f"{self._number} / {self._count}"
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, where)
        taken = QFontMetrics(small).horizontalAdvance(f"{self._count} / {self._count}") + self._margin
        painter.setFont(self._fitting(font, room.width() - taken, room.height()))
        painter.setPen(QColor(colours.text))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room.adjusted(0, 0, -taken, 0), flags, self._caption)
        painter.end()

    @property
    def _margin(self) -> int:
        return self.look.scale.em(0.75)

    def _font(self) -> QFont:
        font = self.look.scale.font("title", bold=True)
        font.setPixelSize(max(_LEAST_TYPE, math.ceil(self._height * SHARE)))
        return font

    def _fitting(self, font: QFont, width: int, height: int) -> QFont:
        """Return the largest font, up to ``font``, in which the caption has room: a long one is smaller, never cut."""
        fitting = QFont(font)
        while fitting.pixelSize() > _LEAST_TYPE:
            flags = Qt.TextFlag.TextWordWrap
            needed = QFontMetrics(fitting).boundingRect(QRect(0, 0, width, 10 * height), flags, self._caption)
            if needed.height() <= height and needed.width() <= width:
                break
            fitting.setPixelSize(fitting.pixelSize() - 1)
        return fitting

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()
