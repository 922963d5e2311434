"""Whose is the write-ahead log that lies beside a store?

SQLite plays whatever lies at ``FILE-wal`` into whatever lies at ``FILE``: the log belongs to the path. Where another
file was put there (by a synchronising program, from a backup), its pages would be mixed with those of the former
one. So every transaction of ours leaves two marks in the header of the database, its own and its predecessor's; the
log repeats the header with each transaction, and only a file whose mark the log continues gets it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from secrets import randbelow
from struct import unpack
from typing import BinaryIO, Final, NamedTuple

from core.files import database_logs

_MAGIC: Final = (0x377F0682, 0x377F0683)
_HEADER: Final = 32
_FRAME: Final = 24
_NO_DATABASE: Final = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
_TRIES: Final = 20
"""How often file and log are read until neither changes meanwhile: another program may be moving one into the other."""

Identity = tuple[int, int]
"""Disk, and number of the file on it."""


class Marks(NamedTuple):
    """What the header of a database says of its last transaction.

    Attributes:
        now: the mark of that transaction; 0 in a database that no such transaction has written.
        former: the mark of the one before.
        schema: grows with each change of the tables, and where the pages were laid anew.
    """

    now: int
    former: int
    schema: int


def leave_marks(connection: sqlite3.Connection) -> int:
    """Mark the transaction that has begun, and return the mark of the one before."""
    (former,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(f"PRAGMA application_id={former}")
    connection.execute(f"PRAGMA user_version={1 + randbelow(0x7FFFFFFF)}")
    return int(former)


def marks_of(file: Path) -> Marks | None:
    """Return the marks in the file itself, without its log; None where it is no database.

    SQLite reads it, since to open and close the file otherwise would take the locks of this process away.

    Raises:
        sqlite3.Error, OSError: whether it is one can't be said, for example because too many files are open.
    """
    try:
        if file.stat().st_size == 0:
            return None
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as alone:
            # Who moves a log into its file writes the first page first: until the last is there, the header speaks of
            # more pages than the file has. Only so does SQLite read it then.
            alone.execute("PRAGMA writable_schema=ON")
            (now,) = alone.execute("PRAGMA user_version").fetchone()
            (former,) = alone.execute("PRAGMA application_id").fetchone()
            (schema,) = alone.execute("PRAGMA schema_version").fetchone()
            return Marks(now, former, schema)
    except FileNotFoundError:
        return None
    except sqlite3.DatabaseError as error:
        if not file.exists() or error.sqlite_errorcode & 0xFF in _NO_DATABASE:
            return None
        raise


def identity(file: Path) -> Identity | None:
    """Return which file lies there; None where none does.

    Raises:
        OSError: that can't be said, for example because a network drive does not answer.
    """
    try:
        state = file.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return state.st_dev, state.st_ino


def log_of(file: Path) -> Path:
    """Return where SQLite keeps the log of the database ``file``."""
    return database_logs(file)[0]


def continues(file: Path) -> bool:
    """Whether the log beside ``file`` may be played into it; also where there is none, or nothing in it.

    A pair that changes with every look is being written, by somebody whose log it is.

    Raises:
        sqlite3.Error, OSError: file or log can't be looked at.
    """
    log = log_of(file)
    for _try in range(_TRIES):
        there, head = marks_of(file), _head_of(log)
        logged = _marks_in(log)
        # A log begun anew while it was read gives the first half of its former round and nothing of the new one.
        if there == marks_of(file) and head == _head_of(log):
            return logged is None or (there is not None and (not logged or _is_one_of(there, logged)))
    return True


def is_foreign(file: Path, known: int) -> bool:
    """Whether ``file`` has another content than the database that is open, in a transaction that holds it.

    Args:
        file: where it should lie.
        known: the mark of the last transaction, as the open connection sees it.

    Raises:
        sqlite3.Error, OSError: file or log can't be looked at.
    """
    there = marks_of(file)
    if there is None:
        return True
    logged = _marks_in(log_of(file))
    return there.now != known and not (logged and _is_one_of(there, logged))


def set_aside(file: Path) -> Path:
    """Give the log beside ``file`` another name, so that nothing is played in, and return that name.

    Who still has the former file open writes on in the log.

    Raises:
        OSError: it can't be renamed.
    """
    log, shared, _journal = database_logs(file)
    aside = _name_for(file)
    log.rename(aside)
    shared.unlink(missing_ok=True)
    return aside


def withhold(file: Path, own: Identity) -> Path | None:
    """Keep the log ``own``, which is open, from being played into ``file``, and return the copy of it.

    Closing the last connection would do so. The log is emptied, wherever it was put, after a copy was made.
    """
    beside = file.absolute().parent
    for log in [log_of(file), *beside.glob(f"{_escaped(file.stem)}-saved-*-wal")]:
        if identity(log) != own:
            continue
        partial = log.with_name(log.name + ".part")
        shutil.copyfile(log, partial)
        os.truncate(log, 0)
        if log != log_of(file):  # another program put it aside before
            return partial.replace(log)
        log.unlink()
        database_logs(file)[1].unlink(missing_ok=True)
        return partial.replace(_name_for(file))
    return None


def _name_for(file: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    return file.with_name(f"{file.stem}-saved-{stamp}{file.suffix or '.db'}-wal")


def _escaped(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


def _is_one_of(there: Marks, logged: list[Marks]) -> bool:
    """Whether the first of the logged transactions follows what is there, or that is one of them already."""
    if logged[0].former == there.now and there.schema <= logged[0].schema:
        return True
    return any((each.now, each.former) == (there.now, there.former) and there.schema <= each.schema for each in logged)


def _head_of(log: Path) -> bytes:
    """Return the header of a log, which is another in each round through it; empty where there is none."""
    with suppress(OSError), log.open("rb") as opened:
        return opened.read(_HEADER)
    return b""


def _marks_in(log: Path) -> list[Marks] | None:
    """Return the marks that a log repeats, oldest first; None where there is nothing to be played."""
    with suppress(FileNotFoundError), log.open("rb") as opened:
        head = opened.read(_HEADER)
        if len(head) < _HEADER:
            return None
        magic, _version, size, _count, *salts = unpack(">IIIIII8x", head)
        if magic not in _MAGIC:
            return None
        return _read_frames(opened, size, salts)
    return None


def _read_frames(opened: BinaryIO, size: int, salts: list[int]) -> list[Marks] | None:
    found: list[Marks] = []
    is_empty = True
    place = _HEADER
    while len(frame := opened.read(_FRAME)) == _FRAME:
        page, _commit, *own_salts = unpack(">IIII8x", frame)
        if own_salts != salts:  # of an earlier round through the log
            break
        is_empty = False
        if page == 1:
            head = opened.read(100)
            if len(head) < 100:
                break
            schema, now, former = unpack(">40xI16xI4xI28x", head)
            if not found or found[-1] != (now, former, schema):  # a page may be written twice
                found.append(Marks(now, former, schema))
        place += _FRAME + size
        opened.seek(place)
    return None if is_empty else found
