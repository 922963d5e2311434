"""How far the reading of a large file has come, and how to wait for its end."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from core.runtime.events import Payload

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class ReadProgress(Payload):
    """A file is being read.

    Attributes:
        name: which file.
        done: how much has been read, in the unit of ``total``.
        total: bytes, lines or words to read.
        items: words or sentences found so far.
    """

    newest_only: ClassVar[bool] = True

    name: str
    done: int
    total: int
    items: int


def finish(task: Generator[object, None, Result]) -> Result:
    """Run ``task`` to its end without looking at what it yields, and return what it returns."""
    while True:
        try:
            next(task)
        except StopIteration as end:
            result: Result = end.value
            return result
