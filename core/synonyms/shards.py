"""Large work in shards: candidates, sentences and scores of millions of words, on all cores or on a Dask cluster.

A shard depends on nothing but what it is given, so that the result is the same wherever it is made. Shards that are
done are kept in a folder; begun again after a stop, the work takes them from there.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Generic, TypeVar

import msgspec
import numpy as np

from core.files import replacing
from core.runtime.cluster import spread
from core.runtime.events import Payload
from core.synonyms.candidates.union import CandidateUnion, UnionConfig
from core.synonyms.lexicons.opened import open_cedict
from core.synonyms.methods.method import Floats, Scorer
from core.synonyms.pairs import WordPair
from core.synonyms.sentences import Sentences
from core.synonyms.sentences.bags import Bag, BagConfig, shared_collector
from core.synonyms.spreading import Spreading
from core.synonyms.vectors import WordVectors, load_vectors
from core.synonyms.vectors.neighbours import all_neighbours

_VERSION: Final = 1
"""Goes up when what a shard holds changes."""
_SCORED: Final = 5_000
"""Pairs scored at once here, after which somebody may cancel."""
_log = logging.getLogger(__name__)

Item = TypeVar("Item")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class ShardProgress(Payload):
    """A shard is done.

    Attributes:
        done: items of the shards that are done.
        total: items there are.
        kept: whether it was found, not made.
    """

    done: int
    total: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Shards(Generic[Item, Made]):
    """Work that can be parted.

    Attributes:
        make: what is made of the items of a shard, in their order; it can be pickled.
        made: the type of what it returns, which JSON can hold.
        name: tells this work from any other: another name, other shards.
        size: items of a shard.
    """

    make: Callable[[tuple[Item, ...]], list[Made]]
    made: type[list[Made]]
    name: str
    size: int = 2000

    def run(self, items: Sequence[Item], over: Spreading) -> Generator[ShardProgress, None, list[Made]]:
        """Make all shards, yielding how far it is; return what was made, in the order of ``items``.

        Raises:
            ClusterError: the cluster can't be reached, or a shard can't be made.
        """
        shards = [tuple(items[start : start + self.size]) for start in range(0, len(items), self.size)]
        found: dict[int, list[Made]] = {}
        done = 0
        for number, shard in enumerate(shards):
            kept = self._find(over.folder, shard)
            if kept is not None:
                found[number] = kept
                done += len(shard)
                yield ShardProgress(done, len(items), kept=True)
        missing = [number for number in range(len(shards)) if number not in found]
        given = [shards[number] for number in missing]
        working = spread(self.make, given, cluster=over.cluster, processes=over.processes)
        for place, made in working:
            number = missing[place]
            found[number] = made
            self._keep(over.folder, shards[number], made)
            done += len(shards[number])
            yield ShardProgress(done, len(items), kept=False)
        return [made for number in range(len(shards)) for made in found[number]]

    def _find(self, folder: Path, shard: tuple[Item, ...]) -> list[Made] | None:
        try:
            return msgspec.json.decode((folder / self._file(shard)).read_bytes(), type=self.made)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.MsgspecError) as error:
            _log.warning("A shard kept in %s can't be read and is made again: %s", folder, error)
            return None

    def _keep(self, folder: Path, shard: tuple[Item, ...], made: list[Made]) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with replacing(folder / self._file(shard)) as beside:
                beside.write_bytes(msgspec.json.encode(made))
        except OSError as error:
            _log.warning("A shard can't be kept in %s: %s", folder, error)

    def _file(self, shard: tuple[Item, ...]) -> str:
        told = msgspec.json.encode([_VERSION, self.name, shard])
        return hashlib.sha256(told).hexdigest()[:32] + ".json"


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of a word.

    Attributes:
        word: the word.
        candidates: best first.
    """

    word: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CandidateWork:
    """Makes candidates of words.

    Attributes:
        vectors: file of the vectors.
        vocabulary: among which words.
        dictionary: CC-CEDICT; None to do without.
        config: how many, and of which sort.
    """

    vectors: Path
    vocabulary: tuple[str, ...]
    dictionary: Path | None
    config: UnionConfig

    def __call__(self, words: tuple[str, ...]) -> list[Candidates]:
        """Return the candidates of ``words``, which must be of the vocabulary."""
        union = _union(self)
        return [Candidates(word, candidates) for word, candidates in union.of_words(words)]

    def shards(self, size: int = 2000) -> Shards[str, Candidates]:
        """Return the work in shards."""
        vocabulary = hashlib.sha256("\n".join(self.vocabulary).encode()).hexdigest()
        name = f"candidates {self.vectors} {vocabulary} {self.dictionary} {self.config}"
        return Shards(self, list[Candidates], name, size)


@dataclass(frozen=True, slots=True)
class NearWords:
    """The nearest words of a word.

    Attributes:
        places: their places in the vectors, nearest first; −1 where there are fewer.
        cosines: the cosines.
    """

    places: tuple[int, ...]
    cosines: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class NeighbourWork:
    """Looks up the nearest words of words.

    Attributes:
        vectors: file of the vectors.
        nearest: neighbours a word.
        limit: looks only among so many most frequent words; None for all.
    """

    vectors: Path
    nearest: int
    limit: int | None

    def __call__(self, places: tuple[int, ...]) -> list[NearWords]:
        """Return the nearest words of those at ``places``."""
        found: list[NearWords] = []
        for block in all_neighbours(_vectors(self.vectors), places, self.nearest, limit=self.limit):
            rows = zip(block.places.tolist(), block.cosines.tolist(), strict=True)
            found += [NearWords(tuple(near), tuple(cosines)) for near, cosines in rows]
        return found

    def shards(self, size: int = 2048) -> Shards[int, NearWords]:
        """Return the work in shards."""
        return Shards(self, list[NearWords], f"neighbours {self.vectors} {self.nearest} {self.limit}", size)


@dataclass(frozen=True, slots=True)
class SentenceWork:
    """Collects the sentences of pairs.

    Attributes:
        sentences: the corpora; they travel as the folders of their indexes.
        config: what a bag holds.
    """

    sentences: Sentences
    config: BagConfig

    def __call__(self, pairs: tuple[WordPair, ...]) -> list[Bag | None]:
        """Return the bag of each of ``pairs``; None where no sentence holds both words."""
        collector = shared_collector(self.sentences, self.config)
        return [collector.bag(pair) for pair in pairs]

    def shards(self, size: int = 2000) -> Shards[WordPair, Bag | None]:
        """Return the work in shards."""
        indexes = [(index.folder.name, index.name) for index in self.sentences.indexes]
        return Shards(self, list[Bag | None], f"sentences {indexes} {self.config}", size)


@dataclass(frozen=True, slots=True)
class ScoreWork:
    """Scores pairs by what a method has learnt.

    Attributes:
        pickled: what it has learnt; vectors and sentences in it travel as the names of their folders.
        name: tells it from anything else that a method may have learnt.
    """

    pickled: bytes
    name: str

    def __call__(self, pairs: tuple[WordPair, ...]) -> list[float]:
        """Return the scores of ``pairs``."""
        scores: list[float] = _scorer(self.pickled).score(pairs).tolist()
        return scores

    def shards(self, size: int = 20_000) -> Shards[WordPair, float]:
        """Return the work in shards."""
        return Shards(self, list[float], f"scores {self.name}", size)


def scored(
    scorer: Scorer, name: str, pairs: Sequence[WordPair], over: Spreading | None
) -> Generator[ShardProgress, None, Floats]:
    """Score ``pairs``, yielding how far it is; return the scores, (N,).

    Args:
        scorer: what a method has learnt.
        name: tells it from anything else that a method may have learnt.
        pairs: N pairs.
        over: over what the work is spread; None to do it here.

    Raises:
        ClusterError: the cluster can't be reached, or a shard can't be made.
    """
    if over is not None:
        made = yield from ScoreWork(pickle.dumps(scorer), name).shards().run(pairs, over)
        return np.array(made, dtype=np.float32)
    scores = np.zeros(len(pairs), dtype=np.float32)
    for start in range(0, len(pairs), _SCORED):
        some = pairs[start : start + _SCORED]
        scores[start : start + len(some)] = scorer.score(some)
        yield ShardProgress(start + len(some), len(pairs), kept=False)
    return scores


@lru_cache(maxsize=1)
def _union(work: CandidateWork) -> CandidateUnion:
    """Return what proposes candidates, made once a process."""
    vectors: WordVectors = load_vectors(work.vectors)
    dictionary = None if work.dictionary is None else open_cedict(work.dictionary)
    return CandidateUnion(work.vocabulary, vectors, dictionary, work.config)


@lru_cache(maxsize=1)
def _vectors(path: Path) -> WordVectors:
    """Return the vectors, mapped once a process."""
    return load_vectors(path)


@lru_cache(maxsize=1)
def _scorer(pickled: bytes) -> Scorer:
    """Return what a method has learnt, read once a process: what it looks up, it keeps."""
    scorer: Scorer = pickle.loads(pickled)  # noqa: S301 (written by whoever began the work)
    return scorer
