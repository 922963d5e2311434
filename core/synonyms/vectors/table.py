"""Words and their vectors, mapped into memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from core.synonyms.progress import FaultyLine, FaultyLines
from core.synonyms.vectors.formats import FAULTS, Fault, Problem
from core.synonyms.vectors.words import WordList

MATRIX: Final = "matrix.f32"
NORMS: Final = "norms.npy"


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What reading a file brought.

    Attributes:
        name: the file's name.
        words: words kept.
        dim: numbers a word.
        counts: how many lines had each fault.
        problems: the first of them, with their lines.
    """

    name: str
    words: int
    dim: int
    counts: Mapping[Fault, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def faulty_lines(self) -> FaultyLines | None:
        """What a person should hear of; None where every line was sound."""
        first = tuple(FaultyLine(each.line, FAULTS[each.fault], each.text) for each in self.problems)
        return FaultyLines(self.name, sum(self.counts.values()), first) if first else None


class WordVectors:
    """Vectors of words, in the order of their file, which by custom is that of frequency.

    Attributes:
        words: the words.
        matrix: their vectors, (n, dim) float32, read only.
        inverse_norms: 1 / length of each vector, (n,) float32; 0 for a vector of zeros or nearly so.
        report: what reading the file brought.
        folder: where the cache lies; an index of neighbours is kept there too.
    """

    def __init__(self, folder: Path, report: ReadReport) -> None:
        """Open the cache in ``folder``.

        Raises:
            OSError, ValueError: files are missing or do not fit each other.
        """
        self.folder = folder
        self.report = report
        self.words = WordList(folder)
        self.inverse_norms: np.ndarray = np.load(folder / NORMS)
        shape = (len(self.words), report.dim)
        if len(self.inverse_norms) != shape[0] or (folder / MATRIX).stat().st_size != 4 * shape[0] * shape[1]:
            raise ValueError(f"{folder} holds parts of different vectors")
        self.matrix = np.asarray(np.memmap(folder / MATRIX, dtype="<f4", mode="r", shape=shape))

    def __reduce__(self) -> tuple[type[WordVectors], tuple[Path, ReadReport]]:
        """Travel to another process as the folder, which it opens again: millions of vectors stay where they are."""
        return type(self), (self.folder, self.report)

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: object) -> bool:
        return word in self.words

    @property
    def dim(self) -> int:
        """Numbers a word."""
        return int(self.matrix.shape[1])

    def rank(self, word: str) -> int | None:
        """Return the frequency rank of ``word``, 1 = most frequent, None when it has no vector."""
        place = self.words.find(word)
        return None if place is None else place + 1

    def vector(self, word: str) -> np.ndarray | None:
        """Return the vector of ``word``, (dim,), None when it has none."""
        place = self.words.find(word)
        return None if place is None else np.asarray(self.matrix[place])

    def units(self, places: np.ndarray) -> np.ndarray:
        """Return the vectors at ``places`` scaled to length 1, (len(places), dim)."""
        scaled: np.ndarray = self.matrix[places] * self.inverse_norms[places, None]
        return scaled

    def cosine(self, one: str, other: str) -> float | None:
        """Return the cosine of the words' vectors, None when one of them has none."""
        a, b = self.words.find(one), self.words.find(other)
        return None if a is None or b is None else float(self.cosines(np.array([a]), np.array([b]))[0])

    def cosines(self, ones: np.ndarray, others: np.ndarray) -> np.ndarray:
        """Return the cosine of each pair of places, (n,) float32."""
        dots: np.ndarray = np.einsum("nd,nd->n", self.units(ones), self.units(others))  # (n,)
        clipped: np.ndarray = np.clip(dots, -1.0, 1.0)
        return clipped
