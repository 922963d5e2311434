"""Reward-to-go and its normalisation, on numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.policy_gradient.returns import normalise, reward_to_go, reward_to_go_batched


def test_one_episode_by_hand():
    # From the back: 0; 1 + .5·0; 1 + .5·1.
    assert reward_to_go([1, 1, 0], 0.5).tolist() == [1.5, 1.0, 0.0]


def test_two_episodes_end_to_end_do_not_see_each_other():
    assert reward_to_go([1, 1, 0, 1, 0], 0.5).tolist() == [1.5, 1.0, 0.0, 1.0, 0.0]


def test_an_unfinished_last_episode_is_summed_to_its_end():
    assert reward_to_go([1, 0, 1, 1], 0.5).tolist() == [1.0, 0.0, 1.5, 1.0]


def test_marked_ends_keep_the_last_reward():
    ends = [False, False, True, False, True]
    assert reward_to_go([1, 1, 1, 1, 1], 0.5, ends).tolist() == [1.75, 1.5, 1.0, 1.5, 1.0]


def test_with_marked_ends_a_reward_of_zero_is_only_a_reward():
    assert reward_to_go([0, 0, 4], 0.5, [False, False, True]).tolist() == [1.0, 2.0, 4.0]


@pytest.mark.parametrize(("gamma", "returns"), [(0.0, [1, 1, 1, 0]), (1.0, [3, 2, 1, 0])])
def test_the_ends_of_the_discount(gamma, returns):
    assert reward_to_go([1, 1, 1, 0], gamma).tolist() == returns


def test_nothing_gives_nothing():
    assert reward_to_go([], 0.99).shape == (0,)
    assert normalise([]).shape == (0,)


def test_marks_must_fit_the_rewards():
    with pytest.raises(ValueError, match="3 rewards, but 2 marks"):
        reward_to_go([1, 1, 0], 0.5, [False, True])


def test_the_rewards_given_are_not_touched():
    rewards = np.array([1.0, 1.0, 0.0])
    reward_to_go(rewards, 0.5)
    assert rewards.tolist() == [1.0, 1.0, 0.0]


def test_two_episodes_abreast_by_hand():
    rewards = np.array([[1, 1], [1, 4], [2, 0]])
    assert reward_to_go_batched(rewards, 0.5).tolist() == [[2.0, 3.0], [2.0, 4.0], [2.0, 0.0]]
    assert rewards.tolist() == [[1, 1], [1, 4], [2, 0]]


def test_abreast_and_end_to_end_are_the_same_to_the_last_bit():
    rng = np.random.default_rng(0)
    durations = rng.integers(1, 60, 12)
    alive = np.arange(60)[:, None] < durations  # (T, N)
    rewards = np.where(alive, rng.standard_normal((60, 12)), 0.0)
    ends = (np.arange(60)[:, None] == durations - 1).T[alive.T]
    end_to_end = reward_to_go(rewards.T[alive.T], 0.99, ends)
    assert reward_to_go_batched(rewards, 0.99).T[alive.T].tolist() == end_to_end.tolist()


def test_normalised_by_hand_over_two_pooled_episodes():
    # Mean .7; squared deviations .64 .09 .49 .09 .49, their mean .36, so the deviation is .6.
    normal = normalise(reward_to_go([1, 1, 0, 1, 0], 0.5))
    np.testing.assert_allclose(normal, [4 / 3, 1 / 2, -7 / 6, 1 / 2, -7 / 6], rtol=1e-12)


@pytest.mark.parametrize("returns", [[5.0], [2.0, 2.0, 2.0], [0.1] * 7, [0.0, 0.0]])
def test_returns_that_do_not_differ_teach_nothing(returns):
    assert normalise(returns).tolist() == [0.0] * len(returns)


@given(
    lengths=st.lists(st.integers(1, 30), min_size=1, max_size=8),
    gamma=st.floats(0, 1),
)
def test_zeroed_last_rewards_and_marked_ends_are_the_same_rule(lengths, gamma):
    rewards = np.concatenate([np.r_[np.ones(n - 1), 0] for n in lengths])
    ends = np.concatenate([np.r_[np.zeros(n - 1, bool), True] for n in lengths])
    by_zero = reward_to_go(rewards, gamma)
    np.testing.assert_array_equal(by_zero, reward_to_go(rewards, gamma, ends))
    # And each episode alone gives the same as all of them pooled.
    alone = [reward_to_go(part, gamma) for part in np.split(rewards, np.cumsum(lengths)[:-1])]
    np.testing.assert_array_equal(by_zero, np.concatenate(alone))


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=200))
def test_normalised_returns_have_mean_0_and_deviation_1_or_are_all_0(returns):
    normal = normalise(returns)
    if np.std(returns) > 1e-6:
        assert abs(normal.mean()) < 1e-6
        assert abs(normal.std() - 1) < 1e-6
    assert np.isfinite(normal).all()
