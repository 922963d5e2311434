"""Files that are either the old one or the whole new one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.attention.errors import AttentionError
from core.language import _


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write to; put what was written in its place when all went well.

    Raises:
        AttentionError: the file can't be written, and why.
    """
    beside = path.with_name(f".{path.stem}-{os.getpid()}{path.suffix}")
    try:
        yield beside
        beside.replace(path)
    except OSError as error:
        raise AttentionError(
            _("{path} can't be written ({reason}). Choose another place.").format(path=path, reason=error.strerror)
        ) from error
    finally:
        beside.unlink(missing_ok=True)
