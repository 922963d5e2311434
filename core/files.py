"""Files that are either the old one or the whole new one; what is no plain file is written through."""

from __future__ import annotations

import errno
import gzip
import io
import os
import re
import shutil
import stat
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Final, TextIO

from core.language import _

STANDARD_OUTPUT: Final = Path("-")
"""Stands for the standard output wherever a command may write text."""

_DESCRIPTOR: Final = re.compile(r"/(?:dev|proc/self)/(?:fd/(\d+)|std(out|err))")
_DATABASE: Final = b"SQLite format 3\x00"
_LOGS: Final = ("-wal", "-shm", "-journal")
"""What SQLite appends to a database's name for what belongs to it: without these, or with others', it is destroyed."""
_OPENED: Final[Counter[Path]] = Counter()
"""The databases that this process has open, and how often."""
_OPENED_LOCK: Final = Lock()
_PIECE: Final = 1 << 20
_STEM_BYTES: Final = 180
"""Of a name that file systems limit to 255 bytes, so that something fits behind it."""


@contextmanager
def naming() -> Iterator[None]:
    """Turn the error of a name that no file can have, such as one with a NUL in it, into one of the system's kind.

    Raises:
        OSError: the block has used such a name.
    """
    try:
        yield
    except ValueError as error:
        raise OSError(errno.EINVAL, _("no file has such a name")) from error


def read_whole(path: Path, most: int) -> bytes:
    """Return what stands in a file, or comes out of a pipe, if it is no more than ``most`` bytes.

    No size is asked for beforehand: a device has none, and some never end.

    Raises:
        OSError: it can't be read, no file can have the name, or it is larger.
    """
    content = bytearray()
    _refuse_open_database(path)
    with naming(), path.open("rb") as file:
        while piece := file.read(_PIECE):
            content += piece
            if len(content) > most:
                raise OSError(errno.EFBIG, _("it is larger than {n} MB").format(n=most >> 20), str(path))
    return bytes(content)


def check_plain(path: Path) -> None:
    """See that a file can be read more than once, as what comes out of a pipe can't be, and may be.

    Raises:
        OSError: it is a pipe or a device, a database that is open here, or nothing is there.
    """
    _refuse_open_database(path)
    if path == STANDARD_OUTPUT and not path.exists():
        raise OSError(errno.EINVAL, _("the standard input can be read only once; save what it gives as a file"))
    with naming():
        mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # what opens a folder tells better that it is one
        raise OSError(errno.EINVAL, _("it is a pipe or a device; save what it gives as a file"), str(path))


def is_there(path: Path) -> bool:
    """Whether something stands at ``path``; nothing does where no file can have the name.

    ``Path.exists``, ``is_dir`` and ``is_file`` raise for a name that is too long.
    """
    return os.path.exists(path)  # noqa: PTH110


def is_folder(path: Path) -> bool:
    """Whether ``path`` is a folder; none is where no folder can have the name."""
    return os.path.isdir(path)  # noqa: PTH112


def is_file(path: Path) -> bool:
    """Whether ``path`` is a file; none is where no file can have the name."""
    return os.path.isfile(path)  # noqa: PTH113


def stamp_of(path: Path) -> tuple[int, int] | None:
    """Return what is another when the file is another, bytes and nanoseconds; None where it can't be asked."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns


def folder_named(name: str) -> Path | None:
    """Return the folder that a person calls ``name``, ``~`` standing for their own; None where there is none.

    Nothing is raised: ``Path.expanduser`` would for a stranger.
    """
    folder = Path(os.path.expanduser(name))  # noqa: PTH111
    return folder if name.strip() and is_folder(folder) else None


def is_standard_output(path: Path | None) -> bool:
    """Whether ``path`` stands for the standard output: what else a command says belongs on the standard error then."""
    return path is not None and (path == STANDARD_OUTPUT or _descriptor(path) == 1)


def database_logs(file: Path) -> tuple[Path, ...]:
    """Return the files in which SQLite keeps what is not in the database ``file`` yet; they need not be there."""
    return tuple(file.with_name(file.name + ending) for ending in _LOGS)


def note_open_database(file: Path, *, is_open: bool) -> None:
    """Take note that this process has opened the SQLite database ``file`` once more, or closed it once."""
    with _OPENED_LOCK:
        _OPENED[file.absolute()] += 1 if is_open else -1


def is_open_database(path: Path) -> bool:
    """Whether ``path`` is a database that this process has open, or a log of one.

    Nobody may open and close it like another file: the system (POSIX) then drops all locks that the process has on it,
    and the next program that closes the database takes itself for the last and its log away.
    """
    with _OPENED_LOCK:
        opened = [file for file, times in _OPENED.items() if times > 0]
    for file in (each for database in opened for each in (database, *database_logs(database))):
        with suppress(OSError, ValueError):  # one of the two is not there, or has no name
            if path.samefile(file):
                return True
    return False


def _refuse_open_database(path: Path) -> None:
    if is_open_database(path):
        raise OSError(errno.EBUSY, _("it is a database that is open here"), str(path))


def check_replaceable(path: Path) -> None:
    """See that what stands at ``path`` may be replaced or written through.

    A database never may: whoever names one for another file has mistaken it, and it may hold years of work.

    Raises:
        OSError: it is a folder, a disk, read-only, or a database or a log of one.
    """
    if path == STANDARD_OUTPUT or _descriptor(path) is not None:
        return
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.is_block_device():
        raise PermissionError(errno.EPERM, _("it is a disk"), str(path))
    target = Path(os.path.realpath(path))
    for ending in _LOGS:
        if target.name.endswith(ending) and _is_database(target.with_name(target.name.removesuffix(ending))):
            raise FileExistsError(errno.EEXIST, _("it belongs to a database"), str(path))
    if _is_database(target):
        raise FileExistsError(errno.EEXIST, _("a database is there, which is never replaced"), str(path))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to; put what was written in the place of ``path`` when all went well.

    The two have the same ending, since some writers choose their format by it. When the block raises, ``path`` is
    left as it was and nothing lies beside it. A link stays one: what it points at gets the new content, whether it
    is linked by name or by a second name of the same file. Who may read it stays, too: the new file has the owner and
    the mode of the old one, or what the umask gives. What is no regular file, such as a pipe, a device or the
    standard output (``-``), can't be replaced: the whole content is written to it at the end.

    Raises:
        OSError: the file can't be put in place, or what stands there may not be replaced.
    """
    check_replaceable(path)
    if _is_written_through(path):
        with _elsewhere(path) as written:
            yield written
            _write_through(written, path)
        return
    target = Path(os.path.realpath(path))
    stem = target.stem.encode(errors="surrogateescape")[:_STEM_BYTES].decode(errors="ignore")
    beside = target.with_name(f".{stem}-{os.getpid()}{target.suffix}")
    try:
        yield beside
        with suppress(FileNotFoundError):
            _give_same_access(target, beside)
        with beside.open("rb+") as file:  # on the disk before it has its name: a power cut leaves the old file
            os.fsync(file.fileno())
        check_replaceable(path)  # what takes hours may have found another file there
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def replacing_text(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Open a text file that takes the place of ``path`` when it is complete, as :func:`replacing` does.

    Args:
        path: the file; one that ends in ``.gz`` is packed.
        encoding: ``utf-8-sig`` begins with the mark that spreadsheets know UTF-8 by. Line ends are left alone.

    Raises:
        OSError: it can't be written.
    """
    with replacing(path) as beside, beside.open("wb") as file:
        # Without a time in its head, the same text is packed to the same bytes.
        packed = gzip.GzipFile(path.stem, "wb", fileobj=file, mtime=0) if path.suffix == ".gz" else None
        text = io.TextIOWrapper(packed or file, encoding=encoding, newline="")
        yield text
        text.flush()
        text.detach()
        if packed is not None:
            packed.close()


def _descriptor(path: Path) -> int | None:
    """Return the number of the open file that ``path`` is another name of, as ``/dev/stdout`` is of 1."""
    found = _DESCRIPTOR.fullmatch(path.as_posix())
    if found is None:
        return None
    return int(found[1]) if found[1] else {"out": 1, "err": 2}[found[2]]


def _is_database(file: Path) -> bool:
    if is_open_database(file):
        return True
    try:
        if not file.is_file():
            return False
        with file.open("rb") as opened:
            return opened.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return False


def _is_written_through(path: Path) -> bool:
    """Whether the content goes into what is there: no plain file, one of several names, or a folder that is closed."""
    if path == STANDARD_OUTPUT or _descriptor(path) is not None:
        return True
    if not path.exists():
        return False
    return not path.is_file() or path.stat().st_nlink > 1 or not os.access(Path(os.path.realpath(path)).parent, os.W_OK)


@contextmanager
def _elsewhere(path: Path) -> Iterator[Path]:
    """Give a path in a folder that is gone afterwards, with the ending of ``path``."""
    with tempfile.TemporaryDirectory(prefix="yaya-lab-") as folder:
        yield Path(folder) / f"written{path.suffix}"


def _write_through(written: Path, path: Path) -> None:
    number = 1 if path == STANDARD_OUTPUT else _descriptor(path)
    with written.open("rb") as source:
        if number is None:
            with path.open("wb") as target:
                shutil.copyfileobj(source, target)
        elif number == 1:
            _to_standard_output(source)
        else:
            with os.fdopen(os.dup(number), "wb") as target:
                shutil.copyfileobj(source, target)


def _to_standard_output(source: BinaryIO) -> None:
    """Write behind what was printed before. What stands for the standard output may take text only."""
    sys.stdout.flush()
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        sys.stdout.write(source.read().decode())
    else:
        shutil.copyfileobj(source, raw)
    sys.stdout.flush()


def _give_same_access(old: Path, new: Path) -> None:
    state = old.stat()
    mine = new.stat()
    if hasattr(os, "chown") and (state.st_uid, state.st_gid) != (mine.st_uid, mine.st_gid):
        with suppress(PermissionError):  # only root gives files away; the group may still be one of ours
            os.chown(new, state.st_uid if os.geteuid() == 0 else -1, state.st_gid)
    shutil.copymode(old, new)
