"""The window left alone with a run that starts over and over, for as long as a lecture lasts."""

from __future__ import annotations

import logging
import sys
import time
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Slot

from app.policy_gradient.session import Phase, Speed
from core.policy_gradient.config import ARTICLE
from tests.benchmarks.probes.memory import memory_of
from tests.benchmarks.probes.window import Bench, open_window

SAMPLES: Final = 100
SPEED_HOLDS: Final = 10
"""Samples between two changes of speed."""
_CONFIG: Final = replace(ARTICLE, episodes=1000)


class _Errors(logging.Handler):
    """Keeps what the program reports as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class _Again(QObject):
    """Starts the next run when one has ended."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.runs = 1
        self._session = bench.session
        self._session.phase_changed.connect(self._look)

    @Slot()
    def _look(self) -> None:
        if self._session.phase is Phase.FINISHED:
            self.runs += 1
            QTimer.singleShot(0, self._session.toggle)  # after everybody has heard of the end


def soak(width: int, height: int, seconds: float) -> dict[str, Any]:
    """Train with live rendering, turbo and fast in turn, each run followed by the next.

    Returns:
        A hundred samples of memory (MiB, RSS: USS falls whenever another process maps the same libraries), frames
        painted, references to None and time, with what went wrong. Under Python 3.12 and later None is immortal: its
        count never changes.
    """
    errors = _Errors()
    samples: list[dict[str, float]] = []
    with open_window(width, height) as bench:
        logging.getLogger().addHandler(errors)
        bench.prepare(_CONFIG, "turbo")
        again = _Again(bench)
        bench.session.toggle()
        bench.wait(min(5.0, seconds / 10))
        begin = time.perf_counter()
        for number in range(SAMPLES + 1):
            samples.append(_sample(bench, begin))
            if number % SPEED_HOLDS == 0:
                _change_speed(bench, "fast" if number // SPEED_HOLDS % 4 == 3 else "turbo")
            bench.wait(max(0.0, begin + (number + 1) * seconds / SAMPLES - time.perf_counter()))
        logging.getLogger().removeHandler(errors)
        return {"samples": samples, "runs": again.runs, "errors": [*errors.lines, *bench.failures]}


def _sample(bench: Bench, begin: float) -> dict[str, float]:
    worker = bench.laboratory.background.worker_pids()["training"]
    return {
        "seconds": time.perf_counter() - begin,
        "window": memory_of()["rss"],
        "worker": memory_of(worker)["rss"],
        "frames": bench.page.environment_view.frames_painted,
        "none": sys.getrefcount(None),
    }


def _change_speed(bench: Bench, speed: Speed) -> None:
    if bench.session.speed != speed:
        bench.session.set_speed(speed)
