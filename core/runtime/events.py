"""What long work says while it runs: five events, each stamped with its run.

A task is a generator (or any iterable) of payloads: frozen dataclasses of numbers and arrays. Whoever drives
the task, a worker process or the inline driver, wraps them into the five events below. Nothing else crosses
the border between work and window.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any, ClassVar, NewType

RunId = NewType("RunId", int)
"""Names one run of one task in this process; never used twice."""

_run_ids = itertools.count(1)


def new_run_id() -> RunId:
    """Return a run id that no earlier run of this process had."""
    return RunId(next(_run_ids))


class Payload:
    """Base of everything a task yields. Subclasses are frozen dataclasses of numbers and arrays.

    Attributes:
        beat: the driver counts these when it paces the task (one beat = one transition, one token, …).
        newest_only: when several wait to be delivered, only the newest is worth showing.
    """

    __slots__ = ()

    beat: ClassVar[bool] = False
    newest_only: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Started:
    """The worker has begun the run."""

    run_id: RunId


@dataclass(frozen=True, slots=True)
class Progressed:
    """The run has yielded payloads, oldest first.

    Attributes:
        run_id: the run.
        payloads: what it has yielded since the last event.
        held_after: None while it goes on; where it is held after the last payload, how many steps had been asked
            of it until then. One asked for since is still to come.
    """

    run_id: RunId
    payloads: tuple[Payload, ...]
    held_after: int | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """The run came to its natural end; ``result`` is what the generator returned."""

    run_id: RunId
    result: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """The run ended in an error, or its process died.

    Attributes:
        run_id: the run.
        kind: the exception's class name, or ``"WorkerDied"`` when the process ended under the run.
        message: one line for the person at the screen.
        traceback: the full text for the log; empty when the process died, or the error said all that there is to say.
    """

    run_id: RunId
    kind: str
    message: str
    traceback: str = ""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The run was stopped on request, or a newer request took its place."""

    run_id: RunId


Event = Started | Progressed | Finished | Failed | Cancelled
"""Everything a run can say. The last three end it."""

ENDINGS = (Finished, Failed, Cancelled)
