"""An index of neighbours (HNSW, Malkov & Yashunin 2018) for vocabularies too large to scan at each key press.

``usearch`` keeps it in a file that is mapped into memory. It was chosen over faiss, which builds faster but
brings a second OpenMP runtime beside torch's, which can end the process on macOS; hnswlib has no wheels.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from core.language import _
from core.synonyms.cache_folder import check_room
from core.synonyms.pairs import SynonymsError
from core.synonyms.progress import ReadProgress
from core.synonyms.vectors import WordVectors

if TYPE_CHECKING:
    from usearch.index import Index

_FILE: Final = "neighbours.usearch"
_BLOCK: Final = 4096
_LINKS: Final = 16
"""Links of a word to others in the graph; twice as many on its lowest level."""

_EXPANSION_ADD: Final = 40
"""Words kept in view while one is added: with 64 building takes nearly twice as long."""
_EXPANSION_SEARCH: Final = 512
"""Words kept in view while searching: 512 finds 99 % of the true 20 nearest among 125,796 words."""


class IndexedNeighbours:
    """Nearest rows through the index file beside ``vectors``.

    Raises:
        SynonymsError: there is no index yet, or it cannot be opened.
    """

    def __init__(self, vectors: WordVectors) -> None:
        self._index = _empty(vectors.dim)
        path = vectors.folder / _FILE
        try:
            self._index.view(str(path))
        except (OSError, RuntimeError) as error:
            raise SynonymsError(_("There is no nearest-neighbour index yet: build it first.")) from error
        if len(self._index) != len(vectors):
            raise SynonymsError(_("The nearest-neighbour index belongs to other vectors: build it again."))

    def nearest_places(self, units: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        """Return places and cosines, nearest first, (b, k) each, for ``units`` (b, dim) of length 1."""
        k = min(k, len(self._index))
        places = np.full((len(units), k), -1, dtype=np.int64)
        cosines = np.full((len(units), k), -1.0, dtype=np.float32)
        for row, unit in enumerate(units):
            found = self._index.search(unit, k)
            places[row, : len(found.keys)] = found.keys
            cosines[row, : len(found.keys)] = 1.0 - found.distances
        return places, cosines


def has_index(vectors: WordVectors) -> bool:
    """Tell whether an index lies beside ``vectors``."""
    return (vectors.folder / _FILE).is_file()


def build_index(vectors: WordVectors, threads: int = 1) -> Generator[ReadProgress, None, IndexedNeighbours]:
    """Build the index of ``vectors`` beside them, yielding progress in words, and return it opened.

    Closing the generator early leaves no file.

    Args:
        vectors: what to index.
        threads: how many processors to use; 0 for all.

    Raises:
        SynonymsError: the package ``usearch`` is missing or there is no room.
    """
    index = _empty(vectors.dim)
    name = vectors.report.name
    check_room(vectors.folder, len(vectors) * (2 * vectors.dim + 12 * _LINKS), name)
    for start in range(0, len(vectors), _BLOCK):
        places = np.arange(start, min(start + _BLOCK, len(vectors)))
        index.add(places.astype(np.uint64), vectors.units(places), threads=threads)
        yield ReadProgress(name, int(places[-1]) + 1, len(vectors), len(index))
    unfinished = Path(vectors.folder / f"{_FILE}.{os.getpid()}")
    try:
        index.save(str(unfinished))
        unfinished.replace(vectors.folder / _FILE)
    except (OSError, RuntimeError) as error:
        raise SynonymsError(_("The nearest-neighbour index can't be written: {reason}").format(reason=error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return IndexedNeighbours(vectors)


def _empty(dim: int) -> Index:
    try:
        usearch = import_module("usearch.index")  # not at the top: the package is optional
    except ImportError as error:
        raise SynonymsError(_("The nearest-neighbour index needs a package: pip install usearch")) from error
    index: Index = usearch.Index(
        ndim=dim,
        metric="ip",
        dtype="f16",
        connectivity=_LINKS,
        expansion_add=_EXPANSION_ADD,
        expansion_search=_EXPANSION_SEARCH,
    )
    return index
