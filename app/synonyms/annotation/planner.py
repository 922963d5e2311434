"""Having the queue put in order, in the worker: one plan at a time, the newest request wins."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.actions import key_name
from app.background import Background, Run
from app.sentence import Sentence
from core.language import N_
from core.runtime.events import Failed
from core.runtime.task import Job
from core.synonyms.queue.config import QueueConfig, QueuePlan

RANKING_LANE: Final = "ranking"


class Planner(QObject):
    """Asks for plans and hands them on.

    Signals:
        planned: a ``QueuePlan`` for the queue that was asked for last.
        failed: why there is none, and what to do.
        ended: after either, or when the worker was stopped.
    """

    planned = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._run: Run | None = None

    @property
    def is_running(self) -> bool:
        """Whether a plan is being made."""
        return self._run is not None

    def start(self, config: QueueConfig) -> None:
        """Have the queue of ``config`` put in order."""
        run = self._background.start(RANKING_LANE, Job("core.synonyms.queue.planner:plan_queue", {"config": config}))
        run.progressed.connect(self._on_plans)
        run.failed.connect(self._on_failed)
        run.ended.connect(self._on_ended)
        self._run = run

    @Slot(object)
    def _on_plans(self, payloads: object) -> None:
        assert isinstance(payloads, tuple)
        if self.sender() is self._run:
            for payload in payloads:
                assert isinstance(payload, QueuePlan)
                self.planned.emit(payload)

    @Slot(object)
    def _on_failed(self, event: object) -> None:
        assert isinstance(event, Failed)
        if self.sender() is self._run:
            told = N_("The queue could not be put in order: {reason} Press {key} to try again.")
            self.failed.emit(Sentence(told, {"reason": event.message, "key": key_name("F2")}))

    @Slot()
    def _on_ended(self) -> None:
        if self.sender() is self._run:
            self._run = None
            self.ended.emit()
