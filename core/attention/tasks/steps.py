"""The three steps of one query and one head."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import numpy as np

from core.attention.encoders.base import check_index
from core.attention.export.writing import Row, place
from core.attention.mechanisms.three_steps import three_steps
from core.attention.requests import StepsRequest
from core.attention.results import Preparing, ThreeSteps
from core.attention.tasks.reading import read_source
from core.language import _


def step_through(request: StepsRequest) -> Generator[Preparing | ThreeSteps, None, None]:
    """Do the three steps for one query and one head.

    Raises:
        AttentionError: the model or the text can't be served; the text says what to do.
    """
    document = yield from read_source(request.source)
    name = request.stack or document.card.stacks[0]
    attention = document.stack(name)
    query = check_index(request.query, len(attention.rows), _("query"))
    part, place = attention.part_of(query)
    masked = request.masked
    if attention.indices:
        index = attention.indices[int(attention.owner[query])]
        masked = tuple(int(i) for i in np.flatnonzero(np.isin(index, masked)))
    yield three_steps(
        document.card,
        name,
        part,
        query=place,
        layer=request.layer,
        head=request.head,
        temperature=request.temperature,
        masked=masked,
    )


def table(shown: ThreeSteps) -> Iterator[Row]:
    """Yield a row for each key: its product, score and weights, its vector and its value."""
    numbers = range(shown.query.size)
    names = ["key", "sentence", "start", "product", "score", "weight", "model_weight"]
    yield [*names, *(f"k{i}" for i in numbers), *(f"v{i}" for i in numbers)]
    columns = (shown.products, shown.scores, shown.weights, shown.model_weights)
    for row, token in enumerate(shown.key_tokens):
        vectors = [*shown.keys[row].tolist(), *shown.values[row].tolist()]
        yield [*place(token), *(float(column[row]) for column in columns), *vectors]
