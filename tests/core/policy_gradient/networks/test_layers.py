"""The network's weights as plain arrays give what the network gives."""

import numpy as np
import pytest
import torch

from core.policy_gradient.networks.layers import activations, probabilities
from core.policy_gradient.policy import NumpyPolicy, PolicyNetwork
from core.policy_gradient.runs.recording import layers_of


def test_a_small_network_worked_out_by_hand():
    layers = [
        (np.array([[1, -1], [2, 0], [0, 1]], np.float32), np.array([0, -1, 0.5], np.float32)),
        (np.array([[1, 1, -2]], np.float32), np.array([0.25], np.float32)),
    ]
    hidden, logit = activations(layers, np.array([3, 1], np.float32))
    assert hidden.tolist() == [2, 5, 1.5]  # 3 − 1; 6 − 1; 1 + 0.5
    assert logit.tolist() == [4.25]  # 2 + 5 − 3 + 0.25
    hidden, logit = activations(layers, np.array([-3, 1], np.float32))
    assert hidden.tolist() == [0, 0, 1.5], "ReLU lets nothing below 0 through"
    left, right = probabilities(np.array([np.log(3)], np.float32)).tolist()
    assert (left, right) == (pytest.approx(0.25), pytest.approx(0.75))
    shares = probabilities(np.log(np.array([[1, 2, 5]], np.float32)))
    assert shares[0].tolist() == pytest.approx([1 / 8, 2 / 8, 5 / 8])


@pytest.mark.parametrize("n_actions", [2, 3])
def test_it_is_what_the_policy_plays_with(n_actions):
    torch.manual_seed(4)
    network = PolicyNetwork(5, n_actions, (7, 6))
    policy = NumpyPolicy(network)
    obs = np.random.default_rng(1).normal(size=(20, 5)).astype(np.float32)
    layers = layers_of(policy.weights, 5, n_actions, (7, 6))
    given = probabilities(activations(layers, obs)[-1])
    np.testing.assert_allclose(given, [policy.probabilities(one) for one in obs], rtol=1e-5)
    assert given.shape == (20, n_actions)


def test_a_scale_of_the_observations_is_worked_into_the_first_layer():
    torch.manual_seed(4)
    network = PolicyNetwork(3, 2, (7,), is_scaled=True)
    seen = np.random.default_rng(2).normal((5, -2, 0.1), (3, 0.2, 1), size=(200, 3)).astype(np.float32)
    network.scale.take_in(seen)
    policy = NumpyPolicy(network)
    given = probabilities(activations(layers_of(policy.weights, 3, 2, (7,)), seen)[-1])[:, 1]
    np.testing.assert_allclose(given, [policy.probability_right(one) for one in seen], rtol=1e-4)


def test_no_probability_is_out_of_bounds():
    assert np.isfinite(probabilities(np.array([[-1e9], [1e9]], np.float32))).all()
