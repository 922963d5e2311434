"""The window's handle on one worker process: one run at a time, the newest request wins, death is noticed.

Qt-free: whoever owns a lane calls :meth:`Lane.receive` often (each displayed frame while it is busy) and
closes it in the end.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from core.language import _, current_language
from core.runtime.commands import Acknowledge, Cancel, Command, Control, Run, SetPace, Step, Warm, Watch
from core.runtime.events import ENDINGS, Cancelled, Event, Failed, RunId, new_run_id
from core.runtime.pace import FULL_SPEED, Pace
from core.runtime.task import Job

if TYPE_CHECKING:
    from core.runtime.worker_process import WorkerProcess

WORKER_DIED: Final = "WorkerDied"
"""``Failed.kind`` when the process ended under the run."""
PATIENCE: Final = 10.0
"""Seconds a cancelled run may take to its next payload before its worker is replaced."""
_CLOSE_PATIENCE: Final = 0.5
"""Seconds a worker gets to end by itself before it is ended."""
_STDERR_EVERY: Final = 0.25
"""Seconds between two looks at what a worker has written to standard error."""

log = logging.getLogger(__name__)


class Lane:
    """One worker process and the run in it.

    The process is spawned by :meth:`warm` or the first :meth:`submit`. When it dies, the run in it ends with
    :class:`Failed` of kind :data:`WORKER_DIED` and a new process takes its place.
    """

    def __init__(
        self, name: str, preload: tuple[str, ...] = (), *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Prepare a lane without starting anything.

        Args:
            name: shown in process lists and messages.
            preload: modules each new worker imports at once, so that the first run need not wait for them.
            clock: seconds.
        """
        self._clock = clock
        self._name = name
        self._preload = preload
        self._worker: WorkerProcess | None = None
        self._leaving: list[WorkerProcess] = []
        self._stderr_read_at = 0.0
        self._active: RunId | None = None
        self._next: Run | None = None
        self._said_to_next: list[Command] = []
        self._outgoing: deque[Command] = deque()
        self._cancelled_at: float | None = None
        self._local: deque[Event] = deque()
        self._has_spoken = False

    @property
    def busy(self) -> bool:
        """Whether a run is under way, waiting, or has something left to tell."""
        return self._active is not None or self._next is not None or bool(self._local)

    @property
    def pid(self) -> int | None:
        """The worker's process id, None when there is none."""
        return self._worker.pid if self._worker is not None else None

    @property
    def descriptor(self) -> int | None:
        """What becomes readable when the worker says something; None without a worker, and where it can't be told."""
        return self._worker.channel.descriptor if self._worker is not None else None

    def warm(self) -> None:
        """Start the process now, so that the first run need not wait.

        Raises:
            OSError: the system refuses another process.
        """
        if self._worker is not None:
            return
        # Only here: the window is painted before its first worker starts, and need not wait for these.
        from core.runtime.worker_process import WorkerProcess

        self._worker, self._has_spoken = WorkerProcess(self._name), False
        if self._preload:
            self._say(Warm(self._preload))

    def submit(self, job: Job, *, pace: Pace = FULL_SPEED, watched: bool = False) -> RunId:
        """Run ``job`` as soon as the worker is free of the run before, which is cancelled.

        Returns:
            The new run's id. Earlier requests that had not begun end with :class:`Cancelled`.
        """
        run = Run(new_run_id(), job, pace, watched, current_language())
        self._drop_next()
        self._next = run
        if self._active is not None:
            self._cancel_active()
        elif self._worker is not None and not self._worker.is_alive:
            self._bury(None)  # it died while nobody looked: the run begins in its successor
        else:
            self._begin_next()
        return run.run_id

    def cancel(self, run_id: RunId) -> None:
        """End the run; :class:`Cancelled` follows. Nothing happens when it has ended already."""
        if self._next is not None and self._next.run_id == run_id:
            self._drop_next()
        elif run_id == self._active:
            self._cancel_active()

    def set_pace(self, run_id: RunId, pace: Pace) -> None:
        """Play, pause or change the speed of the run."""
        self._say_to(run_id, SetPace(run_id, pace))

    def step(self, run_id: RunId, until: str) -> None:
        """Let the run go on until a payload of class ``until`` has passed, then hold it."""
        self._say_to(run_id, Step(run_id, until))

    def control(self, run_id: RunId, name: str, value: object) -> None:
        """Change something in the running task."""
        self._say_to(run_id, Control(run_id, name, value))

    def watch(self, run_id: RunId, watched: bool) -> None:
        """Have snapshots of the run sent, or no longer."""
        self._say_to(run_id, Watch(run_id, watched))

    def receive(self) -> list[Event]:
        """Return what has happened since the last call, oldest first; never waits for the task."""
        events = self._take_local()
        self._see_off()
        worker = self._worker
        if worker is None:
            return events
        from core.runtime.channel import UnreadableError

        self._send_outgoing()
        alive = worker.is_alive  # asked before the pipe is read, so that last words are heard
        reason = None
        try:
            while worker.channel.poll():
                self._hear(worker.channel.receive(), events)
        except (EOFError, OSError):
            pass  # the process is ending; is_alive tells when it has ended
        except UnreadableError as error:
            reason, alive = str(error), False
        if self._cancelled_at is not None and self._clock() > self._cancelled_at + PATIENCE:
            alive = False
        if not alive:
            events.extend(self._bury(reason))
        elif self._clock() > self._stderr_read_at + _STDERR_EVERY:
            self._stderr_read_at = self._clock()
            worker.log_stderr()
        events.extend(self._take_local())
        return events

    def let_go(self) -> None:
        """Let an idle process end, and its memory with it; the next run begins in a new one.

        Nothing happens while a run is under way. The end is not waited for.
        """
        if self._worker is not None and not self.busy:
            self._worker.hang_up()
            self._leaving.append(self._worker)
            self._worker = None
            self._outgoing.clear()

    def hang_up(self) -> None:
        """Let the process end while others are told the same; :meth:`close` waits for it."""
        if self._worker is not None:
            self._worker.hang_up()

    def close(self) -> None:
        """End the process and whatever runs in it."""
        self.hang_up()
        ending = [*self._leaving, *([self._worker] if self._worker is not None else [])]
        self._worker = self._active = self._next = self._cancelled_at = None
        self._leaving.clear()
        self._local.clear()
        self._outgoing.clear()
        self._said_to_next.clear()
        for worker in ending:
            worker.end(_CLOSE_PATIENCE)

    def _see_off(self) -> None:
        """Clean up after those that were let go and have ended."""
        for worker in [worker for worker in self._leaving if not worker.is_alive]:
            self._leaving.remove(worker)
            worker.end(0)

    def _begin_next(self) -> None:
        if self._next is None:
            return
        run, self._next = self._next, None
        try:
            self.warm()
        except OSError as error:
            self._local.append(Failed(run.run_id, type(error).__name__, str(error)))
            return
        self._active = run.run_id
        self._say(run)
        for command in self._said_to_next:
            self._say(command)
        self._said_to_next.clear()

    def _drop_next(self) -> None:
        if self._next is not None:
            self._local.append(Cancelled(self._next.run_id))
            self._next = None
        self._said_to_next.clear()

    def _cancel_active(self) -> None:
        if self._active is not None and self._cancelled_at is None:
            self._cancelled_at = self._clock()
            self._say(Cancel(self._active))

    def _take_local(self) -> list[Event]:
        events = list(self._local)
        self._local.clear()
        return events

    def _hear(self, event: Event, events: list[Event]) -> None:
        self._has_spoken = True
        self._say(Acknowledge())
        events.append(event)
        if isinstance(event, ENDINGS) and event.run_id == self._active:
            self._active = self._cancelled_at = None
            self._begin_next()

    def _say_to(self, run_id: RunId, command: Command) -> None:
        """Say something to a run: now, or as soon as it has begun."""
        if run_id == self._active:
            self._say(command)
        elif self._next is not None and run_id == self._next.run_id:
            self._said_to_next.append(command)

    def _say(self, command: Command) -> None:
        self._outgoing.append(command)
        self._send_outgoing()

    def _send_outgoing(self) -> None:
        """Send what the pipe has room for: a worker that stands still must never make the window wait."""
        # A dead worker is dealt with in receive(), where its exit code is known.
        with contextlib.suppress(OSError, ValueError):
            while self._worker is not None and self._outgoing and self._worker.channel.can_send():
                self._worker.channel.send(self._outgoing.popleft())

    def _bury(self, reason: str | None) -> list[Event]:
        """Clean up after a worker that died or is of no more use, start another, tell what it means for the run.

        Args:
            reason: why it is of no more use; None when it died, or did not end a cancelled run in time.
        """
        assert self._worker is not None
        code = self._worker.end(0)
        log.error("The worker %s (%s) ended with exit code %s", self._name, self._worker.pid, code)
        self._worker = None
        self._outgoing.clear()
        events: list[Event] = []
        if self._active is not None:
            events.append(self._ending(self._active, code, reason))
            self._active = self._cancelled_at = None
        if self._next is not None:
            self._begin_next()
        elif self._has_spoken:  # one that never spoke would most likely die again
            with contextlib.suppress(OSError):
                self.warm()
        return events

    def _ending(self, run_id: RunId, code: int | None, reason: str | None) -> Event:
        if self._cancelled_at is not None:
            return Cancelled(run_id)
        if reason is not None:
            message = _('Data from the background process "{name}" can\'t be read ({reason}).')
            return Failed(run_id, WORKER_DIED, message.format(name=self._name, reason=reason))
        message = _('The background process of "{name}" ended unexpectedly (exit code {code}).')
        return Failed(run_id, WORKER_DIED, message.format(name=self._name, code=code))
