"""A pair of words as a row of numbers.

Four families: what the sources said; what the spellings share (the best single sign of a synonym in Chinese,
ANCHORS: average precision .372 against the cosine's .258); how frequent the words are; and how the pair
stands among the other candidates of its words, because the nearest of a word's neighbours is another thing
than the fiftieth at the same cosine. Dictionary codes are left out on purpose: they are one dictionary's
answer, which the annotator sees, and the model must also rank words that no dictionary has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.synonyms.ranker.table import PairTable

Floats = npt.NDArray[np.float32]

CHARACTERS: Final = 8
"""Characters of a word that are compared; the ninth of so long a word changes little."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Features of all pairs of a table, each with mean 0 and deviation 1 over the table.

    Attributes:
        names: what each column means, F of them.
        values: (N, F).
    """

    names: tuple[str, ...]
    values: Floats


def describe(table: PairTable) -> Features:
    """Return the features of every pair of ``table``."""
    columns: dict[str, npt.NDArray[np.floating | np.bool_]] = {}
    for k, name in enumerate(table.names):
        columns[f"{name}"] = np.nan_to_num(table.scores[:, k])
        columns[f"{name} known"] = ~np.isnan(table.scores[:, k])
        columns[f"{name} proposed"] = table.proposed[:, k]
    columns |= _spelling(table) | _frequency(table) | _standing(table)
    values = np.column_stack([column.astype(np.float32) for column in columns.values()])
    if len(values):
        values -= values.mean(axis=0)
        # A column that never changes says nothing: zero, not a division by zero.
        spread = values.std(axis=0)
        values /= np.where(spread > 1e-6, spread, np.inf)
    return Features(tuple(columns), values)


def first_guess(table: PairTable) -> Floats:
    """Return an order for a store that nobody has judged: how many sources agree, then the fullest score."""
    fullest = _fullest(table)
    guess: Floats = table.proposed.sum(axis=1).astype(np.float32)
    if fullest is not None:
        guess += np.nan_to_num(fullest)
    return guess


def _fullest(table: PairTable) -> Floats | None:
    """Return the score that most pairs have."""
    if not table.names or not len(table.ids):
        return None
    known = (~np.isnan(table.scores)).sum(axis=0)
    fullest: Floats = table.scores[:, int(known.argmax())]
    return fullest


def _spelling(table: PairTable) -> dict[str, npt.NDArray[np.floating | np.bool_]]:
    codes = np.zeros((len(table.texts), CHARACTERS), dtype=np.int32)
    for row, text in enumerate(table.texts):
        piece = [ord(char) for char in text[:CHARACTERS]]
        codes[row, : len(piece)] = piece
    written = codes > 0
    # A character counts once a word, as in a set.
    repeated = np.zeros_like(written)
    for i in range(1, CHARACTERS):
        repeated[:, i] = (codes[:, :i] == codes[:, i : i + 1]).any(axis=1)
    distinct = written & ~repeated
    length, size = written.sum(axis=1), distinct.sum(axis=1)
    last = codes[np.arange(len(codes)), np.maximum(length - 1, 0)]
    a, b = table.one, table.two
    shared = np.zeros(len(a), dtype=np.int32)
    aligned = np.zeros(len(a), dtype=np.int32)
    for i in range(CHARACTERS):
        in_other = np.zeros(len(a), dtype=bool)
        for j in range(CHARACTERS):
            same = (codes[a, i] == codes[b, j]) & written[a, i]
            in_other |= same
            if i == j:
                aligned += same
        shared += in_other & distinct[a, i]
    return {
        "characters jaccard": shared / np.maximum(size[a] + size[b] - shared, 1),
        "characters covered": shared / np.maximum(np.minimum(size[a], size[b]), 1),
        "characters aligned": aligned.astype(np.float32),
        "same first character": codes[a, 0] == codes[b, 0],
        "same last character": last[a] == last[b],
        "same length": length[a] == length[b],
        "difference of length": np.abs(length[a] - length[b]).astype(np.float32),
        "length": (length[a] + length[b]).astype(np.float32),
    }


def _frequency(table: PairTable) -> dict[str, npt.NDArray[np.floating | np.bool_]]:
    # A word without a rank is rarer than every word with one.
    rarest = np.nanmax(table.ranks) if np.isfinite(table.ranks).any() else 1.0
    logs = np.log(np.where(np.isnan(table.ranks), 2 * rarest, table.ranks))
    one, two = logs[table.one], logs[table.two]
    return {
        "rank of the commoner word": np.minimum(one, two),
        "rank of the rarer word": np.maximum(one, two),
        "distance of the ranks": np.abs(one - two),
    }


def _standing(table: PairTable) -> dict[str, npt.NDArray[np.floating | np.bool_]]:
    """Return how a pair stands by the fullest score among all candidates of each of its words."""
    fullest = _fullest(table)
    if fullest is None:
        return {}
    score = np.nan_to_num(fullest)
    n = len(score)
    word, both = np.concatenate([table.one, table.two]), np.concatenate([score, score])
    order = np.lexsort((-both, word))
    starts = np.flatnonzero(np.diff(word[order], prepend=-1))
    sizes = np.diff(np.append(starts, 2 * n))
    place, best, mean, many = (np.empty(2 * n, dtype=np.float32) for _ in range(4))
    place[order] = np.arange(2 * n) - np.repeat(starts, sizes) + 1
    best[order] = np.repeat(both[order][starts], sizes)
    mean[order] = np.repeat(np.add.reduceat(both[order], starts) / sizes, sizes)
    many[order] = np.repeat(sizes, sizes)

    def low(values: Floats) -> Floats:
        return np.minimum(values[:n], values[n:])

    def high(values: Floats) -> Floats:
        return np.maximum(values[:n], values[n:])

    return {
        "place among the word's pairs": 1 / low(place),
        "place among the other word's pairs": 1 / high(place),
        "pairs of the word": np.log(low(many)),
        "pairs of the other word": np.log(high(many)),
        "below the best pair": score - high(best),
        "below the other word's best pair": score - low(best),
        "above the mean pair": score - high(mean),
        "above the other word's mean pair": score - low(mean),
    }
