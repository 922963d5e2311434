"""What a model of transformers gives of its layers: brought into one form, and checked before it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import torch
from torch import Tensor

from core.attention.encoders.recorder import Call
from core.attention.results import Floats

_AXES: Final = 4
TOLERANCE: Final = 1e-3
"""How far the textbook's weights may lie from the model's own: a model whose layers do more (sinks, soft caps) lies
farther, and its q, k and v don't give its map."""


def are_maps(weights: Sequence[Tensor] | None, *, sink: bool) -> bool:
    """Return whether these are the weights of layers, (1, H, n, m) each, whose rows sum to 1.

    With a ``sink``, a learnt score beside those of the keys that takes a share of its own, they sum to at most 1.
    """
    return (
        weights is not None
        and len(weights) > 0
        and all(
            one is not None
            and one.ndim == _AXES
            and bool((one.sum(-1) <= 1 + TOLERANCE).all())
            and (sink or bool((one.sum(-1) >= 1 - TOLERANCE).all()))
            and one.min() >= 0
            for one in weights
        )
    )


def unbanded(weights: Tensor) -> Tensor:
    """Return the weights of a sliding window over all keys, zeros outside it.

    Longformer and LED (Beltagy et al. 2020) give for each query the weights of the w keys before it, its own, and the
    w after it.

    Args:
        weights: (1, H, n, 2w + 1).

    Returns:
        (1, H, n, n).
    """
    _one, heads, n, band = weights.shape
    keys = torch.arange(n)[:, None] + torch.arange(band)[None] - band // 2  # (n, 2w + 1)
    is_key = (keys >= 0) & (keys < n)
    whole = weights.new_zeros(1, heads, n, n)
    queries = torch.arange(n)[:, None].expand(n, band)
    whole[:, :, queries[is_key], keys[is_key]] = weights[:, :, is_key]
    return whole


def agree(weights: Sequence[Tensor], calls: Sequence[Call]) -> bool:
    """Return whether the textbook's attention gives the model's own weights in every layer."""
    return len(weights) == len(calls) and all(
        own[0].shape == call.weights.shape and float((own[0] - call.weights).abs().max()) <= TOLERANCE
        for own, call in zip(weights, calls, strict=True)
    )


def in_order(weights: Sequence[Sequence[Tensor]]) -> list[Tensor]:
    """Return the weights of all stacks in the order in which their layers work."""
    if len(weights) == 1:
        return list(weights[0])
    encoder, decoder, cross = weights
    return [*encoder, *(one for pair in zip(decoder, cross, strict=True) for one in pair)]


def by_stack(weights: Sequence[Sequence[Tensor]], calls: Sequence[Call]) -> list[Sequence[Call]]:
    """Return the layers at work of each stack."""
    if len(weights) == 1:
        return [calls]
    encoder, decoder = calls[: len(weights[0])], calls[len(weights[0]) :]
    return [encoder, decoder[0::2], decoder[1::2]]


def are_alike(calls: Sequence[Call]) -> bool:
    """Return whether q, k and v are as many and as long in every layer; where they are not, only maps are shown."""
    return len({tuple(part.shape for part in (call.query, call.key, call.value)) for call in calls}) <= 1


def unlike(weights: Sequence[Tensor]) -> tuple[str, str] | None:
    """Return the shapes, heads × queries × keys, of two layers whose maps can't be put together; None where all can."""
    first = weights[0].shape[1:]
    other = next((one.shape[1:] for one in weights if one.shape[1:] != first), None)
    return None if other is None else (" × ".join(map(str, first)), " × ".join(map(str, other)))


def together(tensors: Sequence[Tensor]) -> Floats:
    """Return tensors of one shape as one array, one more axis in front."""
    stacked: Floats = torch.stack(list(tensors)).float().numpy()
    return stacked
