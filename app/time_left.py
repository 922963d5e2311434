"""How long something still takes, told from how far it has come."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from core.language import _

_SURE_AFTER: Final = 2.0
"""Seconds before which nothing is foretold: what is over by then needs no forecast."""
_SURE_FROM: Final = 0.02
"""Share done before which nothing is foretold: a fiftieth says little of the rest."""


class TimeLeft:
    """Foretells the rest from the pace so far."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin now, by ``clock``, in seconds."""
        self._clock = clock
        self._begun = clock()

    def seconds(self, share: float) -> float | None:
        """Return the seconds that are left when ``share``, 0 to 1, is done; None while nobody can tell."""
        elapsed = self._clock() - self._begun
        if elapsed < _SURE_AFTER or not _SURE_FROM <= share < 1:
            return None
        return elapsed * (1 - share) / share

    def words(self, share: float) -> str:
        """Return "about 40 s left" when ``share`` is done; empty while nobody can tell."""
        seconds = self.seconds(share)
        return "" if seconds is None else words_of(seconds)


def words_of(seconds: float) -> str:
    """Return a time as one says it who doesn't know it exactly: in tens of seconds, from 90 s on in minutes."""
    if seconds < 10:
        return _("a few seconds left")
    if seconds < 90:
        return _("about {n} s left").format(n=10 * round(seconds / 10))
    return _("about {n} min left").format(n=round(seconds / 60))
