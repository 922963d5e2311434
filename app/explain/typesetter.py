"""Formulas as pictures, made by a worker and kept: the window neither loads the typesetter nor waits for it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.explain import LANE
from app.explain.symbols import LATEX
from core.formulas import Typeset
from core.runtime.events import Payload


class Typesetter(QObject):
    """Every formula is typeset once.

    Signals:
        arrived: more pictures are there.
        failed: why those that were wanted will not come, for the person at the screen.
    """

    arrived = Signal()
    failed = Signal(str)

    def __init__(self, background: Background, parent: QObject | None = None, *, lane: str = LANE) -> None:
        """Typeset nothing yet.

        Args:
            background: has a lane called ``lane``.
            parent: the QObject that owns it.
            lane: the worker that does it, which does nothing else meanwhile.
        """
        super().__init__(parent)
        self._pictures: dict[str, str] = {}
        self._wanted: list[str] = []
        self._current = CurrentRun[None](
            background,
            lane,
            type(None),
            self,
            progressed=self._take,
            finished=self._on_finished,
            failed=self._on_failed,
        )

    def picture(self, formula: str) -> str:
        """Return the SVG of ``formula``, or an empty text while there is none."""
        return self._pictures.get(formula, "")

    @property
    def is_busy(self) -> bool:
        """Whether a picture that is wanted is still to come."""
        return bool(self._wanted)

    def want(self, formulas: Iterable[str]) -> None:
        """Typeset what has no picture yet of ``formulas``; ``arrived`` follows."""
        new = [each for each in formulas if each not in self._pictures and each not in self._wanted]
        self._wanted += new
        if new and not self._current.is_running:
            self._start()

    def _start(self) -> None:
        request = {formula: formula for formula in self._wanted}
        self._current.start("core.formulas:typeset", request=request, symbols=LATEX)

    def _take(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            assert isinstance(payload, Typeset)
            self._pictures.update(payload.pictures)
        self._wanted = [formula for formula in self._wanted if formula not in self._pictures]
        self.arrived.emit()

    def _on_finished(self, _result: None) -> None:
        if self._wanted:  # another page was opened meanwhile
            self._start()

    def _on_failed(self, failure: Failure) -> None:
        self._wanted.clear()
        self.failed.emit(failure.message)
