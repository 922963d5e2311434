"""Folders computed from a user's file: found again while the file stays the same, replaced when it changes.

A folder lies in the data folder under a name made of the file's path, size, time and beginning. It is written
beside and moved into place, so an interrupted work leaves nothing behind.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

from core.language import _
from core.one_line import system_reason
from core.paths import data_folder
from core.synonyms.pairs import SynonymsError

_SOURCE: Final = "source.txt"
_HEAD: Final = 65_536


def cache_folder(kind: str, source: Path, version: int) -> Path:
    """Return where what is computed from ``source`` lies; it need not exist.

    Args:
        kind: what is computed, such as ``vectors``.
        source: the file.
        version: version of the computation; another one is another folder.

    Raises:
        SynonymsError: the file cannot be read.
    """
    source = source.absolute()
    try:
        state = source.stat()
        with source.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise SynonymsError(
            _("{name} can't be read: {reason}").format(name=source.name, reason=system_reason(error))
        ) from error
    text = f"{version}\0{source}\0{state.st_size}\0{state.st_mtime_ns}\0".encode()
    return data_folder() / kind / sha256(text + head).hexdigest()[:24]


@contextmanager
def building(folder: Path, source: Path) -> Iterator[Path]:
    """Give an empty folder to write into; it takes the place of ``folder`` if the body comes to its end.

    What was computed from former states of ``source`` is then removed.

    Raises:
        SynonymsError: the disk is full or refuses to be written; the body's ``OSError`` become one too.
    """
    unfinished: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix="building-", dir=folder.parent))
        yield unfinished
        (unfinished / _SOURCE).write_text(str(source.absolute()), encoding="utf-8")
        _put_in_place(unfinished, folder)
    except OSError as error:
        raise SynonymsError(
            _("The cache of {name} can't be written: {reason}").format(name=source.name, reason=system_reason(error))
        ) from error
    finally:
        if unfinished is not None:
            shutil.rmtree(unfinished, ignore_errors=True)
    _forget_former(source.absolute(), folder)


def check_room(folder: Path, needed: int, name: str) -> None:
    """Refuse early what the disk of ``folder`` cannot hold.

    Raises:
        SynonymsError: fewer than ``needed`` bytes are free.
    """
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise SynonymsError(
            _("{name} needs about {needed} MB for its cache; {free} MB are free in the data folder.").format(
                name=name, needed=needed // 1_000_000, free=free // 1_000_000
            )
        )


def _put_in_place(unfinished: Path, folder: Path) -> None:
    try:
        unfinished.replace(folder)
    except OSError:
        if not (folder / _SOURCE).exists():  # another process that read the same file may have been first
            raise


def _forget_former(source: Path, current: Path) -> None:
    for folder in current.parent.iterdir():
        try:
            former = folder != current and (folder / _SOURCE).read_text(encoding="utf-8") == str(source)
        except OSError:  # another process is at work there
            continue
        if former:
            shutil.rmtree(folder, ignore_errors=True)
