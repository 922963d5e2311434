"""Having the queue put in order, in the worker: one plan at a time, the newest request wins."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal

from app.actions import key_name
from app.background import Background
from app.current_run import CurrentRun, Failure
from app.sentence import Sentence
from core.language import N_
from core.runtime.events import Payload
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
        self._run = CurrentRun(
            background, RANKING_LANE, type(None), self,
            progressed=self._on_plans, finished=self._on_finished, failed=self._on_failed, cancelled=self.ended.emit,
        )  # fmt: skip

    @property
    def is_running(self) -> bool:
        """Whether a plan is being made."""
        return self._run.is_running

    def start(self, config: QueueConfig) -> None:
        """Have the queue of ``config`` put in order."""
        self._run.start("core.synonyms.queue.planner:plan_queue", config=config)

    def _on_plans(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            assert isinstance(payload, QueuePlan)
            self.planned.emit(payload)

    def _on_finished(self, _nothing: None) -> None:
        self.ended.emit()

    def _on_failed(self, failure: Failure) -> None:
        message = N_("The queue can't be sorted: {reason} Press {key} to try again.")
        self.failed.emit(Sentence(message, {"reason": failure.message, "key": key_name("F2")}))
        self.ended.emit()
