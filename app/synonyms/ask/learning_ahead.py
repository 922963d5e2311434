"""Methods that a later scene of a lecture asks learn while the worker that answers words has nothing else to do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from app.background import Background
from app.current_run import CurrentRun
from app.synonyms.annotation.session import LabelSession
from app.synonyms.ask.asking import LANE
from core.synonyms.asking.config import AskConfig
from core.synonyms.methods.registry import METHODS

LOOK_EVERY: Final = 500
"""Milliseconds between two looks whether the worker is idle."""


class LearningAhead(QObject):
    """Lets methods learn one after the other. Whoever asks a word or a pair meanwhile goes first.

    Attributes:
        methods: that are still to learn.
    """

    def __init__(self, background: Background, session: LabelSession, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._session = background, session
        self.methods: tuple[str, ...] = ()
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self._run = CurrentRun(
            background, LANE, type(None), self, finished=self._on_finished,
            failed=lambda _failure: self.want(()),  # whoever asks the method hears why
        )  # fmt: skip

    def want(self, methods: tuple[str, ...]) -> None:
        """Let ``methods`` learn as soon as there is time, and no others any more; what is no method is left out."""
        methods = tuple(method for method in methods if method in METHODS)
        if methods == self.methods:
            return
        self.methods = methods
        self._run.forget(stop=True)
        if methods:
            self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def _look(self) -> None:
        if LANE in self._background.idle_lanes(0):
            material = self._session.look_up.material
            config = AskConfig(self.methods, material.vectors, material.lexicons)
            self._run.start("core.synonyms.asking.ask:learn_ahead", config=config)

    def _on_finished(self, _result: None) -> None:
        self.want(())
