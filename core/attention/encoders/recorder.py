"""Attention of any transformers model, computed in plain sight.

transformers lets a program bring its own attention function. Ours is the textbook one, and it notes what enters
and what leaves: q, k, v, scale, masks and weights, whatever the family of the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn
from transformers import AttentionInterface
from transformers.masking_utils import AttentionMaskInterface, eager_mask
from transformers.pytorch_utils import Conv1D

from core.attention.results import Floats

RECORDED: Final = "yaya_recorded"
"""The name under which transformers knows our function."""
OUTPUT_NAMES: Final = ("o", "o_proj", "out_proj", "c_proj", "out_lin", "dense")
"""What families call W_O where it lies inside the attention layer."""


@dataclass(frozen=True, slots=True)
class Call:
    """One attention layer at work: H heads, n queries, m keys.

    Attributes:
        module: the layer.
        query: (H, n, d).
        key: (H, m, d), repeated where heads share keys.
        value: (H, m, d).
        scale: what q·k was multiplied by.
        bias: broadcasts to (H, n, m); None where nothing was added.
        weights: (H, n, m).
    """

    module: nn.Module
    query: Tensor
    key: Tensor
    value: Tensor
    scale: float
    bias: Tensor | None
    weights: Tensor


_off: ContextVar[Sequence[Tensor]] = ContextVar("_off", default=())
_notes: ContextVar[list[Call] | None] = ContextVar("_notes", default=None)


@contextmanager
def recording() -> Iterator[list[Call]]:
    """Note every attention layer that works inside the ``with``, in the order they do."""
    calls: list[Call] = []
    token = _notes.set(calls)
    try:
        yield calls
    finally:
        _notes.reset(token)


@contextmanager
def switching_off(heads: Sequence[Tensor]) -> Iterator[None]:
    """Let heads give nothing inside a ``with recording()``.

    Args:
        heads: for each attention layer in the order they work, (H,) whether the head is off.
    """
    token = _off.set(heads)
    try:
        yield
    finally:
        _off.reset(token)


def attend(  # noqa: PLR0917  transformers passes them by place
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    scaling: float | None = None,
    dropout: float = 0.0,
    position_bias: Tensor | None = None,
    **_others: object,
) -> tuple[Tensor, Tensor]:
    """Softmax(q kᵀ · scale + bias) v (Vaswani et al. 2017, equation 1), noted where somebody records.

    Args:
        module: the layer that asks.
        query: (1, H, n, d).
        key: (1, H or fewer, m, d).
        value: as ``key``.
        attention_mask: added to the scores; None where every key may be seen.
        scaling: 1/√d when None.
        dropout: unused: nothing is trained here.
        position_bias: added to the scores (T5).

    Returns:
        The context (1, n, H, d) and the weights (1, H, n, m).
    """
    del dropout
    groups = query.shape[1] // key.shape[1]
    if groups > 1:  # grouped-query attention: several heads read the same keys
        key, value = key.repeat_interleave(groups, dim=1), value.repeat_interleave(groups, dim=1)
    scale = query.shape[-1] ** -0.5 if scaling is None else float(scaling)
    scores = query @ key.transpose(2, 3) * scale  # (1, H, n, m)
    bias = position_bias
    if attention_mask is not None:
        mask = attention_mask[..., : key.shape[2]]
        bias = mask if bias is None else bias + mask
    if bias is not None:
        scores = scores + bias
    weights = torch.softmax(scores, dim=-1)
    calls, off = _notes.get(), _off.get()
    context = weights @ value  # (1, H, n, d)
    if calls is not None and len(calls) < len(off):
        context = context.masked_fill(off[len(calls)][None, :, None, None], 0)
    if calls is not None:
        kept = None if bias is None else bias[0]
        calls.append(Call(module, query[0], key[0], value[0], scale, kept, weights[0]))
    return context.transpose(1, 2).contiguous(), weights


def register() -> None:
    """Make ``RECORDED`` known to transformers."""
    AttentionInterface.register(RECORDED, attend)
    AttentionMaskInterface.register(RECORDED, eager_mask)


def output_projections(model: nn.Module, calls: list[Call]) -> dict[nn.Module, Floats]:
    """Return W_O of every attention layer that worked, split by heads, each (H, d, D).

    Families name it differently, and BERT's lies in the layer beside. A layer whose W_O isn't found, or hasn't
    the shape that heads side by side need, is left out.
    """
    modules = dict(model.named_modules())
    names = {module: name for name, module in modules.items()}
    found = {}
    for call in calls:
        heads, _n, d = call.value.shape
        beside = names[call.module].rpartition(".")[0] + ".output.dense"
        inside = (getattr(call.module, name, None) for name in OUTPUT_NAMES)
        module = next(filter(None, inside), None) or modules.get(beside)
        weight = getattr(module, "weight", None)
        if weight is None:
            continue
        matrix = weight.detach() if isinstance(module, Conv1D) else weight.detach().T  # (H d, D)
        if matrix.shape[0] == heads * d:
            found[call.module] = matrix.reshape(heads, d, -1).float().numpy()
    return found
