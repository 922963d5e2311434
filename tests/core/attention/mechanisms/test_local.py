"""Local attention: positions, window and Gaussian by hand, and what lies outside."""

from __future__ import annotations

import math

import torch

from core.attention.mechanisms.local import (
    gaussian,
    local_weights,
    monotonic_positions,
    predicted_positions,
    window,
)
from core.attention.mechanisms.scores import dot


def test_monotonic_positions_are_the_queries_own():
    assert monotonic_positions(3, like=torch.zeros(1)).tolist() == [0, 1, 2]


def test_a_predicted_position_by_hand():
    # W_p h = (1, 0), tanh, v_p = (2, 9): sigmoid(2 tanh 1) · 10.
    w, v = torch.tensor([[1.0, 0.0], [0.0, 0.0]]), torch.tensor([2.0, 9.0])
    found = predicted_positions(torch.tensor([[1.0, 5.0]]), w, v, 10)
    assert torch.allclose(found, torch.tensor([10 / (1 + math.exp(-2 * math.tanh(1)))]))


def test_each_length_of_a_batch_counts():
    w, v = torch.zeros(2, 2), torch.zeros(2)
    lengths = torch.tensor([[4.0], [8.0]])
    assert predicted_positions(torch.zeros(2, 3, 2), w, v, lengths).tolist() == [[2, 2, 2], [4, 4, 4]]


def test_a_window_holds_both_of_its_ends():
    assert window(torch.tensor([2.0, 0.5]), 6, 1).tolist() == [
        [False, True, True, True, False, False],
        [True, True, False, False, False, False],
    ]


def test_the_gaussian_by_hand():
    # D = 2, so σ = 1: exp(−(s − 1)² / 2).
    found = gaussian(torch.tensor([1.0]), 4, 2)
    assert torch.allclose(found, torch.tensor([[math.exp(-0.5), 1.0, math.exp(-0.5), math.exp(-2.0)]]))


def test_local_m_is_a_softmax_within_the_window():
    scores = torch.tensor([[9.0, math.log(3), 0.0, 9.0]])
    found = local_weights(scores, torch.tensor([1.5]), 0.5, with_gaussian=False)
    assert torch.allclose(found, torch.tensor([[0.0, 0.75, 0.25, 0.0]]))


def test_local_p_has_its_gaussian_after_the_softmax():
    # Softmax in the window around 1, D = 1: thirds; σ = ½: exp(−1 / (2 · ¼)) = e⁻² at both sides. Not made 1 again.
    found = local_weights(torch.zeros(1, 4), torch.tensor([1.0]), 1, with_gaussian=True)
    side = math.exp(-2) / 3
    assert torch.allclose(found, torch.tensor([[side, 1 / 3, side, 0.0]]))


def test_padding_is_never_seen():
    mask = torch.tensor([True, False, True, True])
    found = local_weights(torch.zeros(1, 4), torch.tensor([1.0]), 1, with_gaussian=False, mask=mask)
    assert found.tolist() == [[0.5, 0, 0.5, 0]]


def test_gradients_reach_scores_and_the_predicted_position():
    chance = torch.Generator().manual_seed(1)
    q, k, w = (torch.randn(*shape, dtype=torch.float64, generator=chance) for shape in ((2, 3), (7, 3), (4, 3)))
    v = torch.randn(4, dtype=torch.float64, generator=chance)

    def weights(q, k, w, v):
        return local_weights(dot(q, k), predicted_positions(q, w, v, 7), 2, with_gaussian=True)

    inputs = tuple(one.requires_grad_() for one in (q, k, w, v))
    assert torch.autograd.gradcheck(weights, inputs)
    weights(*inputs)[0].max().backward()
    assert v.grad is not None
    assert v.grad.abs().sum() > 0


def test_weights_move_when_only_a_key_in_the_window_moves():
    q, k = torch.tensor([[1.0, 1.0]]), torch.zeros(5, 2)
    centre = torch.tensor([2.0])
    inside, outside = k.clone(), k.clone()
    inside[1] += 1
    outside[4] += 1
    before, moved, same = (local_weights(dot(q, one), centre, 1, with_gaussian=False) for one in (k, inside, outside))
    assert not torch.allclose(before, moved)
    assert torch.equal(before, same)
