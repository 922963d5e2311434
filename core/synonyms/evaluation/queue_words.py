"""The queue that methods order: for words of the test, their candidates and which of them are synonyms."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Final

import numpy as np

from core.synonyms.evaluation.progress import EvaluationProgress
from core.synonyms.evaluation.queue_measures import Queue
from core.synonyms.labelled import LabelledPairs
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.pairs import WordPair, word_pair
from core.synonyms.vectors import WordVectors

_BLOCK: Final = 256


def cilin_queue(
    cilin: Cilin, vectors: WordVectors, words: Sequence[str], nearest: int
) -> Generator[EvaluationProgress, None, Queue]:
    """Return the queue of ``words``: the ``nearest`` words of each among all that Cilin lists and have a vector.

    A word outside Cilin would count as wrong although nobody has said so. Words without a synonym are left out.
    """
    vocabulary = [word for word in cilin.words if vectors.words.find(word) is not None]
    numbers = {word: n for n, word in enumerate(vocabulary)}
    gold = {word: {other for other in cilin.synonyms(word) if other in numbers} for word in words if word in numbers}
    asked = [word for word in gold if gold[word]]
    units = vectors.units(np.array([vectors.words.find(word) for word in vocabulary], dtype=np.int64))
    nearest = min(nearest, len(vocabulary) - 1)
    pairs: list[WordPair] = []
    synonym: list[bool] = []
    for start in range(0, len(asked), _BLOCK):
        some = asked[start : start + _BLOCK]
        rows = np.array([numbers[word] for word in some])
        cosines = units[rows] @ units.T  # (b, n)
        cosines[np.arange(len(rows)), rows] = -2.0
        for word, found in zip(some, np.argpartition(cosines, -nearest, axis=1)[:, -nearest:], strict=True):
            candidates = [vocabulary[place] for place in found]
            pairs += [word_pair(word, candidate) for candidate in candidates]
            synonym += [candidate in gold[word] for candidate in candidates]
        yield EvaluationProgress("queue", start + len(some), len(asked))
    starts = np.arange(len(asked) + 1, dtype=np.int64) * nearest
    totals = np.array([len(gold[word]) for word in asked], dtype=np.int64)
    return Queue(tuple(asked), tuple(pairs), starts, np.array(synonym, dtype=bool), totals)


def queue_of_pairs(test: LabelledPairs) -> Queue:
    """Return the queue of a test's own words: the candidates of a word are the pairs it stands in."""
    of_word: dict[str, list[int]] = {}
    for row, pair in enumerate(test.pairs):
        for word in pair:
            of_word.setdefault(word, []).append(row)
    asked = [word for word, rows in of_word.items() if test.synonym[rows].any()]
    rows = np.concatenate([of_word[word] for word in asked])
    starts = np.cumsum([0, *(len(of_word[word]) for word in asked)])
    totals = np.array([test.synonym[of_word[word]].sum() for word in asked], dtype=np.int64)
    return Queue(tuple(asked), tuple(test.pairs[row] for row in rows), starts, test.synonym[rows], totals)
