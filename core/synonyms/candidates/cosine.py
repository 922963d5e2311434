"""The nearest words by cosine: the article's first idea, and its first disappointment.

Word vectors bring together what stands in the same places: synonyms, but also 增加 and 减少. So the nearest
words hold much and promise little; they are proposed from the most frequent words on.

Looking them up is most of what mining costs; where it is spread over processes or machines, it comes first and as a
whole, and proposing follows in the same order.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

import numpy as np

from core.synonyms.candidates.generator import Proposals, Proposing
from core.synonyms.candidates.vocabulary import Vocabulary
from core.synonyms.pairs import COSINE, WordPair, word_pair
from core.synonyms.progress import told_as
from core.synonyms.shards import NearWords, NeighbourWork
from core.synonyms.spreading import Spreading
from core.synonyms.vectors.neighbours import BLOCK, NeighbourBlock, all_neighbours


class NearestWords:
    """Proposes each word with its nearest words, frequent words first.

    Attributes:
        name: the source's name.
    """

    def __init__(
        self, vocabulary: Vocabulary, nearest: int, min_cosine: float, spreading: Spreading | None = None
    ) -> None:
        self.name = COSINE
        self._spreading = spreading
        self._vocabulary = vocabulary
        self._nearest = nearest
        self._min_cosine = min_cosine

    def propose(self) -> Proposing:
        """Look up the nearest words of block after block; within a block the nearest pairs come first."""
        if self._spreading is None:
            limit = self._vocabulary.filter.max_rank
            blocks = all_neighbours(self._vocabulary.vectors, self._queries(), self._nearest, limit=limit)
        else:
            blocks = _blocks((yield from self._look_up(self._spreading)), self._queries())
        seen: set[WordPair] = set()
        for block in blocks:
            pairs = [pair for pair in self._pairs(block) if pair not in seen]
            fresh = list(dict.fromkeys(pairs))
            seen.update(fresh)
            yield Proposals(block.done, block.total, fresh)

    def _look_up(self, spreading: Spreading) -> Generator[Proposals, None, list[NearWords]]:
        """Return the nearest words of every word, looked up in shards; yield how far it is."""
        work = NeighbourWork(spreading.vectors, self._nearest, self._vocabulary.filter.max_rank)
        running = work.shards().run(self._queries().tolist(), spreading)
        return (yield from told_as(running, lambda step: Proposals(step.done, 2 * step.total)))

    def evidence(self, pair: WordPair) -> float | None:
        """Return None: who is among whose nearest is only known when their neighbours are looked up."""

    def _queries(self) -> np.ndarray:
        wanted = self._vocabulary.filter.words
        ranks = self._vocabulary.ranks
        return np.array([rank - 1 for word, rank in ranks.items() if wanted is None or word in wanted], np.int64)

    def _pairs(self, block: NeighbourBlock) -> Iterator[WordPair]:
        words = self._vocabulary.vectors.words
        rows, columns = np.nonzero(block.cosines >= self._min_cosine)
        order = np.argsort(-block.cosines[rows, columns], kind="stable")
        ones, others = block.queries[rows[order]], block.places[rows[order], columns[order]]
        for one, other in zip(ones.tolist(), others.tolist(), strict=True):
            if other >= 0 and self._vocabulary.admits_pair(words[one], words[other]):
                yield word_pair(words[one], words[other])


def _blocks(found: Sequence[NearWords], queries: np.ndarray) -> Iterator[NeighbourBlock]:
    """Yield what was found in the blocks in which it would have been looked up here."""
    for start in range(0, len(found), BLOCK):
        some = found[start : start + BLOCK]
        places = np.array([near.places for near in some], dtype=np.int64)
        cosines = np.array([near.cosines for near in some], dtype=np.float32)
        asked = queries[start : start + BLOCK]
        yield NeighbourBlock(asked, places, cosines, len(found) + start + len(some), 2 * len(found))
