"""A background whose runs wait until the test lets them go, and are then driven for real, in this process."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal

from core.runtime.events import Failed, Finished, Progressed, new_run_id
from core.runtime.inline import run_inline
from core.runtime.lane import WORKER_DIED


class InlineRun(QObject):
    """A run that goes on when the test says so."""

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, lane, job):
        super().__init__()
        self.lane, self.job = lane, job
        self.is_cancelled = False

    def cancel(self):
        self.is_cancelled = True

    def go(self):
        """Drive it to its end."""
        for event in run_inline(self.job):
            match event:
                case Progressed():
                    self.progressed.emit(event.payloads)
                case Finished():
                    self.finished.emit(event.result)
                case Failed():
                    self.failed.emit(event)

    def watch(self, watched):
        pass

    def say(self, *payloads):
        self.progressed.emit(payloads)

    def die(self):
        self.failed.emit(Failed(new_run_id(), WORKER_DIED, "the process ended"))


class InlineBackground(QObject):
    """Keeps runs until they are let go."""

    def __init__(self):
        super().__init__()
        self.runs = []
        self.lanes = []

    def add_lane(self, name, _preload=()):
        self.lanes.append(name)

    def warm(self, name):
        assert name in self.lanes

    def start(self, lane, job, **_how):
        assert lane in self.lanes
        self.runs.append(InlineRun(lane, job))
        return self.runs[-1]

    @property
    def waiting(self):
        """Runs that nobody has let go or left."""
        return [run for run in self.runs if not run.is_cancelled]

    def go(self, times=10_000):
        """Let ``times`` of the waiting runs go, one after the other."""
        while times and self.waiting:
            run = self.waiting[0]
            self.runs.remove(run)
            run.go()
            times -= 1


@pytest.fixture
def background(qapp, monkeypatch):
    monkeypatch.setattr("app.policy_gradient.experiments.experiment.processes_here", lambda: 2)
    return InlineBackground()
