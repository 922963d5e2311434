"""Answers of the small models with numbers that can be worked out, as a worker would give them."""

from __future__ import annotations

import numpy as np

from core.attention.tasks.learned.requests import TranslationRequest
from core.attention.tasks.learned.results import Gold, Spoken, TranslationSteps
from tests.app.attention.conftest import tokens_of

LEARNED = {TranslationRequest}


def answer_of_learned(request):
    """Answer ``request``."""
    match request:
        case TranslationRequest():
            return translation_of(request)
    raise AssertionError(request)


def translation_of(request):
    """Say the letters of the text from its end: word t looks at letter n − 1 − t with weight 0.75, at the first with
    the rest."""
    source = tokens_of(request.text)
    n = len(source)
    words = tuple(token.in_sentence(1) for token in reversed(source))
    weights = np.eye(n, dtype=np.float32)[::-1] * np.float32(0.75)
    weights[:, 0] += 0.25
    encoded = np.sin(np.arange(n * 8, dtype=np.float32)).reshape(n, 8)
    sure = np.linspace(1, 0.5, n, dtype=np.float32)

    def spoken(name, contexts, weights):
        return Spoken(name, 0, words, sure, encoded, encoded[-1], encoded[::-1], contexts, weights)

    links = tuple((at, n - 1 - at) for at in range(n))
    gold = Gold(tuple(word.text for word in words), links[1:], links, True, 0.25, 0.75) if n > 1 else None
    return TranslationSteps(
        source,
        spoken("seq2seq-none", np.tile(encoded[-1], (n, 1)), np.zeros((0, n), np.float32)),
        spoken(f"seq2seq-{request.translator}", weights @ encoded, weights),
        request.translator == "general-after",
        gold if request.drawn is not None else None,
        "",
    )
