"""The nearest words of a word by cosine: exact by a scan, or through an index for very large vocabularies.

A scan of 125,796 × 100 takes some milliseconds, so an index only pays above half a million words
(``INDEX_PAYS_FROM``); it is built once, kept beside the vectors, and misses a few neighbours: ``recall``
measures how many it finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Protocol

import numpy as np

from core.runtime.events import Payload
from core.synonyms.vectors import WordVectors

INDEX_PAYS_FROM: Final = 500_000
"""Words from which on the index is offered."""

_SCAN_ROWS: Final = 65_536
"""Rows of the matrix a product takes at once in a batch; 25 MB at 100 dims, which the caches and RAM bear."""

BLOCK: Final = 256
"""Words whose neighbours are looked up at once."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A word near another.

    Attributes:
        word: the word.
        cosine: cosine of the two vectors, −1 to 1.
        rank: its frequency rank, 1 = most frequent.
    """

    word: str
    cosine: float
    rank: int


@dataclass(frozen=True, slots=True)
class NeighbourBlock(Payload):
    """Neighbours of a run of words.

    Attributes:
        queries: places of the words asked for, (b,).
        places: places of their nearest words, nearest first, (b, k) int64; −1 where there are fewer.
        cosines: the cosines, (b, k) float32.
        done: words done so far.
        total: words to do.
    """

    newest_only: ClassVar[bool] = False

    queries: np.ndarray
    places: np.ndarray
    cosines: np.ndarray
    done: int
    total: int


class NearestPlaces(Protocol):
    """Anything that finds the nearest rows of unit vectors: the scan here, or an index."""

    def nearest_places(self, units: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        """Return places and cosines, nearest first, (b, k) each, for ``units`` (b, dim) of length 1."""


class Scan:
    """Exact neighbours: every cosine is computed.

    Args:
        vectors: where to look.
        limit: look only among the ``limit`` most frequent words.
    """

    def __init__(self, vectors: WordVectors, limit: int | None = None) -> None:
        self._matrix = vectors.matrix[:limit]
        self._inverse_norms = vectors.inverse_norms[:limit]

    def nearest_places(self, units: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        """Return places and cosines, nearest first, (b, k) each, for ``units`` (b, dim) of length 1."""
        k = min(k, len(self._matrix))
        if len(units) == 1:  # a product with a vector runs at the speed of memory, and needs no (b, n) room
            cosines = (self._matrix @ units[0]) * self._inverse_norms  # (n,)
            return _best(cosines[None], k)
        best_places = np.empty((len(units), 0), dtype=np.int64)
        best_cosines = np.empty((len(units), 0), dtype=np.float32)
        for start in range(0, len(self._matrix), _SCAN_ROWS):
            rows = slice(start, start + _SCAN_ROWS)
            cosines = (units @ self._matrix[rows].T) * self._inverse_norms[rows]  # (b, n)
            places, values = _best(cosines, k)
            best_places = np.concatenate([best_places, places + start], axis=1)
            best_cosines = np.concatenate([best_cosines, values], axis=1)
            order, best_cosines = _best(best_cosines, k)
            best_places = np.take_along_axis(best_places, order, axis=1)
        return best_places, best_cosines


def _best(values: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return columns and values of the ``k`` largest of each row, largest first."""
    k = min(k, values.shape[1])
    if k < values.shape[1]:
        columns = np.argpartition(values, -k, axis=1)[:, -k:]
    else:
        columns = np.broadcast_to(np.arange(k), values.shape)
    found = np.take_along_axis(values, columns, axis=1)
    order = np.argsort(-found, axis=1, kind="stable")
    return np.take_along_axis(columns, order, axis=1), np.take_along_axis(found, order, axis=1)


class Neighbours:
    """Asks for the nearest words, one word at a time.

    Args:
        vectors: the words and their vectors.
        finder: how to look; an exact scan unless an index is given.
    """

    def __init__(self, vectors: WordVectors, finder: NearestPlaces | None = None) -> None:
        self.vectors = vectors
        self._finder = finder if finder is not None else Scan(vectors)

    def of_word(self, word: str, k: int = 20) -> list[Neighbour]:
        """Return the ``k`` other words nearest to ``word``, nearest first; none if it has no vector."""
        place = self.vectors.words.find(word)
        if place is None:
            return []
        found = self._look(self.vectors.units(np.array([place])), k + 1)
        return [near for near in found if near.rank != place + 1][:k]

    def of_vector(self, vector: np.ndarray, k: int = 20) -> list[Neighbour]:
        """Return the ``k`` words nearest to ``vector``, (dim,), nearest first; none for a vector of zeros."""
        length = float(np.linalg.norm(vector))
        if length == 0.0:
            return []
        return self._look(np.asarray(vector, dtype=np.float32)[None] / np.float32(length), k)

    def _look(self, units: np.ndarray, k: int) -> list[Neighbour]:
        places, cosines = self._finder.nearest_places(units, k)
        return [
            Neighbour(self.vectors.words[int(place)], min(float(cosine), 1.0), int(place) + 1)
            for place, cosine in zip(places[0], cosines[0], strict=True)
            if place >= 0
        ]


def all_neighbours(
    vectors: WordVectors,
    queries: Sequence[int] | np.ndarray,
    k: int,
    *,
    limit: int | None = None,
    block: int = BLOCK,
    finder: NearestPlaces | None = None,
) -> Iterator[NeighbourBlock]:
    """Yield the ``k`` nearest words of many words, block after block, themselves excluded.

    Args:
        vectors: the words and their vectors.
        queries: places of the words asked for.
        k: neighbours a word.
        limit: look only among the ``limit`` most frequent words.
        block: words a block; the room needed is block × 65,536 floats.
        finder: an index instead of the exact scan; ``limit`` is then the index's own.
    """
    places = np.asarray(queries, dtype=np.int64)
    look = finder if finder is not None else Scan(vectors, limit)
    for start in range(0, len(places), block):
        asked = places[start : start + block]
        found, cosines = look.nearest_places(vectors.units(asked), k + 1)
        found, cosines = _without_self(asked, found, cosines)
        yield NeighbourBlock(asked, found, cosines, min(start + block, len(places)), len(places))


def _without_self(asked: np.ndarray, found: np.ndarray, cosines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Drop each word from its own neighbours, or the last neighbour where it is not among them."""
    own = found == asked[:, None]
    own[~own.any(axis=1), -1] = True
    shape = (len(asked), found.shape[1] - 1)
    return found[~own].reshape(shape), np.minimum(cosines[~own].reshape(shape), 1.0)


def recall(vectors: WordVectors, index: NearestPlaces, k: int = 20, sample: int = 200, seed: int = 0) -> float:
    """Return the share of the true ``k`` nearest words that ``index`` finds, over a random sample."""
    places = np.random.default_rng(seed).choice(len(vectors), min(sample, len(vectors)), replace=False)
    pairs = zip(all_neighbours(vectors, places, k), all_neighbours(vectors, places, k, finder=index), strict=True)
    found = total = 0
    for exact, indexed in pairs:
        for true, seen in zip(exact.places, indexed.places, strict=True):
            found += len(np.intersect1d(true, seen))
            total += len(true)
    return found / total
