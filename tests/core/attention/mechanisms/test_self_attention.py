"""Self-attention: by hand, equal to torch's own, causal, with positions."""

from __future__ import annotations

import math

import pytest
import torch

from core.attention.mechanisms.self_attention import (
    SelfAttention,
    attend_in_heads,
    causal_mask,
    join_heads,
    sinusoids,
    split_heads,
)


def vectors(*shape, seed=0):
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


def test_one_head_by_hand():
    # d = 1: scores 2·ln 3, 0 for the first query and 0, 0 for the second.
    q, k, v = torch.tensor([[2.0], [0.0]]), torch.tensor([[math.log(3) / 2], [0.0]]), torch.tensor([[4.0], [8.0]])
    found = attend_in_heads(q, k, v, 1)
    assert torch.allclose(found.weights, torch.tensor([[[0.75, 0.25], [0.5, 0.5]]]))
    assert torch.allclose(found.contexts, torch.tensor([[[5.0], [6.0]]]))


def test_heads_have_a_stretch_of_each_vector_and_come_together_again():
    x = torch.arange(12.0).reshape(2, 6)
    split = split_heads(x, 3)
    assert split.tolist() == [[[0, 1], [6, 7]], [[2, 3], [8, 9]], [[4, 5], [10, 11]]]
    assert torch.equal(join_heads(split), x)
    with pytest.raises(ValueError, match="divisor of 6"):
        split_heads(x, 4)


def test_equal_to_torch_with_and_without_a_mask():
    q, k, v = vectors(2, 5, 8), vectors(2, 5, 8, seed=1), vectors(2, 5, 8, seed=2)
    split = [split_heads(one, 4) for one in (q, k, v)]
    for mask in (None, causal_mask(5)):
        theirs = torch.nn.functional.scaled_dot_product_attention(*split, attn_mask=mask)
        assert torch.allclose(attend_in_heads(q, k, v, 4, mask).contexts, theirs)


def test_nobody_looks_ahead_behind_a_causal_mask():
    assert causal_mask(3).tolist() == [[True, False, False], [True, True, False], [True, True, True]]
    torch.manual_seed(0)
    model, x = SelfAttention(8, 2).double(), vectors(4, 8)
    moved = x.clone()
    moved[3] += 1
    before, after = model(x, causal_mask(4))[0], model(moved, causal_mask(4))[0]
    assert torch.equal(before[:3], after[:3])
    assert not torch.allclose(before[3], after[3])


def test_without_positions_order_is_not_seen_and_with_them_it_is():
    torch.manual_seed(0)
    model, x = SelfAttention(8, 2).double(), vectors(4, 8)
    order = torch.tensor([2, 0, 3, 1])
    assert torch.allclose(model(x)[0][order], model(x[order])[0])
    placed = sinusoids(4, 8).double()
    assert not torch.allclose(model(x + placed)[0][order], model(x[order] + placed)[0])


def test_positions_by_hand():
    waves = sinusoids(3, 4)
    assert torch.allclose(waves[0], torch.tensor([0.0, 1.0, 0.0, 1.0]))
    assert torch.allclose(waves[2], torch.tensor([math.sin(2), math.cos(2), math.sin(0.02), math.cos(0.02)]))
    assert sinusoids(2, 3).shape == (2, 3)


def test_gradients_and_weights_that_move_with_a_key():
    q, k, v = (vectors(3, 4, seed=seed).requires_grad_() for seed in range(3))
    assert torch.autograd.gradcheck(lambda a, b, c: attend_in_heads(a, b, c, 2, causal_mask(3)).contexts, (q, k, v))
    moved = k.detach().clone()
    moved[0] += 1
    assert not torch.allclose(attend_in_heads(q, k, v, 2).weights, attend_in_heads(q, moved, v, 2).weights)
