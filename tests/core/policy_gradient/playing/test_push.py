"""A push changes velocities as the mechanics say, and as CartPole itself does with another force."""

import math

import gymnasium as gym
import numpy as np
import pytest

from core.policy_gradient.playing.push import Masses, pushed

CARTPOLE = Masses(1.0, 0.1, 0.5)


def test_worked_out_by_hand_on_an_upright_pole():
    # M + m = 1.1, m l = 0.05, 4/3 m l² = 1/30; determinant 1.1/30 − 0.0025 = 0.0341666…
    position, velocity, angle, turning = pushed((0.3, 0.1, 0.0, -0.2), 1.0, 0.0, CARTPOLE)
    determinant = 1.1 / 30 - 0.0025
    assert (position, angle) == (0.3, 0.0)
    assert velocity == pytest.approx(0.1 + (1 / 30) / determinant)
    assert turning == pytest.approx(-0.2 - 0.05 / determinant), "a cart pushed to the right leaves its pole behind"
    _position, velocity, _angle, turning = pushed((0, 0, 0, 0), 0.1, 1.0, CARTPOLE)
    assert turning == pytest.approx((1.1 * 0.1 - 0.05 * 0.1) / determinant)
    assert velocity == pytest.approx((0.1 / 30 - 0.05 * 0.1) / determinant), "pushed at its tip, it kicks the cart back"
    assert pushed((1, 2, 0.1, 4), 0.0, 0.7, CARTPOLE) == (1, 2, 0.1, 4)


@pytest.mark.parametrize("state", [(0.0, 0.0, 0.0, 0.0), (0.5, -1.0, 0.15, 2.0), (-1.0, 0.4, -0.2, -0.7)])
def test_on_the_cart_it_is_a_larger_force_of_cartpole_for_one_step(state):
    def after(force):
        env = gym.make("CartPole-v1").unwrapped
        env.reset(seed=0)
        env.force_mag = force
        env.state = np.array(state)
        obs = np.array(env.step(1)[0], np.float64)
        tau, masses = env.tau, Masses(env.masscart, env.masspole, env.length)
        env.close()
        return obs, tau, masses

    usual, tau, masses = after(10.0)
    harder, _tau, _masses = after(25.0)
    blow = np.array(pushed(state, 15.0 * tau, 0.0, masses)) - np.array(state)
    np.testing.assert_allclose((harder - usual)[[1, 3]], blow[[1, 3]], rtol=1e-4)


def test_no_push_makes_energy_of_nothing():
    """The work of a blow is its impulse times the mean velocity of the place that is hit."""
    angle, along, impulse = 0.4, 0.8, 0.3
    before = (0.0, 0.7, angle, -1.1)
    after = pushed(before, impulse, along, CARTPOLE)

    def energy(state):
        _x, v, theta, turning = state
        masses = CARTPOLE
        coupled = masses.pole * masses.half_length * math.cos(theta) * v * turning
        spin = 0.5 * 4 / 3 * masses.pole * masses.half_length**2 * turning**2
        return 0.5 * (masses.cart + masses.pole) * v**2 + coupled + spin

    def speed(state):
        return state[1] + along * math.cos(angle) * state[3]

    work = impulse * (speed(before) + speed(after)) / 2
    assert energy(after) - energy(before) == pytest.approx(work)
