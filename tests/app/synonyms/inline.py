"""Background work without workers: the same tasks, run between two turns of the event loop."""

from PySide6.QtCore import QObject, QTimer

from app.background import Run
from core.runtime.events import ENDINGS, Cancelled, new_run_id
from core.runtime.inline import run_inline


class _Lane:
    """What a run asks of its lane here: only to be cancelled."""

    def __init__(self):
        self.run = None
        self.events = iter(())
        self.was_cancelled = False

    def cancel(self, _run_id):
        self.was_cancelled = True


class InlineBackground(QObject):
    """Starts jobs as ``Background`` does; the newest in a lane replaces the one before."""

    def __init__(self):
        super().__init__()
        self.lanes = {}
        self.jobs = []
        self.is_slow = False
        """Whether what happens is told only later, as by a busy worker: work goes on, events wait."""
        self._untold = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)

    def start(self, name, job, **_options):
        former = self.lanes.get(name)
        if former is not None and not former.run.is_over:
            former.run.handle_event(Cancelled(former.run.run_id))
        lane = _Lane()
        lane.run = Run(lane, new_run_id(), lambda: None, self)
        lane.events = run_inline(job)
        self.lanes[name] = lane
        self.jobs.append(job)
        self._timer.start(0)
        return lane.run

    def idle_lanes(self, _unused_for):
        """Return every lane with nothing to do, also one that nobody has used."""
        return [name for name in {"asking", *self.lanes} if name not in self.lanes or self.lanes[name].run.is_over]

    def warm(self, _name):
        """No process has to be started here."""

    def has_untold_end(self, name):
        """Whether the run in a lane is over and nobody was told yet."""
        return any(run is self.lanes[name].run and isinstance(event, ENDINGS) for run, event in self._untold)

    def close(self):
        """Leave what is under way where it is: a dictionary half read is a hundred megabytes."""
        self._timer.stop()
        for lane in self.lanes.values():
            lane.events = iter(())
        self._untold.clear()

    def _turn(self):
        busy = False
        for lane in list(self.lanes.values()):
            if lane.run.is_over:
                continue
            busy = True
            event = Cancelled(lane.run.run_id) if lane.was_cancelled else next(lane.events, None)
            if event is not None:
                self._untold.append((lane.run, event))
        while self._untold and not self.is_slow:
            run, event = self._untold.pop(0)
            if not run.is_over:
                run.handle_event(event)
        if not busy:
            self._timer.stop()
