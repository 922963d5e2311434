"""Cosine with the mean and the strongest directions removed ("All-but-the-Top", Mu & Viswanath 2018).

All vectors share a mean, and a few directions that tell how frequent a word is more than what it means. With the
mean μ and the D first principal components c₁ … c_D of the vectors:

    x′ = x − μ − Σᵢ (cᵢ·(x − μ)) cᵢ,    score = cosine of x′ and y′.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.synonyms.methods.method import Floats, Learning, MethodData, MethodProgress
from core.synonyms.methods.space import Space, normalised
from core.synonyms.pairs import WordPair
from core.synonyms.vectors import WordVectors

_BLOCK: Final = 65_536
"""Vectors taken at once; the memory needed doesn't grow with the vocabulary."""


@dataclass(frozen=True, slots=True)
class CosineCentredConfig:
    """What is removed.

    Attributes:
        components: D, directions removed after the mean, but never more than half of all.
    """

    components: int = 10


@dataclass(frozen=True, slots=True, eq=False)
class CentredSpace:
    """A space without mean and strongest directions.

    Attributes:
        space: the words before.
        mean: μ of the unit vectors, (dim,).
        directions: c, (D, dim), of length 1 and at right angles.
    """

    space: Space
    mean: Floats
    directions: Floats

    def centred(self, units: Floats) -> Floats:
        """Return unit vectors, (n, dim), without mean and directions, scaled to length 1 again."""
        rest = units - self.mean
        along = rest @ self.directions.T @ self.directions
        return normalised((rest - along).astype(np.float32))

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return the cosines that remain, (N,); 0 where a word has no vector."""
        u, v = self.space.couples(pairs)
        known = u.any(axis=1) & v.any(axis=1)
        return np.where(known, np.einsum("nd,nd->n", self.centred(u), self.centred(v)), np.float32(0))


def cosine_centred(config: CosineCentredConfig, data: MethodData) -> Learning:
    """Find mean and directions of the whole vocabulary; return the scorer."""
    vectors = data.vectors
    components = min(config.components, vectors.dim // 2)
    sums: npt.NDArray[np.float64] = np.zeros(vectors.dim)
    products: npt.NDArray[np.float64] = np.zeros((vectors.dim, vectors.dim))
    for units, done in _blocks(vectors):
        sums += units.sum(axis=0)
        products += units.T @ units
        yield MethodProgress(done, len(vectors))
    mean = sums / len(vectors)
    covariance = products / len(vectors) - np.outer(mean, mean)
    _values, columns = np.linalg.eigh(covariance)  # ascending
    strongest = columns[:, ::-1][:, :components].T
    return CentredSpace(Space(vectors), mean.astype(np.float32), strongest.astype(np.float32))


def _blocks(vectors: WordVectors) -> Iterator[tuple[Floats, int]]:
    """Yield unit vectors, (b, dim), and how many words have come so far."""
    for start in range(0, len(vectors), _BLOCK):
        places = np.arange(start, min(start + _BLOCK, len(vectors)))
        yield vectors.units(places), int(places[-1]) + 1
