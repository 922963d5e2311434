"""Is the file of an open store still there? Whoever deletes or replaces it would otherwise take decisions along.

An open SQLite file goes on working after it was deleted, moved or replaced (by a synchronising program, by a backup
put back): everything written afterwards is in a file that nobody can open any more.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from core.language import _
from core.synonyms.store.errors import StoreDamagedError, StoreError, StoreGoneError, explain


class Presence:
    """Knows the file that was opened by its place on the disk."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._opened: tuple[int, int] | None = None

    def remember(self) -> None:
        """Take the file that lies there now for the store."""
        if self._opened is None:
            self._opened = self._place()

    @property
    def is_lost(self) -> bool:
        """Whether the file has gone or is another now. Costs one question to the system."""
        return self._opened is not None and self._place() != self._opened

    def _place(self) -> tuple[int, int] | None:
        try:
            state = self._file.stat()
        except OSError:
            return None
        return state.st_dev, state.st_ino


def rescue(connection: sqlite3.Connection, file: Path) -> StoreGoneError:
    """Save what an open connection still has of a lost file, and return what to say."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    copy = file.with_name(f"{file.stem}-saved-{stamp}{file.suffix or '.db'}")
    try:
        copy_into(connection, copy)
    except StoreError:
        return StoreGoneError(
            _(
                "{where} was deleted, moved or replaced while it was open. Nothing was entered. Open a copy of it."
            ).format(where=file)
        )
    return StoreGoneError(
        _(
            "{where} was deleted, moved or replaced while it was open. Nothing was entered; everything before is in "
            "{copy}. Open that."
        ).format(where=file, copy=copy.name)
    )


def copy_into(original: sqlite3.Connection, final: Path) -> None:
    """Copy a store into a new file while others may use it; the file appears when it is complete and sound.

    Raises:
        StoreDamagedError: the store is damaged.
        StoreError: there is no room, or the folder may not be written.
    """
    partial = final.with_name(final.name + ".part")
    try:
        with closing(sqlite3.connect(partial)) as target:
            original.backup(target)
            # The copy stands alone: no -wal file beside it that could be forgotten.
            target.execute("PRAGMA journal_mode=DELETE")
            (state,) = target.execute("PRAGMA quick_check(1)").fetchone()
        if state != "ok":
            raise StoreDamagedError(
                _("{where} is damaged ({reason}). Open a copy of it.").format(where=final.name, reason=state)
            )
        partial.replace(final)
    except (sqlite3.Error, OSError) as error:
        raise explain(error, str(final)) from error
    finally:
        partial.unlink(missing_ok=True)
