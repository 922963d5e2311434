"""Several rows of weights: by hand, and pushed apart by the penalty."""

from __future__ import annotations

import math

import pytest
import torch

from core.attention.mechanisms.multi_dimensional import annotation_weights, concatenated, overlap, spread


def test_weights_by_hand():
    # tanh(W_1 h) = (tanh 1), (0); W_2 = (3), (0): scores (3 tanh 1, 0) and (0, 0).
    found = annotation_weights(
        torch.tensor([[1.0, 7.0], [0.0, 7.0]]), torch.tensor([[1.0, 0.0]]), torch.tensor([[3.0], [0.0]])
    )
    first = 1 / (1 + math.exp(-3 * math.tanh(1)))
    assert torch.allclose(found, torch.tensor([[first, 1 - first], [0.5, 0.5]]))


def test_contexts_stand_one_after_another():
    weights, values = torch.tensor([[1.0, 0.0], [0.5, 0.5]]), torch.tensor([[2.0, 4.0], [6.0, 8.0]])
    assert concatenated(weights, values).tolist() == [2, 4, 4, 6]


def test_the_penalty_by_hand():
    # Orthogonal rows on one key each: 0. Twice the same one-hot row: off the diagonal 1 and 1, so 2.
    assert overlap(torch.eye(2, 3)).item() == 0
    assert overlap(torch.tensor([[1.0, 0.0], [1.0, 0.0]])).item() == pytest.approx(2)
    # (½, ½) twice: A Aᵀ is ½ everywhere; minus I: −½, ½, ½, −½; squares sum to 1.
    assert overlap(torch.full((2, 2), 0.5)).item() == pytest.approx(1)


def test_a_batch_has_a_penalty_each():
    rows = torch.stack([torch.eye(2), torch.full((2, 2), 0.5)])
    assert torch.allclose(overlap(rows), torch.tensor([0.0, 1.0]))


def test_the_penalty_spreads_rows_and_none_leaves_them():
    scores = torch.tensor([[2.0, 1.9, 0.0, 0.1], [2.1, 1.8, 0.1, 0.0]])
    stayed = list(spread(scores, 0.0, steps=5))
    assert len(stayed) == 6
    assert torch.allclose(stayed[0], stayed[-1], atol=1e-3)
    weak, strong = (list(spread(scores, strength))[-1] for strength in (0.1, 3.0))
    assert overlap(strong) < overlap(weak) < overlap(stayed[0])
    assert strong.argmax(dim=-1).unique().numel() == 2
    assert torch.allclose(strong.sum(dim=-1), torch.ones(2))


def test_gradients():
    chance = torch.Generator().manual_seed(0)
    keys, w1, w2 = (
        torch.randn(*shape, dtype=torch.float64, generator=chance).requires_grad_()
        for shape in ((2, 5, 3), (4, 3), (2, 4))
    )
    assert torch.autograd.gradcheck(lambda k, a, b: overlap(annotation_weights(k, a, b)), (keys, w1, w2))


def test_weights_move_when_only_a_key_moves_and_hidden_keys_get_nothing():
    chance = torch.Generator().manual_seed(0)
    keys, w1, w2 = (torch.randn(*shape, generator=chance) for shape in ((5, 3), (4, 3), (2, 4)))
    moved = keys.clone()
    moved[0] += 1
    before, after = annotation_weights(keys, w1, w2), annotation_weights(moved, w1, w2)
    assert ((before - after).abs() > 1e-4).any(dim=-1).all()
    hidden = annotation_weights(keys, w1, w2, torch.tensor([True, True, False, True, True]))
    assert hidden[:, 2].tolist() == [0, 0]
    assert torch.allclose(hidden.sum(-1), torch.ones(2))
