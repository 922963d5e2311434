"""A store copied into a file of its own, which is another store from then on."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from core.runtime.events import Payload
from core.synonyms.store.errors import refuse
from core.synonyms.store.files import store_files
from core.synonyms.store.sqlite_file.backup import copy_into


def copy_store(address: str, path: Path) -> None:
    """Copy the store at ``address``, which others may use meanwhile, into ``path``, where no database is yet.

    The copy has a name for itself of its own: what waits for the one store is never entered into the other.

    Raises:
        StoreError: the store is damaged, or there is no room, or the folder may not be written.
    """
    file = store_files(address)[0]
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as original:
            copy_into(original, path)
        with closing(sqlite3.connect(path)) as copy, copy:
            copy.execute("UPDATE info SET value = ? WHERE key = 'identity'", (uuid.uuid4().hex,))
    except sqlite3.Error as error:
        refuse(error, str(file))


def copying(address: str, path: Path) -> Generator[Payload, None, None]:
    """Copy a store, as a task of a worker; see :func:`copy_store`."""
    yield from ()
    copy_store(address, path)
