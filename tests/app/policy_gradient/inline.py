"""A training session whose run is advanced here, step by step, instead of in a worker."""

from app.policy_gradient.session import Phase, TrainingSession
from core.policy_gradient.train import Training


class Nothing:
    """A background in which nothing runs; it writes down what was to be started and controlled."""

    def __init__(self):
        self.started = []
        self.controlled = []

    def start(self, lane, job, **_named):
        self.started.append((lane, job))
        return Silent(self)


class Silent:
    """A run of which nothing is heard."""

    def __init__(self, background):
        self.background = background
        self.is_held = False

    def control(self, name, value):
        self.background.controlled.append((name, value))

    def __getattr__(self, _name):
        return Quiet()


class Quiet:
    def __getattr__(self, _name):
        return Quiet()

    def __call__(self, *_given, **_named):
        return Quiet()


class InlineSession(TrainingSession):
    """A session on a run that tests advance.

    Args:
        config: the run's.
    """

    def __init__(self, config, parent=None):
        self.nothing = Nothing()
        super().__init__(self.nothing, parent)
        self.begin(config)

    def begin(self, config):
        """Open another run."""
        self.want(config)
        self.reset()
        self.training = Training(config)
        self._running = iter(self.training)
        self.phase = Phase.PAUSED
        self._show_moment([])

    def until(self, kind, times=1):
        """Advance the run until ``times`` payloads of ``kind`` have come, and show where it is."""
        payloads = []
        while times:
            payloads.append(next(self._running))
            times -= isinstance(payloads[-1], kind)
        self._show_moment(payloads)

    def look(self):
        """Show where the run is."""
        self._show_moment([])

    def _show_moment(self, payloads):
        self.training.control("copies", self.watches_copies)
        self.shelf.take(payloads)
        self.state.apply([*payloads, self.training.snapshot()])
        self.progressed.emit()

    def finish(self):
        """Let the run go."""
        self.training.close()
