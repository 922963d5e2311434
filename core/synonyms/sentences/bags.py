"""Sentences labelled by distant supervision: those that hold both words of a pair are the pair's bag (Mintz 2009).

That two synonyms stand in a sentence doesn't mean that the sentence says so; the label belongs to the bag. Three
things would tell it otherwise, and are controlled: a sentence that stands twice (the review files hold most reviews
twice) counts once; the words themselves can be masked, so that nothing is learnt but what stands around them; and
synonyms stand together more often, so that for each size of bag equally many others are drawn (``alike_in_size``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, TypeAlias
from zlib import crc32

import numpy as np

from core.synonyms.labelled import Bools
from core.synonyms.pairs import WordPair
from core.synonyms.sentences.find import Sentences

MASK: Final = "〇"
"""Stands for a masked word."""
_LOOKED_AT: Final = 4
"""Sentences that are looked at for each that is wanted, spread over all there are."""

_Place: TypeAlias = tuple[int, int, int]
"""A sentence, counted through all corpora, and which of its tokens the pair's two words are."""

_TOLD: Final = 2000
"""Pairs after which is told how far it is."""


@dataclass(frozen=True, slots=True)
class BagConfig:
    """What a bag holds.

    Attributes:
        seed: of the sentences drawn where there are too many.
        most: sentences of a bag.
        apart: most words between the two; farther, a sentence rarely says anything of them.
        around: words kept before the first and behind the last.
    """

    seed: int = 0
    most: int = 8
    apart: int = 20
    around: int = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """A piece of a sentence that holds both words of a pair.

    Attributes:
        tokens: its words, punctuation included.
        first: which of them is the pair's ``word1``.
        second: which of them is ``word2``.
        corpus: where it stands.
    """

    tokens: tuple[str, ...]
    first: int
    second: int
    corpus: str

    def masked(self) -> Mention:
        """Return it without the two words, so that no one knows a pair by heart."""
        tokens = tuple(MASK if n in {self.first, self.second} else token for n, token in enumerate(self.tokens))
        return replace(self, tokens=tokens)

    def between(self) -> tuple[str, ...]:
        """Return the words between the two."""
        left, right = sorted((self.first, self.second))
        return self.tokens[left + 1 : right]


@dataclass(frozen=True, slots=True)
class Bag:
    """All that sentences say of a pair.

    Attributes:
        pair: the words.
        mentions: at least one, at most ``BagConfig.most``.
    """

    pair: WordPair
    mentions: tuple[Mention, ...]


class BagCollector:
    """Collects bags, of any pairs in any order: what a pair's bag holds depends on nothing but the pair.

    So pairs can be collected in shards, on several machines, with the same result. Where a pair stands is kept, so
    that several methods look it up once.
    """

    def __init__(self, sentences: Sentences, config: BagConfig) -> None:
        """Be ready to look in ``sentences``."""
        self._sentences = sentences
        self._config = config
        self._starts = np.cumsum([0, *map(len, sentences.indexes)])
        self._words: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        self._found: dict[WordPair, tuple[_Place, ...]] = {}

    def __reduce__(self) -> tuple[Callable[[Sentences, BagConfig], BagCollector], tuple[Sentences, BagConfig]]:
        """Travel to another process without what was looked up here; there all methods share one again."""
        return shared_collector, (self._sentences, self._config)

    def bag(self, pair: WordPair) -> Bag | None:
        """Return the bag of ``pair``; None where no sentence holds both words."""
        if pair not in self._found:
            self._found[pair] = self._chosen(pair)
        mentions = tuple(self._mention(*place) for place in self._found[pair])
        return Bag(pair, mentions) if mentions else None

    def bags(self, pairs: Sequence[WordPair]) -> Generator[tuple[int, int], None, list[Bag]]:
        """Yield how many of how many pairs have been looked up; return the bags there are, in their order."""
        bags: list[Bag] = []
        for done, pair in enumerate(pairs, 1):
            if (bag := self.bag(pair)) is not None:
                bags.append(bag)
            if done % _TOLD == 0:
                yield done, len(pairs)
        return bags

    def _chosen(self, pair: WordPair) -> tuple[_Place, ...]:
        """Return where ``pair`` stands, each sentence once, no more than are wanted."""
        distinct: dict[tuple[str, ...], _Place] = {}
        for place in self._places(pair):
            distinct.setdefault(self._mention(*place).tokens, place)
        places = tuple(distinct.values())
        if len(places) <= self._config.most:
            return places
        rng = np.random.default_rng([self._config.seed, crc32("\t".join(pair).encode())])
        rows = np.sort(rng.choice(len(places), self._config.most, replace=False))
        return tuple(places[row] for row in rows)

    def _places(self, pair: WordPair) -> Iterator[_Place]:
        """Yield sentences that hold both words near each other, enough to draw from."""
        (with1, tokens1), (with2, tokens2) = map(self._tokens, pair)
        if not (with1.size and with2.size):
            return
        both, rows1, rows2 = np.intersect1d(with1, with2, assume_unique=True, return_indices=True)
        first, second = tokens1[rows1], tokens2[rows2]
        near = np.flatnonzero(np.abs(first - second) <= self._config.apart)
        step = -(-len(near) // (_LOOKED_AT * self._config.most)) or 1
        for row in near[::step]:
            yield int(both[row]), int(first[row]), int(second[row])

    def _tokens(self, word: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the sentences that hold ``word``, counted through all corpora, and which token it first is."""
        if word not in self._words:
            found = [index.tokens_of(word) for index in self._sentences.indexes]
            counted = [sentences + start for (sentences, _tokens), start in zip(found, self._starts, strict=False)]
            empty = np.empty(0, dtype=np.int64)
            self._words[word] = (
                np.concatenate([empty, *counted]),
                np.concatenate([empty, *(tokens for _sentences, tokens in found)]),
            )
        return self._words[word]

    def _mention(self, sentence: int, first: int, second: int) -> Mention:
        number = int(np.searchsorted(self._starts, sentence, side="right")) - 1
        index = self._sentences.indexes[number]
        start = max(min(first, second) - self._config.around, 0)
        end = max(first, second) + self._config.around + 1
        tokens = tuple(index.tokens(sentence - int(self._starts[number]))[start:end])
        return Mention(tokens, first - start, second - start, index.name)


@lru_cache(maxsize=2)
def shared_collector(sentences: Sentences, config: BagConfig) -> BagCollector:
    """Return one collector for all methods that look for the same bags in the same sentences."""
    return BagCollector(sentences, config)


def alike_in_size(bags: Sequence[Bag], synonym: Bools, *, times: int, seed: int) -> tuple[list[Bag], Bools]:
    """Return the bags of synonyms and, for each size, up to ``times`` as many others of that size.

    A larger bag of others is cut to the size. Where others run short of a size, synonyms of it are left out too, so
    that the size of a bag says nothing about its label.

    Args:
        bags: N bags.
        synonym: whether their pairs are synonyms, (N,).
        times: others a bag of synonyms.
        seed: of what is drawn.
    """
    rng = np.random.default_rng(seed)
    of_size: defaultdict[int, list[int]] = defaultdict(list)
    others: defaultdict[int, list[int]] = defaultdict(list)
    for row, (bag, label) in enumerate(zip(bags, synonym, strict=True)):
        (of_size if label else others)[len(bag.mentions)].append(row)
    chosen: list[tuple[Bag, bool]] = []
    waiting: list[int] = []
    for size in sorted({*of_size, *others}, reverse=True):
        waiting += others[size]
        rng.shuffle(waiting)
        wanted = of_size[size]
        taken = min(len(waiting), times * len(wanted))
        kept = wanted if taken >= len(wanted) else wanted[:taken]
        chosen += [(bags[row], True) for row in kept]
        for row in waiting[:taken]:
            drawn = np.sort(rng.choice(len(bags[row].mentions), size, replace=False))
            chosen.append((replace(bags[row], mentions=tuple(bags[row].mentions[n] for n in drawn)), False))
        waiting = waiting[taken:]
    return [bag for bag, _label in chosen], np.array([label for _bag, label in chosen], dtype=bool)
