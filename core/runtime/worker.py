"""The worker process: opens jobs, drives them at the asked pace, sends what they yield.

One message is under way at a time: the worker collects what the task yields and sends it when the window has
acknowledged the message before. A fast task is therefore shown at the window's own frame rate, or less often where
that would cost it too much of its time; snapshots are made exactly as often as they are shown, and for a window that
is away only what must not be lost is kept.
"""

from __future__ import annotations

import contextlib
import importlib
import math
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from time import perf_counter, thread_time
from typing import Final

from core.language import set_language
from core.runtime.channel import Channel
from core.runtime.commands import Acknowledge, Cancel, Command, Control, Run, SetPace, Step, Warm, Watch
from core.runtime.events import Cancelled, Event, Finished, Payload, Progressed, RunId, Started
from core.runtime.inline import failure, payloads_and_result
from core.runtime.pace import Pacer, Showing
from core.runtime.stderr import write_into
from core.runtime.task import Steerable, Watchable

LOOK_EVERY: Final = 0.002
"""Seconds between two looks into the pipe while a task runs: below what a person notices, above its cost."""
LATE: Final = 0.05
"""Seconds without a look after which a second thread looks for a task that computes on."""


class _CancelledRun(Exception):  # noqa: N818  not an error: the way out of a run that was cancelled
    """The run under way was cancelled."""


class _WindowGone(Exception):  # noqa: N818  the way out of everything when nobody listens any more
    """The window's end of the pipe is closed."""


class _Outbox:
    """Payloads waiting to be sent. Of those marked ``newest_only`` it keeps the newest of each class."""

    def __init__(self) -> None:
        self._all: list[Payload] = []
        self._newest: dict[type[Payload], Payload] = {}

    def __bool__(self) -> bool:
        return bool(self._all or self._newest)

    def add(self, payload: Payload) -> None:
        if payload.newest_only:
            self._newest[type(payload)] = payload
        else:
            self._all.append(payload)

    def take(self) -> tuple[Payload, ...]:
        taken = (*self._all, *self._newest.values())
        self._all.clear()
        self._newest.clear()
        return taken


class _Post:
    """The pipe to the window, with its rule that one message is under way at a time."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.free = True
        """Whether the window has acknowledged what was sent last."""
        self.waiting: deque[Command] = deque()
        """Commands that have arrived and were not taken yet."""

    def send(self, event: Event) -> None:
        while not self.free:
            self.look(math.inf)
        try:
            self._channel.send(event)
        except OSError as error:
            raise _WindowGone from error
        self.free = False

    def look(self, timeout: float = 0.0) -> None:
        """Take in everything that has arrived, waiting up to ``timeout`` seconds for the first."""
        patience = None if timeout == math.inf else timeout
        try:
            while self._channel.poll(patience):
                command = self._channel.receive()
                if isinstance(command, Acknowledge):
                    self.free = True
                else:
                    self.waiting.append(command)
                patience = 0.0
        except (EOFError, OSError) as error:
            raise _WindowGone from error


class _Drive:
    """One run: advances the task, obeys the commands that mean it."""

    def __init__(self, run: Run, post: _Post, clock: Callable[[], float]) -> None:
        self._run_id: RunId = run.run_id
        self._post = post
        self._clock = clock
        self._pacer = Pacer(run.pace)
        self._showing = Showing()
        self._steps = 0
        self._outbox = _Outbox()
        self._watched = run.watched
        self._unseen = True  # a snapshot is due even if nothing has been yielded since
        self._task: Iterable[Payload] = ()
        self._looked_at = -math.inf
        self._desk = threading.Lock()  # held by whoever handles the outbox and the pipe
        self._ended = threading.Event()
        self._late_error: Exception | None = None

    def to_the_end(self, run: Run) -> Event:
        """Drive the run and return the event that ends it."""
        set_language(run.language)
        self._post.send(Started(self._run_id))
        late_mail = threading.Thread(target=self._deliver_late_mail, name="late mail", daemon=True)
        late_mail.start()
        try:
            ending = self._advance(run)
        except _CancelledRun:
            ending = Cancelled(self._run_id)
        finally:
            self._ended.set()
            late_mail.join()
        try:
            self._flush()
        except _CancelledRun:
            ending = Cancelled(self._run_id)
        return ending

    def _deliver_late_mail(self) -> None:
        """Deliver what was yielded just before a long computation, while that goes on."""
        while not self._ended.wait(LATE):
            if self._clock() - self._looked_at > LATE and self._desk.acquire(blocking=False):
                try:
                    self._post.look()
                    self._deliver()
                except Exception as error:  # told in the run's own thread
                    self._late_error = error
                    return
                finally:
                    self._desk.release()

    def _advance(self, run: Run) -> Event:
        try:
            self._task = run.job.open()
            with contextlib.closing(payloads_and_result(self._task)) as running:
                while True:
                    self._between_payloads()
                    try:
                        payload = next(running)
                    except StopIteration as stop:
                        return Finished(self._run_id, stop.value)
                    with self._desk:
                        self._outbox.add(payload)
                        self._pacer.after(payload, self._clock())
        except (_CancelledRun, _WindowGone):
            raise
        except Exception as error:
            return failure(self._run_id, error)

    def _between_payloads(self) -> None:
        """Look into the pipe when it is time, deliver, and hold as the pace wants."""
        now = self._clock()
        if self._pacer.wait(now) == 0.0 and now < self._looked_at + LOOK_EVERY:
            return
        with self._desk:
            if self._late_error is not None:
                raise self._late_error
            while True:
                self._obey()
                self._show()
                hold = self._pacer.wait(self._clock())
                if hold == 0.0:
                    break
                self._post.look(hold)
        self._looked_at = self._clock()

    def _obey(self) -> None:
        self._post.look()
        while self._post.waiting and not isinstance(self._post.waiting[0], Run):
            command = self._post.waiting.popleft()
            if isinstance(command, Warm):
                _warm(command.modules)
            elif getattr(command, "run_id", None) == self._run_id:
                self._obey_one(command)

    def _obey_one(self, command: Command) -> None:
        match command:
            case Cancel():
                raise _CancelledRun
            case SetPace(_, pace):
                self._pacer.set(pace)
            case Step(_, until):
                self._steps += 1
                self._pacer.step(until)
            case Watch(_, watched):
                self._watched = self._unseen = watched
            case Control(_, name, value):
                if not isinstance(self._task, Steerable):
                    raise TypeError(f"{type(self._task).__name__} cannot be steered: {name}")
                self._task.control(name, value)

    def _show(self) -> None:
        """Let the task show itself, if something is new and the window is ready for it, and deliver."""
        began = thread_time()
        is_shown = self._add_snapshot()
        self._deliver()
        if is_shown:
            self._showing.shown(thread_time() - began, self._clock())

    def _add_snapshot(self) -> bool:
        if not (self._post.free and self._watched and (self._outbox or self._unseen)):
            return False
        # Held, or let through beat by beat, it has the time; and the last thing before that is always shown.
        self._unseen = self._pacer.is_unbounded and not self._showing.is_due(self._clock())
        snapshot = self._task.snapshot() if isinstance(self._task, Watchable) and not self._unseen else None
        if snapshot is not None:
            self._outbox.add(snapshot)
        return snapshot is not None

    def _deliver(self) -> None:
        """Send what has gathered, if the window is ready for it."""
        if self._post.free and self._outbox:
            held_after = self._steps if self._pacer.held else None
            self._post.send(Progressed(self._run_id, self._outbox.take(), held_after))

    def _flush(self) -> None:
        """Send the rest, with a last snapshot, waiting for the window if it must."""
        self._showing = Showing()
        while self._outbox or (self._unseen and self._watched and isinstance(self._task, Watchable)):
            self._post.look(0.0 if self._post.free else math.inf)
            self._obey()
            self._show()


def _warm(modules: tuple[str, ...]) -> None:
    for module in modules:
        # What cannot be loaded now (a missing package, a broken library) fails with the run that needs it.
        with contextlib.suppress(Exception):
            importlib.import_module(module)


def serve(channel: Channel, clock: Callable[[], float] = perf_counter) -> None:
    """Take commands and drive runs until the window's end of the pipe is closed."""
    post = _Post(channel)
    with contextlib.suppress(_WindowGone):
        while True:
            while not post.waiting:
                post.look(math.inf)
            command = post.waiting.popleft()
            if isinstance(command, Warm):
                _warm(command.modules)
            elif isinstance(command, Run):
                ending = _Drive(command, post, clock).to_the_end(command)
                try:
                    post.send(ending)
                except (pickle.PicklingError, TypeError, AttributeError) as error:  # a result that cannot travel
                    post.send(failure(command.run_id, error))


def _die_with_parent() -> None:
    """End this process when the window's process ends, even in the middle of a long computation."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="parent watch", daemon=True).start()


def main(connection: Connection, stderr: str | None, environment: dict[str, str]) -> None:
    """Be a worker; the target of the new process.

    Args:
        connection: the pipe to the window.
        stderr: the file that takes standard error; None to share the window's.
        environment: the window's variables; a fork server has those of the moment when it began.
    """
    os.environ.clear()
    os.environ.update(environment)
    if stderr is not None:
        write_into(stderr)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the window's to handle
    _die_with_parent()
    channel = Channel(connection)
    serve(channel)
    channel.close()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(0)  # nothing is left to keep, and taking torch apart would take half a second
