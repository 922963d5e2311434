"""How large words are in a diagram: in a large picture larger, so that a hall can read the numbers at its arrows."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont, QFontMetricsF

from app.policy_gradient.drawing.cart_pole import CartPoleStyle

_LINES: Final = (40.0, 26.0)
"""Width and height in lines of small type from which on words grow with the picture."""
_LARGEST: Final = 1.75
"""How many times as large as elsewhere they get."""


def grown(style: CartPoleStyle, room: QSizeF) -> CartPoleStyle:
    """Return ``style`` with type for a picture that fills ``room``; never smaller than it is."""
    line = QFontMetricsF(style.caption).height()
    factor = min(_LARGEST, room.width() / (_LINES[0] * line), room.height() / (_LINES[1] * line))
    if factor <= 1:
        return style
    return replace(style, caption=_larger(style.caption, factor), title=_larger(style.title, factor))


def _larger(font: QFont, factor: float) -> QFont:
    larger = QFont(font)
    larger.setPointSizeF(font.pointSizeF() * factor)
    return larger
