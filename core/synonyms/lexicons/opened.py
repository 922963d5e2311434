"""The dictionaries that ship, read once a process: to read one takes a second, and nobody changes what was read."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.lexicons.cilin import Cilin


def open_cedict(path: Path) -> Cedict:
    """Return CC-CEDICT as ``path`` has it now.

    Raises:
        SynonymsError: the file cannot be read, or is no such dictionary.
    """
    return _cedict(path, _state(path))


def open_cilin(path: Path) -> Cilin:
    """Return Cilin's tree as ``path`` has it now.

    Raises:
        SynonymsError: the file cannot be read, or is no such tree.
    """
    return _cilin(path, _state(path))


def _state(path: Path) -> tuple[int, int] | None:
    """Return what tells one state of a file from another; None where the file can't be asked."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=1)
def _cedict(path: Path, _asked: tuple[int, int] | None) -> Cedict:
    return Cedict.from_file(path)


@lru_cache(maxsize=1)
def _cilin(path: Path, _asked: tuple[int, int] | None) -> Cilin:
    return Cilin.from_tree(path)
