"""The frames around what a lit symbol stands for, each with the symbol's letter where it covers least.

Nothing on the page moves or is drawn anew: the frames lie over the window, the mouse goes through them, and they
follow what they frame wherever layouts, scrolling and zoom take it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.explain.chip import SymbolChip
from app.explain.parts import Part, aired
from app.explain.symbols import SYMBOLS, Symbol
from app.overrides import called_by_qt
from app.panel import Look, Panel

_MOVES: Final = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Paint})
"""What can change where a part is. Painting, too: a picture is painted when what is drawn in it has moved."""
_MOST_FRAMES: Final = 64
"""More parts than that of one symbol need no frames to be found."""


class Frame(Panel):
    """A frame, and on it, if it is the first of its part, the symbol's letter."""

    def __init__(self, look: Look, symbol: Symbol, window: QWidget, *, has_chip: bool) -> None:
        super().__init__(look, window)
        self._symbol = symbol
        self._framed = QRect()
        self._place = -1
        self._chip = SymbolChip(look, symbol, self, size="caption") if has_chip else None
        if self._chip is not None:
            self._chip.set_lit(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def put_around(self, part: QRectF) -> None:
        """Frame ``part``, in the window's coordinates; the line runs along its edges."""
        window = self.parentWidget()
        assert window is not None  # the constructor gave it one
        out = self._thick // 2 + 1
        framed = part.toAlignedRect().adjusted(-out, -out, out, out) & window.rect()
        if framed == self._framed and self.isVisible():
            return
        self._framed = framed
        chip = QRect()
        if self._chip is not None:
            places = self._chip_places(framed, self._chip)
            if self._place < 0:  # it stays where it is while the part moves
                self._place = _quietest(window, places)
            chip = places[self._place]
        self.setGeometry(framed | chip)
        if self._chip is not None:
            self._chip.setGeometry(chip.translated(-self.pos()))
        self.show()
        self.raise_()
        self.update()

    @property
    def _thick(self) -> int:
        return max(2, self.look.scale.em(0.125))

    def _chip_places(self, framed: QRect, chip: SymbolChip) -> list[QRect]:
        """Return where the letter may stand, the nicest place first."""
        window = self.parentWidget()
        assert window is not None
        size, em = chip.sizeHint(), self.look.scale.em(0.5)
        left, right = framed.left() + em, framed.right() - em - size.width()
        high, low = framed.top() - size.height() // 2, framed.bottom() - size.height() // 2
        middle = framed.center().y() - size.height() // 2
        above, below = framed.top() - size.height(), framed.bottom() + 1
        before, after = framed.left() - size.width(), framed.right() + 1
        centre = framed.center().x() - size.width() // 2
        corners = (
            (right, high), (left, high), (centre, high), (right, low), (left, low), (centre, low),
            (right, middle), (after, middle), (before, middle),
            (right, framed.top()), (left, framed.top()),
            (right, above), (framed.left(), above), (right, below), (framed.left(), below),
        )  # fmt: skip
        room = window.rect()
        places = (QRect(QPointF(*corner).toPoint(), size) for corner in corners)
        return [
            place.translated(
                max(0, room.left() - place.left()) - max(0, place.right() - room.right()),
                max(0, room.top() - place.top()) - max(0, place.bottom() - room.bottom()),
            )
            for place in places
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame in the symbol's hue, cased in the window's ground so that it stands out from any picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, thick = self.look.theme.theme.colours, self._thick
        room = QRectF(self._framed.translated(-self.pos()))
        radius = self.look.scale.em(0.25)
        for hue, wide in ((colours.surface, thick + 2), (self._symbol.colour(colours), thick)):
            painter.setPen(QPen(QColor(hue), wide))
            inset = thick / 2 + 1
            painter.drawRoundedRect(room.adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.end()


@called_by_qt
class Spotlight(QObject):
    """Frames the parts of one symbol at a time."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._symbol = ""
        self._parts: list[Part] = []
        self._frames: dict[int, list[Frame]] = {}
        self._followed: list[QWidget] = []
        self._is_due = False

    def show_parts(self, symbol: str, parts: Sequence[Part]) -> None:
        """Frame ``parts``, which stand for ``symbol``, and nothing else; nothing at all for an empty text."""
        for widget in self._followed:
            widget.removeEventFilter(self)
        for frame in self._all_frames():
            frame.hide()
            frame.deleteLater()
        self._frames.clear()
        self._symbol, self._parts = symbol, list(parts)
        self._followed = list(dict.fromkeys(widget for part in parts for widget in _chain(part.widget)))
        for widget in self._followed:
            widget.installEventFilter(self)
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the parts, once everything that moves with them has moved."""
        if event.type() in _MOVES and not self._is_due:
            self._is_due = True
            QTimer.singleShot(0, self, self._place)
        return False

    @Slot()
    def _place(self) -> None:
        self._is_due = False
        for number, part in enumerate(self._parts):
            places = _seen(part)[:_MOST_FRAMES]
            if part.rects is None:
                places = [aired(place, self._look) for place in places]
            frames = self._frames.setdefault(number, [])
            while len(frames) < len(places):
                frames.append(Frame(self._look, SYMBOLS[self._symbol], part.widget.window(), has_chip=not frames))
            for frame, place in zip(frames, places, strict=False):
                frame.put_around(place)
            for frame in frames[len(places) :]:
                frame.hide()

    def _all_frames(self) -> list[Frame]:
        return [frame for frames in self._frames.values() for frame in frames]


def _seen(part: Part) -> list[QRectF]:
    """Return where a part is seen, in the coordinates of its window: what is scrolled away is not."""
    seen = part.places()
    for widget, over in pairwise(_chain(part.widget)):
        seen = [rect.translated(QPointF(widget.pos())) for rect in seen]
        area = over.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is over:
            seen = [rect & QRectF(over.rect()) for rect in seen]
    return [rect for rect in seen if not rect.isEmpty()]


def _chain(widget: QWidget) -> list[QWidget]:
    """Return ``widget`` and all it lies in, up to its window."""
    chain = [widget]
    while not chain[-1].isWindow() and (over := chain[-1].parentWidget()) is not None:
        chain.append(over)
    return chain


def _quietest(window: QWidget, places: Sequence[QRect]) -> int:
    """Return which of ``places`` covers least of what the window shows; the first of those that cover as little."""
    room = QRect()
    for place in places:
        room |= place
    picture = window.grab(room).toImage().convertToFormat(QImage.Format.Format_RGB32)
    ratio = picture.devicePixelRatio()
    pixels = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), picture.bytesPerLine() // 4)
    inks = [_ink(pixels, place.translated(-room.topLeft()), ratio) for place in places]
    return inks.index(min(inks))


def _ink(pixels: npt.NDArray[np.uint32], place: QRect, ratio: float) -> float:
    """Return how much is drawn at a place, 0 to 1. Straight lines, as edges and grids are, do not count.

    Letters and curves change from pixel to pixel both across and down; a straight line in one direction only.
    """
    top, bottom = round(place.top() * ratio), round((place.bottom() + 1) * ratio)
    left, right = round(place.left() * ratio), round((place.right() + 1) * ratio)
    part = pixels[top:bottom, left:right]
    if min(part.shape) < 2:
        return 1.0
    across, down = part[:, 1:] != part[:, :-1], part[1:] != part[:-1]
    return min(float(across.mean()), float(down.mean()))
