"""Which part of a page a symbol stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from app.panel import Look

Rects = Callable[[], Sequence[QRectF]]
"""Says where in a widget the parts of a picture are now, in the widget's coordinates."""

AIR: Final = (0.25, 0.0625)
"""Lines of text between words and the frame around them: at their sides; above and below, where lines stand close."""


def aired(rect: QRectF, look: Look) -> QRectF:
    """Return ``rect`` with the air that words need in a frame."""
    across, down = (look.scale.em(lines) for lines in AIR)
    return rect.adjusted(-across, -down, across, down)


@dataclass(frozen=True, slots=True)
class Part:
    """What stands for a symbol on a page.

    Attributes:
        symbol: the symbol's id.
        widget: the part, or what it is drawn in.
        rects: where it is drawn, to be framed along its edges; None for the whole widget, around which there is air.
    """

    symbol: str
    widget: QWidget
    rects: Rects | None = None

    def places(self) -> list[QRectF]:
        """Return where it is in its widget now; nowhere while that is not seen."""
        if not self.widget.isVisible():
            return []
        found = [QRectF(self.widget.rect())] if self.rects is None else self.rects()
        return [rect for rect in found if not rect.isEmpty()]
