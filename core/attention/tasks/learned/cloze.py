"""A blank filled by a trained reader with attention over attention, and by the attention sum beside it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Final

import numpy as np
import torch

from core.attention.errors import TextError
from core.attention.learned.cloze.excerpts import EXCERPTS
from core.attention.learned.cloze.lesson import batch_of, load
from core.attention.learned.cloze.questions import BLANK, Question
from core.attention.learned.cloze.typed import read_story, read_text
from core.attention.learned.refusal import not_known, works
from core.attention.learned.store import Saved
from core.attention.learned.vocabulary import Vocabulary
from core.attention.results import ModelCard, Preparing
from core.attention.tasks.learned.models import opened
from core.attention.tasks.learned.requests import ClozeRequest
from core.attention.tasks.learned.results import ClozeSteps
from core.attention.tasks.learned.words import in_a_text
from core.attention.tasks.mechanisms.attention_over_attention import candidates_of
from core.attention.tasks.mechanisms.results import Vectors
from core.attention.tasks.mechanisms.vectors import numbers
from core.language import in_a_row

_ENOUGH: Final = 0.5
"""Share of the words that must be known for an answer to mean anything."""


def fill(request: ClozeRequest) -> Generator[Preparing | ClozeSteps, None, None]:
    """Fill the blank with both readers.

    Raises:
        AttentionError: a reader has not been trained, or the text is none of its world; the text says what to do.
    """
    is_story = request.reader == "stories"
    asked = read_story(request.text, request.question) if is_story else read_text(request.text, request.question)
    saved, (model, vocabulary) = yield from opened(f"cloze-{request.reader}-aoa", load)
    plain_saved, (plain, plain_vocabulary) = yield from opened(f"cloze-{request.reader}-as", load)
    unknown = _unknown(asked, vocabulary)
    batch = batch_of([asked], vocabulary)
    with torch.no_grad():
        told, questioned = model.states(batch.document, batch.question)  # (1, D, h), (1, Q, h)
        found = model.attend(told, questioned, batch.document, batch.question)
        same = batch_of([asked], plain_vocabulary)
        summed = plain(same.document, same.question, same.blank)[0]  # (D,)
    rows, columns = in_a_text(asked.asked, 1), in_a_text(asked.document)
    yield ClozeSteps(
        Vectors(_card(saved, told.shape[-1]), 1, rows, columns, numbers(questioned[0]), numbers(told[0]), is_pair=True),
        asked.asked.index(BLANK),
        numbers(found.to_document[0].mT),
        numbers(found.to_question[0].mT),
        numbers(found.importance[0]),
        numbers(found.attended[0]),
        candidates_of(columns, found.attended[0], asked.candidates),
        saved.record.name,
        saved.record.seed,
        _accuracy(saved),
        candidates_of(columns, summed, asked.candidates),
        _accuracy(plain_saved),
        asked.answer,
        unknown,
    )


def _unknown(asked: Question, vocabulary: Vocabulary) -> int:
    """Return how many words the readers don't know.

    Raises:
        TextError: most of them.
    """
    words = [*asked.document, *asked.asked]
    strange = [word for word in words if word not in vocabulary]
    if len(strange) > (1 - _ENOUGH) * len(words):
        raise TextError(in_a_row([not_known(vocabulary.known, strange), works(EXCERPTS[0].text)]))
    return len(strange)


def _accuracy(saved: Saved) -> float:
    """Return what it was measured to be; not a number where nobody has."""
    return float(saved.record.scores.get("accuracy", np.nan))


def _card(saved: Saved, width: int) -> ModelCard:
    """Return what is known of a reader, as of any model: one layer with one head that looks from question to text."""
    name = saved.record.name
    return ModelCard(name, name, "encoder", 1, 1, width, 0, saved.weights.parent.name)
