"""Answers of the small models with numbers that can be worked out, as a worker would give them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.attention.tasks.learned.requests import ClozeRequest, MemoryRequest, ReviewRequest, TranslationRequest
from core.attention.tasks.learned.results import (
    ClozeSteps,
    Gold,
    Judgement,
    MemorySteps,
    ReviewSteps,
    Spoken,
    TranslationSteps,
    Truth,
)
from core.attention.tasks.mechanisms.results import Candidate, Vectors
from tests.app.attention.conftest import E5, tokens_of

LEARNED = {ClozeRequest, MemoryRequest, ReviewRequest, TranslationRequest}


def answer_of_learned(request):
    """Answer ``request``."""
    match request:
        case ClozeRequest():
            return cloze_of(request)
        case TranslationRequest():
            return translation_of(request)
        case MemoryRequest():
            return memory_of(request)
        case ReviewRequest():
            return review_of(request)
    raise AssertionError(request)


def translation_of(request):
    """Say the letters of the text from its end: word t looks at letter n − 1 − t with weight 0.75, at the first with
    the rest."""
    source = tokens_of(request.text)
    n = len(source)
    words = tuple(replace(token, start=2 * at, end=2 * at + 1, sentence=1) for at, token in enumerate(reversed(source)))
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


def memory_of(request):
    """Hop k looks at letter k of the story with weight 0.75, at the last with the rest; the first place is right."""
    sentences, places = tokens_of(request.story), tokens_of("厨花教")
    n, hops = len(sentences), request.hops
    weights = np.zeros((hops, n), np.float32)
    for hop in range(hops):
        weights[hop, hop % n] = 0.75
        weights[hop, -1] += 0.25
    vectors = np.sin(np.arange((hops + 1) * n * 4, dtype=np.float32)).reshape(hops + 1, n, 4)
    read = np.einsum("kn,knd->kd", weights, vectors[1:])
    inner = np.concatenate([np.ones((1, 4), np.float32), 1 + read.cumsum(axis=0)])
    return MemorySteps(
        f"memory-two-{hops}", 7, 0.015, sentences, request.question, vectors[:-1], vectors[1:], weights, inner, read,
        places, np.array([0.7, 0.2, 0.1], np.float32), 8, 10,
        Truth("厨", (1, 0)) if request.drawn is not None and n > 1 else None,
    )  # fmt: skip


def cloze_of(request):
    """Every letter is a word, the blank one, too; the first letter is said, and the second is right."""
    before, after = request.question.split("____")
    rows = tokens_of([*before, "____", *after], sentence=1)
    columns = tokens_of(request.text)
    q, d = len(rows), len(columns)
    vectors = Vectors(E5, 1, rows, columns, np.ones((q, 8), np.float32), np.ones((d, 8), np.float32), is_pair=True)
    first, second = columns[0].text, columns[1].text
    return ClozeSteps(
        vectors, len(before), np.full((q, d), 1 / d, np.float32), np.full((q, d), 1 / q, np.float32),
        np.full(q, 1 / q, np.float32), np.full(d, 1 / d, np.float32),
        (Candidate(first, 0.5, 1), Candidate(second, 0.25, 1)), f"cloze-{request.reader}-aoa", 0, 0.937,
        (Candidate(second, 0.6, 1), Candidate(first, 0.2, 1)), 0.974, second, 0,
    )  # fmt: skip


def review_of(request):
    """Sentences of two letters each: the second letter and the first sentence have 0.75, the last letter is unknown."""
    words = tokens_of(request.text)
    n = len(words)
    sentence_of = np.arange(n) // 2
    count = int(sentence_of.max()) + 1
    known = np.ones(n, np.int64)
    known[-1] = 0
    even = np.full(n, 0.5, np.float32)
    first = np.where(np.arange(n) % 2, 0.75, 0.25).astype(np.float32)
    above = np.full(count, 0.25 / max(1, count - 1), np.float32)
    above[0] = 0.75
    told = np.sin(np.arange(count * 4, dtype=np.float32)).reshape(count, 4)

    def judged(name, probability, words, sentences):
        return Judgement(name, 0, 0.84, probability, words, sentences, told, sentences @ told)

    average = np.full(count, 1 / count, np.float32)
    return ReviewSteps(
        words, sentence_of, known, judged("reviews-han", 0.875, first, above),
        judged("reviews-hn-ave", 0.5, even, average), "",
    )  # fmt: skip
