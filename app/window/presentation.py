"""The window before a hall: the whole screen, no menus, the keys of a clicker, a black screen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMainWindow

from app.action import LECTURE, LECTURING, PRESENTING
from app.actions import Actions
from app.window.black_screen import BlackScreen


class Presentation(QObject):
    """Begins and ends with the action ``present``.

    Args:
        window: what is presented.
        actions: the table of actions.

    Signals:
        changed: it has begun (true) or ended; the window has its size.
    """

    changed = Signal(bool)

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._state_before = window.windowState()
        self.black = BlackScreen(window)
        self.is_on = False
        actions.on_toggle("present", self._present)
        actions.on("present_black", self.black.cover)
        actions.on("present_end", partial(actions["present"].setChecked, False))
        self._offer_end()

    def claim_keys(self, *, lecture_is_open: bool, lecture_is_running: bool) -> None:
        """Give the keys of a clicker to whom they belong now."""
        if lecture_is_running:
            self._actions.claim(LECTURING)
        else:
            self._actions.claim(*((PRESENTING,) if self.is_on else ()), *((LECTURE,) if lecture_is_open else ()))

    @Slot(bool)
    def _present(self, on: bool) -> None:
        self.is_on = on
        self.black.hide()
        self._offer_end()
        self._window.menuBar().setVisible(not on)
        if on:
            self._state_before = self._window.windowState() & ~Qt.WindowState.WindowFullScreen
            self._window.setWindowState(self._state_before | Qt.WindowState.WindowFullScreen)
        else:
            self._window.setWindowState(self._state_before)
        self.changed.emit(on)

    def _offer_end(self) -> None:
        self._actions["present_end"].setEnabled(self.is_on)
        self._actions["present_end"].setVisible(self.is_on)
