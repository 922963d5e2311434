"""Bytes of a vector file in pieces of bounded size, unpacked on the way if they are gzip."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

from core.files import check_plain
from core.language import _
from core.one_line import system_reason
from core.synonyms.pairs import SynonymsError

_CHUNK: Final = 4 << 20

_LOOKED_AT: Final = 16 << 20
"""Unpacked bytes after which the packing ratio is looked at, again and again: a bomb may begin harmlessly."""

_MAX_RATIO: Final = 40
"""Real vectors pack to a half or a third of their text; one that grows fortyfold means to fill the disk."""


class ByteStream:
    """A buffer over a file: look ahead, take bytes, know how far it is.

    Attributes:
        name: the file's name, for messages.
        total: bytes of the file on disk.
        packed: whether the file is gzip.
    """

    def __init__(self, file: io.BufferedReader, path: Path) -> None:
        self.name = path.name
        self.total = path.stat().st_size
        self._file = file
        self.packed = file.peek(2)[:2] == b"\x1f\x8b"
        self._stream: io.BufferedIOBase = gzip.GzipFile(fileobj=file) if self.packed else file
        self._unpacked = self._packed = 0  # since the ratio was looked at
        self._ended = False
        self.buffer = b""

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """Open ``path``; failures of reading it, now or later, become a ``SynonymsError`` of one line."""
        try:
            check_plain(path)
            file = path.open("rb")
        except OSError as error:
            raise _unreadable(path.name, error) from error
        with file:
            yield cls(file, path)

    @property
    def done(self) -> int:
        """Bytes of the file on disk that were read."""
        return self._file.tell()

    def more(self) -> bool:
        """Append the next piece to ``buffer``; False at the end of the file."""
        if self._ended:
            return False
        try:
            piece = self._stream.read(_CHUNK)
        except (zlib.error, gzip.BadGzipFile, EOFError) as error:
            raise SynonymsError(
                _("{name} is a damaged gzip file: copy or download it again.").format(name=self.name)
            ) from error
        except OSError as error:
            raise _unreadable(self.name, error) from error
        if not piece:
            self._ended = True
            return False
        self._unpacked += len(piece)
        if self.packed and self._unpacked > _LOOKED_AT:
            self._check_ratio()
        self.buffer = self.buffer + piece if self.buffer else piece
        return True

    def _check_ratio(self) -> None:
        if self._unpacked > _MAX_RATIO * max(self.done - self._packed, 1):
            raise SynonymsError(
                _("{name} unpacks to over {ratio} times its size, unlike word vectors. It was not opened.").format(
                    name=self.name, ratio=_MAX_RATIO
                )
            )
        self._unpacked, self._packed = 0, self.done

    def fill(self, size: int) -> bytes:
        """Return the next ``size`` bytes without taking them; fewer at the end of the file."""
        while len(self.buffer) < size and self.more():
            pass
        return self.buffer[:size]

    def take(self, size: int) -> None:
        """Drop ``size`` bytes from the front of ``buffer``."""
        self.buffer = self.buffer[size:]


def _unreadable(name: str, error: OSError) -> SynonymsError:
    return SynonymsError(_("{name} can't be read: {reason}").format(name=name, reason=system_reason(error)))
