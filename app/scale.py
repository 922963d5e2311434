"""One scale for the whole window: every size is a multiple of the body text's height.

Zooming changes one number; type, margins, icons and stroke widths follow it. No other module knows a pixel.
"""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics

from app.fonts import body_size, ui_font

TypeSize = Literal["caption", "body", "title", "display"]
"""The four sizes of type there are."""

TYPE_SIZES: Final[dict[TypeSize, float]] = {"caption": 0.85, "body": 1.0, "title": 1.25, "display": 2.0}
"""Each size as a multiple of the body's."""

STEPS: Final = (0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""The factors that zooming walks through."""

_ROOMY_LINES: Final = 54
"""The window is laid out for this many lines of body text from top to bottom: 1080 pixels at the usual
size."""

_HALL_SHARE: Final = 1 / 46
"""Of the window's height, that a line of the smallest type has before a hall; 1/50 is the least that can be read."""

_GRID: Final = 8
"""Lengths are multiples of an eighth of a line."""


class UiScale(QObject):
    """How large everything is.

    Signals:
        changed: the effective factor (the user's zoom × the theme's own enlargement), after it has changed.
    """

    changed = Signal(float)

    def __init__(self, factor: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._body = body_size()
        self._zoom = _nearest_step(factor)
        self._enlargement = 1.0
        self._floor = 0.0
        self._fonts: dict[tuple[TypeSize, bool], QFont] = {}
        self._line = self._measure()

    @property
    def zoom(self) -> float:
        """The user's own factor, one of ``STEPS``: what settings keep."""
        return self._zoom

    @property
    def factor(self) -> float:
        """The effective factor: the user's zoom × the theme's enlargement, and at least what a hall needs."""
        return max(self._zoom * self._enlargement, self._floor)

    @property
    def line(self) -> int:
        """Height of one line of body text in pixels."""
        return self._line

    def set_zoom(self, factor: float) -> None:
        """Zoom to the step nearest ``factor``."""
        self._change(_nearest_step(factor), self._enlargement, self._floor)

    def zoom_in(self) -> None:
        """Go one step up; at the largest, stay."""
        self.set_zoom(min((step for step in STEPS if step > self._zoom), default=STEPS[-1]))

    def zoom_out(self) -> None:
        """Go one step down; at the smallest, stay."""
        self.set_zoom(max((step for step in STEPS if step < self._zoom), default=STEPS[0]))

    def reset(self) -> None:
        """Go back to the system's own size."""
        self.set_zoom(1.0)

    def set_enlargement(self, enlargement: float) -> None:
        """Let the theme enlarge everything beyond the user's zoom: a projector is read from the last row."""
        self._change(self._zoom, enlargement, self._floor)

    def suit_hall(self, height: int, zoom: float = 1.0) -> None:
        """Let nothing be too small, whatever was chosen, to be read from the last row before ``height`` pixels.

        Args:
            height: of the window.
            zoom: how much larger than that everything is.
        """
        smallest = QFontMetrics(ui_font(self._body * min(TYPE_SIZES.values()))).height()
        self._change(self._zoom, self._enlargement, round(height * _HALL_SHARE / smallest, 2) * zoom)

    def suit_desk(self) -> None:
        """Be as large as was chosen again."""
        self._change(self._zoom, self._enlargement, 0.0)

    def em(self, lines: float) -> int:
        """Return ``lines`` × the height of a line of body text, in whole pixels on one grid of eighths.

        A length asked for as more than nothing is at least one pixel.
        """
        eighths = round(lines * _GRID)
        if eighths == 0 and lines > 0:
            eighths = 1
        return max(1, round(eighths * self._line / _GRID)) if eighths > 0 else 0

    def icon_size(self, lines: float = 1.0) -> QSize:
        """Return the square in which an icon beside ``lines`` lines of body text is drawn."""
        side = self.em(lines)
        return QSize(side, side)

    def point_size(self, size: TypeSize = "body") -> float:
        """Return ``size`` in points at the present scale."""
        return round(self._body * TYPE_SIZES[size] * self.factor, 2)

    def font(self, size: TypeSize = "body", *, bold: bool = False) -> QFont:
        """Return the window's font in ``size`` at the present scale."""
        if (size, bold) not in self._fonts:  # the system's families are looked through for each new one
            font = ui_font(self.point_size(size))
            font.setBold(bold)
            self._fonts[size, bold] = font
        return QFont(self._fonts[size, bold])

    def _measure(self) -> int:
        return QFontMetrics(self.font()).height()

    def _change(self, zoom: float, enlargement: float, floor: float) -> None:
        if (zoom, enlargement, floor) == (self._zoom, self._enlargement, self._floor):
            return
        self._zoom, self._enlargement, self._floor = zoom, enlargement, floor
        self._fonts.clear()
        self._line = self._measure()
        self.changed.emit(self.factor)


def comfortable_zoom(available: QSize, line_height: int) -> float:
    """Return the zoom for a screen on which nobody has chosen one yet; only for the first start.

    It grows where the system does not scale a dense screen (4K under plain X11), up to 2, and goes one step
    down where the room is tight (1024 × 768).

    Args:
        available: the screen's room for windows, in device-independent pixels.
        line_height: of body text at zoom 1, in the same pixels.
    """
    wish = available.height() / line_height / _ROOMY_LINES
    if wish < 0.85:
        return 0.9
    return max((step for step in STEPS if 1.25 <= step <= min(wish, 2.0)), default=1.0)


def _nearest_step(factor: float) -> float:
    return min(STEPS, key=lambda step: abs(step - factor))
