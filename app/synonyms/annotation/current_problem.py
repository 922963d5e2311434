"""What is wrong at the moment, as the window says it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.sentence import Sentence
from core.synonyms.pairs import SynonymsError


class CurrentProblem(QObject):
    """Something that is wrong is said once, however often a key runs into it, and taken back when it is resolved.

    Signals:
        failed: nothing was done, and why.
        held: what is waited for, and what to do.
        resolved: what was said with either is no longer so.
    """

    failed = Signal(object)
    held = Signal(object)
    resolved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said: object = None

    def report(self, error: SynonymsError) -> None:
        """Say why nothing was done."""
        self.resolve()
        self._said = str(error)
        self.failed.emit(self._said)

    def hold(self, sentence: Sentence) -> None:
        """Say what is waited for."""
        self.resolve()
        self._said = sentence
        self.held.emit(sentence)

    def resolve(self) -> None:
        """Take back what was said."""
        if self._said is not None:
            self.resolved.emit(self._said)
            self._said = None
