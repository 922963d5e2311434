"""The letters of exported maps as the window has them: of any font of the system, joined and in reading order."""

from __future__ import annotations

import math
import os
import sys
from functools import lru_cache
from typing import Final

from PIL import Image
from PySide6.QtCore import QLoggingCategory, QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QPainter

from app.display import OFFSCREEN
from app.fonts import body_size, has_letter, load_fonts, ui_font
from core.attention.export.typesetter import Written

_MEASURED_AT: Final = 100
"""Pixels of the letters that are measured."""


class SystemFonts:
    """A ``core.attention.export.typesetter.Typesetter`` that looks for each letter where the window does.

    Needs a ``QGuiApplication``, of whatever platform.
    """

    def has(self, letter: str) -> bool:
        """Return whether some font of this computer has ``letter``."""
        return has_letter(letter)

    def width(self, words: str, size: float) -> float:
        """Return the width in the unit of ``size``."""
        return QFontMetricsF(_font(_MEASURED_AT)).horizontalAdvance(words) * size / _MEASURED_AT

    def write(self, words: str, pixels: int, colour: tuple[int, int, int]) -> Written:
        """Return ``words`` as an image."""
        font = _font(pixels)
        width = QFontMetricsF(font).horizontalAdvance(words)
        image = QImage(math.ceil(width) + 2 * pixels, 4 * pixels, QImage.Format.Format_RGBA8888)
        image.fill(QColor(*colour, 0))
        painter = QPainter(image)
        painter.setFont(font)
        painter.setPen(QColor(*colour))
        painter.drawText(QPointF(pixels, 2.5 * pixels), words)
        painter.end()
        size = (image.width(), image.height())
        ink = Image.frombytes("RGBA", size, bytes(image.constBits()), "raw", "RGBA", image.bytesPerLine())
        return Written(ink, pixels, 2.5 * pixels, width)


def without_a_window() -> SystemFonts:
    """Return the typesetter for a program that shows no window: Qt is started for its fonts alone."""
    if QGuiApplication.instance() is None:
        # Without a display, but with the system's fonts; on Windows only its own platform has them.
        platform = os.environ.get("QT_QPA_PLATFORM") or ("windows" if sys.platform == "win32" else OFFSCREEN)
        QLoggingCategory.setFilterRules("qt.text.font.db=false")  # that a font lacks a script is said in words
        _KEPT.append(QGuiApplication([sys.argv[0], "-platform", platform]))
        load_fonts()
    return SystemFonts()


_KEPT: Final[list[QGuiApplication]] = []
"""Qt's application, which ends with the last reference to it."""


@lru_cache(maxsize=16)
def _font(pixels: int) -> QFont:
    font = ui_font(body_size())
    font.setPixelSize(pixels)
    return font
