"""What the window says to a worker. Each names the run it means; a worker ignores what means another."""

from __future__ import annotations

from dataclasses import dataclass

from core.language import Language
from core.runtime.events import RunId
from core.runtime.pace import Pace
from core.runtime.task import Job


@dataclass(frozen=True, slots=True)
class Warm:
    """Import these modules now, before they are needed."""

    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Open the job and drive it; ``language`` is the one its errors are told in."""

    run_id: RunId
    job: Job
    pace: Pace
    watched: bool
    language: Language


@dataclass(frozen=True, slots=True)
class Cancel:
    """End the run between two payloads."""

    run_id: RunId


@dataclass(frozen=True, slots=True)
class SetPace:
    """Play, pause or change the speed."""

    run_id: RunId
    pace: Pace


@dataclass(frozen=True, slots=True)
class Step:
    """Go on until a payload of this class has passed, then hold."""

    run_id: RunId
    until: str


@dataclass(frozen=True, slots=True)
class Control:
    """Call the task's ``control(name, value)``."""

    run_id: RunId
    name: str
    value: object


@dataclass(frozen=True, slots=True)
class Watch:
    """Start or stop adding the task's snapshots to what is sent."""

    run_id: RunId
    watched: bool


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The last message has been received; the next may be sent."""


Command = Warm | Run | Cancel | SetPace | Step | Control | Watch | Acknowledge
