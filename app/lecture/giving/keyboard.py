"""Whose the keyboard is while a lecture is given: the lecture's, until a mouse gives it to something else."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.window.black_screen import BlackScreen


class Keyboard(QObject):
    """Gives it back to the bar of captions where a page has taken it, as pages do that come up or are built late.

    Who clicks into a field types there, and the clicker's own keys go on.
    """

    def __init__(self, bar: QWidget, window: QWidget) -> None:
        super().__init__(window)
        self._bar, self._window = bar, window

    def begin(self) -> None:
        """Have it from now on."""
        self._application().focusChanged.connect(self._on_focus)
        self._bar.setFocus()

    def end(self) -> None:
        """Leave it to whoever has it."""
        self._application().focusChanged.disconnect(self._on_focus)

    @staticmethod
    def _application() -> QApplication:
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # there is a window, so there is one
        return application

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or new is self._bar or new.window() is not self._window or isinstance(new, BlackScreen):
            return
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._bar.setFocus()
