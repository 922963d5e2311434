"""What is known of an environment by its name: the names, units and limits of its numbers, and what they mean.

The window needs this before gymnasium is loaded, and much of it stands in no environment's own specification. One row
an environment; the exact id decides, since versions of one environment differ: CartPole-v0 ends after 200
steps. Once an environment is open, what it says itself completes the row.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from core.language import N_
from core.policy_gradient.environments.requirement import Requirement

CARTPOLE: Final = "CartPole-v1"


@dataclass(frozen=True, slots=True)
class ObservationField:
    """A part of an observation, as the environment's own space has it.

    Attributes:
        name: keys and places that lead to it, ``"hand.2"``; empty where the observation is one whole.
        size: how many numbers of the vector it takes.
        is_one_hot: whether they stand for the choice among as many states.
        first: what the first of these states is called.
    """

    name: str
    size: int
    is_one_hot: bool = False
    first: int = 0


@dataclass(frozen=True, slots=True)
class EnvironmentFacts:
    """What an environment says itself, once it is open.

    Attributes:
        fields: the parts of its observation, in the vector's order.
        n_actions: actions to choose from.
        solved_at: the mean return from which on it counts as solved, if it says so.
        max_steps: how many steps an episode has at most.
        env_id: the id by which it is known everywhere, of its newest version where none was named; empty where it has
            none.
    """

    fields: tuple[ObservationField, ...]
    n_actions: int
    solved_at: float | None = None
    max_steps: int | None = None
    env_id: str = ""


@dataclass(frozen=True, slots=True)
class ObservationDescription:
    """One number of an observation, or one choice among states.

    Attributes:
        name: marked for translation.
        unit: as it follows the number.
        factor: from the environment's own unit to this one.
        reach: what a gauge shows to either side of zero, in this unit; None where no gauge makes sense.
        limit: where the episode ends, in this unit; None where it does not.
        decimals: how many are shown.
        states: how many numbers of the vector stand, one-hot, for this one; 0 where it is a number itself.
        first: what the first of the states is called.
    """

    name: str
    unit: str = ""
    factor: float = 1.0
    reach: float | None = None
    limit: float | None = None
    decimals: int = 2
    states: int = 0
    first: int = 0

    @property
    def size(self) -> int:
        """How many numbers of the vector it takes."""
        return self.states or 1


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
        title: what a person calls it, marked for translation; empty where the window does not offer it by itself.
        observations: what the numbers of an observation are, in their order; empty where it is not known.
        actions: what the actions are called, marked for translation, in their order; empty where it is not known.
        sides: of each action, -1 where it goes to the left, 1 to the right, 0 to neither; empty likewise.
        zero_last_reward: whether the last action of an episode was a mistake. Only where each step pays the same
            does a last reward of 0 say so.
        solved_at: the mean return from which on it counts as solved; None where this is not known here.
        evaluate_from: the mean return of a batch from which on greedy episodes may pass; None: from ``solved_at``.
        max_steps: how many steps an episode has at most; None where this is not known here.
        cart: its cart and pole, where it has them; None where only the environment can draw itself.
        cut_off: after how many steps an episode is to be cut off, where the environment itself never does and a policy
            that has learned nothing would hardly come to an end.
        requirement: what it needs that this program does not bring along.
    """

    env_id: str
    title: str = ""
    observations: tuple[ObservationDescription, ...] = ()
    actions: tuple[str, ...] = ()
    sides: tuple[int, ...] = ()
    zero_last_reward: bool = False
    solved_at: float | None = None
    evaluate_from: float | None = None
    max_steps: int | None = None
    cart: CartAndPole | None = None
    cut_off: int | None = None
    requirement: Requirement | None = None

    def limit_of(self, number: int) -> float | None:
        """Return where the ``number``-th of an observation's numbers ends the episode, in the environment's own unit.

        None where it does not.
        """
        known = self.observations[number]
        return None if known.limit is None else known.limit / known.factor

    @property
    def return_is_duration(self) -> bool:
        """Whether an episode's return is its number of steps."""
        return self.zero_last_reward

    @property
    def n_obs(self) -> int:
        """How many numbers an observation has; 0 where it is not known."""
        return sum(one.size for one in self.observations)

    def completed(self, facts: EnvironmentFacts | None) -> EnvironmentDescription:
        """Return this description with what the environment says itself; its own word counts.

        Names stay where they fit: options of an environment may change how many numbers it has.
        """
        if facts is None:
            return self
        fits = self.n_obs == sum(field.size for field in facts.fields)
        is_named = len(self.actions) == facts.n_actions
        return replace(
            self,
            observations=self.observations if fits else tuple(_described(facts.fields)),
            actions=self.actions if is_named else (),
            sides=self.sides if is_named else (),
            solved_at=facts.solved_at,
            max_steps=facts.max_steps,
        )


def _described(fields: tuple[ObservationField, ...]) -> Iterator[ObservationDescription]:
    """Yield what can be said of fields that nobody has described: their own names, or their places."""
    place = 0
    for field in fields:
        alone = field.is_one_hot or field.size == 1
        for number in range(1 if alone else field.size):
            name = field.name if alone else f"{field.name} {number + 1}".strip()
            states = field.size if field.is_one_hot else 0
            place += 1
            yield ObservationDescription(name if field.name else f"s{place}", states=states, first=field.first)


_DEGREES: Final = 180 / math.pi
_LEFT, _RIGHT, _UP, _DOWN = N_("left"), N_("right"), N_("up"), N_("down")

_CARTPOLE_V1: Final = EnvironmentDescription(
    env_id=CARTPOLE,
    title=N_("CartPole"),
    observations=(
        ObservationDescription(N_("Position"), " m", 1.0, reach=2.6, limit=2.4),
        ObservationDescription(N_("Velocity"), " m/s", 1.0, reach=3.0),
        ObservationDescription(N_("Angle"), "°", _DEGREES, reach=13.0, limit=12.0),
        ObservationDescription(N_("Angular velocity"), "°/s", _DEGREES, reach=180.0),
    ),
    actions=(_LEFT, _RIGHT),
    sides=(-1, 1),
    zero_last_reward=True,
    solved_at=475.0,
    evaluate_from=250.0,
    max_steps=500,
    cart=CartAndPole(),
)

_ACROBOT: Final = EnvironmentDescription(
    env_id="Acrobot-v1",
    title=N_("Acrobot"),
    observations=(
        ObservationDescription("cos θ₁", reach=1.0),
        ObservationDescription("sin θ₁", reach=1.0),
        ObservationDescription("cos θ₂", reach=1.0),
        ObservationDescription("sin θ₂", reach=1.0),
        ObservationDescription("ω₁", "°/s", _DEGREES, reach=720.0),
        ObservationDescription("ω₂", "°/s", _DEGREES, reach=1620.0),
    ),
    actions=(N_("torque −1"), N_("no torque"), N_("torque +1")),
    solved_at=-100.0,
    max_steps=500,
)

_MOUNTAIN_CAR: Final = EnvironmentDescription(
    env_id="MountainCar-v0",
    title=N_("MountainCar"),
    observations=(
        ObservationDescription(N_("Position"), reach=1.2),
        ObservationDescription(N_("Velocity"), reach=0.07, decimals=3),
    ),
    actions=(_LEFT, N_("coast"), _RIGHT),
    sides=(-1, 0, 1),
    solved_at=-110.0,
    max_steps=200,
)

_LUNAR_LANDER: Final = EnvironmentDescription(
    env_id="LunarLander-v3",
    title=N_("LunarLander"),
    observations=(
        ObservationDescription("x", reach=1.5, limit=1.0),
        ObservationDescription("y", reach=1.5),
        ObservationDescription(N_("Speed in x"), reach=2.0),
        ObservationDescription(N_("Speed in y"), reach=2.0),
        ObservationDescription(N_("Angle"), "°", _DEGREES, reach=180.0),
        ObservationDescription(N_("Angular velocity"), reach=5.0),
        ObservationDescription(N_("Left leg down")),
        ObservationDescription(N_("Right leg down")),
    ),
    actions=(N_("nothing"), N_("left engine"), N_("main engine"), N_("right engine")),
    sides=(0, -1, 0, 1),
    solved_at=200.0,
    max_steps=1000,
    requirement=Requirement("Box2D", extra="box2d"),
)

_FROZEN_LAKE: Final = EnvironmentDescription(
    env_id="FrozenLake-v1",
    title=N_("FrozenLake, 4 × 4"),
    observations=(ObservationDescription(N_("Square"), states=16),),
    actions=(_LEFT, _DOWN, _RIGHT, _UP),
    sides=(-1, 0, 1, 0),
    solved_at=0.7,
    max_steps=100,
)

_ROWS: Final = (
    _CARTPOLE_V1,
    replace(_CARTPOLE_V1, env_id="CartPole-v0", title="", solved_at=195.0, evaluate_from=100.0, max_steps=200),
    _ACROBOT,
    _MOUNTAIN_CAR,
    _LUNAR_LANDER,
    _FROZEN_LAKE,
    replace(
        _FROZEN_LAKE,
        env_id="FrozenLake8x8-v1",
        title=N_("FrozenLake, 8 × 8"),
        observations=(ObservationDescription(N_("Square"), states=64),),
        solved_at=0.85,
        max_steps=200,
    ),
    EnvironmentDescription(
        env_id="CliffWalking-v1",
        title=N_("CliffWalking"),
        observations=(ObservationDescription(N_("Square"), states=48),),
        actions=(_UP, _RIGHT, _DOWN, _LEFT),
        sides=(0, 1, 0, -1),
        cut_off=200,
    ),
    EnvironmentDescription(
        env_id="Taxi-v4",
        title=N_("Taxi"),
        observations=(ObservationDescription(N_("State"), states=500),),
        actions=(_DOWN, _UP, _RIGHT, _LEFT, N_("pick up"), N_("drop off")),
        sides=(0, 0, 1, -1, 0, 0),
        solved_at=8.0,
        max_steps=200,
        requirement=Requirement("gymnasium", since=(1, 3)),
    ),
    EnvironmentDescription(
        env_id="Blackjack-v1",
        title=N_("Blackjack"),
        observations=(
            ObservationDescription(N_("Own sum"), states=32),
            ObservationDescription(N_("Dealer's card"), states=11),
            ObservationDescription(N_("Usable ace"), states=2),
        ),
        actions=(N_("stick"), N_("hit")),
    ),
)

OFFERED: Final = tuple(row for row in _ROWS if row.title)
"""The environments that the window offers by name, in the order of its menu."""


def describe(env_id: str) -> EnvironmentDescription:
    """Return what is known of an environment by its exact id; of an unknown one, nothing but that."""
    return next((row for row in _ROWS if row.env_id == env_id), EnvironmentDescription(env_id))
