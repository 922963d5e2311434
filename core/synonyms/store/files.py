"""Which files a store consists of, so that nothing else is written over them."""

from __future__ import annotations

from pathlib import Path

from core.files import database_logs
from core.synonyms.store.database import file_of, store_url
from core.synonyms.store.errors import StoreError


def store_files(address: str | Path) -> tuple[Path, ...]:
    """Return the file of the store at ``address``, its logs, and the copies that were made of it.

    A log need not be there. A store on a server has no files, and what is no address has none either.
    """
    try:
        url = store_url(address)
    except StoreError:
        return ()
    if url.get_backend_name() != "sqlite" or not url.database:
        return ()
    file = file_of(url.database)
    copies = (
        other
        for other in file.absolute().parent.iterdir()
        if other.name.startswith((f"{file.name}.", f"{file.stem}-saved-"))
    )
    return file, *database_logs(file), *copies
