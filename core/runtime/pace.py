"""How fast a task is advanced: play, pause, step and speed, counted in beats."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Final

from core.runtime.events import Payload


@dataclass(frozen=True, slots=True)
class Pace:
    """The speed the person at the screen has chosen.

    Attributes:
        playing: False holds the task between two payloads.
        beats_per_second: payloads marked ``beat`` let through each second; infinity for as fast as it goes.
    """

    playing: bool = True
    beats_per_second: float = math.inf

    def __post_init__(self) -> None:
        if not self.beats_per_second > 0:
            raise ValueError(f"beats per second must be above 0, not {self.beats_per_second}")


FULL_SPEED = Pace()
PAUSED = Pace(playing=False)


SHOWN_SHARE: Final = 0.16
"""Share of its time that a task at full speed spends on being shown, at most."""

CATCH_UP: Final = 0.05
"""Seconds of delay that are made up by hurrying; a machine under load wakes a process late all the time."""


class Pacer:
    """Tells, after each payload, how long to hold the task. Knows the time only from its caller."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._steps: deque[str] = deque()
        self._next_beat = -math.inf

    @property
    def pace(self) -> Pace:
        """The pace in force."""
        return self._pace

    def set(self, pace: Pace) -> None:
        """Change the pace; steps under way end where they are."""
        self._pace = pace
        self._steps.clear()
        self._next_beat = -math.inf

    def step(self, until: str) -> None:
        """Hold after the next payload whose class has the name ``until``, however far away it is.

        One step asked for while another is under way follows it.
        """
        self._pace = Pace(playing=False, beats_per_second=self._pace.beats_per_second)
        self._steps.append(until)

    @property
    def held(self) -> bool:
        """Whether the task stands still until told otherwise."""
        return not self._pace.playing and not self._steps

    @property
    def is_unbounded(self) -> bool:
        """Whether the task goes on as fast as it can."""
        return not self.held and self._pace.beats_per_second == math.inf

    def after(self, payload: Payload, now: float) -> None:
        """Take note that ``payload`` was let through at time ``now`` (seconds)."""
        if self._steps:
            if type(payload).__name__ == self._steps[0]:
                self._steps.popleft()
        elif payload.beat and self._pace.beats_per_second != math.inf:
            # A small delay is made up, so that the speed holds; a long one makes nothing hurry.
            interval = 1 / self._pace.beats_per_second
            on_time = self._next_beat + interval
            self._next_beat = on_time if on_time > now - CATCH_UP else now + interval

    def wait(self, now: float) -> float:
        """Return the seconds to hold before the next payload: 0 to go on, infinity when held."""
        if self.held:
            return math.inf
        if self._steps:
            return 0.0
        return max(0.0, self._next_beat - now)


class Showing:
    """Tells when a task at full speed may be shown again: what is dear to show is shown less often.

    Knows the time only from its caller.
    """

    def __init__(self) -> None:
        self._next = -math.inf

    def is_due(self, now: float) -> bool:
        """Whether it may be shown at time ``now`` (seconds)."""
        return now >= self._next

    def shown(self, cost: float, now: float) -> None:
        """Take note that showing it has cost ``cost`` seconds of computing until ``now``."""
        self._next = now + cost * (1 / SHOWN_SHARE - 1)
