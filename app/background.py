"""The bridge from the window to the worker processes.

A lane (``core.runtime.lane``) knows no Qt; somebody has to ask it what has happened. An ear (``app.ear``) hears at
once that a worker has spoken. One timer asks besides: at the display's own rate those that have something to do, for a
stream of payloads is shown no faster and some systems have no ears, and all of them slowly, so that a worker that died
while idle is noticed too. No thread of the window's process works beside it, but one that waits for a team's server:
nothing competes with it for Python.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.ear import FRAME, Ear
from core.runtime.events import Cancelled, Event, Failed, Finished, Progressed, RunId, Started
from core.runtime.lane import Lane
from core.runtime.pace import FULL_SPEED, Pace
from core.runtime.task import Job

IDLE: Final = 250
"""Milliseconds between two looks at those that have nothing to do."""

log = logging.getLogger(__name__)


class Run(QObject):
    """One run as the window sees it. It is of no use any more after it has ended.

    Signals:
        started: the worker has begun.
        progressed: a tuple of payloads, oldest first, at most once a displayed frame.
        finished: the result.
        failed: the ``Failed`` event.
        cancelled: it was stopped, or a newer request took its place.
        ended: after any of the last three.
    """

    started = Signal()
    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, lane: Lane, run_id: RunId, wake: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._lane = lane
        self._wake = wake
        self._steps = 0
        self.run_id = run_id
        self.is_over = False
        self.is_held = False
        """Whether it stands still, every step that was asked of it taken."""

    def cancel(self) -> None:
        """Stop it; ``cancelled`` follows."""
        self._lane.cancel(self.run_id)
        self._wake()

    def set_pace(self, pace: Pace) -> None:
        """Play, pause or change the speed."""
        self._lane.set_pace(self.run_id, pace)

    def step(self, until: str) -> None:
        """Go on until a payload of class ``until`` has passed, then hold."""
        self._steps += 1
        self.is_held = False
        self._lane.step(self.run_id, until)

    def control(self, name: str, value: object) -> None:
        """Change something in the running task."""
        self._lane.control(self.run_id, name, value)

    def watch(self, watched: bool) -> None:
        """Have pictures of the run sent, or no longer."""
        self._lane.watch(self.run_id, watched)

    def handle_event(self, event: Event) -> None:
        """Pass an event of this run on as a signal."""
        match event:
            case Started():
                self.started.emit()
            case Progressed(_, payloads, held_after):
                self.is_held = held_after == self._steps
                self.progressed.emit(payloads)
            case Finished(_, result):
                self._end()
                self.finished.emit(result)
                self.ended.emit()
            case Failed():
                self._end()
                if event.traceback:
                    log.error("Run %s failed: %s\n%s", event.run_id, event.message, event.traceback)
                else:
                    log.error("Run %s failed: %s", event.run_id, event.message)
                self.failed.emit(event)
                self.ended.emit()
            case Cancelled():
                self._end()
                self.cancelled.emit()
                self.ended.emit()

    def _end(self) -> None:
        self.is_over = True
        self.deleteLater()


class Background(QObject):
    """All lanes of the program, by name, and the timer that listens to them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, Lane] = {}
        self._ears: dict[str, Ear] = {}
        self._runs: dict[RunId, Run] = {}
        self._used_at: dict[str, float] = {}
        self._asked_all_at = -math.inf
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._listen)

    def add_lane(self, name: str, preload: tuple[str, ...] = ()) -> None:
        """Prepare a worker called ``name`` that imports ``preload`` as soon as it is warmed."""
        self._lanes[name] = Lane(name, preload)
        self._used_at[name] = time.monotonic()
        self._ears[name] = Ear(name, self._lanes[name], self)
        self._ears[name].heard.connect(self._on_heard)

    def warm(self, name: str) -> None:
        """Start the worker ``name``, so that the first run need not wait. Costs a few milliseconds here."""
        try:
            self._lanes[name].warm()
        except OSError:  # the first run will try again, and say what is wrong
            log.exception("Could not start the worker %s", name)
        self._used_at[name] = time.monotonic()
        self._ears[name].open()
        self._wake()

    def start(self, name: str, job: Job, *, pace: Pace = FULL_SPEED, watched: bool = False) -> Run:
        """Run ``job`` in the lane ``name``; a run that is under way there is cancelled."""
        lane = self._lanes[name]
        run_id = lane.submit(job, pace=pace, watched=watched)
        run = Run(lane, run_id, self._wake, self)
        self._runs[run_id] = run
        self._used_at[name] = time.monotonic()
        self._ears[name].open()
        self._wake()
        return run

    def worker_pids(self) -> dict[str, int]:
        """Return the process id of every worker that is up, by lane."""
        return {name: lane.pid for name, lane in self._lanes.items() if lane.pid is not None}

    def idle_lanes(self, unused_for: float) -> list[str]:
        """Return the lanes that have had nothing to do for so many seconds, the longest unused first."""
        since = time.monotonic() - unused_for
        idle = [name for name, lane in self._lanes.items() if not lane.busy and self._used_at[name] <= since]
        return sorted(idle, key=lambda name: self._used_at[name])

    def let_go(self, name: str) -> None:
        """Let an idle worker end; the next run in its lane begins in a new one."""
        self._ears[name].close()  # before what it listens to is closed
        self._lanes[name].let_go()

    def close(self) -> None:
        """End all workers and whatever they do."""
        self._timer.stop()
        for ear in self._ears.values():
            ear.close()
        for lane in self._lanes.values():  # all at once: each may take its time
            lane.hang_up()
        for lane in self._lanes.values():
            lane.close()
        self._runs.clear()

    def _wake(self) -> None:
        busy = any(lane.busy for lane in self._lanes.values())
        interval = FRAME if busy else IDLE
        if not self._timer.isActive() or self._timer.interval() != interval:
            self._timer.start(interval)

    @Slot()
    def _listen(self) -> None:
        now = time.monotonic()
        asks_all = self._timer.interval() == IDLE or now - self._asked_all_at >= IDLE / 1000
        if asks_all:
            self._asked_all_at = now
        for name, lane in self._lanes.items():
            if asks_all or lane.busy:
                self._take_in(name)
                self._ears[name].open()
        self._wake()

    @Slot(str)
    def _on_heard(self, name: str) -> None:
        if self._take_in(name):  # one that has ended speaks without a word, until the timer finds it dead
            self._ears[name].open()
        self._wake()

    def _take_in(self, name: str) -> bool:
        """Pass on what the worker ``name`` has said and return whether it said anything."""
        events = self._lanes[name].receive()
        if events:
            self._used_at[name] = time.monotonic()
        for event in events:
            if isinstance(event, Progressed):
                self._ears[name].note_progress()
            run = self._runs.get(event.run_id)
            if run is None:
                continue
            if isinstance(event, (Finished, Failed, Cancelled)):
                del self._runs[event.run_id]
            run.handle_event(event)
        return bool(events)
