"""Words that nobody reads any more: ``python main.py ablate --list | head -1`` closes the pipe after its first line.

Whoever had enough has seen nothing fail. The command goes on and ends as it would, with the same exit code; what it
still says goes nowhere.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_GONE: Final = 232
"""ERROR_NO_DATA: what Windows says of a pipe whose reader has left."""


class _Output(io.FileIO):
    """The end of a pipe that outlives its reader."""

    def write(self, data: ReadableBuffer, /) -> int:
        """Write ``data``, to nobody where the reader is gone."""
        try:
            return super().write(data)
        except OSError as error:
            if not isinstance(error, BrokenPipeError) and getattr(error, "winerror", None) != _GONE:
                raise
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        return super().write(data)


def outlive_readers() -> None:
    """Let the standard output and the standard error of this process take words after their readers have left.

    Where the program was started without one of the two, words to it go nowhere, too.
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
