"""What one page wants of another: whoever can grant it comes to the front."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Wishes(QObject):
    """Spoken by any page, heard by the one that it is for.

    Signals:
        word: a word is to be asked.
    """

    word = Signal(str)
