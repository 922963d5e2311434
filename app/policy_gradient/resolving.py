"""An environment called by a name of its own, such as one without its version, and the id it is known by."""

from __future__ import annotations

from dataclasses import replace

from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.description import EnvironmentFacts


def resolved(config: TrainConfig, facts: EnvironmentFacts | None) -> TrainConfig | None:
    """Return ``config`` with the id that its environment is known by; None where it has that already.

    Names, units and limits are looked up by that id, and so is what a config takes from an environment; what was
    chosen for it stays.
    """
    if facts is None or facts.env_id in ("", config.env_id):
        return None
    known = config.for_environment(facts.env_id)
    return replace(
        known,
        env_kwargs=config.env_kwargs,
        max_episode_steps=config.max_episode_steps or known.max_episode_steps,
        solved_at=config.solved_at,
        evaluate_from=config.evaluate_from,
    )
