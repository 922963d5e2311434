"""Readings of heads, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from core.attention.aggregate import aggregate, norm_weighted, rollout
from core.attention.align import cosines, mutual_argmax, spread
from core.attention.encoders.base import Stacked
from core.attention.errors import NotAvailableError
from core.attention.head_patterns import entropy, patterns
from core.attention.head_set import HeadSet
from core.attention.results import Token

TOKENS = (Token("a", 0, 1, False, "a"), Token("b", 1, 2, False, "b"))


def stack_of(weights, values=None, output=None, rows=TOKENS):
    weights = np.array(weights, np.float32)
    layers, heads, n, m = weights.shape
    vectors = np.zeros((layers, heads, m, 2), np.float32) if values is None else np.array(values, np.float32)
    return Stacked(
        rows=rows,
        columns=TOKENS,
        weights=weights,
        hidden=np.zeros((layers + 1, n, 2), np.float32),
        queries=np.zeros((layers, heads, n, 2), np.float32),
        keys=vectors,
        values=vectors,
        scales=np.ones(layers, np.float32),
        biases=(None,) * layers,
        output=None if output is None else np.array(output, np.float32),
        causal=False,
    )


TWO_LAYERS = stack_of([[[[0.5, 0.5], [0, 1]], [[1, 0], [0, 1]]], [[[0, 1], [1, 0]], [[0.5, 0.5], [0.5, 0.5]]]])


def test_one_head_a_layer_all_heads():
    assert np.allclose(aggregate(TWO_LAYERS, "weights", 0, 0), [[0.5, 0.5], [0, 1]])
    assert np.allclose(aggregate(TWO_LAYERS, "weights", -2, -2), [[0.5, 0.5], [0, 1]])
    assert np.allclose(aggregate(TWO_LAYERS, "weights", 0, None), [[0.75, 0.25], [0, 1]])
    assert np.allclose(aggregate(TWO_LAYERS, "weights", None, 1), [[0.75, 0.25], [0.25, 0.75]])
    assert np.allclose(aggregate(TWO_LAYERS, "weights", None, None), [[0.5, 0.5], [0.375, 0.625]])


def test_the_mean_over_a_set_by_hand():
    # Layer 0: [[.5, .5], [0, 1]] and [[1, 0], [0, 1]]; layer 1: [[0, 1], [1, 0]] and [[.5, .5], [.5, .5]].
    both_layers_head_0 = aggregate(TWO_LAYERS, "weights", 0, 1, HeadSet((), (0,)))
    assert np.allclose(both_layers_head_0, [[0.25, 0.75], [0.5, 0.5]])
    assert np.allclose(
        aggregate(TWO_LAYERS, "weights", None, None, HeadSet((1,), (0, 1))), [[0.25, 0.75], [0.75, 0.25]]
    )
    assert np.allclose(aggregate(TWO_LAYERS, "rollout", 0, None, HeadSet((1,), (0,))), rollout(TWO_LAYERS, 0))
    with pytest.raises(NotAvailableError, match="no head 2"):
        aggregate(TWO_LAYERS, "weights", None, None, HeadSet((), (2,)))


def test_the_norm_weighted_mean_over_a_set_is_that_of_its_heads():
    rng = np.random.default_rng(0)
    stack = stack_of(TWO_LAYERS.weights, rng.normal(size=(2, 2, 2, 2)), rng.normal(size=(2, 2, 2, 4)))
    found = aggregate(stack, "norms", None, None, HeadSet((0, 1), (1,)))
    assert np.allclose(found, (norm_weighted(stack, 0, 1) + norm_weighted(stack, 1, 1)) / 2)
    whole = aggregate(stack, "norms", None, None, HeadSet((1,), ()))
    assert np.allclose(whole, norm_weighted(stack, 1, None))


@pytest.mark.parametrize(("layer", "head"), [(2, 0), (-3, 0), (0, 2), (0, -3)])
def test_a_layer_or_head_that_is_not_there_is_refused(layer, head):
    with pytest.raises(NotAvailableError, match="from 0 to 1"):
        aggregate(TWO_LAYERS, "weights", layer, head)


def test_rollout_by_hand():
    # Layer 0: mean [[.75, .25], [0, 1]], with the residual half [[.875, .125], [0, 1]].
    # Layer 1: mean [[.25, .75], [.75, .25]], with it [[.625, .375], [.375, .625]].
    first = np.array([[0.875, 0.125], [0, 1]])
    second = np.array([[0.625, 0.375], [0.375, 0.625]])
    assert np.allclose(rollout(TWO_LAYERS, 0), first)
    assert np.allclose(rollout(TWO_LAYERS), second @ first)
    assert np.allclose(rollout(TWO_LAYERS).sum(axis=1), 1)


def test_rollout_of_cross_attention_is_refused():
    across = stack_of([[[[0.5, 0.5], [0, 1]]]], rows=(TOKENS[0], Token("x", 0, 1, False, "x", 1)))
    with pytest.raises(NotAvailableError, match="another attention measure"):
        rollout(across)


def test_norms_of_one_head_by_hand():
    # Values 3 and 1 long, W_O doubles: 0.2 · 6 = 1.2 and 0.8 · 2 = 1.6, shares 3/7 and 4/7.
    stack = stack_of([[[[0.2, 0.8], [1, 0]]]], values=[[[[3, 0], [0, 1]]]], output=[[[[2, 0], [0, 2]]]])
    assert np.allclose(norm_weighted(stack, 0, 0), [[3 / 7, 4 / 7], [1, 0]])
    assert np.allclose(aggregate(stack, "norms", None, None), [[3 / 7, 4 / 7], [1, 0]])


def test_norms_of_a_layer_add_vectors_before_they_are_measured():
    # Two heads move key a by opposite vectors: together nothing, though each weight is 0.5.
    weights = [[[[0.5, 0.5], [0.5, 0.5]]] * 2]
    values = [[[[1, 0], [0, 1]], [[-1, 0], [0, 1]]]]
    identity = [[1, 0], [0, 1]]
    stack = stack_of(weights, values=values, output=[[identity, identity]])
    assert np.allclose(norm_weighted(stack, 0, None), [[0, 1], [0, 1]], atol=1e-6)


def test_the_quadratic_form_equals_the_vectors_themselves(minilm):
    stack = minilm.forward(minilm.tokenize("the cat sat on the mat"), ("",)).stack()
    moved = stack.values[2] @ stack.output[2]  # (H, n, D)
    vectors = np.einsum("hij,hjd->ijd", stack.weights[2], moved)
    lengths = np.linalg.norm(vectors, axis=-1)
    assert np.allclose(norm_weighted(stack, 2, None), lengths / lengths.sum(-1, keepdims=True), atol=1e-5)


def test_norms_without_an_output_projection_are_refused():
    with pytest.raises(NotAvailableError, match="output projection"):
        aggregate(TWO_LAYERS, "norms", 0, 0)


def test_special_tokens_take_most_of_the_attention_and_little_of_what_is_moved(e5):
    # Kobayashi et al. 2020; for this model 63-67 % of the weight, and about 30 % of the norms.
    text = "我昨天去银行取钱，路上遇到了一位老朋友，我们聊了很久。"
    pieces = e5.tokenize(text)
    stack = e5.forward(pieces, (text,)).stack()
    special = np.array([token.special for token in pieces.tokens])
    share = {
        name: float(aggregate(stack, name, None, None)[~special][:, special].sum(axis=1).mean())
        for name in ("weights", "norms")
    }
    assert share["weights"] > 0.55
    assert share["norms"] < 0.4


def test_entropy_in_bits():
    assert np.allclose(entropy(np.array([[1, 0, 0, 0], [0.25] * 4, [0.5, 0.5, 0, 0]], np.float32)), [0, 2, 1])


def test_patterns_by_hand():
    weights = np.array([[[0.1, 0.2, 0.7], [0.6, 0.3, 0.1], [0.2, 0.8, 0.0]]], np.float32)
    found = patterns(weights)
    assert np.allclose(found["previous"], (0.6 + 0.8) / 2)
    assert np.allclose(found["next"], (0.2 + 0.1) / 2)
    assert np.allclose(found["self"], (0.1 + 0.3 + 0.0) / 3)
    assert np.allclose(found["first"], (0.1 + 0.6 + 0.2) / 3)
    assert set(patterns(weights[:, :2])) == {"first", "entropy"}


def test_patterns_of_a_single_token():
    found = patterns(np.ones((2, 1, 1), np.float32))
    assert np.allclose(found["previous"], 0)
    assert np.allclose(found["self"], 1)


def test_cosines():
    a = np.array([[1, 0], [2, 2], [0, 0]], np.float32)
    assert np.allclose(cosines(a, np.array([[3, 0]], np.float32)), [[1], [np.sqrt(0.5)], [0]])


def test_links_are_mutual_sidebar():
    assert mutual_argmax(np.array([[0.9, 0.8], [0.95, 0.1]], np.float32)) == ((1, 0),)
    assert mutual_argmax(np.array([[0.9, 0.1], [0.2, 0.3]], np.float32)) == ((0, 0), (1, 1))
    assert mutual_argmax(np.zeros((0, 3), np.float32)) == ()


def test_characters_of_one_piece_are_linked_alike():
    # 银 and 行 share one vector, and so do the letters of "bank": by hand, each with each, and 他 with "he" alone.
    apart = np.array([[0.7, 0.1, 0.1], [0.2, 0.9, 0.9], [0.2, 0.9 - 1e-7, 0.9]], np.float32)
    assert mutual_argmax(apart) == ((0, 0), (1, 1), (1, 2), (2, 1), (2, 2))
    assert mutual_argmax(np.array([[0.9, 0.8999]], np.float32)) == ((0, 0),)


def test_spread_fills_zero_to_one():
    assert np.allclose(spread(np.array([[0.7, 0.8], [0.9, 0.75]], np.float32)), [[0, 0.5], [1, 0.25]], atol=1e-5)
    assert np.allclose(spread(np.full((2, 2), 0.8, np.float32)), 0)
