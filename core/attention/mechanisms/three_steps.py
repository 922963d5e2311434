"""The survey's three steps (section 2) for one query and one head of a real model, every number shown.

1. Score each key: q·k, scaled, with what the model adds (masks, T5's position bias).
2. Normalise: softmax, with a temperature that can be moved by hand.
3. Weighted sum of the values: the context.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from core.attention.encoders.base import HIDDEN, Stacked, check_index, layer_and_head
from core.attention.errors import AttentionError
from core.attention.requests import Stack
from core.attention.results import Floats, ModelCard, ThreeSteps
from core.language import _


def softmax(scores: Floats) -> Floats:
    """Return e^s / Σ e^s over the last axis; a score of −∞ gets exactly 0, and nothing but −∞ gives zeros."""
    highest = scores.max(axis=-1, keepdims=True)
    powers = np.exp(scores - np.where(np.isfinite(highest), highest, 0))
    total = powers.sum(axis=-1, keepdims=True)
    shares: Floats = np.divide(powers, total, out=np.zeros_like(powers), where=total > 0)
    return shares


def three_steps(
    card: ModelCard,
    name: Stack,
    stack: Stacked,
    *,
    query: int,
    layer: int,
    head: int,
    temperature: float = 1.0,
    masked: Collection[int] = (),
) -> ThreeSteps:
    """Do the three steps with the model's own q, k and v.

    Args:
        card: the model.
        name: which attention ``stack`` is.
        stack: what the model computed.
        query: index of the token that asks; negative from the last.
        layer: as ``query``.
        head: as ``query``.
        temperature: scores are divided by it: below 1 sharpens, above 1 evens out.
        masked: indices of keys hidden by hand.

    Raises:
        NotAvailableError: there is no such query, layer, head or key.
        AttentionError: the temperature isn't above 0.
    """
    if not temperature > 0:
        raise AttentionError(_("The temperature must be above 0, not {value}.").format(value=temperature))
    layer, head = layer_and_head(stack, layer, head)
    query = check_index(query, len(stack.rows), _("query"))
    hidden_by_hand = [check_index(key, len(stack.columns), _("key")) for key in masked]

    queries, keys, values = stack.vectors()
    q, k, v = queries[layer, head, query], keys[layer, head], values[layer, head]
    scale = float(stack.scales[layer])
    bias = _bias(stack, layer, head, query)
    products: Floats = k @ q  # step 1: (n, d) · (d,)
    scores: Floats = (products * np.float32(scale) + bias).astype(np.float32)
    scores[hidden_by_hand] = -np.inf
    weights = softmax((scores / np.float32(temperature)).astype(np.float32))  # step 2
    model_weights = stack.weights[layer, head, query].astype(np.float32)
    return ThreeSteps(
        card=card,
        stack=name,
        layer=layer,
        head=head,
        query_token=stack.rows[query],
        key_tokens=stack.columns,
        query=q,
        keys=k,
        values=v,
        products=products,
        scale=scale,
        bias=bias,
        scores=scores,
        temperature=temperature,
        weights=weights,
        context=weights @ v,  # step 3
        model_weights=model_weights,
        model_context=model_weights @ v,
    )


def _bias(stack: Stacked, layer: int, head: int, query: int) -> Floats:
    """Return what the model adds to the scores of ``query``, (n,)."""
    n_heads, n, m = stack.weights.shape[1:]
    added = stack.biases[layer]
    if added is None:
        return np.zeros(m, np.float32)
    mine: Floats = np.broadcast_to(added, (n_heads, n, m))[head, query].astype(np.float32)
    return np.where(mine < HIDDEN, -np.inf, mine).astype(np.float32)
