"""A question looks at a document, and the document says which of the question's words count."""

from __future__ import annotations

import math
from collections.abc import Collection, Generator, Iterator, Sequence

import torch

from core.attention.errors import TextError
from core.attention.export.writing import Row, place
from core.attention.mechanisms.attention_over_attention import answer_scores, attend_over_attention
from core.attention.results import Preparing, Token
from core.attention.tasks.mechanisms.requests import OverRequest
from core.attention.tasks.mechanisms.results import Candidate, OverSteps, Vectors
from core.attention.tasks.mechanisms.vectors import numbers, read_vectors, tensor
from core.language import _


def show_over(request: OverRequest) -> Generator[Preparing | OverSteps, None, None]:
    """Do all steps; the products are divided by √d, since these vectors were not trained for it.

    Raises:
        AttentionError: the model or the texts can't be served; the text says what to do.
    """
    if request.vectors.source.pair is None:
        raise TextError(_("Attention over attention needs a text and a question: type the question below the text."))
    read = yield from read_vectors(request.vectors)
    # Read as (queries, keys) = (text, question); the question asks.
    vectors = Vectors(read.card, read.layer, read.columns, read.rows, read.keys, read.queries, is_pair=True)
    document, question = tensor(vectors.keys), tensor(vectors.queries)  # (D, d), (Q, d)
    found = attend_over_attention(document, question / math.sqrt(question.shape[1]))
    yield OverSteps(
        vectors,
        0,
        numbers(found.to_document.mT),
        numbers(found.to_question.mT),
        numbers(found.importance),
        numbers(found.attended),
        candidates_of(vectors.columns, found.attended),
    )


def candidates_of(
    tokens: Sequence[Token], attended: torch.Tensor, among: Collection[str] | None = None
) -> tuple[Candidate, ...]:
    """Return the words of a document with the weight of all their places, the heaviest first.

    Args:
        tokens: the document's D words.
        attended: (D,) s.
        among: the words that can be the answer; None for all.
    """
    words = [token.text for token in tokens]
    known = list(dict.fromkeys(words))
    collected = answer_scores(attended, torch.tensor([known.index(word) for word in words]), len(known)).tolist()
    found = [
        Candidate(word, weight, words.count(word))
        for word, weight in zip(known, collected, strict=True)
        if among is None or word in among
    ]
    return tuple(sorted(found, key=lambda candidate: -candidate.weight))


def table(shown: OverSteps) -> Iterator[Row]:
    """Yield a row for each word of the document, the last one for the question's words."""
    yield ["word", "sentence", "start", "weight", *(token.label for token in shown.vectors.rows)]
    for at, token in enumerate(shown.vectors.columns):
        yield [*place(token), float(shown.attended[at]), *shown.to_document[:, at].tolist()]
    yield ["", "", "", "", *shown.importance.tolist()]
