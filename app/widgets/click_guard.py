"""A guard against the second half of a double click."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.overrides import called_by_qt


@called_by_qt
class ClickGuard(QWidget):
    """Lies over a parent, unseen, for as long as a double click may take.

    Where one click brings another page to the front, a habitual second one must not press what has come up under
    the pointer: it would be a verdict that nobody gave. Each click it takes holds it there anew, for an impatient
    hand clicks more than twice.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._guarded = parent
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def hold(self) -> None:
        """Take every click for a moment."""
        self.setGeometry(self._guarded.rect())
        self.raise_()
        self.show()
        self._timer.start(QApplication.doubleClickInterval())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the click, and wait for one more."""
        self.hold()
        event.accept()
