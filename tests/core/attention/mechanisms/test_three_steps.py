"""The three steps: by hand, and equal to the model's own numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.attention.encoders.base import Stacked
from core.attention.encoders.huggingface import HuggingFaceEncoder
from core.attention.errors import AttentionError, NotAvailableError
from core.attention.mechanisms.three_steps import softmax, three_steps
from core.attention.results import ModelCard, Token

CARD = ModelCard("toy", "toy", "encoder", 1, 1, 2, 8, "here")
TOKENS = tuple(Token(letter, i, i + 1, False, letter) for i, letter in enumerate("ab"))
TOY = Stacked(
    rows=TOKENS,
    columns=TOKENS,
    weights=np.array([[[[0.5, 0.5], [0.5, 0.5]]]], np.float32),
    hidden=np.zeros((2, 2, 2), np.float32),
    queries=np.array([[[[2, 0], [0, 0]]]], np.float32),
    keys=np.array([[[[math.log(3), 5], [0, 1]]]], np.float32),
    values=np.array([[[[4, 0], [0, 8]]]], np.float32),
    scales=np.array([0.5], np.float32),
    biases=(None,),
    output=None,
    causal=False,
)


def steps(stack=TOY, **options):
    return three_steps(CARD, "encoder", stack, **({"query": 0, "layer": 0, "head": 0} | options))


def test_by_hand():
    # q·k = (2 ln 3, 0); halved (ln 3, 0); softmax (3/4, 1/4); 3/4 · (4, 0) + 1/4 · (0, 8) = (3, 2).
    found = steps()
    assert np.allclose(found.products, [2 * math.log(3), 0])
    assert np.allclose(found.scores, [math.log(3), 0])
    assert np.allclose(found.weights, [0.75, 0.25])
    assert np.allclose(found.context, [3, 2])


def test_temperature_divides_scores():
    # ln 3 / ½ = ln 9: (9/10, 1/10).
    tempered = steps(temperature=0.5)
    assert np.allclose(tempered.weights, [0.9, 0.1])
    assert np.allclose(tempered.scores, steps().scores)  # e itself: the formula divides it by T once
    assert tempered.temperature == 0.5


def test_a_masked_key_gets_nothing_and_the_rest_sums_to_one():
    found = steps(masked=(0,))
    assert found.scores[0] == -np.inf
    assert np.allclose(found.weights, [0, 1])
    assert np.allclose(found.context, [0, 8])


def test_everything_masked_gives_zeros_not_nan():
    found = steps(masked=(0, 1))
    assert not found.weights.any()
    assert not found.context.any()


@pytest.mark.parametrize("options", [{"query": 2}, {"layer": 1}, {"head": -2}, {"masked": (5,)}])
def test_what_is_not_there_is_refused(options):
    with pytest.raises(NotAvailableError):
        steps(**options)


@pytest.mark.parametrize("temperature", [0.0, -1.0, math.nan])
def test_temperatures_not_above_zero_are_refused(temperature):
    with pytest.raises(AttentionError, match="above 0"):
        steps(temperature=temperature)


def test_softmax_of_large_scores_does_not_overflow():
    assert np.allclose(softmax(np.array([1000.0, 1000.0, -np.inf], np.float32)), [0.5, 0.5, 0])


@pytest.mark.parametrize("name", ["e5", "minilm"])
def test_equal_to_the_model_for_every_head(name, e5, minilm):
    encoder = {"e5": e5, "minilm": minilm}[name]
    text = "I went to the bank 银行."
    stack = encoder.forward(encoder.tokenize(text), (text,)).stack()
    for layer in range(encoder.card.layers):
        for head in range(encoder.card.heads):
            found = three_steps(encoder.card, "encoder", stack, query=3, layer=layer, head=head)
            assert np.abs(found.weights - found.model_weights).max() < 1e-5
            assert np.abs(found.context - found.model_context).max() < 1e-4


@pytest.mark.parametrize("family", ["gpt2", "llama", "t5", "marian"])
def test_equal_to_the_model_with_masks_and_position_biases(family, folder_of):
    encoder = HuggingFaceEncoder(str(folder_of(family)))
    encoded = encoder.forward(encoder.tokenize("the cat sat"), ("the cat sat", "on the mat"))
    for name, stack in encoded.stacks.items():
        for query in range(len(stack.rows)):
            found = three_steps(encoder.card, name, stack, query=query, layer=1, head=2)
            assert np.abs(found.weights - found.model_weights).max() < 1e-5
            if stack.causal:
                assert np.isneginf(found.scores[query + 1 :]).all()
                assert not found.weights[query + 1 :].any()
