"""What keys mean to whoever gives a lecture: those of a clicker, and those of a hand at the keyboard."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

Verb = Literal["next", "back", "first", "last", "black", "white", "end", "jump"]

_Key = Qt.Key

_VERBS: Final[dict[int, Verb]] = {
    _Key.Key_PageDown: "next",
    _Key.Key_Right: "next",
    _Key.Key_Space: "next",
    _Key.Key_PageUp: "back",
    _Key.Key_Left: "back",
    _Key.Key_Home: "first",
    _Key.Key_End: "last",
    _Key.Key_B: "black",
    _Key.Key_Period: "black",
    _Key.Key_W: "white",
    _Key.Key_Escape: "end",
}
_ENTER: Final = frozenset({_Key.Key_Return, _Key.Key_Enter})
_MOST_DIGITS: Final = 3


class LectureKeys:
    """Tells what a key means; the number of a scene, typed and followed by Enter, jumps there.

    Attributes:
        number: what has been typed of a number; 0 for nothing.
    """

    def __init__(self) -> None:
        self.number = 0

    def means(self, event: QKeyEvent) -> bool:
        """Return whether a key is one of the lecture's."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        return event.key() in _VERBS or event.key() in _ENTER or _digit(event) is not None

    def press(self, event: QKeyEvent) -> Verb | None:
        """Return what a key asks for; None where it asks for nothing yet. ``number`` says where ``jump`` leads."""
        digit = _digit(event)
        if digit is not None:
            self.number = (self.number * 10 + digit) % 10**_MOST_DIGITS
            return None
        if event.key() in _ENTER:
            return "jump" if self.number else "next"
        self.number = 0
        return _VERBS.get(event.key())

    def take_number(self) -> int:
        """Return the number that was typed, and forget it."""
        number, self.number = self.number, 0
        return number


def _digit(event: QKeyEvent) -> int | None:
    at = event.key() - _Key.Key_0
    return at if 0 <= at <= 9 else None
