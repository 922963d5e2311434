"""Texts from outside, shown as they stand: nothing in a word, a name or a path is markup or a key.

Qt guesses: a label or a tip that looks like HTML is drawn as HTML, pictures named in it are opened, and ``&`` before a
letter becomes a key. Labels are plain by their class; tips and what has keys go through the two functions here.
"""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A label that draws its text as it stands. All labels of the program are of this kind."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def plain_tip(text: str) -> str:
    """Return ``text`` for ``setToolTip``, which knows no other way to say that ``<s>`` is no markup."""
    if "<" not in text and "&" not in text:
        return text
    return "<qt>{}</qt>".format("<br>".join(map(html.escape, text.splitlines())))


def without_keys(text: str) -> str:
    """Return ``text`` for a button, a box or a menu, where ``&`` alone would make a key of the next letter."""
    return text.replace("&", "&&")
