"""Folders that are either the old one or the whole new one, as ``core.files`` does it for a file."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.language import _


def check_folder_replaceable(path: Path, names: Collection[str]) -> None:
    """See that a folder can be put at ``path``: nothing is there, or a folder that holds none but files of ``names``.

    Raises:
        OSError: not so, or its own folder is missing or closed.
    """
    target = Path(os.path.realpath(path))
    if target.exists():
        if not target.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, _("it is a file"), str(path))
        strange = sorted(entry.name for entry in target.iterdir() if entry.name not in names or entry.is_dir())
        if strange:
            reason = _("the folder holds something else, such as {name}").format(name=strange[0])
            raise FileExistsError(errno.EEXIST, reason, str(path))
    with tempfile.TemporaryDirectory(dir=target.parent):
        pass


@contextmanager
def replacing_folder(path: Path, names: Collection[str]) -> Iterator[Path]:
    """Give a new folder to write in; put it in the place of ``path`` when all went well.

    When the block raises, the folder that was there is as it was, and nothing lies beside it.

    Args:
        path: the folder. A link stays one: what it points at is replaced.
        names: the files that may be in it. One that holds anything else is never replaced.

    Raises:
        OSError: it can't be written, or what stands there may not be replaced.
    """
    check_folder_replaceable(path, names)
    target = Path(os.path.realpath(path))
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name[:100]}-", dir=target.parent))
    try:
        yield beside
        for file in beside.iterdir():  # on the disk before they have their place: a power cut leaves the old ones
            with file.open("rb+") as opened:
                os.fsync(opened.fileno())
        _take_access(target, beside)
        check_folder_replaceable(path, names)
        _swap(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _take_access(target: Path, beside: Path) -> None:
    """Give the new folder the old one's mode, or what the umask gives: a temporary one is its owner's alone."""
    with suppress(FileNotFoundError):
        shutil.copymode(target, beside)
        return
    umask = os.umask(0)
    os.umask(umask)
    beside.chmod(0o777 & ~umask)


def _swap(beside: Path, target: Path) -> None:
    """Put ``beside`` in the place of ``target``, which goes away; if that fails, ``target`` is put back."""
    if not target.exists():
        beside.replace(target)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name[:100]}-old-", dir=target.parent)) / "old"
    try:
        target.rename(aside)
        try:
            beside.rename(target)
        except OSError:
            aside.rename(target)
            raise
    finally:
        shutil.rmtree(aside.parent, ignore_errors=True)
