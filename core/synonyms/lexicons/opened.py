"""The dictionaries that ship, read once a process: to read one takes a second, and nobody changes what was read."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from core.files import stamp_of
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.lexicons.cilin import Cilin


def open_cedict(path: Path) -> Cedict:
    """Return CC-CEDICT as ``path`` has it now.

    Raises:
        SynonymsError: the file cannot be read, or is no such dictionary.
    """
    return _cedict(path, stamp_of(path))


def open_cilin(path: Path) -> Cilin:
    """Return Cilin's tree as ``path`` has it now.

    Raises:
        SynonymsError: the file cannot be read, or is no such tree.
    """
    return _cilin(path, stamp_of(path))


@lru_cache(maxsize=1)
def _cedict(path: Path, _stamp: tuple[int, int] | None) -> Cedict:
    return Cedict.from_file(path)


@lru_cache(maxsize=1)
def _cilin(path: Path, _stamp: tuple[int, int] | None) -> Cilin:
    return Cilin.from_tree(path)
