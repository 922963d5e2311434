"""Text files from anywhere, opened with care, and text files written whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, Literal, TextIO, get_args

from core.files import check_plain, replacing_text
from core.language import _
from core.one_line import system_reason
from core.outputs import OutputRefusedError, check_outputs
from core.synonyms.encodings import MARK, SAMPLE, Guess, codec_of, errors_of, guess, marked
from core.synonyms.exchange.record import ExchangeError

Encoding = Literal["utf-8", "utf-8-sig", "gb18030"]
ENCODINGS: Final[tuple[Encoding, ...]] = get_args(Encoding)
"""What files are written in."""

READ_ENCODINGS: Final = (*ENCODINGS, "big5", "utf-16", "utf-16-le", "utf-16-be")
"""What files can be read in."""

LINE_LIMIT: Final = 1 << 20
"""Characters of a line: a pair with a page of notes has a hundredth of it."""

SIZE_LIMIT: Final = 1 << 30
"""Bytes of text, unpacked: some ten million pairs."""

WHOLE_LIMIT: Final = 1 << 28
"""Bytes of a file that must be read at once: a million tasks."""


class TextFile:
    """A text file, decoded; bytes that are not in its encoding arrive as lone surrogates.

    Whoever reads a record finds them there and rejects that record alone.

    Attributes:
        path: the file.
        encoding: as found or as told.
        is_guessed: nobody said so, and no mark or valid UTF-8 proves it.
        is_doubtful: another encoding is nearly as likely.
        line: number of the line that was read last, from 1; 0 where the text was read at once.
    """

    def __init__(self, path: Path, encoding: str = "auto") -> None:
        """Look at the file and find its encoding.

        Raises:
            ExchangeError: it cannot be opened, is no text, or is larger than it may be.
        """
        self.path = path
        self.line = 0
        with _opened(path) as raw:
            head = raw.read(1 << 16)
        self._refuse_other_kinds(head)
        found = marked(head)
        self.is_guessed = found is None and encoding == "auto"
        self.is_doubtful = False
        if found is not None:
            self.encoding = found
        elif encoding == "auto":
            best = guess(head) if b"\x00" in head else self._guess()
            self.encoding, self.is_doubtful = best.encoding, best.is_doubtful
            self.is_guessed = best.encoding != "utf-8"
        else:
            self.encoding = "utf-8" if encoding == "utf-8-sig" else encoding

    def __iter__(self) -> Iterator[str]:
        """Yield the lines with their ends.

        Raises:
            ExchangeError: a line, or the file, is longer than it may be, or cannot be read on.
        """
        with _opened(self.path) as raw:
            text = io.TextIOWrapper(raw, encoding=codec_of(self.encoding), errors=errors_of(self.encoding), newline="")
            self.line = 0
            while line := text.readline(LINE_LIMIT + 1):
                self.line += 1
                if len(line) > LINE_LIMIT:
                    raise ExchangeError(
                        _("Line {n} of {file} is longer than {limit} characters: not a list of pairs.").format(
                            n=self.line, file=self.path.name, limit=LINE_LIMIT
                        )
                    )
                yield line if self.line > 1 else line.removeprefix(MARK)

    def whole(self) -> str:
        """Return the text at once.

        Raises:
            ExchangeError: it is larger than it may be, or cannot be read.
        """
        with _opened(self.path) as raw:
            data = raw.read(WHOLE_LIMIT + 1)
        if len(data) > WHOLE_LIMIT:
            raise ExchangeError(
                _("{file} is larger than {limit} MB. Split it, or use a format with one record per line.").format(
                    file=self.path.name, limit=WHOLE_LIMIT >> 20
                )
            )
        return data.decode(codec_of(self.encoding), errors_of(self.encoding)).removeprefix(MARK)

    def fingerprint(self) -> str:
        """Return a hash of the file's bytes as they are on the disk.

        Raises:
            ExchangeError: it cannot be read.
        """
        try:
            check_plain(self.path)
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ExchangeError(
                _("{file} cannot be read: {reason}.").format(file=self.path, reason=system_reason(error))
            ) from error

    def _refuse_other_kinds(self, head: bytes) -> None:
        kinds = {
            b"PK\x03\x04": _("a zip archive or a workbook; unpack it, or save it as CSV"),
            b"\xd0\xcf\x11\xe0": _("an old workbook; save it as CSV"),
            b"%PDF": _("a PDF"),
            b"SQLite format 3": _("a database; open it as a store"),
            b"BZh": _("packed; unpack it first"),
            b"\xfd7zXZ": _("packed; unpack it first"),
        }
        kind = next((kind for magic, kind in kinds.items() if head.startswith(magic)), None)
        if kind is None and b"\x00" in head and not guess(head).encoding.startswith("utf-16"):
            kind = _("not a text file")
        if kind is not None:
            raise ExchangeError(_("{file} is {kind}.").format(file=self.path.name, kind=kind))

    def _guess(self) -> Guess:
        """Return what the file's lines look like that are not ASCII: the first of them may stand far down."""
        foreign = bytearray()
        with _opened(self.path) as raw:
            while len(foreign) < SAMPLE and (line := raw.readline(LINE_LIMIT)):
                if not line.isascii():
                    foreign += line
        return guess(bytes(foreign))


class _Limited(io.RawIOBase):
    """A stream that ends in an error when it turns out longer than it may be."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        self._left = SIZE_LIMIT

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise ExchangeError(
                _("{file} contains more than {limit} MB of text. Split it.").format(
                    file=self._name, limit=SIZE_LIMIT >> 20
                )
            )
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    """Open a plain or gzipped file for reading, never more of it than ``SIZE_LIMIT``."""
    try:
        check_plain(path)  # it is read several times
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            stream: IO[bytes] = gzip.GzipFile(fileobj=file) if packed else file  # type: ignore[assignment]
            yield io.BufferedReader(_Limited(stream, path.name), 1 << 16)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ExchangeError(_("{file} is a damaged gzip file: copy or download it again.").format(file=path)) from error
    except OSError as error:
        raise ExchangeError(
            _("{file} cannot be read: {reason}.").format(file=path, reason=system_reason(error))
        ) from error


def check_places(outputs: Mapping[str, Path | None], kept: Iterable[Path]) -> None:
    """See that what is to be written destroys nothing of ``kept``; see ``core.outputs``.

    Raises:
        ExchangeError: it would, or it can't be written.
    """
    try:
        check_outputs(outputs, kept)
    except OutputRefusedError as error:
        raise ExchangeError(error.reason) from error


@contextmanager
def replacing(path: Path, encoding: Encoding = "utf-8") -> Iterator[TextIO]:
    """Open a text file beside ``path`` that takes its place when it is complete and on the disk.

    Args:
        path: the file; one that ends in ``.gz`` is packed.
        encoding: ``utf-8-sig`` begins with the mark that spreadsheets know UTF-8 by.

    Raises:
        ExchangeError: it cannot be written; what stood there before still stands.
    """
    try:
        with replacing_text(path, encoding) as text:
            yield text
    except OSError as error:
        raise ExchangeError(
            _("{file} cannot be written: {reason}.").format(file=path, reason=system_reason(error))
        ) from error
