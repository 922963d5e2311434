"""Ways to read many heads as one map, and to tell what kind of head one is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.attention.encoders.base import Bools, Stacked, check_index
from core.attention.errors import NotAvailableError
from core.attention.head_set import HeadSet
from core.attention.requests import HeadAggregation
from core.attention.results import Floats
from core.language import _


def aggregate(
    stack: Stacked, aggregation: HeadAggregation, layer: int | None, head: int | None, chosen: HeadSet | None = None
) -> Floats:
    """Return one map of ``stack``, (n, m), each row summing to 1.

    Args:
        stack: what the model computed.
        aggregation: ``weights`` after the softmax, ``norms`` of what is really moved, or ``rollout``.
        layer: which layer, or for rollout up to which; None for the mean over layers (rollout: all).
        head: which head; None for the mean. Rollout takes the mean always.
        chosen: the mean over these instead; rollout ignores it.

    Raises:
        NotAvailableError: there is no such layer or head, or the stack can't be read so.
    """
    n_layers, n_heads = stack.weights.shape[:2]
    layer = None if layer is None else check_index(layer, n_layers, _("layer"))
    head = None if head is None else check_index(head, n_heads, _("head"))
    if aggregation == "rollout":
        return rollout(stack, layer)
    if chosen is not None:
        return mean_of(stack, aggregation, chosen)
    if aggregation == "norms":
        layers = range(n_layers) if layer is None else (layer,)
        shares: Floats = np.mean([norm_weighted(stack, which, head) for which in layers], axis=0)
        return shares
    layers_of = slice(None) if layer is None else slice(layer, layer + 1)
    heads_of = slice(None) if head is None else slice(head, head + 1)
    mean: Floats = stack.weights[layers_of, heads_of].mean(axis=(0, 1), dtype=np.float32)
    return mean


def mean_of(stack: Stacked, aggregation: HeadAggregation, chosen: HeadSet) -> Floats:
    """Return the mean over a set of layers and heads, (n, m).

    Norm-weighted, it is the mean of what the heads of each layer say one by one, or where all heads of a layer were
    chosen, of what the layer says as a whole.

    Raises:
        NotAvailableError: one of them is not there, or the stack can't be read so.
    """
    n_layers, n_heads = stack.weights.shape[:2]
    layers = [check_index(layer, n_layers, _("layer")) for layer in chosen.layers] or list(range(n_layers))
    heads = [check_index(head, n_heads, _("head")) for head in chosen.heads]
    if aggregation == "norms":
        each: list[int] | list[None] = heads or [None]
        ways = [norm_weighted(stack, layer, head) for layer in layers for head in each]
        shares: Floats = np.mean(ways, axis=0)
        return shares
    whole: Floats = stack.weights[np.ix_(layers, heads or range(n_heads))].mean(axis=(0, 1), dtype=np.float32)
    return whole


def rollout(stack: Stacked, layer: int | None = None) -> Floats:
    """Follow attention through the layers (Abnar and Zuidema 2020, section 3).

    Each layer mixes half of what comes in unchanged, by its residual connection, and half by attention:
    Ā = ½ A + ½ I, with A the mean over heads; the layers' matrices multiply, Ā_l · … · Ā_1.

    Args:
        stack: self-attention.
        layer: the last layer to follow; None for all.

    Returns:
        (n, n), rows sum to 1.

    Raises:
        NotAvailableError: cross-attention doesn't stack: what it mixes in doesn't come from the layer below.
    """
    if stack.weights.shape[2] != stack.weights.shape[3] or stack.rows != stack.columns:
        raise NotAvailableError(
            _("Rollout follows self-attention; for cross-attention choose another attention measure.")
        )
    through: Floats = np.eye(stack.weights.shape[2], dtype=np.float32)
    for number in range(stack.weights.shape[0] if layer is None else layer + 1):
        mixed = stack.weights[number].mean(axis=0, dtype=np.float32)
        mixed = mixed / mixed.sum(axis=-1, keepdims=True)
        through = (mixed @ through + through) / 2
    return through


def seen(stack: Stacked, aggregation: HeadAggregation, layer: int | None, chosen: HeadSet | None = None) -> Bools:
    """Return which keys each query could see in the map that ``aggregate`` gives, (n, m).

    A mean of layers sees what any of them does; rollout sees what is seen by what is seen.
    """
    layers: Sequence[int] = range(stack.weights.shape[0])
    if chosen is not None and aggregation != "rollout":
        layers = chosen.layers or layers
    elif layer is not None:
        last = check_index(layer, len(layers), _("layer"))
        layers = range(last + 1) if aggregation == "rollout" else range(last, last + 1)
    masks = [stack.seen(number) for number in layers]
    whole = masks[0]
    for mask in masks[1:]:
        further = mask.astype(np.float32) @ whole.astype(np.float32) > 0 if aggregation == "rollout" else mask
        whole = whole | further
    return whole


def norm_weighted(stack: Stacked, layer: int, head: int | None) -> Floats:
    """Weigh attention by how long the vectors are that it moves (Kobayashi et al. 2020, section 3).

    A weight of 0.9 on a vector that is almost zero moves almost nothing, which is what heads do that look at
    ``[SEP]``. With f_h(x_j) = v_j W_O^h the vector that head h takes from key j, the entry for one head is
    ‖α_ij f(x_j)‖, and for the layer ‖Σ_h α_ij^h f_h(x_j)‖. The latter needs no vectors of every pair: it is a
    quadratic form of the weights in the inner products ⟨f_g(x_j), f_h(x_j)⟩.

    Args:
        stack: what the model computed.
        layer: from 0.
        head: from 0; None for the layer as a whole.

    Returns:
        (n, m), each row divided by its sum: the share of what a query receives that comes from each key.

    Raises:
        NotAvailableError: the model hides its output projection.
    """
    _queries, _keys, values = stack.vectors()
    if stack.output is None:
        raise NotAvailableError(
            _("The norms can't be computed: this model's output projection isn't in the usual place.")
        )
    weights = stack.weights[layer].astype(np.float32)  # (H, n, m)
    moved = values[layer] @ stack.output[layer]  # f: (H, m, D)
    if head is not None:
        lengths = weights[head] * np.linalg.norm(moved[head], axis=-1)
    else:
        by_key = moved.transpose(1, 0, 2)  # (m, H, D)
        inner = by_key @ by_key.transpose(0, 2, 1)  # (m, H, H)
        mine = weights.transpose(2, 1, 0)  # (m, n, H)
        squares = np.einsum("jih,jih->ij", mine @ inner, mine)
        lengths = np.sqrt(np.maximum(squares, 0))
    shares: Floats = lengths / np.maximum(lengths.sum(axis=-1, keepdims=True), np.finfo(np.float32).tiny)
    return shares.astype(np.float32)
