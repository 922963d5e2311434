"""A file of weights and tokens that a person opens: what it is about."""

from __future__ import annotations

from collections.abc import Generator

from core.attention.arrays.encoder import ArraysEncoder
from core.attention.errors import ModelError
from core.attention.requests import OpenArraysRequest, Source
from core.attention.results import OpenedArrays, Preparing
from core.attention.tasks.reading import model_cache
from core.language import _


def open_arrays(request: OpenArraysRequest) -> Generator[Preparing | OpenedArrays, None, None]:
    """Open a file, which then lies ready as a model does.

    Raises:
        ModelError: it can't be opened, and why.
    """
    for step in model_cache().encoder(Source("", model=request.path)):
        if isinstance(step, Preparing):
            yield step
        elif isinstance(step, ArraysEncoder):
            yield OpenedArrays(step.card, step.texts)
        else:
            raise ModelError(_("{path} is no file of arrays: its name has to end in .npz or .json.").format(
                path=request.path))  # fmt: skip
