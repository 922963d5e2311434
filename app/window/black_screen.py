"""A black or white screen over the window, while a speaker wants to be looked at, or to write on the wall."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.overrides import called_by_qt
from app.theme import BLACK


@called_by_qt
class BlackScreen(QWidget):
    """Covers its window, and takes its keys: any key or click brings the window back and does nothing else.

    Escape brings it back too, and goes on to the window.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._covered = window
        self._before: QWidget | None = None
        self._colour = QColor(BLACK)
        window.installEventFilter(self)
        self.hide()

    @Slot()
    def cover(self, colour: str = BLACK) -> None:
        """Make everything black, or another colour."""
        self._colour = QColor(colour)
        self._before = self._covered.focusWidget()
        self.setGeometry(self._covered.rect())
        self.raise_()
        self.show()
        self.setFocus()

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._covered.rect())
        return False

    def event(self, event: QEvent) -> bool:
        """Let no key do unseen what it does on the page."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Bring the window back."""
        event.setAccepted(event.key() != Qt.Key.Key_Escape)
        self.hide()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Bring the window back."""
        self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keyboard back."""
        super().hideEvent(event)
        if self._before is not None:
            self._before.setFocus()
            self._before = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Be of one colour."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._colour)
        painter.end()
