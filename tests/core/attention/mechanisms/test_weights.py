"""Softmax and weighted sum: by hand, masked before normalising, with the right gradients."""

from __future__ import annotations

import math

import torch

from core.attention.mechanisms.weights import softmax, weighted_sum


def test_softmax_by_hand():
    # (ln 3, 0): 3 / (3 + 1) and 1 / 4.
    assert torch.allclose(softmax(torch.tensor([[math.log(3), 0.0]])), torch.tensor([[0.75, 0.25]]))


def test_the_mask_comes_before_the_softmax():
    scores = torch.tensor([[math.log(3), 0.0, 50.0]])
    found = softmax(scores, torch.tensor([[True, True, False]]))
    assert torch.allclose(found, torch.tensor([[0.75, 0.25, 0.0]]))
    assert found[0, 2] == 0


def test_a_row_that_may_see_nothing_is_zero_with_gradients_that_are_numbers():
    scores = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    found = softmax(scores, torch.tensor([[False, False], [True, True]]))
    assert found[0].tolist() == [0, 0]
    assert torch.allclose(found[1].sum(), torch.tensor(1.0))
    (found * torch.tensor([1.0, 2.0])).sum().backward()
    assert scores.grad is not None
    assert scores.grad.isfinite().all()
    assert scores.grad[0].tolist() == [0, 0]


def test_large_scores_do_not_overflow():
    assert torch.allclose(softmax(torch.tensor([[1000.0, 1000.0]])), torch.tensor([[0.5, 0.5]]))


def test_the_sum_by_hand():
    # ¾ (4, 0) + ¼ (0, 8) = (3, 2).
    found = weighted_sum(torch.tensor([[0.75, 0.25]]), torch.tensor([[4.0, 0.0], [0.0, 8.0]]))
    assert found.tolist() == [[3, 2]]


def test_gradients():
    chance = torch.Generator().manual_seed(0)
    scores = torch.randn(2, 3, 4, dtype=torch.float64, generator=chance, requires_grad=True)
    values = torch.randn(2, 4, 5, dtype=torch.float64, generator=chance, requires_grad=True)
    mask = torch.tensor([True, True, False, True])
    assert torch.autograd.gradcheck(lambda s, v: weighted_sum(softmax(s, mask), v), (scores, values))
