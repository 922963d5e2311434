"""Typing: keys for what a keyboard has, and an input method for the rest."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def type_into(widget: QWidget, text: str) -> None:
    """Type ``text`` where ``widget`` is."""
    for letter in text:
        if " " <= letter <= "~":
            QTest.keyClicks(widget, letter)
        else:
            compose(widget, letter)


def compose(widget: QWidget, text: str) -> None:
    """Hand over ``text`` as an input method does."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
