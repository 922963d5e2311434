"""What can be run: a job names a task, a task yields payloads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pkgutil import resolve_name
from typing import Any, Protocol, runtime_checkable

from core.runtime.events import Payload


@dataclass(frozen=True, slots=True)
class Job:
    """A run before it runs: which task, with which frozen arguments.

    The task is named by text, not by reference, so that the window's process can ask for work without
    importing torch or anything else the work needs.

    Attributes:
        task: ``"package.module:callable"``; calling it with ``arguments`` gives an iterable of payloads.
        arguments: picklable keyword arguments, usually one frozen config.
    """

    task: str
    arguments: dict[str, Any] = field(default_factory=dict)

    def open(self) -> Iterable[Payload]:
        """Import the task and call it.

        Raises:
            ImportError, AttributeError: there is no such task.
        """
        made: Iterable[Payload] = resolve_name(self.task)(**self.arguments)
        return made


@runtime_checkable
class Steerable(Protocol):
    """A task that listens while it runs."""

    def control(self, name: str, value: object) -> None:
        """Change ``name`` to ``value`` from the next step on."""


@runtime_checkable
class Watchable(Protocol):
    """A task that can show itself: the driver asks at most once a displayed frame, and only when watched."""

    def __iter__(self) -> Iterator[Payload]: ...

    def snapshot(self) -> Payload | None:
        """Return a picture of this moment, or None when there is nothing new to see."""
