"""Hard attention: what is drawn, what it comes to in the mean, and REINFORCE against the gradient worked out whole."""

from __future__ import annotations

import pytest
import torch

from core.attention.mechanisms.hard import (
    hard_contexts,
    leave_one_out,
    moving_baseline,
    reinforce_loss,
    running_shares,
    sample,
)
from core.attention.mechanisms.scores import dot
from core.attention.mechanisms.weights import softmax, weighted_sum

WEIGHTS = torch.tensor([[0.6, 0.3, 0.1, 0.0]], dtype=torch.float64)
VALUES = torch.tensor([[1.0, 0.0], [0.0, 2.0], [-4.0, 4.0], [99.0, 99.0]], dtype=torch.float64)


def chance(seed=0):
    return torch.Generator().manual_seed(seed)


def test_the_running_mean_comes_to_the_soft_weights_and_context():
    drawn = sample(WEIGHTS, 20_000, chance())
    shares = running_shares(drawn[0], 4)
    assert torch.allclose(shares.sum(-1), torch.ones(20_000, dtype=torch.float64))
    # Five standard errors of a share are at most 5 · √(¼ / K).
    assert (shares[-1] - WEIGHTS[0]).abs().max() < 5 * 0.5 / 20_000**0.5
    assert shares[-1, 3] == 0, "a key of weight 0 is never drawn"
    mean = hard_contexts(drawn, VALUES).mean(dim=1)
    assert torch.allclose(mean, weighted_sum(WEIGHTS, VALUES), atol=0.1)


def test_shares_by_hand():
    shares = running_shares(torch.tensor([2, 0, 2, 2]), 3)
    assert torch.allclose(
        shares, torch.tensor([[0, 0, 1], [1 / 2, 0, 1 / 2], [1 / 3, 0, 2 / 3], [1 / 4, 0, 3 / 4]]).double()
    )


def test_the_same_seed_draws_the_same():
    assert torch.equal(sample(WEIGHTS, 50, chance(4)), sample(WEIGHTS, 50, chance(4)))
    assert not torch.equal(sample(WEIGHTS, 50, chance(4)), sample(WEIGHTS, 50, chance(5)))


def test_baselines_by_hand():
    assert moving_baseline(1.0, 11.0) == pytest.approx(2.0)
    assert leave_one_out(torch.tensor([[1.0, 2.0, 6.0]])).tolist() == [[4, 3.5, 1.5]]
    with pytest.raises(ValueError, match="at least two"):
        leave_one_out(torch.tensor([[1.0]]))


@pytest.mark.parametrize("baseline", [0.0, 1.7])
def test_reinforce_is_right_in_the_mean_whatever_the_baseline(baseline):
    # E over s ~ α of the estimate, summed over every key by its probability, is the gradient of −Σ α_j R_j.
    scores = torch.tensor([[0.5, -1.0, 2.0]], dtype=torch.float64, requires_grad=True)
    rewards = torch.tensor([3.0, -2.0, 0.5], dtype=torch.float64)
    (exact,) = torch.autograd.grad(-(softmax(scores)[0] * rewards).sum(), scores)
    mean = torch.zeros_like(scores)
    for key in range(3):
        weights = softmax(scores)
        loss = reinforce_loss(weights, torch.tensor([[key]]), rewards[key].reshape(1, 1), baseline)
        mean += weights[0, key].detach() * torch.autograd.grad(loss, scores)[0]
    assert torch.allclose(mean, exact)


def test_a_baseline_quietens_the_estimate():
    scores = torch.zeros(1, 3, dtype=torch.float64, requires_grad=True)
    rewards = torch.tensor([10.0, 11.0, 12.0], dtype=torch.float64)
    noise = {}
    for baseline in (0.0, 11.0):
        estimates = []
        for key in range(3):
            loss = reinforce_loss(softmax(scores), torch.tensor([[key]]), rewards[key].reshape(1, 1), baseline)
            estimates.append(torch.autograd.grad(loss, scores)[0])
        noise[baseline] = torch.stack(estimates).var(dim=0).sum().item()
    assert noise[11.0] < noise[0.0] / 20


def test_gradients():
    scores = torch.randn(2, 4, dtype=torch.float64, generator=chance()).requires_grad_()
    drawn, rewards = torch.tensor([[0, 1, 1], [3, 2, 0]]), torch.tensor([[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]]).double()
    assert torch.autograd.gradcheck(
        lambda e: reinforce_loss(softmax(e), drawn, rewards, leave_one_out(rewards)), (scores,)
    )


def test_draws_move_when_only_a_key_moves():
    q, keys = torch.tensor([[1.0, 0.0]]), torch.zeros(3, 2)
    moved = keys.clone()
    moved[2, 0] = 5
    before, after = (running_shares(sample(softmax(dot(q, k)), 500, chance())[0], 3)[-1] for k in (keys, moved))
    assert after[2] > before[2] + 0.5
