"""Which files a store consists of, so that nothing else is written over them."""

from __future__ import annotations

from pathlib import Path

from core.files import database_logs
from core.synonyms.store.database import file_of, store_url
from core.synonyms.store.errors import StoreError


def store_files(address: str | Path) -> tuple[Path, ...]:
    """Return the file of the store at ``address`` and its logs, which need not be there yet.

    A store on a server has no files, and what is no address has none either. Copies of a store are databases, which
    ``core.files`` never lets anything replace.
    """
    try:
        url = store_url(address)
    except StoreError:
        return ()
    if url.get_backend_name() != "sqlite" or not url.database:
        return ()
    file = file_of(url.database)
    return file, *database_logs(file)
