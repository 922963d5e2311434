"""Looking up pairs in a worker, one after the other: the pair in view first, then those that come next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background, Run
from app.synonyms.state import Pair
from core.language import _
from core.runtime.events import Failed
from core.runtime.task import Job
from core.synonyms.evidence import DeskConfig, PairEvidence
from core.synonyms.progress import ReadProgress

EVIDENCE_LANE: Final = "evidence"


class LookUp(QObject):
    """Asks for the pair that is wished for most, and goes on to the next while nothing else is wished.

    Attributes:
        material: what is looked up in.

    Signals:
        found: a ``PairEvidence``.
        reading: what is being read before anything can be looked up, or why nothing can; empty when it has been.
    """

    found = Signal(object)
    reading = Signal(str)

    def __init__(
        self,
        background: Background,
        material: DeskConfig,
        wish: Callable[[], Pair | None],
        parent: QObject | None = None,
    ) -> None:
        """Look up nothing yet.

        Args:
            background: runs the work.
            material: what to look up in.
            wish: returns the pair to look up next; None where everything in view is known.
            parent: the QObject that owns it.
        """
        super().__init__(parent)
        self._background = background
        self._wish = wish
        self._run: Run | None = None
        self._pair: Pair | None = None
        self.material = material

    def use(self, material: DeskConfig) -> None:
        """Look up in ``material`` from now on; what is under way in another is not waited for."""
        self.material = material
        self._run = self._pair = None
        self.go_on()

    def go_on(self) -> None:
        """Look up what is wished for, unless that is under way."""
        wanted = self._wish()
        if wanted is None or wanted == self._pair:
            return
        self._pair = wanted
        arguments = {"config": self.material, "word1": wanted[0], "word2": wanted[1]}
        run = self._background.start(EVIDENCE_LANE, Job("core.synonyms.evidence:look_up", arguments))
        run.progressed.connect(self._on_progressed)
        run.failed.connect(self._on_failed)
        run.ended.connect(self._on_ended)
        self._run = run

    @Slot(object)
    def _on_progressed(self, payloads: object) -> None:
        assert isinstance(payloads, tuple)
        if self.sender() is not self._run:
            return
        for payload in payloads:
            if isinstance(payload, PairEvidence):
                self.reading.emit("")
                self.found.emit(payload)
            elif isinstance(payload, ReadProgress):
                share = payload.done / payload.total if payload.total else 1.0
                self.reading.emit(_("Reading {name}… {share:.0%}").format(name=payload.name, share=share))

    @Slot(object)
    def _on_failed(self, event: object) -> None:
        assert isinstance(event, Failed)
        if self.sender() is self._run:
            self.reading.emit(_("Nothing can be looked up: {reason}").format(reason=event.message))

    @Slot()
    def _on_ended(self) -> None:
        if self.sender() is not self._run:
            return
        former, self._run, self._pair = self._pair, None, None
        # What could not be looked up is asked for again with the next card, not at once and for ever.
        if self._wish() != former:
            self.go_on()
