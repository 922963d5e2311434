"""Sentence pairs to learn from: those of the grammar, or a person's own file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Final

import torch
from torch import Tensor

from core.attention.learned.examples import Rounds, parted
from core.attention.learned.translation.grammar.pieces import SentencePair
from core.attention.learned.translation.grammar.sentences import sentences
from core.attention.learned.vocabulary import END, PAD, START, Vocabulary

TRAIN: Final = 20_000
VALIDATION: Final = 300
TEST: Final = 600
_SEED: Final = 2015
"""Of the grammar's sentences, whatever the seed of the model: all models learn and are examined alike."""
_OFFERED: Final = 20
_FIRST_IDEOGRAPH: Final = "\u2e80"


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs whose source sentences are equally long, so that nothing has to be masked there.

    Attributes:
        source: (B, n) words.
        given: (B, m) words that the decoder reads: <s> and the target without its last.
        wanted: (B, m) words that it is to say: the target and </s>; 0 where a target is shorter.
        pairs: the pairs themselves.
    """

    source: Tensor
    given: Tensor
    wanted: Tensor
    pairs: tuple[SentencePair, ...]


@dataclass(frozen=True)
class Corpus:
    """Pairs in three parts; no source sentence is in two of them.

    Attributes:
        train: to learn from.
        validation: to look at meanwhile, and to choose by.
        test: to be examined by at the end.
        file: a person's own file that they come from; empty for the grammar's.
    """

    train: tuple[SentencePair, ...]
    validation: tuple[SentencePair, ...]
    test: tuple[SentencePair, ...]
    file: str = ""

    @cached_property
    def source(self) -> Vocabulary:
        """The source's words."""
        return Vocabulary.of(pair.zh for pair in self.train)

    @cached_property
    def target(self) -> Vocabulary:
        """The target's words."""
        return Vocabulary.of(pair.en for pair in self.train)

    def some_sources(self) -> list[str]:
        """Return a few source sentences to be offered, as they are typed: short ones, best such as nobody learned."""
        known = [pair.zh for pair in self.validation if all(word in self.source for word in pair.zh)]
        shortest = sorted(known or (pair.zh for pair in self.train), key=len)
        return [typed(words) for words in shortest[:_OFFERED]]

    @property
    def longest(self) -> int:
        """Words of the longest source sentence."""
        return max(len(pair.zh) for part in (self.train, self.validation, self.test) for pair in part)


def typed(words: Sequence[str]) -> str:
    """Return a sentence as it is typed: Chinese words have no blanks between them."""
    letters = (letter for word in words for letter in word if letter.isalnum())
    return ("" if all(letter >= _FIRST_IDEOGRAPH for letter in letters) else " ").join(words)


def grammar_corpus(train: int = TRAIN, validation: int = VALIDATION, test: int = TEST) -> Corpus:
    """Return the grammar's sentences, the same whenever they are asked for."""
    return Corpus(*parted(sentences(_SEED), lambda pair: pair.zh, train, validation, test))


def batch_of(pairs: Sequence[SentencePair], source: Vocabulary, target: Vocabulary) -> Batch:
    """Return ``pairs``, whose sources are equally long, as numbers."""
    longest = max(len(pair.en) for pair in pairs) + 1
    wanted = torch.full((len(pairs), longest), PAD)  # (B, m)
    for row, pair in enumerate(pairs):
        wanted[row, : len(pair.en) + 1] = torch.tensor([*target.numbers(pair.en), END])
    given = torch.cat([torch.full((len(pairs), 1), START), wanted[:, :-1]], dim=1)  # (B, m)
    given = given.masked_fill(given == END, PAD)
    return Batch(torch.tensor([source.numbers(pair.zh) for pair in pairs]), given, wanted, tuple(pairs))


def by_length(pairs: Sequence[SentencePair], size: int) -> Iterator[list[SentencePair]]:
    """Yield groups of at most ``size`` pairs with sources of one length, in the order of the pairs."""
    waiting: dict[int, list[SentencePair]] = {}
    for pair in pairs:
        group = waiting.setdefault(len(pair.zh), [])
        group.append(pair)
        if len(group) == size:
            yield waiting.pop(len(pair.zh))
    yield from (waiting[length] for length in sorted(waiting))


class Batches:
    """All training pairs again and again, each time shuffled anew by the seed and the round."""

    def __init__(self, corpus: Corpus, size: int, seed: int) -> None:
        self._corpus, self._size = corpus, size
        per_round = sum(1 for _group in by_length(corpus.train, size))
        self._rounds = Rounds(corpus.train, seed, per_round, self._grouped)

    def at(self, step: int) -> Batch:
        """Return the batch of ``step``, which depends on nothing else."""
        return batch_of(self._rounds.at(step), self._corpus.source, self._corpus.target)

    def _grouped(self, shuffled: list[SentencePair], rng: Random) -> list[list[SentencePair]]:
        groups = list(by_length(shuffled, self._size))
        rng.shuffle(groups)
        return groups
