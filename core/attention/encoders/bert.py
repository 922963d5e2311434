"""BERT's body, written out so that every number attention computes can be shown.

Devlin et al. 2018 (the encoder of Vaswani et al. 2017, layer norm after each part). Fused attention kernels never
form the weights; this forward pass forms them, keeps them, and keeps q, k and v beside them. MiniLM and
multilingual-e5-small both have this body. One text at a time, so there is no padding and no mask.

n tokens, D numbers in a state, H heads of d = D / H numbers, F numbers inside the feed-forward part.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import gelu, layer_norm, linear

from core.attention.encoders.base import Stacked
from core.attention.results import Floats, Token


@dataclass(frozen=True, slots=True)
class Affine:
    """x ↦ x Wᵀ + b, or the two numbers per column of a layer norm."""

    weight: Tensor
    bias: Tensor


@dataclass(frozen=True, slots=True)
class BertLayer:
    """Weights of one layer.

    Attributes:
        qkv: (3D, D) W_Q, W_K and W_V below each other: one product instead of three.
        output: (D, D) W_O.
        attention_norm: layer norm after attention.
        inner: (F, D).
        outer: (D, F).
        norm: layer norm after the feed-forward part.
    """

    qkv: Affine
    output: Affine
    attention_norm: Affine
    inner: Affine
    outer: Affine
    norm: Affine


class BertBody:
    """The layers of a BERT, from embeddings to everything attention computed.

    Args:
        layers: the weights, first layer first.
        heads: H.
        embedding_norm: layer norm of the embeddings.
        epsilon: of every layer norm.
    """

    def __init__(self, layers: Sequence[BertLayer], heads: int, embedding_norm: Affine, epsilon: float) -> None:
        self._layers = tuple(layers)
        self._heads = heads
        self._embedding_norm = embedding_norm
        self._epsilon = epsilon
        width = layers[0].output.weight.shape[0]
        self._output: Floats = np.stack(
            [layer.output.weight.T.reshape(heads, width // heads, width).numpy() for layer in self._layers]
        )  # (L, H, d, D)

    @torch.inference_mode()
    def forward(self, embeddings: Tensor, tokens: tuple[Token, ...]) -> Stacked:
        """Run ``embeddings`` (n, D), the sum of word, position and type, through all layers."""
        n, width = embeddings.shape
        n_layers, heads, d = len(self._layers), self._heads, width // self._heads
        hidden = torch.empty(n_layers + 1, n, width)
        qkv = torch.empty(n_layers, 3, heads, n, d)
        weights = torch.empty(n_layers, heads, n, n)
        scale = 1 / math.sqrt(d)

        hidden[0] = x = self._norm(embeddings, self._embedding_norm)
        for number, layer in enumerate(self._layers):
            qkv[number] = linear(x, layer.qkv.weight, layer.qkv.bias).view(n, 3, heads, d).permute(1, 2, 0, 3)
            q, k, v = qkv[number]  # each (H, n, d)
            scores = (q @ k.transpose(1, 2)).mul_(scale)  # step 1: (H, n, n)
            torch.softmax(scores, dim=-1, out=weights[number])  # step 2
            context = (weights[number] @ v).transpose(0, 1).reshape(n, width)  # step 3: heads side by side
            x = self._norm(x + linear(context, layer.output.weight, layer.output.bias), layer.attention_norm)
            inner = gelu(linear(x, layer.inner.weight, layer.inner.bias))  # (n, F), with erf, not tanh
            x = self._norm(x + linear(inner, layer.outer.weight, layer.outer.bias), layer.norm)
            hidden[number + 1] = x

        every = qkv.numpy()
        return Stacked(
            rows=tokens,
            columns=tokens,
            weights=weights.numpy(),
            hidden=hidden.numpy(),
            queries=every[:, 0],
            keys=every[:, 1],
            values=every[:, 2],
            scales=np.full(n_layers, scale, np.float32),
            biases=(None,) * n_layers,
            output=self._output,
            causal=False,
        )

    def _norm(self, x: Tensor, by: Affine) -> Tensor:
        return layer_norm(x, (x.shape[-1],), by.weight, by.bias, self._epsilon)
