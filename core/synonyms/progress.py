"""How far the reading of a file has come, which of its lines were faulty, and how to follow work to its end."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from core.language import _
from core.runtime.events import Payload

Step = TypeVar("Step")
Told = TypeVar("Told")
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


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """A line of a file that is not as it should be.

    Attributes:
        line: its number from 1; for binary vectors the number of the word.
        fault: what is wrong and what became of it, in English, to be translated when shown.
        text: beginning of the line.
    """

    line: int
    fault: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class FaultyLines(Payload):
    """A file was read in spite of some lines.

    Attributes:
        name: which file.
        count: how many.
        first: the first of them.
    """

    name: str
    count: int
    first: tuple[FaultyLine, ...]

    def words(self, shown: int) -> list[str]:
        """Return how many there are, and where the first ``shown`` stand, a sentence each."""
        told = [_("Malformed lines in {name}: {n:,}.").format(name=self.name, n=self.count)]
        for each in self.first[:shown]:
            where = _("line {n}: {reason}").format(n=each.line, reason=_(each.fault))
            told.append(f"{where} | {each.text}" if each.text else where)
        return told


def told_as(task: Generator[Step, None, Result], tell: Callable[[Step], Told]) -> Generator[Told, None, Result]:
    """Run ``task`` to its end, yield what ``tell`` makes of each of its steps, and return what it returns.

    It is closed with whoever stops listening.
    """
    with closing(task):
        while True:
            try:
                step = next(task)
            except StopIteration as end:
                result: Result = end.value
                return result
            yield tell(step)


def finish(task: Generator[object, None, Result]) -> Result:
    """Run ``task`` to its end without looking at what it yields, and return what it returns."""
    while True:
        try:
            next(task)
        except StopIteration as end:
            result: Result = end.value
            return result
