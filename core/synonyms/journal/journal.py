"""The journal: a small database of each window for what waits, held for itself as long as the window lives.

Another window can't open it meanwhile; when its process has ended, in whatever way, the system lets go of it and the
next one finds what is left. It lies in the program's own folder, since what waits may wait because the store's disk
is full or its server away.
"""

from __future__ import annotations

import logging
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import msgspec

from core.paths import data_folder
from core.synonyms.journal.statement import Statement

_FOLDER: Final = "waiting"
_ENDING: Final = ".journal"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Owner:
    """The store for which something waits.

    Attributes:
        identity: what the store calls itself; empty for one that has no name yet.
        address: the file, or the server's address without its password.
    """

    identity: str
    address: str


class Journal:
    """What waits in one window. Each call that changes it returns when that is on the disk.

    Raises:
        JournalError: by whatever is to be kept, when it can't be.
    """

    def __init__(self, file: Path | None = None) -> None:
        """Keep nothing yet; the file is made with the first statement.

        Args:
            file: one that another window left; None for a new one.
        """
        self._file = file or data_folder() / _FOLDER / f"{uuid.uuid4().hex}{_ENDING}"
        self._database: sqlite3.Connection | None = None

    @classmethod
    def left_over(cls, file: Path) -> Self | None:
        """Take over the journal that another window left; None while that lives, or where it is none."""
        found = cls(file)
        try:
            found._open()
        except JournalError as error:
            log.info("%s is left alone: %s", file, error)
            return None
        return found

    def add(self, owner: Owner, statement: Statement) -> None:
        """Keep a statement."""
        row = (statement.action, owner.identity, owner.address, msgspec.json.encode(statement).decode())
        self._execute("INSERT OR REPLACE INTO waiting (action, identity, address, said) VALUES (?, ?, ?, ?)", row)

    def remove(self, statement: Statement) -> None:
        """Forget a statement: it is in the store, or was taken back."""
        if self._database is not None:
            self._execute("DELETE FROM waiting WHERE action = ?", (statement.action,))

    def statements(self) -> Iterator[tuple[Owner, Statement]]:
        """Yield what waits, in the order in which it was said; what can't be read stays, and is skipped."""
        if self._database is None:
            return
        rows = self._database.execute("SELECT identity, address, said FROM waiting ORDER BY place").fetchall()
        for identity, address, said in rows:
            with suppress(msgspec.MsgspecError):
                yield Owner(identity, address), msgspec.json.decode(said, type=Statement)

    def close(self) -> None:
        """Let go of the file; an empty one is removed."""
        if self._database is None:
            return
        with suppress(sqlite3.Error, OSError):
            (count,) = self._database.execute("SELECT count(*) FROM waiting").fetchone()
            self._database.close()
            if not count:
                self._file.unlink(missing_ok=True)
        self._database = None

    def _execute(self, statement: str, row: tuple[str, ...]) -> None:
        try:
            self._open().execute(statement, row)
        except sqlite3.Error as error:
            raise JournalError(str(error)) from error

    def _open(self) -> sqlite3.Connection:
        if self._database is not None:
            return self._database
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            opened = sqlite3.connect(self._file, timeout=0, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise JournalError(str(error)) from error
        try:
            opened.execute("PRAGMA locking_mode=EXCLUSIVE")
            opened.execute("PRAGMA synchronous=FULL")
            opened.execute("PRAGMA fullfsync=ON")
            opened.execute("BEGIN EXCLUSIVE")  # held from here on, also after the transaction
            opened.execute(
                "CREATE TABLE IF NOT EXISTS waiting (place INTEGER PRIMARY KEY AUTOINCREMENT, action TEXT UNIQUE, "
                "identity TEXT NOT NULL, address TEXT NOT NULL, said TEXT NOT NULL)"
            )
            opened.execute("COMMIT")
        except sqlite3.Error as error:
            opened.close()
            raise JournalError(str(error)) from error
        self._database = opened
        return opened


class JournalError(Exception):
    """Something that waits can't be kept on the disk; the message is the system's reason."""


def left_over() -> Iterator[Journal]:
    """Yield the journals that windows left which are no more, the oldest first; each is to be closed."""
    folder = data_folder() / _FOLDER
    try:
        files = sorted(folder.glob(f"*{_ENDING}"), key=lambda file: file.stat().st_mtime)
    except OSError:
        return
    for file in files:
        if (found := Journal.left_over(file)) is not None:
            yield found
