"""Which words stand around each word of the corpora: the running text as rows of the vectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.synonyms.sentences.find import Sentences
from core.synonyms.vectors import WordVectors

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_BLOCK: Final = 100_000
"""Tokens taken at once; at 100 numbers a word that is 40 MB."""


@dataclass(frozen=True, slots=True, eq=False)
class RunningText:
    """All corpora, token after token.

    Attributes:
        places: the words of the corpora that have a vector, W of them, as places in the vectors, (W,).
        rows: which of them each token is, −1 for a word that has no vector, (T,).
        sentences: which sentence it stands in, ascending, (T,).
    """

    places: Ints
    rows: Ints
    sentences: Ints

    def __len__(self) -> int:
        return len(self.rows)

    def beside(self, places: Ints, offset: int | Ints) -> Ints:
        """Return the row of the token ``offset`` places on, one for all or one each, −1 beyond the sentence, (n,)."""
        there = np.clip(places + offset, 0, len(self) - 1)
        inside = (places + offset == there) & (self.sentences[there] == self.sentences[places])
        beside: Ints = np.where(inside, self.rows[there], -1)
        return beside


def running_text(sentences: Sentences, vectors: WordVectors) -> RunningText:
    """Return all corpora, as far as ``vectors`` have their words."""
    found: list[Ints] = []
    owners: list[Ints] = []
    before = 0
    for index in sentences.indexes:
        known = [vectors.words.find(word) for word in index.words]
        table = np.array([-1 if place is None else place for place in known], dtype=np.int64)
        tokens, sentence = index.running_tokens()
        found.append(table[tokens])
        owners.append(sentence.astype(np.int64) + before)
        before += len(index)
    empty = np.empty(0, dtype=np.int64)
    tokens = np.concatenate([empty, *found])
    places = np.unique(tokens[tokens >= 0])
    rows = np.where(tokens >= 0, np.searchsorted(places, tokens), -1)
    return RunningText(places, rows, np.concatenate([empty, *owners]))


def contexts(text: RunningText, units: Floats, window: int) -> Iterator[tuple[Ints, Floats]]:
    """Yield tokens that have a row, and the sum of the unit vectors around each, (n, dim), block after block.

    Args:
        text: the corpora.
        units: of the words, (W, dim).
        window: words to either side.
    """
    known = np.flatnonzero(text.rows >= 0)
    padded = np.concatenate([units, np.zeros((1, units.shape[1]), dtype=np.float32)])  # row −1 is of zeros
    for start in range(0, len(known), _BLOCK):
        places = known[start : start + _BLOCK]
        sums = np.zeros((len(places), units.shape[1]), dtype=np.float32)
        for offset in (*range(-window, 0), *range(1, window + 1)):
            sums += padded[text.beside(places, offset)]
        yield places, sums
