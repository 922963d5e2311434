"""The parts of BERT's body, against the standard library and numbers worked out by hand."""

from __future__ import annotations

import math

import numpy as np

from core.attention.encoders.bert import Affine, BertBody, BertLayer, gelu
from core.attention.results import Token


def test_gelu_is_the_normal_distribution_s_and_not_its_tanh():
    x = np.linspace(-8, 8, 4001, dtype=np.float32)
    exact = [value * (1 + math.erf(value / math.sqrt(2))) / 2 for value in x.tolist()]
    assert np.abs(gelu(x) - exact).max() < 1e-6
    assert gelu(np.float32([0, 40, -40])).tolist() == [0, 40, 0]


def test_a_layer_by_hand():
    # One head of two numbers; W_Q = W_K = W_V = W_O = 1, nothing fed forward. Norms turn (a, b) into (±1, ∓1).
    one, none = np.eye(2, dtype=np.float32), np.zeros(2, np.float32)
    norm = Affine(np.ones(2, np.float32), none)
    layer = BertLayer(Affine(np.tile(one, (3, 1)), np.zeros(6, np.float32)), Affine(one, none), norm,
                      Affine(one * 0, none), Affine(one * 0, none), norm)  # fmt: skip
    tokens = tuple(Token(letter, i, i + 1, False, letter) for i, letter in enumerate("ab"))
    stack = BertBody([layer], 1, norm, 0.0).forward(np.float32([[3, 1], [0, 4]]), tokens)
    assert np.allclose(stack.hidden[0], [[1, -1], [-1, 1]])
    # Scores ±2 / √2: the same token has weight 1 / (1 + e^(−4/√2)).
    mine = 1 / (1 + math.exp(-4 / math.sqrt(2)))
    assert np.allclose(stack.weights[0, 0], [[mine, 1 - mine], [1 - mine, mine]])
    assert np.allclose(stack.hidden[1], [[1, -1], [-1, 1]])
    assert np.allclose(stack.scales, 1 / math.sqrt(2))
