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
    ``path`` is left as it was and nothing lies beside it. A link stays one: what it points at is replaced. What is
    no regular file, such as a pipe or a device, can't be replaced; the block gets ``path`` itself to write to.

    Raises:
        OSError: the file can't be put in place.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.stem}-{os.getpid()}{target.suffix}")
    try:
        yield beside
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
