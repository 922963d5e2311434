"""The one run that counts: starting another forgets it, and what a forgotten run still says is not heard.

Every session of the window has work of some kind of which only the newest matters: the training on screen, the
text being read, the plan of the queue. Each of them holds one :class:`CurrentRun` and says what to do with what
comes back; who was forgotten, and who died, is settled here once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Slot

from app.background import Background, Run
from core.runtime.events import Failed, Payload
from core.runtime.lane import WORKER_DIED
from core.runtime.pace import FULL_SPEED, Pace
from core.runtime.task import Job

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run ended without a result.

    Attributes:
        kind: name of the error's class.
        message: for the person at the screen, in the language the worker was told.
        has_died: the worker process ended unexpectedly; ``message`` then says only that.
        again: the worker had died before, and nothing has come from it since.
    """

    kind: str
    message: str
    has_died: bool = False
    again: bool = False


class CurrentRun(QObject, Generic[Result]):
    """One run at a time in one lane.

    What comes back is handed to four callables of the owner; each is called for the current run only. When a run
    has ended it is no longer current: the owner may start another from within ``finished``, ``failed`` or
    ``cancelled``.
    """

    def __init__(
        self,
        background: Background,
        lane: str,
        result: type[Result] | tuple[type[Result], ...],
        parent: QObject,
        *,
        progressed: Callable[[tuple[Payload, ...]], object] = lambda _payloads: None,
        finished: Callable[[Result], object] = lambda _result: None,
        failed: Callable[[Failure], object] = lambda _failure: None,
        cancelled: Callable[[], object] = lambda: None,
        counts_as_alive: Callable[[tuple[Payload, ...]], bool] = lambda _payloads: True,
    ) -> None:
        """Run nothing yet.

        Args:
            background: where runs are started.
            lane: the worker they run in.
            result: what a task returns in the end; ``type(None)`` for one that only yields.
            parent: the QObject that owns it.
            progressed: takes payloads, oldest first, at most once a displayed frame.
            finished: takes the result.
            failed: takes the reason why there is none.
            cancelled: it was stopped by :meth:`cancel`.
            counts_as_alive: returns whether payloads show that the worker does what it was asked for, so that its
                death after them is a first one. A worker that says that it begins, and dies each time, does not.
        """
        super().__init__(parent)
        self._background = background
        self._lane = lane
        self._result = result
        self._take = progressed
        self._finish = finished
        self._fail = failed
        self._cancelled = cancelled
        self._counts_as_alive = counts_as_alive
        self._has_died = False
        self.run: Run | None = None
        """The run under way, for its verbs (pace, step, control, watch)."""

    @property
    def is_running(self) -> bool:
        """Whether a run is under way."""
        return self.run is not None

    def start(self, task: str, *, pace: Pace = FULL_SPEED, watched: bool = False, **arguments: Any) -> None:
        """Run ``task`` (named by text) with ``arguments``; a run under way is forgotten, and its lane stops it."""
        self.forget()
        run = self._background.start(self._lane, Job(task, arguments), pace=pace, watched=watched)
        run.progressed.connect(self._on_progressed)
        run.finished.connect(self._on_finished)
        run.failed.connect(self._on_failed)
        run.cancelled.connect(self._on_cancelled)
        self.run = run

    def cancel(self) -> None:
        """Stop what is under way; ``cancelled`` follows when it has stopped."""
        if self.run is not None:
            self.run.cancel()

    def forget(self, *, stop: bool = False) -> None:
        """Hear no more of what is under way; with ``stop`` the worker is told to leave it, too."""
        run, self.run = self.run, None
        if run is not None and stop:
            run.cancel()

    def _is_current(self) -> bool:
        return self.run is not None and self.sender() is self.run

    @Slot(object)
    def _on_progressed(self, payloads: object) -> None:
        assert isinstance(payloads, tuple)
        if self._is_current():
            self._has_died = self._has_died and not self._counts_as_alive(payloads)
            self._take(payloads)

    @Slot(object)
    def _on_finished(self, result: object) -> None:
        if self._is_current():
            assert isinstance(result, self._result), f"{self._lane} returned {type(result).__name__}"
            self.run = None
            self._has_died = False
            self._finish(result)

    @Slot(object)
    def _on_failed(self, event: object) -> None:
        assert isinstance(event, Failed)
        if self._is_current():
            self.run = None
            again = self._has_died
            self._has_died = event.kind == WORKER_DIED
            self._fail(Failure(event.kind, event.message, self._has_died, self._has_died and again))

    @Slot()
    def _on_cancelled(self) -> None:
        if self._is_current():
            self.run = None
            self._cancelled()
