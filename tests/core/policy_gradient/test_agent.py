"""One batched backward learns what the article's loop learns."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from core.policy_gradient.agent import CartAgent
from core.policy_gradient.errors import PolicyGradientError
from core.policy_gradient.policy import PolicyNetwork
from tests.core.policy_gradient.article_loop import ArticleAgent


def zeroed(network):
    """Return the network with all weights 0: every action then has the same probability."""
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.zero_()
    return network


def twins(seed=0):
    """Return the article's agent and ours with the same weights."""
    torch.manual_seed(seed)
    article = ArticleAgent(0.01, 0.99)
    ours = CartAgent(0.01, 0.99)
    with torch.no_grad():
        for mine, theirs in zip(ours.pgn.parameters(), article.pgn.parameters(), strict=True):
            mine.copy_(theirs)
    return article, ours


def feed(article, ours, seed, lengths=(17, 40, 9)):
    """Let both memorize the same made-up episodes."""
    rng = np.random.default_rng(seed)
    for length in lengths:
        for i in range(length):
            state = torch.from_numpy(rng.normal(size=4).astype(np.float32))
            action, reward = int(rng.integers(2)), 0 if i == length - 1 else 1.0
            article.memorize(state, action, reward)
            ours.memorize(state, action, reward)


def test_the_gradient_is_that_of_the_articles_loop():
    article, ours = twins()
    feed(article, ours, seed=1)
    article.backward()
    stats = ours.learn()
    squares = 0.0
    for mine, theirs in zip(ours.pgn.parameters(), article.pgn.parameters(), strict=True):
        assert theirs.grad.abs().max() > 1e-3
        torch.testing.assert_close(mine.grad, theirs.grad, rtol=1e-4, atol=1e-5)
        squares += float((theirs.grad**2).sum())
    assert stats.grad_norm == pytest.approx(math.sqrt(squares), rel=1e-5)
    assert stats.steps == 66


def test_three_learning_steps_leave_the_articles_weights():
    article, ours = twins(seed=4)
    before = [parameter.clone() for parameter in ours.pgn.parameters()]
    for seed in range(3):
        feed(article, ours, seed)
        article.learn()
        ours.learn()
    for old, mine, theirs in zip(before, ours.pgn.parameters(), article.pgn.parameters(), strict=True):
        assert (old - mine).abs().max() > 0.01
        torch.testing.assert_close(mine, theirs, rtol=0, atol=1e-4)


def test_an_update_by_hand():
    agent = CartAgent(0.01, 0.5, network=zeroed(PolicyNetwork()))
    for action, reward in zip([1, 0, 1, 1, 0], [1, 1, 0, 1, 0], strict=True):
        agent.memorize((0.1, 0.2, 0.3, 0.4), action, reward)
    assert agent.steps == 5
    stats = agent.learn()
    # R is 4/3, 1/2, −7/6, 1/2, −7/6 (see test_returns). All probabilities are 1/2, so the loss is ln 2 · ΣR = 0,
    # and its gradient reaches only the last bias: Σ (1/2 − a) R = −2/3 + 1/4 + 7/12 − 1/4 − 7/12 = −2/3.
    assert agent.pgn.layers[-1].bias.grad.item() == pytest.approx(-2 / 3, abs=1e-6)
    assert stats.grad_norm == pytest.approx(2 / 3, abs=1e-6)
    assert stats.loss == pytest.approx(0, abs=1e-6)
    assert stats.entropy == pytest.approx(math.log(2), abs=1e-6)
    assert stats.steps == 5
    # RMSprop's first step: g / √(.01 g²) = ±10, times .01, against the gradient.
    assert agent.pgn.layers[-1].bias.item() == pytest.approx(0.1, abs=1e-5)
    assert agent.steps == 0


def test_an_update_with_three_actions_by_hand():
    agent = CartAgent(0.01, 0.5, network=zeroed(PolicyNetwork(2, 3, (4,))))
    stats = agent.update(np.ones((2, 2), np.float32), np.array([0, 2]), np.array([1.0, -2.0]))
    # d(−log softmax_a)/dz_k = 1/3 − [k = a]: (−2/3, 1/3, 1/3)·1 + (1/3, 1/3, −2/3)·(−2).
    assert agent.pgn.layers[-1].bias.grad.tolist() == pytest.approx([-4 / 3, -1 / 3, 5 / 3], abs=1e-6)
    assert stats.loss == pytest.approx((math.log(3) - 2 * math.log(3)) / 2, abs=1e-6)
    assert stats.entropy == pytest.approx(math.log(3), abs=1e-6)


def test_the_mean_loss_has_the_gradient_of_the_sum_divided_by_the_steps():
    states = np.random.default_rng(0).normal(size=(7, 4)).astype(np.float32)
    actions, advantages = np.array([0, 1, 1, 0, 1, 0, 0]), np.linspace(-1, 2, 7)
    grads, losses = {}, {}
    for reduction in ("sum", "mean"):
        torch.manual_seed(0)
        agent = CartAgent(0.01, 0.99, reduction=reduction)
        losses[reduction] = agent.update(states, actions, advantages).loss
        grads[reduction] = agent.pgn.layers[0].weight.grad
    assert grads["sum"].abs().max() > 1e-3
    torch.testing.assert_close(grads["mean"], grads["sum"] / 7, rtol=1e-5, atol=1e-8)
    assert losses["mean"] == pytest.approx(losses["sum"], rel=1e-5)


def test_a_rewarded_action_becomes_likelier():
    torch.manual_seed(0)
    agent = CartAgent(0.01, 0.99)
    state = torch.tensor([0.1, -0.2, 0.03, 0.4])
    before = agent.act(state).item()
    agent.update(state.numpy()[None], np.array([1]), np.array([1.0]))
    assert agent.act(state).item() > before


def test_marked_ends_and_zero_rewards_are_told_apart():
    agent = CartAgent(0.01, 0.5, network=zeroed(PolicyNetwork()))
    for action, reward, end in [(1, 0, False), (0, 4, True), (1, 2, True)]:
        agent.memorize((0, 0, 0, 0), action, reward, end)
    agent.learn()
    # Reward-to-go 2, 4, 2, normalised −√½, √2, −√½; the last bias has Σ (1/2 − a) R.
    assert agent.pgn.layers[-1].bias.grad.item() == pytest.approx(2**0.5)


def test_a_new_learning_rate_keeps_the_optimizers_averages():
    _article, agent = twins()
    feed(_article, agent, seed=0)
    agent.learn()
    average = agent.optimizer.state[agent.pgn.layers[0].weight]["square_avg"].clone()
    agent.learning_rate = 0.001
    assert agent.learning_rate == 0.001
    assert torch.equal(agent.optimizer.state[agent.pgn.layers[0].weight]["square_avg"], average)


def test_there_must_be_something_to_learn_from():
    with pytest.raises(ValueError, match="nothing to learn from"):
        CartAgent(0.01, 0.99).learn()


def test_a_diverged_gradient_is_said_and_the_weights_stay():
    agent = CartAgent(0.01, 0.99)
    before = [parameter.clone() for parameter in agent.pgn.parameters()]
    with pytest.raises(PolicyGradientError, match="lower learning rate"):
        agent.update(np.full((2, 4), np.inf, np.float32), np.array([0, 1]), np.array([1.0, -1.0]))
    assert all(torch.equal(old, new) for old, new in zip(before, agent.pgn.parameters(), strict=True))


def test_adam_is_adam():
    assert isinstance(CartAgent(0.01, 0.99, optimizer="adam").optimizer, torch.optim.Adam)
    assert isinstance(CartAgent(0.01, 0.99).optimizer, torch.optim.RMSprop)


@pytest.mark.parametrize("n_actions", [2, 3])
@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_a_batch_learned_in_parts_is_learned_alike(monkeypatch, n_actions, reduction):
    rng = np.random.default_rng(0)
    states = rng.standard_normal((101, 4)).astype(np.float32)
    actions = rng.integers(0, n_actions, 101)
    advantages = rng.standard_normal(101)

    def learn(most_numbers):
        monkeypatch.setattr("core.policy_gradient.agent.MOST_NUMBERS", most_numbers)
        torch.manual_seed(0)
        agent = CartAgent(0.01, 0.99, network=PolicyNetwork(4, n_actions, (8, 8)), reduction=reduction)
        stats = agent.update(states, actions, advantages)
        return agent._steps_at_once(), stats, [parameter.grad.clone() for parameter in agent.pgn.parameters()]

    numbers = 4 + 16 + 2 * n_actions
    at_once, whole, gradients = learn(2**25)
    assert at_once > 101
    at_once, parted, in_parts = learn(10 * numbers)
    assert at_once == 10  # ten parts of ten steps and one of one
    for one, other in zip(gradients, in_parts, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-6)
    assert parted.loss == pytest.approx(whole.loss, rel=1e-5)
    assert parted.entropy == pytest.approx(whole.entropy, rel=1e-5)
    assert parted.grad_norm == pytest.approx(whole.grad_norm, rel=1e-5)
    assert parted.steps == whole.steps == 101


def test_the_presets_are_learned_in_one_part():
    assert CartAgent(0.01, 0.99)._steps_at_once() > 64 * 500
