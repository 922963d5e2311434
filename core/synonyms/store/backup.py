"""Copies of a store: of one whose file has gone, and of one that is about to be changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from core.language import _
from core.synonyms.store.errors import StoreDamagedError, StoreError, StoreGoneError, explain


def rescue(connection: sqlite3.Connection, file: Path) -> StoreGoneError:
    """Save what an open connection still has of a lost file, and return what to say."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    copy = file.with_name(f"{file.stem}-saved-{stamp}{file.suffix or '.db'}")
    try:
        copy_into(connection, copy)
    except StoreError:
        return StoreGoneError(
            _("{where} was deleted, moved or replaced while open. Nothing was saved. Open a copy of it.").format(
                where=file
            )
        )
    return StoreGoneError(
        _(
            "{where} was deleted, moved or replaced while open. This entry was not saved; everything "
            "before it is in {copy}. Open that."
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
