"""The queue that methods order: for words of the test, their candidates and which of them are synonyms."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from core.synonyms.candidates.union import CandidateUnion, UnionConfig
from core.synonyms.evaluation.progress import EvaluationProgress
from core.synonyms.evaluation.queue_measures import Queue
from core.synonyms.labelled import LabelledPairs
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.pairs import WordPair, in_order
from core.synonyms.progress import told_as
from core.synonyms.shards import CandidateWork
from core.synonyms.shipped import CEDICT
from core.synonyms.spreading import Spreading
from core.synonyms.vectors import WordVectors

_TOLD: Final = 256
"""Words after which progress is told."""
_SHARD: Final = 512
"""Words whose candidates are found in one piece, where work is spread: the blocks of the union, whole."""


def cilin_queue(
    cilin: Cilin,
    vectors: WordVectors,
    words: Sequence[str],
    union: UnionConfig,
    cedict: Cedict | None,
    *,
    spreading: Spreading | None = None,
) -> Generator[EvaluationProgress, None, Queue]:
    """Return the queue of ``words``: the candidates of each among all words that Cilin lists and have a vector.

    A word outside Cilin would count as wrong although nobody has said so. Words without a synonym are left out.
    Candidates are found here, or in shards where ``spreading`` says.
    """
    vocabulary = [word for word in cilin.words if vectors.words.find(word) is not None]
    known = frozenset(vocabulary)
    gold = {word: known.intersection(cilin.synonyms(word)) for word in words if word in known}
    asked = [word for word in gold if gold[word]]
    pairs: list[WordPair] = []
    synonym: list[bool] = []
    starts = [0]
    if spreading is None:
        found = CandidateUnion(vocabulary, vectors, cedict, union).of_words(asked)
    else:
        found = yield from _in_shards(
            tuple(vocabulary), asked, union, None if cedict is None else CEDICT.path(), spreading
        )
    for word, candidates in found:
        pairs += [in_order(word, candidate) for candidate in candidates]
        synonym += [candidate in gold[word] for candidate in candidates]
        starts.append(len(pairs))
        if len(starts) % _TOLD == 0:
            before = 0 if spreading is None else len(asked)
            yield EvaluationProgress("queue", before + len(starts), before + len(asked))
    totals = np.array([len(gold[word]) for word in asked], dtype=np.int64)
    return Queue(tuple(asked), tuple(pairs), np.array(starts, dtype=np.int64), np.array(synonym, dtype=bool), totals)


def _in_shards(
    vocabulary: tuple[str, ...], asked: Sequence[str], union: UnionConfig, dictionary: Path | None, spreading: Spreading
) -> Generator[EvaluationProgress, None, Iterator[tuple[str, tuple[str, ...]]]]:
    shards = CandidateWork(spreading.vectors, vocabulary, dictionary, union).shards(_SHARD)
    made = yield from told_as(
        shards.run(asked, spreading), lambda step: EvaluationProgress("queue", step.done, 2 * step.total)
    )
    return ((each.word, each.candidates) for each in made)


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
