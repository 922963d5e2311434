"""Example sentences for a pair of words: both together first, then each alone."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, zip_longest
from typing import Final

import numpy as np

from core.runtime.events import Payload
from core.synonyms.progress import finish
from core.synonyms.sentences.corpora import Corpus
from core.synonyms.sentences.index import SentenceIndex, read_index

_PLEASANT: Final = 90
"""Bytes of a sentence that reads well on a card (30 hanzi); examples nearest to it come first."""

_LOOKED_AT: Final = 2000
"""Sentences of a frequent word among which its examples are chosen."""

Spans = tuple[tuple[int, int], ...]
"""First and end character of each place of a word."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that shows one word of a pair, or both.

    Attributes:
        text: the sentence.
        spans1: where the first word stands; empty when it does not.
        spans2: where the second word stands.
        corpus: where the sentence comes from.
    """

    text: str
    spans1: Spans
    spans2: Spans
    corpus: str


def load_sentences(corpora: Sequence[Corpus]) -> Sentences:
    """Index ``corpora``, or open their indexes, and return them. Errors as in ``read_sentences``."""
    return finish(read_sentences(corpora))


def read_sentences(corpora: Sequence[Corpus]) -> Generator[Payload, None, Sentences]:
    """Index each of ``corpora`` that has no index yet, yielding progress; return all of them.

    Closing the generator early keeps the indexes that were complete.

    Raises:
        SynonymsError: a file cannot be read, is no text, holds no sentence, or the disk is full.
    """
    indexes = []
    for corpus in corpora:
        index = yield from read_index(corpus)
        indexes.append(index)
    return Sentences(indexes)


class Sentences:
    """All indexed corpora together.

    Attributes:
        indexes: one for each corpus.
    """

    def __init__(self, indexes: Sequence[SentenceIndex]) -> None:
        self.indexes = tuple(indexes)

    def __reduce__(self) -> tuple[Callable[..., Sentences], tuple[tuple[SentenceIndex, ...]]]:
        """Travel to another process as the folders of the indexes; there the same is opened once."""
        return _opened_once, (self.indexes,)

    def __len__(self) -> int:
        """Number of sentences."""
        return sum(map(len, self.indexes))

    def count(self, word: str) -> int:
        """Return how often ``word`` stands in the corpora."""
        return sum(index.count(word) for index in self.indexes)

    def count_together(self, word1: str, word2: str) -> int:
        """Return how many sentences hold both words."""
        return sum(len(_together(index, word1, word2)[0]) for index in self.indexes)

    def examples(self, word1: str, word2: str, limit: int = 6) -> list[Example]:
        """Return up to ``limit`` sentences: those with both words first, then the words' own in turn."""
        both: list[Iterator[Example]] = []
        alone1: list[Iterator[Example]] = []
        alone2: list[Iterator[Example]] = []
        for index in self.indexes:
            together, with1, with2 = _together(index, word1, word2)
            for sentences, examples in ((together, both), (with1, alone1), (with2, alone2)):
                examples.append(_shown(index, sentences, word1, word2))
        by_turns = _in_turn([_in_turn(alone1), _in_turn(alone2)])
        return list(islice(chain(_in_turn(both), by_turns), limit))


@lru_cache(maxsize=2)
def _opened_once(indexes: tuple[SentenceIndex, ...]) -> Sentences:
    return Sentences(indexes)


def _together(index: SentenceIndex, word1: str, word2: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the sentences with both words, with only the first, with only the second."""
    with1, with2 = index.sentences_with(word1), index.sentences_with(word2)
    has1 = np.zeros(len(index), dtype=bool)
    has1[with1] = True
    both = with2[has1[with2]]
    only2 = with2[~has1[with2]]
    has1[both] = False
    return both, with1[has1[with1]], only2


def _shown(index: SentenceIndex, sentences: np.ndarray, word1: str, word2: str) -> Iterator[Example]:
    """Yield ``sentences`` as examples, those of a pleasant length first."""
    step = -(-len(sentences) // _LOOKED_AT) or 1
    sample = sentences[::step]
    for sentence in sample[np.argsort(np.abs(index.lengths(sample) - _PLEASANT), kind="stable")]:
        number = int(sentence)
        yield Example(index.text(number), index.spans(number, word1), index.spans(number, word2), index.name)


def _in_turn(sources: Sequence[Iterator[Example]]) -> Iterator[Example]:
    """Yield one example of each source, then the next of each, until all are at their end."""
    for round_ in zip_longest(*sources):
        yield from (example for example in round_ if example is not None)
