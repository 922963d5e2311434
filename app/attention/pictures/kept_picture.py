"""A picture that a widget keeps of what seldom changes, and paints again and again below what often does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget


class KeptPicture:
    """A picture as large as its widget.

    It is drawn anew onto the memory it has: the system may take longer to grant another than drawing takes.
    """

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._pixmap: QPixmap | None = None
        self._is_stale = True

    @property
    def is_stale(self) -> bool:
        """Whether it shows what is no longer so, or nothing yet."""
        return self._is_stale

    def forget(self) -> None:
        """Draw it anew before it is painted next."""
        self._is_stale = True

    def take(self) -> QPixmap | None:
        """Give it away as it is: the next one gets memory of its own."""
        taken, self._pixmap, self._is_stale = self._pixmap, None, True
        return taken

    def drawn(self, ground: QColor, draw: Callable[[QPainter], None]) -> QPixmap:
        """Return the picture, drawn if it has to be.

        Args:
            ground: what it begins with.
            draw: draws it, in the widget's coordinates.
        """
        ratio = self._widget.devicePixelRatioF()
        size = self._widget.size() * ratio
        pixmap = self._pixmap
        if pixmap is None or pixmap.size() != size or pixmap.devicePixelRatio() != ratio:
            self._pixmap = pixmap = QPixmap(size)
            pixmap.setDevicePixelRatio(ratio)
            self._is_stale = True
        if self._is_stale:
            self._is_stale = False
            pixmap.fill(ground)
            painter = QPainter(pixmap)
            draw(painter)
            painter.end()
        return pixmap
