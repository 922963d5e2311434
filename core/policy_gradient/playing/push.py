"""A push on a cart or on its pole, as a blow: so short that nothing moves meanwhile, and only velocities change.

The cart and the pole are those of Barto, Sutton and Anderson (1983), "Neuronlike adaptive elements that can solve
difficult learning control problems", as CartPole has them: a uniform pole of mass m and half-length l on a hinge on a
cart of mass M that runs without friction. A horizontal impulse J, at the distance d from the hinge along the pole,
changes the velocities v and ω by what solves

    (M + m) Δv + m l cos θ Δω = J
    m l cos θ Δv + (4/3) m l² Δω = J d cos θ.

On the cart, d is 0; an extra force F over one step τ of CartPole is then the blow J = F τ.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Masses:
    """What is pushed.

    Attributes:
        cart, pole: masses (kg).
        half_length: from the hinge to the middle of the pole (m).
    """

    cart: float
    pole: float
    half_length: float


def pushed(state: Sequence[float], impulse: float, along: float, masses: Masses) -> tuple[float, float, float, float]:
    """Return the state after a push.

    Args:
        state: position (m), velocity (m/s), angle (rad, clockwise from upright) and angular velocity (rad/s).
        impulse: J in newton seconds, to the right above 0.
        along: d, where the pole is pushed: metres from the hinge; 0 pushes the cart.
        masses: of cart and pole.

    Returns:
        The same places with other velocities.
    """
    position, velocity, angle, angular_velocity = state
    coupling = masses.pole * masses.half_length * math.cos(angle)
    total = masses.cart + masses.pole
    inertia = 4 / 3 * masses.pole * masses.half_length**2
    torque = impulse * along * math.cos(angle)
    determinant = total * inertia - coupling**2
    return (
        position,
        velocity + (inertia * impulse - coupling * torque) / determinant,
        angle,
        angular_velocity + (total * torque - coupling * impulse) / determinant,
    )
