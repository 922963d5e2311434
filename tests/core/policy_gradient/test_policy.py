"""The network is the article's, and its numpy twin plays the same game."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch.distributions import Bernoulli

from core.policy_gradient.policy import NumpyPolicy, PolicyNetwork
from tests.core.policy_gradient.article_loop import PGN


@pytest.fixture
def network():
    torch.manual_seed(3)
    return PolicyNetwork()


def observations(count, n_obs=4, spread=3.0):
    return (spread * np.random.default_rng(0).standard_normal((count, n_obs))).astype(np.float32)


def test_it_has_the_articles_shape(network):
    assert [tuple(p.shape) for p in network.parameters()] == [(24, 4), (24,), (36, 24), (36,), (1, 36), (1,)]


def test_from_the_same_seed_it_is_the_articles_network():
    torch.manual_seed(11)
    article = PGN()
    torch.manual_seed(11)
    ours = PolicyNetwork()
    for theirs, mine in zip(article.parameters(), ours.parameters(), strict=True):
        assert torch.equal(theirs, mine)
    obs = torch.from_numpy(observations(16))
    assert torch.equal(article(obs), ours(obs))


def test_one_unit_by_hand():
    network = PolicyNetwork(n_obs=2, hidden=(1,))
    with torch.no_grad():
        for parameter, value in zip(network.parameters(), ([[2.0, -1.0]], [0.5], [[3.0]], [-1.0]), strict=True):
            parameter.copy_(torch.tensor(value))
    # ReLU(2·1 − 1·1 + .5) = 1.5; 3·1.5 − 1 = 3.5. And ReLU(2·0 − 1·3 + .5) = 0; −1.
    expected = [1 / (1 + math.exp(-3.5)), 1 / (1 + math.exp(1))]
    obs = np.array([[1, 1], [0, 3]], dtype=np.float32)
    assert network(torch.from_numpy(obs)).flatten().tolist() == pytest.approx(expected, abs=1e-7)
    numpy_policy = NumpyPolicy(network)
    assert [numpy_policy.probability_right(row) for row in obs] == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize(("n_obs", "n_actions", "hidden"), [(4, 2, (24, 36)), (6, 3, (24, 36)), (3, 5, (8,))])
def test_the_numpy_twin_gives_the_same_probabilities(n_obs, n_actions, hidden):
    torch.manual_seed(0)
    network = PolicyNetwork(n_obs, n_actions, hidden)
    numpy_policy = NumpyPolicy(network)
    obs = observations(200, n_obs)
    with torch.no_grad():
        expected = network(torch.from_numpy(obs)).numpy()
    right = expected[:, 0 if n_actions == 2 else 1]
    assert [numpy_policy.probability_right(row) for row in obs] == pytest.approx(right.tolist(), abs=1e-6)
    got = np.array([numpy_policy.probabilities(row) for row in obs])
    assert got.shape == (200, n_actions)
    np.testing.assert_allclose(got[:, 1], right, atol=1e-6)
    np.testing.assert_allclose(got.sum(axis=1), 1, atol=1e-12)


def test_the_twin_follows_the_optimizer_and_loaded_weights(network):
    numpy_policy = NumpyPolicy(network)
    obs = observations(1)[0]
    before = numpy_policy.probability_right(obs)
    optimizer = torch.optim.RMSprop(network.parameters(), lr=0.01)
    network(torch.from_numpy(obs)).sum().backward()
    optimizer.step()
    after = numpy_policy.probability_right(obs)
    assert abs(after - before) > 1e-3
    assert after == pytest.approx(network(torch.from_numpy(obs)).item(), abs=1e-6)
    torch.manual_seed(99)
    network.load_state_dict(PolicyNetwork().state_dict())
    assert numpy_policy.probability_right(obs) == pytest.approx(network(torch.from_numpy(obs)).item(), abs=1e-6)
    assert abs(numpy_policy.probability_right(obs) - after) > 1e-3


def test_a_saturated_policy_does_not_overflow(network):
    with torch.no_grad():
        network.layers[-1].bias.fill_(2000.0)
    numpy_policy, obs = NumpyPolicy(network), observations(3)
    assert numpy_policy.probability_right(obs[0]) == 1.0
    assert numpy_policy.sample(obs, np.full(3, 0.999))[0].tolist() == [1, 1, 1]
    with torch.no_grad():
        network.layers[-1].bias.fill_(-2000.0)
    assert numpy_policy.probability_right(obs[0]) == 0.0
    assert numpy_policy.sample(obs, np.zeros(3))[0].tolist() == [0, 0, 0]


def test_sampling_and_greed_take_the_probabilities_at_their_word(network):
    numpy_policy, obs = NumpyPolicy(network), observations(500)
    right = np.array([numpy_policy.probability_right(row) for row in obs])
    uniform = np.random.default_rng(1).random(500)
    actions, shares = numpy_policy.sample(obs, uniform)
    np.testing.assert_array_equal(actions, uniform < right)
    np.testing.assert_allclose(shares[:, 0], right, atol=1e-6)
    np.testing.assert_array_equal(numpy_policy.greedy(obs), right > 0.5)
    assert 0 < numpy_policy.greedy(obs).mean() < 1


def test_with_more_actions_sampling_walks_up_the_cumulative_sum():
    network = PolicyNetwork(1, 3, (1,))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.zero_()
        network.layers[-1].bias.copy_(torch.log(torch.tensor([0.2, 0.3, 0.5])))
    numpy_policy = NumpyPolicy(network)
    obs = np.zeros((6, 1), dtype=np.float32)
    actions, shares = numpy_policy.sample(obs, np.array([0.0, 0.19, 0.21, 0.49, 0.51, 0.999]))
    assert actions.tolist() == [0, 0, 1, 1, 2, 2]
    np.testing.assert_allclose(shares, [[0.2, 0.3, 0.5]] * 6, atol=1e-6)
    assert numpy_policy.greedy(obs).tolist() == [2] * 6


def test_drawing_ahead_is_the_very_stream_of_bernoulli():
    probabilities = torch.rand(3000, generator=torch.Generator().manual_seed(5)).tolist()
    torch.manual_seed(8)
    one_by_one = [int(Bernoulli(torch.tensor([p])).sample().item()) for p in probabilities]
    drawn = torch.rand(3000, generator=torch.Generator().manual_seed(8)).tolist()
    assert one_by_one == [int(u < p) for u, p in zip(drawn, probabilities, strict=True)]
    assert 0 < sum(one_by_one) < 3000
