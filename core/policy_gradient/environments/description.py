"""What is known of an environment by its name: the names, units and limits of its numbers, and what they mean.

The window needs this before gymnasium is loaded, and much of it stands in no environment's own specification. One row
an environment; the exact id decides, since versions of one environment differ: CartPole-v0 ends after 200 steps.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from core.language import N_

CARTPOLE: Final = "CartPole-v1"


@dataclass(frozen=True, slots=True)
class ObservationDescription:
    """One number of an observation.

    Attributes:
        name: marked for translation.
        unit: as it follows the number.
        factor: from the environment's own unit to this one.
        reach: what a gauge shows to either side of zero, in this unit; None where no gauge makes sense.
        limit: where the episode ends, in this unit; None where it does not.
    """

    name: str
    unit: str = ""
    factor: float = 1.0
    reach: float | None = None
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class CartAndPole:
    """What is known of a cart that balances a pole, so that the window can paint it itself from an observation.

    Lengths are metres, as Gymnasium's own picture has them. Which action pushes where: action 0 to the left, 1 to the
    right.

    Attributes:
        position, angle: which numbers of an observation are the cart's place (m, to the right) and the pole's angle
            (rad, clockwise from upright).
        pole_length: from the axle to the tip.
        cart_width, cart_height: of the cart.
        step_seconds: the time that a step takes.
    """

    position: int = 0
    angle: int = 2
    pole_length: float = 1.0
    cart_width: float = 0.4
    cart_height: float = 0.24
    step_seconds: float = 0.02


@dataclass(frozen=True, slots=True)
class EnvironmentDescription:
    """One environment.

    Attributes:
        env_id: Gymnasium's id.
        observations: what the numbers of an observation are, in their order; empty where it is not known.
        actions: what the actions are called, marked for translation, in their order; empty where it is not known.
        zero_last_reward: whether the last action of an episode was a mistake. Only where each step pays the same
            does a last reward of 0 say so.
        solved_at: the mean return from which on it counts as solved; None where this is not known here.
        evaluate_from: the mean return of a batch from which on greedy episodes may pass; None: from ``solved_at``.
        max_steps: how many steps an episode has at most; None where this is not known here.
        cart: its cart and pole, where it has them; None where only the environment can draw itself.
    """

    env_id: str
    observations: tuple[ObservationDescription, ...] = ()
    actions: tuple[str, ...] = ()
    zero_last_reward: bool = False
    solved_at: float | None = None
    evaluate_from: float | None = None
    max_steps: int | None = None
    cart: CartAndPole | None = None

    def limit_of(self, number: int) -> float | None:
        """Return where the ``number``-th of an observation's numbers ends the episode, in the environment's own unit.

        None where it does not.
        """
        known = self.observations[number]
        return None if known.limit is None else known.limit / known.factor


_CARTPOLE_V1: Final = EnvironmentDescription(
    env_id=CARTPOLE,
    observations=(
        ObservationDescription(N_("Position"), " m", 1.0, reach=2.6, limit=2.4),
        ObservationDescription(N_("Velocity"), " m/s", 1.0, reach=3.0),
        ObservationDescription(N_("Angle"), "°", 180 / math.pi, reach=13.0, limit=12.0),
        ObservationDescription(N_("Angular velocity"), "°/s", 180 / math.pi, reach=180.0),
    ),
    actions=(N_("left"), N_("right")),
    zero_last_reward=True,
    solved_at=475.0,
    evaluate_from=250.0,
    max_steps=500,
    cart=CartAndPole(),
)

_ROWS: Final = (
    _CARTPOLE_V1,
    replace(_CARTPOLE_V1, env_id="CartPole-v0", solved_at=195.0, evaluate_from=100.0, max_steps=200),
)


def describe(env_id: str) -> EnvironmentDescription:
    """Return what is known of an environment by its exact id; of an unknown one, nothing but that."""
    return next((row for row in _ROWS if row.env_id == env_id), EnvironmentDescription(env_id))
