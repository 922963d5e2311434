"""Episodes are counted rightly, one by one and many at once."""

from __future__ import annotations

from itertools import pairwise

import gymnasium as gym
import numpy as np
import pytest
import torch

from core.policy_gradient.agent import CartAgent
from core.policy_gradient.environments.environment import Environment
from core.policy_gradient.environments.vector import VectorEnvironment
from core.policy_gradient.evaluation import play_greedy
from core.policy_gradient.policy import NumpyPolicy, PolicyNetwork
from core.policy_gradient.rollout import choose, draw_uniforms, play_batch, play_episode, uniform_rows


def finish(generator):
    """Run a generator to its end; return what it yielded and what it returned."""
    yielded = []
    while True:
        try:
            yielded.append(next(generator))
        except StopIteration as stop:
            return yielded, stop.value


@pytest.fixture
def environment():
    environment = Environment("CartPole-v1", 0)
    yield environment
    environment.close()


@pytest.fixture
def environments():
    environments = VectorEnvironment("CartPole-v1", 16, 0)
    yield environments
    environments.close()


def balancing(side):
    """Return a policy that falls at once (0 always left) or lives long (pushes towards where the pole falls)."""
    network = PolicyNetwork(4, 2, (1,))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.zero_()
        if side == "left":
            network.layers[-1].bias.fill_(-100.0)
        else:
            # ReLU(.1 x + .2 x' + θ + .5 θ' + 8) − 8, times 1000: right if the pole leans or swings right.
            network.layers[0].weight.copy_(torch.tensor([[0.1, 0.2, 1.0, 0.5]]))
            network.layers[0].bias.fill_(8.0)
            network.layers[1].weight.fill_(1000.0)
            network.layers[1].bias.fill_(-8000.0)
    return NumpyPolicy(network)


def play(environment, policy, *, zero_last_reward=True):
    agent = CartAgent(0.01, 0.99)
    uniforms = draw_uniforms(torch.Generator().manual_seed(0))
    played = play_episode(
        environment, agent, policy, uniforms, zero_last_reward=zero_last_reward, episode=7, env_steps=100
    )
    return agent, *finish(played)


def test_uniforms_go_on_beyond_a_block():
    drawn = draw_uniforms(torch.Generator().manual_seed(0))
    numbers = [next(drawn) for _ in range(5000)]
    assert numbers == torch.rand(5000, generator=torch.Generator().manual_seed(0)).tolist()


def test_a_fleets_uniforms_are_those_of_each_step():
    drawn = uniform_rows(np.random.default_rng(0), 7)
    rng = np.random.default_rng(0)
    for _ in range(600):
        assert next(drawn).tolist() == rng.random(7).tolist()


def test_choosing_among_three_walks_up_the_cumulative_sum():
    network = PolicyNetwork(1, 3, (1,))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.zero_()
        network.layers[-1].bias.copy_(torch.log(torch.tensor([0.2, 0.3, 0.5])))
    policy, obs = NumpyPolicy(network), np.zeros(1, np.float32)
    assert [choose(policy, obs, u)[0] for u in (0.0, 0.19, 0.21, 0.49, 0.51, 1.0)] == [0, 0, 1, 1, 2, 2]
    action, right, probabilities = choose(policy, obs, 0.3)
    assert (action, right) == (1, pytest.approx(0.3))
    assert probabilities == pytest.approx((0.2, 0.3, 0.5))


def test_a_fallen_pole_is_terminated_and_its_last_reward_0(environment):
    agent, transitions, episode = play(environment, balancing("left"))
    assert (episode.terminated, episode.truncated) == (True, False)
    assert 8 <= episode.duration <= 11  # always left: known of CartPole
    assert episode.episode_return == episode.duration == len(transitions) == agent.steps
    assert agent.reward_pool == [1.0] * (episode.duration - 1) + [0.0]
    assert agent.action_pool == [0] * episode.duration
    assert agent.end_pool == [False] * (episode.duration - 1) + [True]
    assert agent.state_pool == [t.obs for t in transitions]
    assert [t.terminated for t in transitions] == agent.end_pool
    assert all(t.reward == 1.0 for t in transitions)


def test_a_full_episode_is_truncated_and_not_terminated(environment):
    agent, transitions, episode = play(environment, balancing("both"))
    assert (episode.duration, episode.terminated, episode.truncated) == (500, False, True)
    assert agent.reward_pool[-2:] == [1.0, 0.0]
    assert transitions[-1].truncated
    assert not transitions[-1].terminated


def test_the_last_reward_can_be_kept(environment):
    agent, _transitions, episode = play(environment, balancing("left"), zero_last_reward=False)
    assert agent.reward_pool == [1.0] * episode.duration
    assert agent.end_pool[-1]


def test_transitions_are_a_chain_with_the_numbers_of_their_step(environment):
    start = tuple(environment.obs.tolist())
    policy = balancing("both")
    _agent, transitions, _episode = play(environment, policy)
    assert transitions[0].obs == start
    assert all(a.next_obs == b.obs for a, b in pairwise(transitions))
    assert [t.step for t in transitions] == list(range(1, 501))
    assert [t.env_steps for t in transitions] == list(range(101, 601))
    assert [t.episode_return for t in transitions] == [float(n) for n in range(1, 501)]
    assert {t.episode for t in transitions} == {7}
    assert environment.last is transitions[-1]
    for t in transitions[::50]:
        assert t.probability_right == policy.probability_right(np.array(t.obs, np.float32))


def random_policy(seed=0):
    torch.manual_seed(seed)
    return NumpyPolicy(PolicyNetwork())


def play_many(environments, policy, seed=0):
    uniforms = uniform_rows(np.random.default_rng(seed), environments.count)
    return finish(play_batch(environments, policy, uniforms, first_episode=33, env_steps=1000))


def test_a_batch_played_again_one_by_one_is_the_same_game(environments):
    _transitions, batch = play_many(environments, random_policy())
    assert batch.alive.shape == (batch.durations.max(), 16)
    assert len(set(batch.durations.tolist())) > 4, "episodes should differ in length to test anything"
    env = gym.make("CartPole-v1")
    for i, duration in enumerate(batch.durations.tolist()):
        assert batch.alive[:duration, i].all()
        assert not batch.alive[duration:, i].any()
        env.reset()
        env.unwrapped.state = tuple(batch.obs[0, i].astype(float))
        for t in range(duration):
            obs, reward, terminated, truncated, _info = env.step(int(batch.actions[t, i]))
            assert reward == batch.rewards[t, i] == 1.0
            if t < duration - 1:
                assert not terminated
                assert not truncated
                np.testing.assert_allclose(batch.obs[t + 1, i], obs, atol=1e-4)
        assert (terminated, truncated) == (batch.terminated[i], batch.truncated[i]) == (True, False)
    env.close()
    assert batch.returns.tolist() == batch.durations.tolist()


def test_what_a_copy_does_after_its_end_is_not_counted(environments):
    transitions, batch = play_many(environments, random_policy())
    # Gymnasium pays nothing on the step that resets a finished copy; without the mask it would be in the batch.
    assert (batch.rewards[~batch.alive] == 0).any()
    assert (batch.rewards[batch.alive] == 1).all()
    assert transitions[-1].env_steps == 1000 + int(batch.alive.sum())
    ends = batch.ends()
    assert (ends.sum(axis=0) == 1).all()
    assert (ends.argmax(axis=0) == batch.durations - 1).all()


def test_the_display_follows_a_copy_until_its_end_and_then_one_that_stands(environments):
    policy = random_policy()
    transitions, batch = play_many(environments, policy)
    assert len(transitions) == len(batch.alive)
    shown = [t.episode - 33 for t in transitions]
    assert shown[0] == 0
    assert all(batch.alive[t, i] for t, i in enumerate(shown))
    for t in range(1, len(shown)):
        if batch.alive[t, shown[t - 1]]:
            assert shown[t] == shown[t - 1]
    for t, transition in enumerate(transitions):
        assert transition.obs == tuple(batch.obs[t, shown[t]].tolist())
        assert transition.action == batch.actions[t, shown[t]]
        right = policy.probability_right(batch.obs[t, shown[t]])
        assert transition.probability_right == pytest.approx(right, abs=1e-6)
        assert transition.probabilities == ()
        assert transition.step == transition.episode_return == t + 1
    assert transitions[-1].terminated


def test_full_episodes_of_a_batch_are_truncated(environments):
    _transitions, batch = play_many(environments, balancing("both"))
    assert batch.durations.tolist() == [500] * 16
    assert batch.truncated.all()
    assert not batch.terminated.any()


def test_greedy_episodes_are_scored_in_rounds(environments):
    said, scores = finish(play_greedy(environments, balancing("left"), 40))
    durations, returns = scores.durations, scores.returns
    assert said == [(0, 0), (16, 0), (32, 0)]
    assert durations.shape == returns.shape == (40,)
    assert durations.tolist() == returns.tolist()
    assert set(durations.tolist()) <= {8, 9, 10, 11}
    assert len(set(durations.tolist())) > 1
    said, scores = finish(play_greedy(environments, balancing("both"), 5))
    durations = scores.durations
    assert [step for _over, step in said] == [0, 100, 200, 300, 400]
    assert durations.tolist() == [500] * 5
