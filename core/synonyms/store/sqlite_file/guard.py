"""Is the file of an open store still there? Whoever deletes or replaces it would otherwise take decisions along.

An open SQLite file goes on working after it was deleted, moved or replaced (by a synchronising program, by a backup
put back): everything written afterwards is in a file that nobody can open any more. Where another file was copied
over it, closing it would mix the two.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import suppress
from pathlib import Path

from core.files import stamp_of
from core.synonyms.store.sqlite_file.write_ahead_log import Identity, continues, identity, is_foreign, log_of, withhold

log = logging.getLogger(__name__)


class FileGuard:
    """Knows the file that was opened by its place on the disk, and its content by its marks.

    Attributes:
        file: where it was.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._opened: Identity | None = None
        self._log: Identity | None = None
        self._seen: tuple[int, int] | None = None

    def note(self) -> None:
        """Take the file that lies there now for the store."""
        if self._opened is None:
            with suppress(OSError):
                self._opened = identity(self.file)

    @property
    def is_lost(self) -> bool:
        """Whether the file has gone or is another now. Costs one question to the system."""
        try:
            return self._opened is not None and identity(self.file) != self._opened
        except OSError:  # a drive that doesn't answer now; whoever reads or writes is told so
            return False

    def is_overwritten(self, connection: sqlite3.Connection) -> bool:
        """Whether another file was copied over it, as seen from a transaction that holds the store.

        Costs two questions to the system while nothing was moved from the log into the file.

        Raises:
            sqlite3.Error, OSError: the file can't be looked at; that says nothing of whose it is.
        """
        self._log = self._log or identity(log_of(self.file))
        if not self._has_own_log:  # another program found the new content and put our log aside
            return True
        state = stamp_of(self.file)
        if state != self._seen:
            (known,) = connection.execute("PRAGMA user_version").fetchone()
            if is_foreign(self.file, known):
                return True
            self._seen = state
        return False

    def keep_apart(self) -> Path | None:
        """Play nothing of the log into a file that is not the one opened; return where its entries are kept."""
        kept = None
        if self._log is not None:
            with suppress(OSError):
                kept = withhold(self.file, self._log)
        return kept

    def look_back(self) -> None:
        """Before the last connection closes, which moves the log into whatever file is there: see that it may.

        A file that was replaced SQLite itself leaves alone; one that another was copied over it doesn't notice.
        """
        if self._log is None or self.is_lost:
            return
        try:
            is_ours = self._has_own_log and (stamp_of(self.file) == self._seen or continues(self.file))
        except (sqlite3.Error, OSError) as error:  # likely ours, and the system short of something
            log.warning("%s could not be looked at before it was closed: %s", self.file, error)
            return
        if not is_ours:
            log.error("%s was overwritten while it was open; its log is in %s", self.file, self.keep_apart())

    @property
    def _has_own_log(self) -> bool:
        return identity(log_of(self.file)) == self._log
