"""Opening a store to put something in: one that was made for it and got nothing is taken away again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, exists, select

from core.files import database_logs
from core.synonyms.store.database import Database, lock_schema
from core.synonyms.store.errors import StoreError, StoreMissingError
from core.synonyms.store.schema import annotators, candidates, metadata, stages
from core.synonyms.store.store import Store


@contextmanager
def store_to_fill(address: str) -> Iterator[Store]:
    """Open the store at ``address``, or make it; an error, or nothing to put in, leaves no empty one behind.

    Raises:
        StoreError: it cannot be opened or made.
    """
    file = Database(address).file
    was_there = file is not None and file.exists()
    store = Store(address)
    try:
        yield store
    finally:
        if store.is_new and not was_there:
            with suppress(StoreError, OSError):
                _discard_unused(store)
        store.close()


@contextmanager
def store_as_it_is(address: str) -> Iterator[Store]:
    """Open the store at ``address`` to look; where none is yet and one could be made, an empty one that goes again.

    Raises:
        StoreError: it cannot be opened, or nothing could be made there.
    """
    try:
        store = Store(address, create=False)
    except StoreMissingError:
        with TemporaryDirectory(prefix="yaya-lab-") as folder, Store(Path(folder) / "empty.db") as empty:
            yield empty
        return
    with store:
        yield store


def is_used(connection: Connection) -> bool:
    """Whether a store holds anything."""
    tables = (candidates, annotators, stages)
    return any(connection.execute(select(exists(select(table)))).scalar_one() for table in tables)


def _discard_unused(store: Store) -> None:
    database = store.database
    if database.file is not None:
        with database.reading() as connection:
            if is_used(connection):
                return
        store.close()
        _remove(database.file)
        return

    def drop(connection: Connection) -> None:
        lock_schema(connection)
        if not is_used(connection):
            metadata.drop_all(connection)

    database.write(drop)


def _remove(file: Path) -> None:
    """Remove a store that nobody has open: closing it for the last time took its log away."""
    if not any(log.exists() for log in database_logs(file)):
        file.unlink(missing_ok=True)
