"""Files that are either the old one or the whole new one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write to; put what was written in its place when all went well.

    The two have the same ending, since some writers choose their format by it. When the block raises,
    ``path`` is left as it was and nothing lies beside it.

    Raises:
        OSError: the file can't be put in place.
    """
    beside = path.with_name(f".{path.stem}-{os.getpid()}{path.suffix}")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
