"""``python main.py`` with somebody at the keys: ``python -m tests.drill.hands.program '{"hands": …}'``.

Everything is the program's own, from the arguments to the event loop. Two things are added: what is drawn goes into
memory and counts as a display, and a script plays once the window has been painted.
"""

from __future__ import annotations

import json
import sys
import time
from pkgutil import resolve_name
from random import Random
from typing import Any, Final

import psutil
from PySide6.QtCore import QObject, Qt, QTimer

import app.start
import main as program
from app.application import Laboratory
from app.tour.driver import Visitor
from app.tour.player import Outcome, Player
from core.language import current_language
from tests.drill.ledger import Ledger

BEAT: Final = 20
"""Milliseconds between two beats of the heart."""
WEIGH: Final = 5000
"""Milliseconds between two looks at how large the workers are."""


class Heart(QObject):
    """Beats with the event loop, and writes down each gap that is longer than all before it.

    On a machine that others use too, a gap may be theirs: what the window's own thread computed meanwhile is noted
    beside it.
    """

    def __init__(self, ledger: Ledger, parent: QObject) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._longest = self._most = 0.0
        self._last = (time.monotonic(), time.thread_time())
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._beat)
        timer.start(BEAT)

    def _beat(self) -> None:
        now = (time.monotonic(), time.thread_time())
        gap, worked = now[0] - self._last[0], now[1] - self._last[1]
        self._last = now
        if gap > self._longest or worked > self._most:
            self._longest, self._most = max(gap, self._longest), max(worked, self._most)
            self._ledger.write("gap", seconds=round(gap, 3), worked=round(worked, 3))


class Scales(QObject):
    """Writes down now and then how large each worker is, with the processes that it has begun itself (MiB)."""

    def __init__(self, laboratory: Laboratory, ledger: Ledger) -> None:
        super().__init__(laboratory)
        self._background, self._ledger = laboratory.background, ledger
        timer = QTimer(self)
        timer.timeout.connect(self._weigh)
        timer.start(WEIGH)

    def _weigh(self) -> None:
        sizes = {name: _size(pid) for name, pid in self._background.worker_pids().items()}
        self._ledger.write("sizes", at=round(time.monotonic(), 1), mib=sizes)


def _size(pid: int) -> float:
    """Return the MiB of a process and of those below it; of one that has just ended, 0."""
    try:
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        return round(sum(process.memory_info().rss for process in family) / 2**20, 1)
    except psutil.NoSuchProcess:
        return 0.0


class Seat:
    """Somebody at the window.

    Attributes:
        visitor: presses and clicks.
        ledger: where it is written down.
        random: every choice.
        given: what the drill asks of these hands.
    """

    def __init__(self, laboratory: Laboratory, ledger: Ledger, given: dict[str, Any]) -> None:
        self.laboratory = laboratory
        self.visitor = Visitor(laboratory, current_language())
        self.ledger = ledger
        self.random = Random(given["seed"])
        self.given = given
        self.end = time.monotonic() + given["seconds"]
        self._player = Player(
            [lambda: resolve_name(f"tests.drill.hands.{given['hands']}")(self)],
            lambda _at: None,
            self._leave,
            laboratory,
        )

    @property
    def is_time_over(self) -> bool:
        """Whether these hands have worked as long as they should."""
        return time.monotonic() > self.end

    def begin(self) -> None:
        """Sit down."""
        self.ledger.write("ready")
        self._heart = Heart(self.ledger, self.laboratory)
        self._scales = Scales(self.laboratory, self.ledger)
        self._player.start()

    def _leave(self, _at: int, outcome: Outcome) -> None:
        self.ledger.write("left", problem=outcome.problem, figures=outcome.figures)
        QTimer.singleShot(0, self.laboratory.window, self.laboratory.window.close)


def main() -> int:
    """Run the program; its exit code."""
    given = json.loads(sys.argv[1])
    ledger = Ledger(given["ledger"])
    seats = []

    def sit_down(*arguments: Any) -> Laboratory:
        laboratory = Laboratory(*arguments)
        seats.append(Seat(laboratory, ledger, given))
        laboratory.window.painted.connect(seats[0].begin)
        return laboratory

    app.start.has_display = lambda: True
    app.start.Laboratory = sit_down
    code = program.main([])
    ledger.write("closed", code=code)
    return code


if __name__ == "__main__":
    sys.exit(main())
