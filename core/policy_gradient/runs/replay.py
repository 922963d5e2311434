"""An episode played again in the environment itself, and checked step for step against what was recorded."""

from __future__ import annotations

from collections.abc import Container, Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.language import _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.chance import ProcessGenerators
from core.policy_gradient.environments.environment import Environment
from core.policy_gradient.environments.outside import Picture
from core.policy_gradient.environments.vector import VectorEnvironment
from core.policy_gradient.errors import ReplayError
from core.policy_gradient.runs.recording import EpisodeRecord, Floats32


@dataclass(frozen=True, slots=True)
class Moment:
    """A state of an episode that is played again.

    Attributes:
        step: steps taken before it, 0 to T.
        obs: the state, (n_obs,).
        picture: the environment's own; None where it was not asked for, or has none.
    """

    step: int
    obs: Floats32
    picture: Picture | None


def replay(
    config: TrainConfig, record: EpisodeRecord, *, pictures: Container[int] = ()
) -> Generator[Moment, None, None]:
    """Play ``record`` again: from where it began, with the actions that were taken.

    An environment that is moved together with many (CartPole in preset ``fast``) is played in that form again, since
    its arithmetic differs from the ordinary one's in the last bit.

    Args:
        config: of the run: it names the environment.
        record: what was played.
        pictures: which states are drawn, by their step.

    Yields:
        Every state, from the first to the one after the last step.

    Raises:
        ReplayError: the environment did not come by the same states, rewards and end; it says at which step.
        EnvironmentRefusedError: the environment can't be made.
        EnvironmentFailedError: it failed while it was played.
    """
    generators = ProcessGenerators(np.random.SeedSequence(config.seed, spawn_key=(3,)))
    draws = pictures != ()
    with generators.in_use():
        player = _Together(config, draws) if record.start.state else _Alone(config, draws)
    try:
        with generators.in_use():
            player.begin(record)
        for step in range(record.duration + 1):
            picture = player.environment.picture() if step in pictures else None
            obs = player.environment.shown_obs
            if not np.array_equal(obs, record.obs[step]):
                raise _parted(record, step, _("it observes {now} and observed {before}"), obs, record.obs[step])
            yield Moment(step, obs, picture)
            if step < record.duration:
                with generators.in_use():
                    outcome = player.step(int(record.actions[step]))
                is_last = step + 1 == record.duration
                recorded = float(record.rewards[step]), is_last and record.terminated, is_last and record.truncated
                if outcome != recorded:
                    words = _("reward, terminated and truncated are {now} and were {before}")
                    raise _parted(record, step + 1, words, outcome, recorded)
    finally:
        player.environment.close()


class _Alone:
    """One environment, played in turn."""

    def __init__(self, config: TrainConfig, pictures: bool) -> None:
        self.environment = Environment(config.environment, config.seed, picture=pictures)

    def begin(self, record: EpisodeRecord) -> None:
        self.environment.begin_at(record.start, record.episode)

    def step(self, action: int) -> tuple[float, bool, bool]:
        return self.environment.step(action)


class _Together:
    """The vectorised form, with one copy."""

    def __init__(self, config: TrainConfig, pictures: bool) -> None:
        self.environment = VectorEnvironment(config.environment, 1, config.seed, picture=pictures)

    def begin(self, record: EpisodeRecord) -> None:
        self.environment.begin_at(record.start)

    def step(self, action: int) -> tuple[float, bool, bool]:
        rewards, terminated, truncated = self.environment.step(np.array([action], np.int64))
        return float(rewards[0]), bool(terminated[0]), bool(truncated[0])


def _parted(record: EpisodeRecord, step: int, words: str, now: Any, before: Any) -> ReplayError:
    difference = words.format(now=_brief(now), before=_brief(before))
    message = _(
        "Episode {episode} can't be played again: at step {step} the environment parts from what was recorded "
        "({difference}). It draws from something else than its own generator, or it is another version."
    )
    return ReplayError(message.format(episode=record.episode, step=step, difference=difference), step)


def _brief(value: Any) -> str:
    values = value.tolist() if isinstance(value, np.ndarray) else value
    words = ", ".join(f"{number:.9g}" if isinstance(number, float) else str(number) for number in values[:8])
    return f"({words}{', …' if len(values) > 8 else ''})"
