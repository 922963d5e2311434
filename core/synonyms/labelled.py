"""Pairs of words of which it is known whether they are synonyms: what methods learn from and are measured on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from core.synonyms.pairs import WordPair

Bools = npt.NDArray[np.bool_]

SYNONYM: Final = "synonym"
"""A set of the dictionary lists both words."""
NEIGHBOUR: Final = "neighbour"
"""No synonyms, but near by cosine: what a mined queue is full of."""
RELATED: Final = "related"
"""No synonyms, but of one kind by the dictionary (Cilin's ``#`` rows)."""
GROUP: Final = "group"
"""Neither of these, but in one group of the dictionary's tree."""
RANDOM: Final = "random"
"""Two words drawn at random."""
ANTONYM: Final = "antonym"
"""The opposite of each other."""


@dataclass(frozen=True, slots=True, eq=False)
class LabelledPairs:
    """N pairs with their labels.

    Attributes:
        pairs: the words.
        synonym: whether they are synonyms, (N,).
        kinds: what sort of pair each is (``SYNONYM``, ``NEIGHBOUR`` …, or the words of whoever wrote a file).
    """

    pairs: tuple[WordPair, ...]
    synonym: Bools
    kinds: tuple[str, ...]

    def __post_init__(self) -> None:
        if not len(self.pairs) == len(self.synonym) == len(self.kinds):
            raise ValueError("one label and one kind a pair")

    @classmethod
    def of(cls, rows: Iterable[tuple[WordPair, bool, str]]) -> Self:
        """Return rows of pair, label and kind as columns."""
        listed = list(rows)
        return cls(
            tuple(pair for pair, _label, _kind in listed),
            np.array([label for _pair, label, _kind in listed], dtype=bool),
            tuple(kind for _pair, _label, kind in listed),
        )

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def has_both(self) -> bool:
        """Whether there are synonyms among them, and other pairs."""
        return bool(self.synonym.any() and not self.synonym.all())

    def words(self) -> frozenset[str]:
        """Return every word of a pair."""
        return frozenset(word for pair in self.pairs for word in pair)

    def where(self, chosen: Bools | Sequence[bool]) -> Self:
        """Return the pairs for which ``chosen``, (N,), is true."""
        rows = np.flatnonzero(np.asarray(chosen, dtype=bool))
        return type(self)(
            tuple(self.pairs[row] for row in rows), self.synonym[rows], tuple(self.kinds[row] for row in rows)
        )

    def positives(self) -> tuple[WordPair, ...]:
        """Return the pairs that are synonyms."""
        return self.where(self.synonym).pairs

    def negative_kinds(self) -> tuple[str, ...]:
        """Return the kinds of pairs that are no synonyms, in their order of appearance."""
        return tuple(dict.fromkeys(kind for kind, label in zip(self.kinds, self.synonym, strict=True) if not label))
