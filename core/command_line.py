"""What every command of the terminal shares: how it ends, who hears it, and the one line that says how far it is."""

from __future__ import annotations

import argparse
import io
import os
import sys
import traceback
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, Self, TextIO, TypeVar

from core.files import is_standard_output
from core.interruption import lead_nowhere
from core.passwords import hide_passwords
from core.visible import visible

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from tqdm import tqdm

DONE: Final = 0
FAILED: Final = 1
"""It could not be done; one line said why."""
WRONG_USE: Final = 2
INTERRUPTED: Final = 130
"""Ctrl-C, or a request to end: what was done is kept."""

_GONE: Final = 232
"""ERROR_NO_DATA: what Windows says of a pipe whose reader has left."""

Step = TypeVar("Step")
Report = TypeVar("Report")


def program() -> str:
    """Return what starts the program here, as it is typed: what pip installed, or the file in the sources."""
    return "yaya-lab" if Path(sys.argv[0]).stem == "yaya-lab" else "python main.py"


def end(err: TextIO, line: str, code: int) -> int:
    """Say ``line`` on ``err`` and return ``code``."""
    say(err, line)
    return code


def show_traceback(args: argparse.Namespace, err: TextIO) -> None:
    """Write where the error under way comes from, if ``--debug`` asked for it."""
    if getattr(args, "debug", False):
        traceback.print_exc(file=err)


def say(stream: TextIO, line: str) -> None:
    """Write one line. Every command says so what may hold text from outside: a name, a path, a cell of a file.

    Passwords in addresses are hidden.
    """
    stream.write(f"{visible(hide_passwords(line))}\n")


def said_on(out: TextIO, err: TextIO, outputs: Iterable[Path | None]) -> TextIO:
    """Return where a command that writes ``outputs`` says what it did.

    That is ``out``, unless one of the files goes there: what reads it wants nothing but the file.
    """
    return err if any(map(is_standard_output, outputs)) else out


class Progress:
    """One line that says what is being done and how far it is, while the block lasts.

    On a terminal it is a bar, which leaves nothing behind. Elsewhere, in a file of errors say, it is by default
    nothing at all: it would stand before the one line that says what was wrong.
    """

    def __init__(
        self, err: TextIO, unit: str = "", *, elsewhere: Literal["nothing", "names", "bar"] = "nothing"
    ) -> None:
        """Say nothing yet.

        Args:
            err: where it is said.
            unit: what is counted, such as "pairs".
            elsewhere: what is written where there is no terminal: nothing, each new name once, or the bar, for work
                of hours whose log somebody watches.
        """
        self._err = err
        self._unit = unit
        self._elsewhere = elsewhere
        self._told = ""
        self._bar: tqdm[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def show(self, name: str, done: int = 0, total: int | None = None, note: str = "") -> None:
        """Say that of ``name``, ``done`` of ``total`` (None or 0 where nobody knows) are done.

        Args:
            name: what is being done; another name begins anew.
            done: how much of it.
            total: of how much.
            note: a few words behind the bar.
        """
        if self._elsewhere != "bar" and not self._err.isatty():
            if self._elsewhere == "names" and name != self._told:
                say(self._err, name)
            self._told = name
            return
        name, note = visible(name), visible(note)
        if self._bar is None:
            self._bar = self._open(name, total)
        elif name != self._told:
            self._bar.set_description(name, refresh=False)
            self._bar.reset(total or None)
        self._told = name
        self._bar.total = total or None
        self._bar.set_postfix_str(note, refresh=False)
        self._bar.update(done - self._bar.n)

    def clear(self) -> None:
        """Take the line away before anything else is said."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _open(self, name: str, total: int | None) -> tqdm[Any]:
        from tqdm import tqdm  # only now: no command should wait for it that ends before

        tqdm.monitor_interval = 0  # without its watchdog thread, which would outlive the command
        # Also a new note alone is shown in time: by itself the bar waits for as much more to be done as before.
        return tqdm(
            desc=name or None, total=total or None, file=self._err, unit=self._unit, dynamic_ncols=True, leave=False,
            miniters=0,
        )  # fmt: skip


def follow(task: Generator[Step, None, Report], each: Callable[[Step], object]) -> Report:
    """Advance ``task`` to its end, hand ``each`` of its steps on, and return its result."""
    with closing(task):
        while True:
            try:
                step = next(task)
            except StopIteration as ended:
                report: Report = ended.value
                return report
            each(step)


class _Output(io.FileIO):
    """The end of a pipe that outlives its reader."""

    def write(self, data: ReadableBuffer, /) -> int:
        """Write ``data``, to nobody where the reader is gone."""
        try:
            return super().write(data)
        except OSError as error:
            if not isinstance(error, BrokenPipeError) and getattr(error, "winerror", None) != _GONE:
                raise
        lead_nowhere(self.fileno())
        return super().write(data)


def outlive_readers() -> None:
    """Let the standard output and the standard error of this process take words after their readers have left.

    ``| head -1`` closes the pipe after its first line: whoever had enough has seen nothing fail. The command goes on
    and ends as it would, with the same exit code; what it still says goes nowhere. So it does where the program was
    started without one of the two.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  lasts as long as we do
        elif stream is getattr(sys, f"__{name}__") and _may_lose_its_reader(stream):
            stream.flush()
            raw = _Output(stream.fileno(), "w", closefd=False)
            is_raw = isinstance(stream.buffer, io.RawIOBase)  # python -u: each word goes out at once
            through = io.TextIOWrapper(
                raw if is_raw else io.BufferedWriter(raw),
                encoding=stream.encoding,
                errors=stream.errors,
                line_buffering=stream.line_buffering,
                write_through=stream.write_through,
            )
            setattr(sys, name, through)


def _may_lose_its_reader(stream: object) -> bool:
    """Whether it is a file of the system's, and no terminal: Windows' has letters of its own."""
    if not isinstance(stream, io.TextIOWrapper):
        return False
    raw = getattr(stream.buffer, "raw", stream.buffer)
    return type(raw) is io.FileIO and not raw.isatty()
