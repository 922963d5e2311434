"""Copies of a store: of one whose file has gone, and of one that is about to be changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from core.language import _
from core.synonyms.store.errors import StoreDamagedError, StoreError, StoreGoneError, refuse


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


def said_of_overwritten(file: Path, log: Path | None) -> StoreGoneError:
    """Return what to say of a file that another was copied over while it was open.

    Args:
        file: the store.
        log: what was entered last; None where it could not be kept.
    """
    if log is None:
        return StoreGoneError(
            _("{where} was overwritten by another file while open. Nothing was saved. Open the store anew.").format(
                where=file
            )
        )
    return StoreGoneError(
        _(
            "{where} was overwritten by another file while open. This entry was not saved; the last entries before it "
            "are kept in {log}. Open the store anew."
        ).format(where=file, log=log.name)
    )


def said_of_log(file: Path, log: Path, written: float) -> str:
    """Say what became of a log that belongs to another file than the one that lies beside it.

    Args:
        file: the store.
        log: where the log is now; removed where all that is in it was saved in a copy.
        written: when the log was written last, in seconds since 1970.
    """
    copies = [copy for copy in file.parent.glob(f"*-saved-*{file.suffix or '.db'}") if copy.stat().st_mtime >= written]
    copies = [copy for copy in copies if copy.name.startswith(f"{file.stem}-saved-")]
    if copies:
        log.unlink()
        newest = max(copies, key=lambda copy: copy.stat().st_mtime)
        return _("{where} was replaced by another file. Everything in the former one was saved in {copy}.").format(
            where=file, copy=newest.name
        )
    return _(
        "{where} is not the file that was open last. The last entries made in that one are kept in {log}; put the "
        "former file beside it, named {name}, and open that to have them back."
    ).format(where=file, log=log.name, name=log.name.removesuffix("-wal"))


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
        refuse(error, str(final))
    finally:
        partial.unlink(missing_ok=True)
