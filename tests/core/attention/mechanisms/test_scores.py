"""Each score function: by hand, with the right gradients, and moved by a key."""

from __future__ import annotations

import math

import pytest
import torch

from core.attention.mechanisms.scores import (
    SCORES,
    additive,
    concat,
    cosine,
    dot,
    general,
    location,
    scaled_dot,
    score_function,
)
from core.attention.mechanisms.weights import softmax

Q = torch.tensor([[1.0, 2.0]])
K = torch.tensor([[3.0, 4.0], [0.0, 0.0], [-2.0, 1.0]])


def made(name, **sizes):
    torch.manual_seed(3)
    return score_function(name, **({"d_query": 4, "d_key": 4, "d_hidden": 5, "longest": 6} | sizes)).double()


def vectors(*shape, seed=0):
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


def test_dot_scaled_and_cosine_by_hand():
    # (1, 2)·(3, 4) = 11, (1, 2)·(−2, 1) = 0; |(1, 2)| = √5, |(3, 4)| = 5.
    assert dot(Q, K).tolist() == [[11, 0, 0]]
    assert torch.allclose(scaled_dot(Q, K), torch.tensor([[11 / math.sqrt(2), 0, 0]]))
    assert torch.allclose(cosine(Q, K), torch.tensor([[11 / (5 * math.sqrt(5)), 0, 0]]))


def test_general_by_hand():
    # qᵀ W = (1, 2) W = (1·0 + 2·1, 1·2 + 2·0, 1·1 + 2·0) = (2, 2, 1); · (1, 1, 1) = 5.
    w = torch.tensor([[0.0, 2.0, 1.0], [1.0, 0.0, 0.0]])
    assert general(Q, torch.tensor([[1.0, 1.0, 1.0]]), w).tolist() == [[5]]


def test_additive_and_concat_by_hand():
    # W q = (1, 0), U k = (0, 3): tanh(1, 3), v = (2, −1): 2 tanh 1 − tanh 3.
    w, u, v = torch.tensor([[1.0, 0.0], [0.0, 0.0]]), torch.tensor([[0.0, 0.0], [1.0, 0.0]]), torch.tensor([2.0, -1.0])
    by_hand = 2 * math.tanh(1) - math.tanh(3)
    assert additive(Q, K[:1], w, u, v).item() == pytest.approx(by_hand)
    assert concat(Q, K[:1], torch.cat([w, u], dim=1), v).item() == pytest.approx(by_hand)


def test_concat_is_additive_with_both_matrices_in_one():
    q, k, w, u, v = vectors(2, 3, 4), vectors(2, 5, 6), vectors(7, 4), vectors(7, 6), vectors(7)
    assert torch.allclose(additive(q, k, w, u, v), concat(q, k, torch.cat([w, u], dim=1), v))


def test_location_by_hand():
    w = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [9.0, 9.0]])
    assert location(Q, w, 3).tolist() == [[1, 2, 3]]
    with pytest.raises(ValueError, match="5 keys, but only 4 places"):
        location(Q, w, 5)


@pytest.mark.parametrize("name", SCORES)
def test_gradients(name):
    score = made(name)
    parameters = dict(score.named_parameters())

    def scored(q, k, *weights):
        return torch.func.functional_call(score, dict(zip(parameters, weights, strict=True)), (q, k))

    inputs = (vectors(2, 2, 4), vectors(2, 3, 4, seed=1), *(one.detach().clone() for one in parameters.values()))
    assert torch.autograd.gradcheck(scored, tuple(one.requires_grad_() for one in inputs))


@pytest.mark.parametrize("name", SCORES)
def test_weights_move_when_only_a_key_moves(name):
    score, q, k = made(name), vectors(2, 4), vectors(3, 4, seed=1)
    moved = k.clone()
    moved[1] += torch.tensor([1.0, -0.5, 0.25, 2.0])
    before, after = softmax(score(q, k)), softmax(score(q, moved))
    if name == "location":
        assert torch.equal(before, after), "by its definition the keys don't count"
    else:
        assert ((before - after).abs() > 1e-4).any(dim=-1).all()
    assert torch.allclose(after.sum(-1), torch.ones(2, dtype=torch.float64))


@pytest.mark.parametrize("name", SCORES)
def test_batches_and_prepared_keys_change_nothing(name):
    score, q, k = made(name), vectors(3, 2, 4), vectors(3, 5, 4, seed=1)
    found = score(q, k)
    assert found.shape == (3, 2, 5)
    prepared = score.prepare(k)
    for query in range(2):
        assert torch.allclose(score.compare(q[:, query : query + 1], prepared)[:, 0], found[:, query])
    assert torch.allclose(score(q[1], k[1]), found[1])


@pytest.mark.parametrize("name", ["general", "additive", "concat", "location"])
def test_queries_and_keys_may_be_of_different_widths(name):
    assert made(name, d_key=3)(vectors(2, 4), vectors(5, 3)).shape == (2, 5)


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="dot, scaled_dot, general"):
        made("bilinear")
