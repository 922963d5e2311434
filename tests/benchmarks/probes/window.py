"""The real window in a process of its own, with somebody at its controls."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, QTimerEvent

from app.application import Laboratory, new_application
from app.policy_gradient.live.page import LivePage
from app.policy_gradient.session import Phase, Speed
from app.policy_gradient.tab import PolicyGradientTab
from app.settings import Settings, SettingsFile
from core.paths import settings_folder
from core.policy_gradient.config import TrainConfig

LOAD_LIMIT: Final = 60.0
"""Seconds a worker may take to load torch and gymnasium on a busy machine."""


class Bench(QObject):
    """The window, its CartPole tab, and waiting for either without stopping the event loop."""

    def __init__(self, laboratory: Laboratory) -> None:
        super().__init__()
        self.laboratory = laboratory
        tab = laboratory.window.open_tab
        assert isinstance(tab, PolicyGradientTab)
        self.tab = tab
        page = tab.page_named("live")
        assert isinstance(page, LivePage)
        self.page = page
        self.session = tab.session
        self.failures: list[str] = []
        self.session.failed.connect(self.failures.append)

    def wait(self, seconds: float) -> None:
        """Let the window run for ``seconds``."""
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def wait_until(self, condition: Callable[[], bool], limit: float, what: str, every: int = 5) -> None:
        """Let the window run until ``condition``, looked at every ``every`` milliseconds, holds.

        Raises:
            TimeoutError: it does not within ``limit`` seconds; ``what`` was waited for.
            RuntimeError: training failed meanwhile.
        """
        loop = QEventLoop()
        deadline = time.perf_counter() + limit

        def look() -> None:
            if condition() or self.failures or time.perf_counter() > deadline:
                loop.quit()

        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(look)
        timer.start(every)
        loop.exec()
        timer.stop()
        if self.failures:
            raise RuntimeError(self.failures[0])
        if not condition():
            message = f"no {what} within {limit:.0f} s"
            raise TimeoutError(message)

    def prepare(self, config: TrainConfig, speed: Speed) -> None:
        """Bring a run of ``config`` to its documented start, its first picture on the stage."""
        self.session.set_speed(speed)
        self.session.want(config)
        self.wait_until(
            lambda: self.session.phase is Phase.READY and self.page.environment_view.frames_painted > 0,
            LOAD_LIMIT,
            "first picture",
        )

    def env_steps(self) -> int:
        """Return the training steps taken so far, as the window knows them."""
        step = self.session.state.transition
        return step.env_steps if step is not None else 0


@contextmanager
def open_window(width: int, height: int) -> Iterator[Bench]:
    """Show the program's window with ``width`` × ``height`` pixels, light and at the usual zoom."""
    SettingsFile(settings_folder()).save(Settings(language="en", theme="light", zoom=1.0))
    laboratory = Laboratory(new_application())
    laboratory.window.resize(width, height)
    laboratory.show()
    try:
        yield Bench(laboratory)
    finally:
        laboratory.close()


class Heartbeat(QObject):
    """Notes the time whenever the event loop comes round: every millisecond if nothing keeps it.

    Attributes:
        times: wall-clock time of each beat (s).
        worked: what this thread had computed by then (s). On a machine that others use too, a gap in
            ``times`` can be theirs; one in ``worked`` is the window's own.
    """

    def __init__(self) -> None:
        super().__init__()
        self.times = array("d")
        self.worked = array("d")
        self._timer = 0

    def start(self) -> None:
        """Begin to beat."""
        self._beat()
        self._timer = self.startTimer(1, Qt.TimerType.PreciseTimer)

    def stop(self) -> None:
        """Beat once more and end."""
        self.killTimer(self._timer)
        self._beat()

    def timerEvent(self, _event: QTimerEvent) -> None:
        """Beat."""
        self._beat()

    def _beat(self) -> None:
        self.times.append(time.perf_counter())
        self.worked.append(time.thread_time())
