"""Weights in a fourth of their room: matrices in eight bits a number with a scale a row, all else in half precision.

A row w of a matrix is written as whole numbers q of −127 to 127 and one scale s = max|w| / 127, so that w ≈ s·q and no
number is off by more than half a scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import torch
from torch import Tensor, nn

_MOST: Final = 127
_SCALE: Final = " scale"
"""What the name of a matrix's scales ends with, behind its own."""


def packed(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return weights as they are written, by their names; a matrix's scales stand beside it."""
    written: dict[str, Tensor] = {}
    for name, weight in weights.items():
        if weight.ndim == 2:
            scale = (weight.abs().amax(dim=1) / _MOST).half()  # (rows,)
            steps = torch.where(scale > 0, scale.float(), 1.0).unsqueeze(1)  # (rows, 1)
            numbers = (weight / steps).round().clamp(-_MOST, _MOST)  # (rows, columns)
            written |= {name: numbers.to(torch.int8), name + _SCALE: scale}
        else:
            written[name] = weight.half().contiguous()
    return written


def unpacked(written: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return weights in full precision, by their names."""
    scales = {name.removesuffix(_SCALE): value for name, value in written.items() if name.endswith(_SCALE)}
    weights = {name: value.float() for name, value in written.items() if not name.endswith(_SCALE)}
    for name, scale in scales.items():
        weights[name] = weights[name] * scale.float().unsqueeze(1)
    return weights


def round_as_written(model: nn.Module) -> None:
    """Give the weights the values that writing leaves of them, so that what is measured is what is kept."""
    model.load_state_dict(unpacked(packed(model.state_dict())))
