"""What a worker process writes to standard error: complaints of libraries, the last words of a native crash.

It goes into a file of its own, which the window's end reads now and then. A file never makes the writer wait, as a
pipe does that nobody empties, and what a dying process has written stays readable.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
import tempfile
from pathlib import Path
from typing import Final

MOST: Final = 16 * 1024
"""Bytes taken at a time; of more, the newest count."""
_LARGEST: Final = 1 << 20
"""Bytes after which the file begins anew."""


class WorkerStderr:
    """The reader's end: made before the process, whose end is :func:`write_into`."""

    def __init__(self) -> None:
        """Make the file.

        Raises:
            OSError: there is no place for one.
        """
        self._file, self.path = tempfile.mkstemp(prefix="yaya-worker-")
        self._begun = b""

    def take(self, *, all_of_it: bool = False) -> list[str]:
        """Return the lines that were written since the last call; of very many, the newest.

        Args:
            all_of_it: the process has ended, and a line without an end counts too.
        """
        at = os.lseek(self._file, 0, os.SEEK_CUR)
        end = os.fstat(self._file).st_size
        left_out = max(0, end - at - MOST)
        if left_out:
            os.lseek(self._file, end - MOST, os.SEEK_SET)
        *whole, self._begun = (self._begun + os.read(self._file, MOST)).split(b"\n")
        if all_of_it or len(self._begun) > MOST:
            whole.append(self._begun)
            self._begun = b""
        if end > _LARGEST:
            os.ftruncate(self._file, 0)  # the writer appends: it goes on at the beginning
            os.lseek(self._file, 0, os.SEEK_SET)
        lines = [text for line in whole if (text := line.decode("utf-8", "replace").rstrip())]
        return [f"[{left_out} bytes left out]", *lines] if left_out else lines

    def close(self) -> None:
        """Give the file up."""
        os.close(self._file)
        _remove(self.path)


def write_into(path: str) -> None:
    """Let this process write standard error into ``path``, also where the process dies of a native crash."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND)
    os.dup2(handle, 2)
    os.close(handle)
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    faulthandler.enable()
    _remove(path)  # it lives on as long as one end has it open; so nothing is left even if both are killed


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):  # Windows removes no file that is open; the reader does when it closes
        Path(path).unlink()
