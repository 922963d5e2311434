"""Word vectors of any size: read once, checked, then mapped into memory from a cache.

``read_vectors(path)`` is a task: it yields its progress and returns ``WordVectors``.
``load_vectors(path)`` waits for it.
"""

from core.synonyms.vectors.cache import VectorFile, load_vectors, look_at_vectors, read_vectors, with_vectors
from core.synonyms.vectors.formats import FAULTS, Problem
from core.synonyms.vectors.table import ReadReport, WordVectors

__all__ = [
    "FAULTS",
    "Problem",
    "ReadReport",
    "VectorFile",
    "WordVectors",
    "load_vectors",
    "look_at_vectors",
    "read_vectors",
    "with_vectors",
]
