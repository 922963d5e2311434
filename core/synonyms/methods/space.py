"""Words as points on the unit sphere: the vectors as they were read, moved where a method has moved them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from core.synonyms.methods.method import Floats, Ints
from core.synonyms.pairs import WordPair
from core.synonyms.vectors import WordVectors


class Space:
    """Unit vectors of words.

    A word without a vector is the zero vector: its cosine to every word is 0, neither near nor far.

    Args:
        vectors: where the words were.
        moved: the new vectors of words that have moved, (dim,) each, of any length.
    """

    def __init__(self, vectors: WordVectors, moved: Mapping[str, Floats] | None = None) -> None:
        self.vectors = vectors
        self.moved = moved or {}

    def units(self, words: Sequence[str]) -> Floats:
        """Return the unit vectors of ``words``, (n, dim)."""
        places = [self.vectors.words.find(word) for word in words]
        known = np.array([place is not None for place in places], dtype=bool)
        found = np.zeros((len(words), self.vectors.dim), dtype=np.float32)
        found[known] = self.vectors.units(np.array([place for place in places if place is not None], dtype=np.int64))
        for row, word in enumerate(words):
            if word in self.moved:
                found[row] = normalised(self.moved[word][None])[0]
        return found

    def table(self, pairs: Sequence[WordPair]) -> tuple[Floats, Ints]:
        """Return the unit vectors of the words of ``pairs``, each once, (n, dim), and which two a pair has, (N, 2)."""
        words = list(dict.fromkeys(word for pair in pairs for word in pair))
        rows = {word: row for row, word in enumerate(words)}
        places = np.array([[rows[one], rows[other]] for one, other in pairs], dtype=np.int64).reshape(-1, 2)
        return self.units(words), places

    def couples(self, pairs: Sequence[WordPair]) -> tuple[Floats, Floats]:
        """Return the unit vectors of the first words and of the second words, (N, dim) each."""
        units, places = self.table(pairs)
        return units[places[:, 0]], units[places[:, 1]]

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return the cosines of ``pairs``, (N,): u·v of unit vectors."""
        u, v = self.couples(pairs)
        cosines: Floats = np.einsum("nd,nd->n", u, v)
        return cosines


def normalised(rows: Floats) -> Floats:
    """Return ``rows``, (n, dim), scaled to length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled
