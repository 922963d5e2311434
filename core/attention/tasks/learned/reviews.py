"""A review judged by its words, then by its sentences: with attention on both levels, and with plain averages."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Final

import numpy as np
import torch

from core.attention.errors import TextError
from core.attention.export.writing import Row
from core.attention.learned.refusal import in_chinese, not_known, works
from core.attention.learned.reviews.corpus import SENTENCES, WORDS, Review, batch_of, sentences_of
from core.attention.learned.reviews.examples import EXAMPLES
from core.attention.learned.reviews.lesson import load
from core.attention.learned.reviews.model import ReviewModel
from core.attention.learned.store import Saved
from core.attention.learned.vocabulary import Vocabulary
from core.attention.results import Floats, Preparing
from core.attention.tasks.learned.models import opened
from core.attention.tasks.learned.requests import ReviewRequest
from core.attention.tasks.learned.results import Judgement, ReviewSteps
from core.attention.tasks.learned.words import in_a_text
from core.attention.words import words as words_of
from core.language import _, in_a_row, ngettext

ATTENDING: Final = "reviews-han"
AVERAGING: Final = "reviews-hn-ave"
_ENOUGH: Final = 0.5
"""Share of the words that must be Chinese and known for a judgement to mean anything."""
_FIRST_IDEOGRAPH: Final = "\u2e80"
_MOST: Final = 2 * SENTENCES * WORDS * 4
"""Characters after which no text is looked at: more than are ever read."""


def judge(request: ReviewRequest) -> Generator[Preparing | ReviewSteps, None, None]:
    """Judge the review with both models.

    Raises:
        AttentionError: a model has not been trained, or knows none of the words; the text says what to do.
    """
    saved, (model, vocabulary) = yield from opened(ATTENDING, load)
    plain_saved, (plain, _same) = yield from opened(AVERAGING, load)
    sentences = sentences_of(request.text[:_MOST])
    flat = [word for sentence in sentences for word in sentence]
    known = np.array([word in vocabulary for word in flat], np.int64)
    letters = np.array([any(map(str.isalnum, word)) for word in flat], bool)
    is_chinese = np.array([word >= _FIRST_IDEOGRAPH for word in flat], bool)
    if not letters.any() or (known * is_chinese)[letters].mean() < _ENOUGH:
        strange = [word for word, is_known in zip(flat, known, strict=True) if not is_known and word.strip()]
        told = [not_known(vocabulary.known, strange) if strange else "", in_chinese(request.text), works(EXAMPLES[1])]
        raise TextError(in_a_row(filter(None, told)))
    yield ReviewSteps(
        in_a_text(flat),
        np.array([at for at, sentence in enumerate(sentences) for _word in sentence], np.int64),
        known,
        _judged(saved, model, vocabulary, sentences),
        _judged(plain_saved, plain, vocabulary, sentences),
        in_a_row(filter(None, [_unknown(known), _left_out(request.text, len(flat))])),
    )


@torch.no_grad()
def _judged(
    saved: Saved, model: ReviewModel, vocabulary: Vocabulary, sentences: tuple[tuple[str, ...], ...]
) -> Judgement:
    mood = model(batch_of([Review(sentences, is_good=True)], vocabulary).words)
    assert mood.told is not None
    assert mood.vector is not None
    lengths = [len(sentence) for sentence in sentences]
    words = [np.full(length, 1 / length, np.float32) for length in lengths]
    above = np.full(len(lengths), 1 / len(lengths), np.float32)
    if mood.words is not None and mood.sentences is not None:
        words = [mood.words[0, at, :length].numpy() for at, length in enumerate(lengths)]
        above = mood.sentences[0].numpy()
    together: Floats = np.concatenate(words)
    return Judgement(
        saved.record.name,
        saved.record.seed,
        float(saved.record.scores.get("accuracy", np.nan)),
        float(torch.sigmoid(mood.logits[0])),
        together,
        above,
        mood.told[0].numpy(),
        mood.vector[0].numpy(),
    )


def _unknown(known: np.ndarray[tuple[int], np.dtype[np.int64]]) -> str:
    """Return what is said of words that are read as one."""
    count = int((known == 0).sum())
    if not count:
        return ""
    words = ngettext("{n} word is unknown to it.", "{n} words are unknown to it.", count)
    return words.format(n=count)


def _left_out(text: str, read: int) -> str:
    """Return what is said of a text that is longer than what is read of it."""
    there = sum(1 for _span in words_of(text[:_MOST]))
    if there <= read and len(text) <= _MOST:
        return ""
    return _("Only the first {n} words are read.").format(n=read)


def table(shown: ReviewSteps) -> Iterator[Row]:
    """Yield a row for each word."""
    yield ["word", "sentence", "known", "word_weight", "sentence_weight"]
    for at, word in enumerate(shown.words):
        sentence = int(shown.sentence_of[at])
        weights = float(shown.attending.words[at]), float(shown.attending.sentences[sentence])
        yield [word.text, sentence + 1, int(shown.known[at]), *weights]
