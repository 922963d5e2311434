"""What one page wants of another: whoever can grant it comes to the front."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Wishes(QObject):
    """Spoken by any page, heard by the one that it is for.

    Signals:
        word: a word is to be asked.
        pair: it is to be said why methods score two words as they do; the words, and the method that is asked first,
            empty for the one that was asked last.
    """

    word = Signal(str)
    pair = Signal(str, str, str)
