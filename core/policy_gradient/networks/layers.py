"""A policy's network as the plain arrays of its weights: looked into, and evaluated, without torch.

The window draws the network and its policy with these; whoever plays uses ``NumpyPolicy``, which computes the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.policy_gradient.runs.recording import Floats32

Layers = Sequence[tuple[Floats32, Floats32]]
"""Of each layer, first to last, its weights, (out, in), and its biases, (out,)."""


def activations(layers: Layers, obs: Floats32) -> list[Floats32]:
    """Return what each layer gives: after ReLU, and of the last what goes into the sigmoid or softmax.

    Args:
        layers: the network.
        obs: one observation, (n_obs,), or many, (B, n_obs).

    Returns:
        Of each layer (…, out).
    """
    found: list[Floats32] = []
    x = obs
    for weight, bias in layers[:-1]:
        x = x @ weight.T
        x += bias
        np.maximum(x, np.float32(0), out=x)
        found.append(x)
    weight, bias = layers[-1]
    found.append(x @ weight.T + bias)
    return found


def probabilities(logits: Floats32) -> Floats32:
    """Return π(·|s) of what goes into the sigmoid or softmax.

    Args:
        logits: (…, 1) with two actions: the one of the second; else (…, n_actions).

    Returns:
        (…, n_actions), with two actions (…, 2).
    """
    if logits.shape[-1] == 1:
        # σ(x) = (1 + tanh(x/2)) / 2: the one form of it that overflows for no x.
        right: Floats32 = np.float32(0.5) + np.float32(0.5) * np.tanh(np.float32(0.5) * logits)
        return np.concatenate([1 - right, right], axis=-1)
    shares: Floats32 = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares
