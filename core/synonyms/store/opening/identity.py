"""The name that a store has for itself: the same wherever its file is moved or its server is called."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from core.synonyms.store.candidates import upsert
from core.synonyms.store.database import Database
from core.synonyms.store.errors import StoreError
from core.synonyms.store.schema import info

_KEY: Final = "identity"


def name_store(connection: Connection) -> None:
    """Give a store a name, unless it has one."""
    put = upsert(connection, info).values(key=_KEY, value=uuid.uuid4().hex)
    connection.execute(put.on_conflict_do_nothing(index_elements=["key"]))


def identity_in(database: Database) -> str:
    """Return the store's name; empty where it has none.

    Raises:
        StoreError: it can't be read.
    """
    with database.reading() as connection:
        return connection.execute(select(info.c.value).where(info.c.key == _KEY)).scalar() or ""


def give_identity(database: Database) -> str:
    """Return the store's name; one of before gets its name, if it can be written at once.

    Raises:
        StoreError: it can't be read.
    """
    if not (found := identity_in(database)):
        with suppress(StoreError):
            database.write(name_store, patience=0)
            found = identity_in(database)
    return found


def identity_of_file(file: Path) -> str:
    """Return the name of the store in ``file``, as far as can be seen without its log; empty where there is none."""
    with suppress(OSError, ValueError, sqlite3.Error):
        if file.is_file():
            with closing(sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)) as alone:
                found = alone.execute("SELECT value FROM info WHERE key = ?", (_KEY,)).fetchone()
                return str(found[0]) if found else ""
    return ""
