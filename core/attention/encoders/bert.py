"""BERT's body, written out so that every number attention computes can be shown.

Devlin et al. 2018 (the encoder of Vaswani et al. 2017, layer norm after each part). Fused attention kernels never
form the weights; this forward pass forms them, keeps them, and keeps q, k and v beside them. MiniLM and
multilingual-e5-small both have this body. One text at a time, so there is no padding and no mask.

It is numpy alone: as fast as torch at these sizes, and the first map need not wait for torch to load, which takes
most of a second.

n tokens, D numbers in a state, H heads of d = D / H numbers, F numbers inside the feed-forward part.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.attention.encoders.base import Bools, Stacked
from core.attention.interventions import UNCHANGED, Changes
from core.attention.interventions.applied import heads_off, masked_tokens
from core.attention.results import Floats, Token

_ERF: Final = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)
_ERF_SLOPE: Final = 0.3275911


@dataclass(frozen=True, slots=True)
class Affine:
    """x ↦ x Wᵀ + b, or the two numbers per column of a layer norm."""

    weight: Floats
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        """Return x Wᵀ + b: (…, D) → (…, F)."""
        y: Floats = x @ self.weight.T
        y += self.bias
        return y


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
        self._epsilon = np.float32(epsilon)
        width = layers[0].output.weight.shape[0]
        self._output: Floats = np.stack(
            [layer.output.weight.T.reshape(heads, width // heads, width) for layer in self._layers]
        )  # (L, H, d, D)

    def forward(self, embeddings: Floats, tokens: tuple[Token, ...], changes: Changes = UNCHANGED) -> Stacked:
        """Run ``embeddings`` (n, D), the sum of word, position and type, through all layers.

        Raises:
            AttentionError: ``changes`` take away what isn't there, or everything.
        """
        n, width = embeddings.shape
        n_layers, heads, d = len(self._layers), self._heads, width // self._heads
        hidden = np.empty((n_layers + 1, n, width), np.float32)
        qkv = np.empty((n_layers, 3, heads, n, d), np.float32)
        weights = np.empty((n_layers, heads, n, n), np.float32)
        scale = 1 / math.sqrt(d)
        masked = masked_tokens(tokens, changes)
        off = heads_off(changes.off, n_layers, heads)

        hidden[0] = x = self._norm(embeddings, self._embedding_norm)
        for number, layer in enumerate(self._layers):
            qkv[number] = layer.qkv(x).reshape(n, 3, heads, d).transpose(1, 2, 0, 3)
            q, k, v = qkv[number]  # each (H, n, d)
            scores = np.matmul(q, k.transpose(0, 2, 1), out=weights[number])  # step 1: (H, n, n)
            scores *= np.float32(scale)
            if masked.any():
                scores[:, :, masked] = -np.inf
            _softmax(scores)  # step 2, in its place
            each = weights[number] @ v  # step 3: (H, n, d)
            each[off[number]] = 0
            context = each.transpose(1, 0, 2).reshape(n, width)  # heads side by side
            x = self._norm(x + layer.output(context), layer.attention_norm)
            inner = gelu(layer.inner(x))  # (n, F)
            x = self._norm(x + layer.outer(inner), layer.norm)
            hidden[number + 1] = x

        return Stacked(
            rows=tokens,
            columns=tokens,
            weights=weights,
            hidden=hidden,
            queries=qkv[:, 0],
            keys=qkv[:, 1],
            values=qkv[:, 2],
            scales=np.full(n_layers, scale, np.float32),
            biases=(hidden_keys(masked),) * n_layers,
            output=np.where(off[:, :, None, None], np.float32(0), self._output) if off.any() else self._output,
            causal=False,
        )

    def _norm(self, x: Floats, by: Affine) -> Floats:
        """Return the layer norm of each row (Ba et al. 2016): (n, D) → (n, D)."""
        y: Floats = x - x.mean(axis=-1, keepdims=True)
        y /= np.sqrt(np.square(y).mean(axis=-1, keepdims=True) + self._epsilon)
        y *= by.weight
        y += by.bias
        return y


def hidden_keys(masked: Bools) -> Floats | None:
    """Return what hiding keys adds to the scores, (1, 1, n); None where none is hidden."""
    if not masked.any():
        return None
    added: Floats = np.where(masked, np.float32(-np.inf), np.float32(0))[None, None].astype(np.float32)
    return added


def _softmax(scores: Floats) -> None:
    """Write e^s / Σ e^s over the last axis into ``scores``."""
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)


def gelu(x: Floats) -> Floats:
    """Return x Φ(x), with the normal distribution itself and not its tanh (Hendrycks and Gimpel 2016).

    Φ(x) = ½ (1 + erf(x / √2)), and erf after Abramowitz and Stegun 1964, 7.1.26, off by 1.5e-7 at most: with
    t = 1 / (1 + p |z|), erf(|z|) = 1 − (a₁t + a₂t² + … + a₅t⁵) exp(−z²).
    """
    z = np.abs(x)
    z *= np.float32(math.sqrt(0.5))
    t: Floats = np.reciprocal(1 + np.float32(_ERF_SLOPE) * z)
    tail = np.full_like(t, _ERF[-1])
    for factor in _ERF[-2::-1]:
        tail *= t
        tail += np.float32(factor)
    tail *= t
    np.square(z, out=z)
    tail *= np.exp(np.negative(z, out=z), out=z)  # 1 − erf(|z|)
    tail *= np.float32(0.5)  # Φ(−|x|)
    tail *= np.abs(x)
    bent: Floats = np.maximum(x, 0) - tail  # x Φ(x), on either side of 0
    return bent
