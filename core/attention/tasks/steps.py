"""The three steps of one query and one head."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from core.attention.encoders.base import check_index
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
