"""A sentence translated with one context for all steps, and with one context a step."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import numpy as np

from core.attention.errors import ModelError
from core.attention.export.writing import Row, place
from core.attention.learned.catalogue import without_attention
from core.attention.learned.folders import seeds_of
from core.attention.learned.store import Saved
from core.attention.learned.translation.as_map import tokens_of
from core.attention.learned.translation.corpus import batch_of
from core.attention.learned.translation.evaluation import Judged, alignment_error_rate, argmax_of
from core.attention.learned.translation.grammar.drawn import drawn_sentence
from core.attention.learned.translation.grammar.pieces import SentencePair
from core.attention.learned.translation.translator import Translation, Translator
from core.attention.results import Preparing
from core.attention.tasks.learned.models import opened, opened_file
from core.attention.tasks.learned.requests import TranslationRequest
from core.attention.tasks.learned.results import Gold, Spoken, TranslationSteps
from core.language import _

_Opened = tuple[Saved, Translator]


def translate(request: TranslationRequest) -> Generator[Preparing | TranslationSteps, None, None]:
    """Translate with both models.

    Raises:
        AttentionError: a model is not there or can't be used, or knows not all the words; the text says what to do.
    """
    saved, translator = yield from _attending(request)
    said = translator.translate(request.text)
    plain = yield from _without(saved)
    yield TranslationSteps(
        tokens_of(said.source, 0),
        None if plain is None else _spoken(plain[0], plain[1].translate(request.text, notes_doubt=False)),
        _spoken(saved, said),
        translator.model.config.asks == "after",
        _gold(translator, said, request.drawn),
        said.note,
    )


def _attending(request: TranslationRequest) -> Generator[Preparing, None, _Opened]:
    """Return the model with attention: the one a person has opened, or else the one that is chosen."""
    if not request.opened:
        return (yield from opened(request.model, Translator.load))
    saved, translator = yield from opened_file(request.opened, Translator.load)
    if translator.model.attention is None:
        message = _("{path} has no attention. Open a model that has: one without stands beside it by itself.")
        raise ModelError(message.format(path=saved.weights))
    return saved, translator


def _without(attending: Saved) -> Generator[Preparing, None, _Opened | None]:
    """Return the model without attention that learned the same; None where nobody has trained one on these pairs."""
    name = without_attention(attending.record.name)
    if "pairs" not in attending.record.config:
        return (yield from opened(name, Translator.load))
    beside = seeds_of(name, attending.weights.parent)
    if not beside:
        return None
    alike = next((one for one in beside if one.seed == attending.record.seed), beside[0])
    return (yield from opened_file(str(alike.path), Translator.load))


def _spoken(saved: Saved, said: Translation) -> Spoken:
    none = np.zeros((0, len(said.source)), np.float32)
    return Spoken(
        saved.record.name,
        saved.record.seed,
        tokens_of(said.target, 1, apart=0 if saved.record.config.get("unit") == "character" else 1),
        said.probabilities,
        said.encoded,
        said.first,
        said.states,
        said.contexts,
        none if said.weights is None else said.weights,
    )


def _gold(translator: Translator, said: Translation, drawn: int | None) -> Gold | None:
    """Return the alignment of a sentence that the grammar gave by number, unless another was typed since."""
    pair = None if drawn is None else drawn_sentence(drawn)
    if pair is None or pair.zh != said.source:
        return None
    judged = [Judged(pair, (), _looked(translator, pair))]
    return Gold(
        pair.en,
        tuple(sorted(pair.sure)),
        tuple(sorted(pair.possible)),
        said.target == pair.en,
        alignment_error_rate(judged),
        alignment_error_rate(judged, shift=1),
    )


def _looked(translator: Translator, pair: SentencePair) -> tuple[int, ...]:
    """Return where each word of the right translation looks most."""
    return argmax_of(translator.model, batch_of([pair], translator.source, translator.target))[0]


def table(shown: TranslationSteps) -> Iterator[Row]:
    """Yield a row for each word that was said with attention."""
    yield ["word", "sentence", "start", "probability", *(token.label for token in shown.source)]
    said = shown.attending
    for at, token in enumerate(said.words):
        yield [*place(token), float(said.probabilities[at]), *said.weights[at].tolist()]
