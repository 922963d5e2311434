"""Gymnasium's environments as this subject needs them: checked, seeded, and able to show themselves.

``Environment`` is one environment, ``VectorEnvironment`` many stepped at once, ``examine`` a trial of one that nobody
has played yet. What they give is checked at every step (``outside``), since an environment may be anybody's.
"""

from __future__ import annotations

import contextlib
import logging
import math
import os
import re
from dataclasses import dataclass
from typing import Any, Final, Protocol

import gymnasium as gym
from gymnasium import spaces
from gymnasium.envs.registration import EnvSpec

from core.language import _
from core.one_line import one_line, reason_of
from core.policy_gradient.environments import outside, registry
from core.policy_gradient.environments.chance import seed_spaces, undisturbed
from core.policy_gradient.environments.choice import EnvironmentChoice
from core.policy_gradient.environments.description import EnvironmentFacts, describe
from core.policy_gradient.environments.observation import ObservationReader, SpaceRefusedError
from core.policy_gradient.environments.outside import Picture
from core.policy_gradient.environments.start import return_to, start_of
from core.policy_gradient.errors import EnvironmentFailedError, EnvironmentRefusedError
from core.policy_gradient.events import Copies, Transition
from core.policy_gradient.policy import Obs
from core.policy_gradient.runs.recording import EpisodeStart

_UNKNOWN_OPTION: Final = re.compile(r"unexpected keyword argument '([^']+)'")
STEP_LIMIT: Final = 10_000
"""An environment that sets its episodes no limit gets this one: a good policy would never come home."""
USUAL_FPS: Final = 30.0
"""Pictures a second of an environment that names no pace of its own."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a policy must know of an environment.

    Attributes:
        n_obs: numbers in an observation.
        n_actions: actions to choose from.
        first_action: the environment's name for action 0.
        threshold: the mean return from which on it counts as solved, if it says so.
    """

    n_obs: int
    n_actions: int
    first_action: int
    threshold: float | None


def make(env: EnvironmentChoice | str, *, picture: bool = False) -> gym.Env[Any, Any]:
    """Make one environment.

    Args:
        env: which, or its id alone.
        picture: whether it must be able to draw itself; one that can't is made without.

    Raises:
        EnvironmentRefusedError: there is none of this id, a package it needs is missing, or it is of a kind
            that this agent can't play.
    """
    choice = chosen(env)
    spec = registry.find(choice.env_id).spec
    _check_requirement(spec.id)
    made: gym.Env[Any, Any] | None = None
    try:
        made = _make(spec, choice)
        if picture and "rgb_array" in (made.metadata or {}).get("render_modes", ()):
            let_go(made)
            with contextlib.suppress(TypeError):  # its maker takes no render_mode: it is made without pictures
                made = _make(spec, choice, render_mode="rgb_array")
        shape_of(made)
    except BaseException as error:
        let_go(made)
        outside.pass_on_ctrl_c(error)
        if isinstance(error, EnvironmentRefusedError):
            raise
        unknown = _UNKNOWN_OPTION.search(str(error)) if isinstance(error, TypeError) else None
        if unknown is not None and unknown[1] in choice.options:
            message = _('The environment {env_id} has no option "{name}".')
            raise EnvironmentRefusedError(
                message.format(env_id=choice.env_id, name=unknown[1]), "env_kwargs"
            ) from error
        reason = reason_of(error)
        raise EnvironmentRefusedError(
            _("The environment {env_id} can't be made: {reason}").format(env_id=choice.env_id, reason=reason)
        ) from error
    return made


def chosen(env: EnvironmentChoice | str) -> EnvironmentChoice:
    """Return ``env``; an id alone is that environment as it was registered."""
    return EnvironmentChoice(env) if isinstance(env, str) else env


def step_limit(spec: EnvSpec, choice: EnvironmentChoice) -> int:
    """Return after how many steps an episode is cut off."""
    return choice.max_episode_steps or spec.max_episode_steps or STEP_LIMIT


def _make(spec: EnvSpec, choice: EnvironmentChoice, **given: str) -> gym.Env[Any, Any]:
    return gym.make(
        spec, max_episode_steps=step_limit(spec, choice), disable_env_checker=True, **choice.options, **given
    )


def _check_requirement(env_id: str) -> None:
    """Refuse what needs a package that is not there; Gymnasium's own advice would bring one that is in our way."""
    requirement = describe(env_id).requirement
    missing = requirement.missing() if requirement else ""
    if missing:
        message = _("The environment {env_id} can't be made: {reason}")
        raise EnvironmentRefusedError(message.format(env_id=env_id, reason=missing))


def let_go(env: gym.Env[Any, Any] | None) -> None:
    """Let go of ``env``; what goes wrong on the way is only written down, since nothing hangs on it any more."""
    try:
        if env is not None:
            env.close()
    except BaseException as error:
        outside.pass_on_ctrl_c(error)
        _log.warning("%s could not be closed: %s", name_of(env), reason_of(error))


def name_of(env: gym.Env[Any, Any] | None) -> str:
    """Return the id of ``env``, or what its class is called."""
    if env is None:
        return ""
    return env.spec.id if env.spec else type(env.unwrapped).__name__


def shape_of(env: gym.Env[Any, Any]) -> Shape:
    """Return what a policy must know of ``env``.

    Raises:
        EnvironmentRefusedError: its actions are not discrete, or its observations can't be made a vector of numbers.
    """
    name = name_of(env)
    actions = getattr(env, "action_space", None)
    if not isinstance(actions, spaces.Discrete) or actions.n < 2:
        message = _("{env_id} can't be trained: its actions are {space}; two or more discrete actions are needed.")
        raise EnvironmentRefusedError(message.format(env_id=name, space=one_line(str(actions))))
    return Shape(reader_of(env).size, int(actions.n), int(actions.start), _threshold(env))


def reader_of(env: gym.Env[Any, Any]) -> ObservationReader:
    """Return what makes vectors of the observations of ``env``.

    Raises:
        EnvironmentRefusedError: they can't be made a vector of numbers.
    """
    try:
        return ObservationReader(getattr(env, "observation_space", None))
    except SpaceRefusedError as error:
        message = _("{env_id} can't be trained: it observes {what}; a vector of numbers is needed.")
        raise EnvironmentRefusedError(message.format(env_id=name_of(env), what=one_line(str(error)))) from error


def _threshold(env: gym.Env[Any, Any]) -> float | None:
    """Return the mean return that the environment's own specification calls solved, if it is a number."""
    named = env.spec.reward_threshold if env.spec else None
    return float(named) if isinstance(named, (int, float)) and math.isfinite(named) else None


def pictures_a_second(env: gym.Env[Any, Any]) -> float:
    """Return the environment's own pace; 30 where it names none that could be one."""
    named = (env.metadata or {}).get("render_fps")
    return float(named) if isinstance(named, (int, float)) and 0 < named <= 1000 else USUAL_FPS


def draw(env: gym.Env[Any, Any]) -> object:
    """Return the environment's own picture of its state as it gives it; None if it can't draw.

    Drawing advances no environment, and must not touch what others draw their chances from.
    """
    if env.render_mode != "rgb_array":
        return None
    # Drawing into memory wants neither a screen nor a sound card, and pygame greets on stdout unless told not
    # to.
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    with undisturbed():
        return env.render()


class ShownEnvironment(Protocol):
    """What one environment and many at once have in common: one of them is on display.

    Attributes:
        shape: what a policy must know of it.
        facts: what it says of itself.
        last: the step that led to what it shows; None before the first.
    """

    shape: Shape
    facts: EnvironmentFacts
    last: Transition | None

    @property
    def shown_obs(self) -> Obs:
        """The state on display, (n_obs,) float32."""
        ...

    def picture(self) -> Picture | None:
        """Return a picture of that state; None if it can't draw."""
        ...

    @property
    def copies(self) -> Copies | None:
        """All copies of the environment in the batch under way; None where there is one."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...


class Environment:
    """One environment, and where it stands.

    Args:
        env: which, or its id alone.
        seed: of all its episodes; later resets carry on with the same generator.
        picture: whether it must be able to draw itself, if it can.
        episode: number of the first episode.
        greedy: whether its episodes are greedy ones, which are called so where something fails.

    Attributes:
        env: the environment.
        shape: what a policy must know of it.
        facts: what it says of itself.
        obs: the state it is in now, (n_obs,) float32.
        last: the step that led there; None before the first.
        start: where its episode began.

    Raises:
        EnvironmentRefusedError: see ``make``.
        EnvironmentFailedError: its first reset failed.
    """

    def __init__(
        self,
        env: EnvironmentChoice | str,
        seed: int,
        *,
        picture: bool = True,
        episode: int = 1,
        greedy: bool = False,
    ) -> None:
        self.choice = chosen(env)
        self.env_id = self.choice.env_id
        self.env = make(env, picture=picture)
        self.shape = shape_of(self.env)
        self._reader = reader_of(self.env)
        limit = self.env.spec.max_episode_steps if self.env.spec else None
        known_as = registry.find(self.env_id).env_id
        shape = self.shape
        self.facts = EnvironmentFacts(self._reader.fields, shape.n_actions, shape.threshold, limit, known_as)
        self.last: Transition | None = None
        self._size: tuple[int, ...] | None = None  # of its pictures
        self._greedy = greedy
        self.episode, self.steps = episode, 0
        seed_spaces(self.env, seed)
        try:
            self._begin(seed)
        except BaseException:
            self.close()
            raise

    @property
    def shown_obs(self) -> Obs:
        """The state it is in now, (n_obs,) float32."""
        return self.obs

    def reset(self, episode: int | None = None) -> None:
        """Begin a new episode; without a number it is the next.

        Raises:
            EnvironmentFailedError: it raised something, or gave what can't be used.
        """
        self.episode = self.episode + 1 if episode is None else episode
        self._begin()

    def begin_at(self, start: EpisodeStart, episode: int) -> None:
        """Begin an episode again where it began; see ``recording.EpisodeStart``.

        Raises:
            EnvironmentFailedError: it raised something, or gave what can't be used.
            ValueError: ``start`` is damaged.
        """
        self.episode = episode
        self._begin(return_to(self.env, start))

    def _begin(self, seed: int | None = None) -> None:
        self.steps = 0
        self.start = start_of(self.env, seed)
        try:
            self.obs: Obs = self._reader.read(outside.two_values(self.env.reset(seed=seed)))
        except BaseException as error:
            raise self._failed("reset()", error) from error

    def step(self, action: int) -> tuple[float, bool, bool]:
        """Take a step.

        Args:
            action: as the policy counts them, from 0.

        Returns:
            reward, terminated, truncated.

        Raises:
            EnvironmentFailedError: it raised something, or gave what can't be used.
        """
        self.steps += 1
        try:
            raw_obs, raw_reward, terminated, truncated = outside.five_values(
                self.env.step(action + self.shape.first_action)
            )
            self.obs = self._reader.read(raw_obs)
            reward = outside.reward(raw_reward)
            return reward, outside.flag(terminated, "terminated"), outside.flag(truncated, "truncated")
        except BaseException as error:
            raise self._failed("step()", error) from error

    @property
    def copies(self) -> None:
        """None: there is one environment."""
        return

    def picture(self) -> Picture | None:
        """Return a picture of the state it is in; None if it can't draw.

        Raises:
            EnvironmentFailedError: it raised something, or gave what is no picture.
        """
        try:
            drawn = draw(self.env)
            if drawn is None and self.env.render_mode != "rgb_array":
                return None
            picture = outside.picture(drawn, self._size)
        except BaseException as error:
            raise self._failed("render()", error) from error
        self._size = picture.shape
        return picture

    def close(self) -> None:
        """Let go of what the environment holds."""
        let_go(self.env)

    def _failed(self, call: str, error: BaseException) -> EnvironmentFailedError:
        """Return what to raise for ``error``; Ctrl-C is passed on."""
        outside.pass_on_ctrl_c(error)
        words = _("greedy episode {episode}, step {step}") if self._greedy else _("episode {episode}, step {step}")
        where = words.format(episode=self.episode, step=self.steps)
        return outside.failed(self.env_id, call, where, error)
