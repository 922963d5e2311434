"""One episode from a state that somebody has chosen, with a policy as it was, in an environment of its own."""

from __future__ import annotations

from collections.abc import Generator
from typing import Final

import numpy as np

from core.language import _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.environment import Environment
from core.policy_gradient.environments.state import put_into_state
from core.policy_gradient.errors import EnvironmentRefusedError
from core.policy_gradient.networks.layers import Layers, activations, probabilities
from core.policy_gradient.playing.events import StartedEpisode
from core.runtime.events import Payload

MOST_STEPS: Final = 1000
"""Steps after which it is enough, whatever the environment says."""


def play_from(
    config: TrainConfig, layers: Layers, start: tuple[float, ...], *, greedy: bool = True, most: int = MOST_STEPS
) -> Generator[Payload, None, StartedEpisode]:
    """Play one episode from ``start``; no training notices it.

    Args:
        config: names the environment, and the seed of sampled actions.
        layers: the policy's network.
        start: the state, as the environment observes it, (n_obs,).
        greedy: whether the likeliest action is always taken; else actions are drawn from π.
        most: steps after which it is broken off.

    Returns:
        How it went; nothing is yielded, it is over before anybody could watch.

    Raises:
        EnvironmentRefusedError: the environment can't be made, can't be put into a chosen state, or observes other
            numbers than the policy reads.
        EnvironmentFailedError: it failed while it was played.
    """
    yield from ()
    rng = np.random.default_rng(config.seed)
    environment = Environment(config.environment, config.seed, picture=False)
    try:
        put_into_state(environment, start)
        reads, observed = layers[0][0].shape[1], len(environment.obs)
        if reads != observed:  # of the run before, whose environment was another
            raise EnvironmentRefusedError(
                _("The policy reads {reads} numbers, and {env_id} gives {observed}. Train it there first.").format(
                    reads=reads, env_id=config.env_id, observed=observed
                )
            )
        states, episode_return, terminated, truncated = [environment.obs], 0.0, False, False
        while not (terminated or truncated) and len(states) <= most:
            shares = probabilities(activations(layers, environment.obs)[-1])
            action = int(shares.argmax()) if greedy else int((rng.random() >= shares.cumsum()[:-1]).sum())
            reward, terminated, truncated = environment.step(action)
            episode_return += reward
            states.append(environment.obs)
    finally:
        environment.close()
    return StartedEpisode(np.stack(states), episode_return, terminated)
