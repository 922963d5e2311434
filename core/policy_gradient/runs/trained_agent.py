"""A trained agent playing greedily, one episode after the other, as a task that can be watched."""

from __future__ import annotations

import itertools
from collections.abc import Generator

import numpy as np

from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.chance import ProcessGenerators
from core.policy_gradient.environments.description import describe
from core.policy_gradient.environments.environment import Environment
from core.policy_gradient.errors import ConfigError, EnvironmentFailedError
from core.policy_gradient.events import Frame, Transition
from core.policy_gradient.networks.layers import activations, probabilities
from core.policy_gradient.runs.recording import Floats32, layers_of
from core.runtime.events import Payload


class TrainedAgent:
    """Plays for ever, in an environment of its own.

    Args:
        config: of the run it was trained in.
        weights: its weights, in one row.

    Raises:
        EnvironmentRefusedError: the environment can't be made.
        ValueError: the weights are those of another network.
    """

    def __init__(self, config: TrainConfig, weights: Floats32) -> None:
        self._generators = ProcessGenerators(np.random.SeedSequence(config.seed, spawn_key=(6,)))
        seed = int(np.random.SeedSequence(config.seed, spawn_key=(6,)).generate_state(1)[0])
        with self._generators.in_use():
            self._environment = Environment(config.environment, seed, greedy=True)
        shape = self._environment.shape
        self._layers = layers_of(weights, shape.n_obs, shape.n_actions, config.hidden)
        self._has_own_frame = describe(config.env_id).cart is None
        self._is_open = True
        self._no_picture = ""

    def __iter__(self) -> Generator[Payload, None, None]:
        """Play, without end; every step is yielded."""
        try:
            steps = 0
            for episode in itertools.count(1):
                if episode > 1:
                    with self._generators.in_use():
                        self._environment.reset()
                yield from self._play(episode, steps)
                last = self._environment.last
                assert last is not None  # an episode has a step
                steps = last.env_steps
        finally:
            self._is_open = False
            self._environment.close()

    def control(self, name: str, value: object) -> None:
        """Have the environment draw itself (``own_frame``), or no longer.

        Raises:
            ConfigError: ``name`` can't be changed.
        """
        if name != "own_frame":
            raise ConfigError(name, f"{name} can't be changed")
        self._has_own_frame = bool(value)

    def snapshot(self) -> Frame | None:
        """Return the environment as it stands; None once it is closed."""
        if not self._is_open:
            return None
        image = None
        if self._has_own_frame and not self._no_picture:
            try:
                image = self._environment.picture()
            except EnvironmentFailedError as error:
                self._no_picture = str(error)
        obs = self._environment.obs
        shares = tuple(self._shares(obs).tolist())
        return Frame(
            image,
            tuple(obs.tolist()),
            shares[1],
            self._environment.last,
            self._no_picture,
            () if len(shares) == 2 else shares,
            self._environment.facts,
        )

    def _shares(self, obs: Floats32) -> Floats32:
        return probabilities(activations(self._layers, obs)[-1])

    def _play(self, episode: int, steps: int) -> Generator[Transition, None, None]:
        environment, done, episode_return = self._environment, False, 0.0
        for step in itertools.count(1):
            obs = environment.obs
            shares = self._shares(obs)
            action = int(shares.argmax())
            with self._generators.in_use():
                reward, terminated, truncated = environment.step(action)
            episode_return += reward
            done = terminated or truncated
            environment.last = Transition(
                tuple(obs.tolist()),
                action,
                float(shares[1]),
                () if len(shares) == 2 else tuple(shares.tolist()),
                reward,
                tuple(environment.obs.tolist()),
                terminated,
                truncated,
                episode,
                step,
                episode_return,
                steps + step,
            )
            yield environment.last
            if done:
                return
