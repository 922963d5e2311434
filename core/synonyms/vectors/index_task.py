"""An index of neighbours, built in a worker."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from core.synonyms.progress import ReadProgress
from core.synonyms.vectors import read_vectors
from core.synonyms.vectors.hnsw import build_index


def index_vectors(path: Path) -> Generator[ReadProgress, None, int]:
    """Read word vectors and build an index of neighbours beside their cache; return how many words it holds.

    Raises:
        SynonymsError: the file is missing or broken, the disk is full, or the package for indices is missing.
    """
    vectors = yield from read_vectors(path)
    yield from build_index(vectors)
    return len(vectors)
