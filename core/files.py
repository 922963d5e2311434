"""Files that are either the old one or the whole new one."""

from __future__ import annotations

import gzip
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write to; put what was written in its place when all went well.

    The two have the same ending, since some writers choose their format by it. When the block raises,
    ``path`` is left as it was and nothing lies beside it. A link stays one: what it points at is replaced. Who may
    read it stays, too: the new file has the mode of the old one, or what the umask gives. What is no regular file,
    such as a pipe or a device, can't be replaced; the block gets ``path`` itself to write to.

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
        if target.exists():
            shutil.copymode(target, beside)
        with beside.open("rb+") as file:  # on the disk before it has its name: a power cut leaves the old file
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def replacing_text(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Open a text file that takes the place of ``path`` when it is complete, as :func:`replacing` does.

    Args:
        path: the file; one that ends in ``.gz`` is packed.
        encoding: ``utf-8-sig`` begins with the mark that spreadsheets know UTF-8 by. Line ends are left alone.

    Raises:
        OSError: it can't be written.
    """
    with replacing(path) as beside, beside.open("wb") as file:
        # Without a time in its head, the same text is packed to the same bytes.
        packed = gzip.GzipFile(path.stem, "wb", fileobj=file, mtime=0) if path.suffix == ".gz" else None
        text = io.TextIOWrapper(packed or file, encoding=encoding, newline="")
        yield text
        text.flush()
        text.detach()
        if packed is not None:
            packed.close()
