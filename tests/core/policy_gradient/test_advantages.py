"""Credit assignment: each choice on numbers worked out by hand, its gradient by hand and by finite differences."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from core.policy_gradient.advantages import CreditAssignment, credit_assignment, mean_at_same_step, whole_return
from core.policy_gradient.agent import CartAgent
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.networks.value_network import ValueBaseline
from core.policy_gradient.policy import PolicyNetwork
from core.policy_gradient.returns import normalise

# Two episodes end to end, rewards 1 1 0 and 1 0, γ = ½.
TO_GO = np.array([1.5, 1.0, 0.0, 1.0, 0.0])
ENDS = np.array([False, False, True, False, True])
STATES = np.zeros((5, 4), np.float32)


class Expects:
    """A value network that expects what it was told, and notes what it is taught."""

    def __init__(self, values):
        self._values = np.array(values)
        self.taught = None

    def values(self, _states):
        return self._values

    def learn(self, _states, returns):
        self.taught = returns.tolist()


@pytest.mark.parametrize(
    ("choices", "advantages"),
    [
        ({}, [1.5, 1, 0, 1, 0]),
        ({"baseline": "mean"}, [0.8, 0.3, -0.7, 0.3, -0.7]),  # mean .7
        ({"baseline": "step"}, [0.25, 0.5, 0, -0.25, -0.5]),  # means 1.25, .5, and 0 of one episode alone
        ({"baseline": "value"}, [0.5, 0, -1, 0, -1]),
        ({"reward_to_go": False}, [1.5, 1.5, 1.5, 1, 1]),
        ({"reward_to_go": False, "baseline": "mean"}, [0.2, 0.2, 0.2, -0.3, -0.3]),  # mean 1.3
        ({"reward_to_go": False, "baseline": "step"}, [0.25, 0.25, 0, -0.25, -0.25]),
    ],
)
def test_each_choice_by_hand(choices, advantages):
    value = Expects([1.0] * 5) if choices.get("baseline") == "value" else None
    credit = CreditAssignment(normalise=False, value=value, **choices)
    assert credit.advantages(TO_GO, ENDS, STATES).tolist() == pytest.approx(advantages)
    normalised = CreditAssignment(value=value, **choices)
    assert normalised.advantages(TO_GO, ENDS, STATES).tolist() == pytest.approx(normalise(advantages).tolist())


def test_the_articles_way_is_normalised_reward_to_go_to_the_last_bit():
    to_go = np.random.default_rng(0).normal(50, 20, 5)
    assert CreditAssignment().advantages(to_go, ENDS, STATES).tolist() == normalise(to_go).tolist()
    assert credit_assignment(ARTICLE, 4).advantages(to_go, ENDS, STATES).tolist() == normalise(to_go).tolist()


def test_a_last_episode_without_its_end_is_an_episode():
    unfinished = np.array([False, False, True, False, False])
    assert whole_return(TO_GO, unfinished).tolist() == [1.5, 1.5, 1.5, 1.0, 1.0]
    assert mean_at_same_step(TO_GO, unfinished).tolist() == [1.25, 0.5, 0.0, 1.25, 0.5]


@pytest.mark.parametrize("baseline", ["none", "mean", "step", "value"])
def test_nothing_gives_nothing(baseline):
    credit = credit_assignment(replace(ARTICLE, baseline=baseline, reward_to_go=False), 4)
    nothing, none, states = np.zeros(0), np.zeros(0, bool), np.zeros((0, 4), np.float32)
    assert credit.advantages(nothing, none, states).shape == (0,)
    credit.learn(nothing, none, states)


def test_the_value_network_is_taught_what_is_credited_and_only_where_it_counts():
    value = Expects([0.0] * 5)
    CreditAssignment(baseline="mean", value=value).learn(TO_GO, ENDS, STATES)
    assert value.taught is None
    CreditAssignment(baseline="value", value=value).learn(TO_GO, ENDS, STATES)
    assert value.taught == TO_GO.tolist()
    CreditAssignment(baseline="value", reward_to_go=False, value=value).learn(TO_GO, ENDS, STATES)
    assert value.taught == [1.5, 1.5, 1.5, 1.0, 1.0]
    with pytest.raises(ValueError, match="needs a value network"):
        CreditAssignment(baseline="value")


def test_the_value_network_learns_what_follows_a_state():
    value = ValueBaseline(4, seed=0)
    rng = np.random.default_rng(0)
    states = rng.normal(size=(3000, 4)).astype(np.float32)
    expected = 50 + 20 * states[:, 0].astype(np.float64)
    assert value.values(states).tolist() == [0.0] * 3000, "before its first lesson it expects nothing"
    for _batch in range(5):
        value.learn(states, expected + rng.normal(0, 5, 3000))
    left = expected - value.values(states)
    assert left.std() < 0.2 * expected.std()
    again = ValueBaseline(4, seed=0)
    again.learn(states, expected)
    twin = ValueBaseline(4, seed=0)
    twin.learn(states, expected)
    assert again.values(states).tolist() == twin.values(states).tolist()


def test_a_value_network_leaves_the_process_its_random_numbers():
    torch.manual_seed(3)
    wanted = torch.rand(2).tolist()
    torch.manual_seed(3)
    ValueBaseline(4, seed=0).learn(np.ones((2000, 4), np.float32), np.arange(2000.0))
    assert torch.rand(2).tolist() == wanted


def zeroed(network):
    """Return the network with all weights 0: every action then has the same probability."""
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.zero_()
    return network


@pytest.mark.parametrize(
    ("choices", "slope"),
    [
        # With all probabilities ½, only the last bias has a gradient: Σ (½ − a) A, for the actions 1 0 1 1 0.
        ({"normalise": False}, -(1.5 - 1.0 + 0.0 + 1.0 - 0.0) / 2),
        ({"normalise": False, "baseline": "mean"}, -(0.8 - 0.3 - 0.7 + 0.3 + 0.7) / 2),
        ({"normalise": False, "baseline": "step"}, -(0.25 - 0.5 + 0 - 0.25 + 0.5) / 2),
        ({"normalise": False, "reward_to_go": False}, -(1.5 - 1.5 + 1.5 + 1 - 1) / 2),
        ({}, -2 / 3),
    ],
)
def test_the_gradient_of_each_choice_by_hand(choices, slope):
    agent = CartAgent(0.01, 0.5, network=zeroed(PolicyNetwork()), credit=CreditAssignment(**choices))
    for action, reward in zip([1, 0, 1, 1, 0], [1, 1, 0, 1, 0], strict=True):
        agent.memorize((0.1, 0.2, 0.3, 0.4), action, reward)
    agent.learn()
    assert agent.pgn.layers[-1].bias.grad.item() == pytest.approx(slope, abs=1e-6)


def test_the_gradient_of_the_entropy_bonus_by_hand():
    network = zeroed(PolicyNetwork())
    with torch.no_grad():
        network.layers[-1].bias.fill_(1.0)
    agent = CartAgent(0.01, 0.5, network=network, entropy_bonus=0.1)
    stats = agent.update(np.zeros((2, 4), np.float32), np.array([1, 0]), np.array([0.0, 0.0]))
    # H(p) with p = σ(b): dH/db = −b p (1 − p). Two steps; the loss falls as the entropy rises.
    p = 1 / (1 + math.exp(-1))
    assert agent.pgn.layers[-1].bias.grad.item() == pytest.approx(2 * 0.1 * p * (1 - p), abs=1e-6)
    assert stats.loss == 0, "the bonus is no part of the loss that is shown"
    mean = CartAgent(0.01, 0.5, network=network, entropy_bonus=0.1, reduction="mean")
    with torch.no_grad():
        network.layers[-1].bias.fill_(1.0)
    mean.update(np.zeros((2, 4), np.float32), np.array([1, 0]), np.array([0.0, 0.0]))
    assert network.layers[-1].bias.grad.item() == pytest.approx(0.1 * p * (1 - p), abs=1e-6)


@pytest.mark.parametrize("n_actions", [2, 3])
@pytest.mark.parametrize("bonus", [0.0, 0.3])
@pytest.mark.parametrize("baseline", ["none", "mean", "step", "value"])
@pytest.mark.parametrize("to_go", [True, False])
def test_the_gradient_of_each_variant_by_finite_differences(n_actions, bonus, baseline, to_go):
    rng = np.random.default_rng(1)
    states, actions = rng.normal(size=(5, 3)).astype(np.float32), rng.integers(n_actions, size=5)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(2)
        network = PolicyNetwork(3, n_actions, (4,))
    value = Expects([0.4, 0.1, -0.3, 0.2, 0.0]) if baseline == "value" else None
    credit = CreditAssignment(reward_to_go=to_go, baseline=baseline, value=value)
    agent = CartAgent(1e-12, 0.5, network=network, credit=credit, entropy_bonus=bonus, optimizer="sgd")
    agent.learn_from(states, actions, TO_GO, ENDS)
    analytic = torch.cat([parameter.grad.flatten() for parameter in network.parameters()]).double().numpy()

    exact = PolicyNetwork(3, n_actions, (4,)).double()
    exact.load_state_dict(network.state_dict())
    advantages = torch.from_numpy(credit.advantages(TO_GO, ENDS, states))

    def objective():
        with torch.no_grad():
            policy = exact.distribution(torch.from_numpy(states).double())
            chosen = torch.from_numpy(actions)
            log_prob = policy.log_prob(chosen.double() if n_actions == 2 else chosen)
            return float(-(log_prob * advantages).sum() - bonus * policy.entropy().sum())

    numeric, step = [], 1e-5
    for parameter in exact.parameters():
        flat = parameter.data.view(-1)
        for i in range(flat.numel()):
            before = flat[i].item()
            flat[i] = before + step
            above = objective()
            flat[i] = before - step
            numeric.append((above - objective()) / (2 * step))
            flat[i] = before
    assert np.abs(analytic).max() > 1e-2
    np.testing.assert_allclose(analytic, numeric, rtol=1e-3, atol=1e-5)


def test_sgd_takes_the_plain_step():
    agent = CartAgent(0.01, 0.5, network=zeroed(PolicyNetwork()), optimizer="sgd")
    agent.update(np.zeros((1, 4), np.float32), np.array([1]), np.array([3.0]))
    assert agent.pgn.layers[-1].bias.item() == pytest.approx(0.01 * 1.5)  # lr · (a − ½) · A
