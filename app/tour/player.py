"""How a tour goes on: steps are generators that say what they wait for, and the event loop plays them.

A step never blocks and never spins the event loop: between two of its lines the window lives as it does under a
person's hands. One timer asks whether what a step waits for has come.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.language import _

TICK: Final = 10
"""Milliseconds between two looks at what a step waits for."""

Figure = int | float | str | bool | None
Figures = dict[str, Figure]
"""What a step measured, by name; plain values that JSON can write."""

log = logging.getLogger(__name__)


class StepFailedError(Exception):
    """A step did not come to what it promises; ``str(error)`` says in one line what was missing."""


class Until:
    """Something to wait for, and how long."""

    def __init__(self, condition: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
        """Prepare to wait.

        Args:
            condition: whether it has come; asked at every tick.
            what: what is awaited, for the report when it does not come.
            seconds: patience, from the moment the step begins to wait; enough for a busy machine.
        """
        self._condition = condition
        self._what = what
        self._seconds = seconds
        self._begun = 0.0

    def begin(self) -> None:
        """Start to wait."""
        self._begun = perf_counter()

    def is_over(self) -> bool:
        """Return whether it has come.

        Raises:
            StepFailedError: patience is at its end.
        """
        if self._condition():
            return True
        if perf_counter() - self._begun > self._seconds:
            message = _("Waited {seconds:g} s without: {what}.")
            raise StepFailedError(message.format(seconds=self._seconds, what=self._what))
        return False


Script = Generator[Until, None, Figures]
"""One step under way: yields what it waits for, returns what it measured."""
Way = Generator[Until, None, None]
"""A part of a step that measures nothing; used with ``yield from``."""


def turns(count: int = 4) -> Until:
    """Wait while the event loop goes round ``count`` times: layouts settle and everything is painted."""
    left = iter(range(count))
    return Until(lambda: next(left, None) is None, f"{count} turns of the event loop")


def still(value: Callable[[], object], seconds: float = 0.15) -> Until:
    """Wait until ``value`` has not changed for so many seconds: what was under way has arrived."""
    last: object = object()
    since = 0.0

    def rests() -> bool:
        nonlocal last, since
        now = value()
        if now != last:
            last, since = now, perf_counter()
        return perf_counter() - since >= seconds

    return Until(rests, "a standstill")


def expect(condition: object, otherwise: str) -> None:
    """Fail the step under way unless ``condition`` holds.

    Raises:
        StepFailedError: with ``otherwise`` as its text.
    """
    if not condition:
        raise StepFailedError(otherwise)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step ended.

    Attributes:
        figures: what it measured.
        seconds: how long it took.
        problem: one line when it did not come to its end, else empty.
    """

    figures: Figures
    seconds: float
    problem: str = ""


class Player(QObject):
    """Plays scripts one after the other; one that fails does not keep the next from being played.

    Signals:
        finished: all have been played, or :meth:`stop` was called and obeyed.
    """

    finished = Signal()

    def __init__(
        self,
        scripts: Sequence[Callable[[], Script]],
        begins: Callable[[int], None],
        ends: Callable[[int, Outcome], None],
        parent: QObject | None = None,
    ) -> None:
        """Prepare to play.

        Args:
            scripts: each begins its step when called.
            begins: told the index of a step before it begins.
            ends: told the index of a step and its outcome, in the same moment in which the step returns: the
                window still stands as the step left it.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._scripts = scripts
        self._begins, self._ends = begins, ends
        self._at = -1
        self._script: Script | None = None
        self._awaited: Until | None = None
        self._begun = 0.0
        self._is_stopped = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin with the first script as soon as the event loop runs."""
        self._timer.start(TICK)

    def stop(self) -> None:
        """Leave the script under way where it is, at the next tick; it counts as not played.

        May be called from anywhere, also from a signal handler in the middle of a step.
        """
        self._is_stopped = True

    @Slot()
    def _go_on(self) -> None:
        if self._is_stopped:
            self._leave()
            return
        if self._script is None:
            self._begin_next()
            return
        try:
            if self._awaited is None or self._awaited.is_over():
                self._awaited = next(self._script)
                self._awaited.begin()
        except StopIteration as ended:
            self._end(ended.value)
        except StepFailedError as error:
            self._end({}, str(error))
        except Exception as error:
            log.exception("A step of the tour failed")
            self._end({}, f"{type(error).__name__}: {error}")

    def _begin_next(self) -> None:
        self._at += 1
        if self._at == len(self._scripts):
            self._leave()
            return
        self._begins(self._at)
        self._begun = perf_counter()
        self._awaited = None
        self._script = self._scripts[self._at]()

    def _leave(self) -> None:
        self._timer.stop()
        if self._script is not None:
            self._script.close()
            self._script = None
        self.finished.emit()

    def _end(self, figures: Figures, problem: str = "") -> None:
        assert self._script is not None
        self._script.close()
        self._script = None
        self._ends(self._at, Outcome(figures, perf_counter() - self._begun, problem))
