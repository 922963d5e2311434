"""Bringing a store to the schema this program knows: create, migrate after a copy, or refuse a newer one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Connection, inspect, select, text, update

from core.language import _
from core.synonyms.store.database import Database, lock_schema
from core.synonyms.store.errors import StoreDamagedError, StoreMissingError, StoreVersionError, refuse
from core.synonyms.store.opening.identity import name_store
from core.synonyms.store.schema import SCHEMA_VERSION, info, metadata
from core.synonyms.store.sqlite_file.backup import copy_into


class Prepared(NamedTuple):
    """What was done to make a store usable.

    Attributes:
        is_new: its tables were made.
        copy: the copy made before migrating; None where there was nothing to migrate.
        notice: what to say of a log that lay beside the file and was not its own; empty where none did.
    """

    is_new: bool = False
    copy: Path | None = None
    notice: str = ""


Migration = Callable[[Connection], None]


def _index_judgements(connection: Connection) -> None:
    """Version 2: how much everybody has judged, and which pairs, is read from indices."""
    connection.execute(text("CREATE INDEX judgements_counted ON judgements (annotator_id, adjudicates, verdict)"))
    connection.execute(text("CREATE INDEX candidates_judges ON candidates (judges) WHERE judges > 0"))


def _tell_details(connection: Connection) -> None:
    """Version 3: evidence says what of its source proposed the pair; of what was mined before, nobody knows."""
    connection.execute(text("ALTER TABLE evidence ADD COLUMN details TEXT"))


MIGRATIONS: Final[Mapping[int, Migration]] = {1: _index_judgements, 2: _tell_details}
"""``MIGRATIONS[n]`` changes a store of version n into version n + 1, inside one transaction."""

VERSION_KEY: Final = "schema_version"


def prepare(
    database: Database,
    *,
    migrations: Mapping[int, Migration] = MIGRATIONS,
    target: int = SCHEMA_VERSION,
    create: bool = True,
) -> Prepared:
    """Make the store usable by this program.

    A new store gets its tables. An older one is copied first (SQLite; a server's transaction undoes a failed
    migration by itself, its backups are its administrator's) and then migrated, all steps or none.

    Args:
        database: the store.
        migrations: step from version n to n + 1, by n.
        target: the version wanted.
        create: make a new store where there is none.

    Raises:
        StoreMissingError: there is none, and none was to be made.
        StoreVersionError: the store is of a newer version.
        StoreDamagedError: the file is a database of some other program.
        StoreError: it cannot be read or written.
    """
    missing = StoreMissingError(_("There is no store at {where}. Check the address.").format(where=database.where))
    # Opening would make the file.
    if database.is_blank and not create:
        raise missing
    notice = database.part_from_log()
    with database.reading() as connection:
        version = _version(connection, database, target)
    if version == target:
        return Prepared(notice=notice)
    if not version and not create:
        raise missing
    copy = copy_of(database, version) if version else None

    def change(connection: Connection) -> None:
        lock_schema(connection)
        # Another program may have done it while this one waited.
        now = _version(connection, database, target)
        if not now:
            metadata.create_all(connection)
            connection.execute(info.insert().values(key=VERSION_KEY, value=str(target)))
            name_store(connection)
            return
        for step in range(now, target):
            migrations[step](connection)
        connection.execute(update(info).where(info.c.key == VERSION_KEY).values(value=str(target)))

    database.write(change)
    return Prepared(is_new=not version, copy=copy, notice=notice)


def _version(connection: Connection, database: Database, target: int) -> int:
    """Return the store's version; 0 for an empty database."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return 0
    found = None
    if info.name in tables and _columns(connection) >= {"key", "value"}:
        found = connection.execute(select(info.c.value).where(info.c.key == VERSION_KEY)).scalar()
    if found is None or not found.isdecimal():
        raise StoreDamagedError(
            _("{where} is a database of another program. Choose another file.").format(where=database.where)
        )
    if int(found) > target:
        raise StoreVersionError(
            _("{where} was written by a newer version of this program. Update the program to open it.").format(
                where=database.where
            )
        )
    return int(found)


def _columns(connection: Connection) -> set[str]:
    return {column["name"] for column in inspect(connection).get_columns(info.name)}


def copy_of(database: Database, version: int) -> Path | None:
    """Copy an SQLite store beside itself while others may use it, and check the copy.

    Returns:
        The copy, named after the version and the time; None for a database server.

    Raises:
        StoreError: there is no room, or the folder may not be written.
    """
    if database.file is None:
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    final = database.file.with_name(f"{database.file.name}.v{version}-{stamp}.bak")
    try:
        original = sqlite3.connect(database.file)
    except sqlite3.Error as error:
        refuse(error, database.where)
    with closing(original):
        copy_into(original, final)
    return final
