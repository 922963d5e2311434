"""A policy over a plane of states: every place of the picture is the state it stands for."""

import numpy as np
import pytest

from core.policy_gradient.plane import Plane, policy_on, visits

LAYERS = [(np.array([[0, 0, 8, 1]], np.float32), np.array([0], np.float32))]
"""π(right|s) = σ(8 angle + velocity): it pushes to where the pole falls."""
PLANE = Plane(2, 3, (-0.2, 0.2), (-3.0, 3.0), (9.0, 9.0, 5.0, 5.0))


def test_every_place_is_the_state_it_stands_for():
    picture = policy_on(LAYERS, PLANE, side=5)
    for row, velocity in enumerate([-3, -1.5, 0, 1.5, 3]):
        for column, angle in enumerate([-0.2, -0.1, 0, 0.1, 0.2]):
            expected = 1 / (1 + np.exp(-(8 * angle + velocity)))
            assert picture[row, column] == pytest.approx(expected, abs=1e-6)
    np.testing.assert_allclose(policy_on(LAYERS, PLANE, action=0, side=5), 1 - picture, atol=1e-6)


def test_the_other_numbers_are_held_where_they_are():
    layers = [(np.array([[2, 0, 0, 0]], np.float32), np.array([0], np.float32))]
    assert policy_on(layers, Plane(2, 3, (-1, 1), (-1, 1), (0.5, 0, 0, 0)), side=3) == pytest.approx(
        1 / (1 + np.exp(-1))
    )
    states = Plane(1, 0, (-1, 1), (0, 4), (7.0, 7.0, 3.0)).observations(3)
    assert states[0].tolist() == [[0, -1, 3], [0, 0, 3], [0, 1, 3]]
    assert states[2, 1].tolist() == [4, 0, 3]


def test_visited_states_are_counted_where_they_lie():
    angles = [(0.0, 0.0), (0.0, 0.0), (0.19, -2.9), (0.9, 0.0)]  # the last lies beyond the edge
    obs = np.array([(0.0, 0.0, *both) for both in angles], np.float32)
    counted = visits(obs, PLANE, 3)
    expected = np.zeros((3, 3))
    expected[1, 1], expected[0, 2] = 1.0, 0.5  # rows from the least velocity
    np.testing.assert_array_equal(counted, expected)
    assert not visits(np.empty((0, 4), np.float32), PLANE, 3).any()
