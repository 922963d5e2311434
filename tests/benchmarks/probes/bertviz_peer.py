"""BertViz on the same sentences: the HTML it makes of their attention, before a browser draws it."""

from __future__ import annotations

import time
from typing import Any

import torch
from bertviz import head_view, model_view

from core.attention.long_text import Document
from core.attention.requests import Source
from core.attention.tasks.model_cache import ModelCache


def html(model: str, text: str, view: str) -> dict[str, Any]:
    """Make the page of one sentence.

    The attention comes from our own encoder and is handed over ready: none of the model's work is charged to the
    peer.

    Args:
        model: as in ``Source.model``.
        text: the sentence.
        view: ``"head"``, one layer's heads as lines, or ``"model"``, all heads of all layers.

    Returns:
        ``seconds``, ``mb`` of the page, and how many ``tokens`` it shows.
    """
    torch.set_num_threads(1)
    (document,) = (step for step in ModelCache().document(Source(text, None, model)) if isinstance(step, Document))
    stacked = document.stack()
    attention = tuple(
        torch.from_numpy(layer)[None] for layer in stacked.read(lambda part: part.weights)
    )  # (1, H, n, n)
    tokens = [token.piece for token in stacked.rows]
    show = {"head": head_view, "model": model_view}[view]
    begun = time.perf_counter()
    page = show(attention, tokens, html_action="return")
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "mb": len(page.data) / 1e6, "tokens": len(tokens)}
