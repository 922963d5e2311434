"""A person at the cart beside the agent, from the same start; or the agent alone, and somebody who pushes it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final

from core.language import _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.environment import Environment
from core.policy_gradient.environments.state import exact_state, put_into_state, return_to_moment
from core.policy_gradient.errors import ConfigError, EnvironmentRefusedError
from core.policy_gradient.events import Transition
from core.policy_gradient.networks.layers import Layers, activations, probabilities
from core.policy_gradient.playing.events import GameResult, GameStep, Mode
from core.policy_gradient.playing.push import Masses, pushed
from core.runtime.events import Payload

MOST_STEPS: Final = 100_000
"""Steps after which even an agent that never falls has shown enough."""


class Game:
    """One round, to be iterated once.

    Args:
        config: names the environment, which must be a cart with a pole.
        layers: the agent's network; it takes the likeliest action.
        seed: of the start, which is the same for both.
        mode: ``against``: a person plays beside the agent, until both are over. ``push``: the agent alone, which is
            not cut off, until it falls.
        held: a moment of this very round, from which it goes on; None for its start.

    Raises:
        EnvironmentRefusedError: the environment can't be made.
    """

    def __init__(
        self, config: TrainConfig, layers: Layers, seed: int, mode: Mode, held: GameStep | None = None
    ) -> None:
        self._layers, self._mode = layers, mode
        self._agent = _Side(config, seed)
        self._person = _Side(config, seed) if mode == "against" else None
        self._action: int | None = None
        self._last, self._first = 1, 0
        if held is not None:
            self._go_back_to(held)

    def _go_back_to(self, held: GameStep) -> None:
        self._last, self._first = held.hand, held.number
        self._agent.go_back_to(held.agent, held.agent_obs, held.agent_state, is_over=held.agent_over)
        if self._person is not None:
            self._person.go_back_to(held.person, held.person_obs, held.person_state, is_over=held.person_over)

    def control(self, name: str, value: object) -> None:
        """Push, or let the agent play with another policy.

        Args:
            name: ``action``: what the person does from now on; ``push``: the agent's cart is pushed, now; ``layers``:
                the agent's network from now on.
            value: 0 or 1, or None to do neither, which pushes to both sides by turns; or impulse (N·s) and the place
                along the pole (m from the axle), 0 for the cart; or the network.

        Raises:
            ConfigError: there is nothing of that name to control.
        """
        if name == "action":
            self._action = None if value is None else int(bool(value))
        elif name == "layers" and isinstance(value, list):
            self._layers = value
        elif name == "push" and isinstance(value, tuple):
            impulse, along = value
            self._agent.push(float(impulse), float(along))
        else:
            raise ConfigError(name, _("{name} can't be changed during a run.").format(name=name))

    def __iter__(self) -> Generator[Payload, None, GameResult]:
        """Play; see the class."""
        sides = [side for side in (self._agent, self._person) if side is not None]
        try:
            yield self._step(self._first)
            for number in range(self._first + 1, MOST_STEPS + 1):
                if all(side.is_over for side in sides):  # as it was held
                    break
                if not self._agent.is_over:
                    self._agent.step(self._greedy(), is_endless=self._mode == "push")
                if self._person is not None and not self._person.is_over:
                    self._person.step(self._chosen())
                yield self._step(number)
                if all(side.is_over for side in sides):
                    break
        finally:
            for side in sides:
                side.environment.close()
        return GameResult(0 if self._person is None else self._person.steps, self._agent.steps)

    def _greedy(self) -> int:
        return int(self._shares().argmax())

    def _shares(self) -> Any:
        return probabilities(activations(self._layers, self._agent.environment.obs)[-1])

    def _chosen(self) -> int:
        """Return what the person does: what is held down, else the other side than last."""
        self._last = 1 - self._last if self._action is None else self._action
        return self._last

    def _step(self, number: int) -> GameStep:
        person = self._person
        return GameStep(
            number,
            self._agent.environment.last,
            tuple(self._agent.environment.obs.tolist()),
            float(self._shares()[1]),
            None if person is None else person.environment.last,
            () if person is None else tuple(person.environment.obs.tolist()),
            self._agent.is_over,
            person is not None and person.is_over,
            exact_state(self._agent.environment),
            () if person is None else exact_state(person.environment),
            self._last,
        )


class _Side:
    """One cart and how far it has come."""

    def __init__(self, config: TrainConfig, seed: int) -> None:
        self.environment = Environment(config.environment, seed, picture=False)
        self.steps, self.earned = 0, 0.0
        self.is_over = False

    def go_back_to(
        self, last: Transition | None, obs: tuple[float, ...], state: tuple[float, ...], *, is_over: bool
    ) -> None:
        """Stand where this side was held, its newest step being ``last``."""
        self.steps, self.earned = (0, 0.0) if last is None else (last.step, last.episode_return)
        return_to_moment(self.environment, state, obs, self.steps)
        self.environment.last, self.is_over = last, is_over

    def step(self, action: int, *, is_endless: bool = False) -> None:
        before = tuple(self.environment.obs.tolist())
        reward, terminated, truncated = self.environment.step(action)
        truncated = truncated and not is_endless
        self.steps += 1
        self.earned += reward
        self.is_over = terminated or truncated
        after = tuple(self.environment.obs.tolist())
        self.environment.last = Transition(
            before, action, float(action), (), reward, after, terminated, truncated, 1, self.steps, self.earned,
            self.steps,
        )  # fmt: skip

    def push(self, impulse: float, along: float) -> None:
        if not self.is_over:
            obs = pushed(self.environment.obs.tolist(), impulse, along, masses_of(self.environment))
            put_into_state(self.environment, obs)


def masses_of(environment: Environment) -> Masses:
    """Return what CartPole says of its masses and its pole.

    Raises:
        EnvironmentRefusedError: it is no cart with a pole.
    """
    raw: Any = environment.env.unwrapped
    try:
        return Masses(float(raw.masscart), float(raw.masspole), float(raw.length))
    except (AttributeError, TypeError) as error:
        message = _("{env_id} can't be pushed: it is no cart with a pole.")
        raise EnvironmentRefusedError(message.format(env_id=environment.env_id)) from error
