"""Many copies of an environment, stepped at once."""

from __future__ import annotations

from typing import Any

import gymnasium as gym
import numpy as np
import numpy.typing as npt
from gymnasium import spaces
from gymnasium.vector import AutoresetMode, VectorEnv

from core.language import _
from core.policy_gradient.environments import outside, registry
from core.policy_gradient.environments.choice import EnvironmentChoice
from core.policy_gradient.environments.environment import Environment, step_limit
from core.policy_gradient.environments.outside import Picture, ValueRefusedError
from core.policy_gradient.errors import EnvironmentFailedError
from core.policy_gradient.events import Copies, Transition
from core.policy_gradient.policy import Obs
from core.policy_gradient.runs.recording import EpisodeStart

Actions = npt.NDArray[np.int64]
Outcome = tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]
"""rewards, terminated and truncated, (count,) each."""


class _OwnActions(spaces.MultiDiscrete):
    """The actions of a vector environment, unchecked: a policy's output names an action by construction.

    Gymnasium asks at every step whether the actions are allowed, for a seventh of the step's time.
    """

    def contains(self, x: Any) -> bool:  # noqa: ARG002  the name is Gymnasium's
        """Return that ``x`` is allowed."""
        return True


class VectorEnvironment:
    """Many copies of an environment, stepped at once.

    CartPole comes with a vectorised form that moves all carts in one numpy expression, some ten times faster
    than one after the other. It has a ``state``, so that any one of them can be shown in an ordinary
    environment; a vectorised form without that, or none at all, is replaced by copies stepped in turn.

    Both reset a finished copy on the *next* step, which ignores the action and pays nothing. Whoever steps
    them must therefore stop listening to a copy once it is done.

    Args:
        env: which, or its id alone.
        count: how many copies.
        seed: of all their episodes.
        picture: whether the one on display must be able to draw itself, if it can.
        greedy: whether they play greedy episodes, which are called so where something fails.

    Attributes:
        shape: what a policy must know of one copy.
        facts: what one says of itself.
        count: how many copies there are.
        obs: the states they are in now, (count, n_obs) float32, never written to again.
        shown: the copy on display.
        last: the step that led to what it shows; None before the first.

    Raises:
        EnvironmentRefusedError: see ``make``.
        EnvironmentFailedError: a first reset failed.
    """

    def __init__(
        self, env: EnvironmentChoice | str, count: int, seed: int, *, picture: bool = True, greedy: bool = False
    ) -> None:
        self.count = count
        self.shown = 0
        self.last: Transition | None = None
        single = Environment(env, seed, picture=picture, greedy=greedy)
        self.shape, self.facts = single.shape, single.facts
        try:
            envs = _vectorised(count, single)
            self._copies: _Vectorised | _InTurn = (
                _InTurn(single.choice, count, seed, picture=picture, greedy=greedy)
                if envs is None
                else _Vectorised(envs, single, seed, greedy=greedy)
            )
        except BaseException:
            single.close()
            raise
        self._single = single
        self.obs: Obs = self._copies.obs
        self._begin_batch()

    @property
    def is_vectorised(self) -> bool:
        """Whether all copies are moved in one expression, rather than one after the other."""
        return isinstance(self._copies, _Vectorised)

    @property
    def shown_obs(self) -> Obs:
        """The state of the copy on display, (n_obs,) float32."""
        shown: Obs = self.obs[self.shown]
        return shown

    def step(self, actions: Actions) -> Outcome:
        """Take a step in every copy.

        Args:
            actions: as the policy counts them, from 0, (count,).

        Returns:
            rewards, terminated and truncated, (count,) each.

        Raises:
            EnvironmentFailedError: a copy raised something, or gave what can't be used.
        """
        outcome = self._copies.step(actions)
        self.obs = self._copies.obs
        self._taken += 1
        return outcome

    @property
    def starts(self) -> tuple[EpisodeStart, ...]:
        """Where each copy's episode began, as long as none has begun another."""
        return self._copies.starts()

    def reset(self) -> None:
        """Begin a new episode in every copy.

        Raises:
            EnvironmentFailedError: a copy raised something, or gave what can't be used.
        """
        self._copies.reset()
        self.obs = self._copies.obs
        self._begin_batch()

    def _begin_batch(self) -> None:
        self._taken = 0
        self._ended = np.zeros(self.count, np.int64)
        self._last_obs = self.obs.copy()

    def note_over(self, over: npt.NDArray[np.bool_]) -> None:
        """Take note of the copies whose episode was over with the last step, (count,): the next one resets them."""
        self._ended[over] = self._taken
        self._last_obs[over] = self.obs[over]

    @property
    def copies(self) -> Copies:
        """All copies in the batch under way."""
        first = self.last.episode - self.shown if self.last is not None else 1
        if self.last is not None and self._taken == 0:  # the last step was of the batch before
            first += self.count
        obs = np.where((self._ended > 0)[:, None], self._last_obs, self.obs)
        return Copies(obs, self._ended.copy(), first, self._taken)

    def begin_at(self, start: EpisodeStart) -> None:
        """Begin a new episode in every copy, all at the state ``start``.

        Raises:
            EnvironmentFailedError: a copy raised something, or gave what can't be used.
            ValueError: its states have other numbers, or its copies are stepped in turn.
        """
        if not isinstance(self._copies, _Vectorised):
            message = "only a vectorised form is put into a state"
            raise ValueError(message)
        self._copies.begin_at(start.state)
        self.obs = self._copies.obs
        self._begin_batch()

    def picture(self) -> Picture | None:
        """Return a picture of the copy on display.

        Raises:
            EnvironmentFailedError: it raised something, or gave what is no picture.
        """
        return self._copies.picture(self.shown)

    def close(self) -> None:
        """Let go of what the environments hold."""
        self._single.close()
        self._copies.close()


class _InTurn:
    """Copies that are stepped one after the other, each of them checked.

    A finished copy begins a new episode in the next step, which ignores the action and pays nothing, as in
    Gymnasium's own vector environments.
    """

    def __init__(self, env: EnvironmentChoice, count: int, seed: int, *, picture: bool, greedy: bool) -> None:
        self._envs: list[Environment] = []
        try:
            for index in range(count):
                self._envs.append(Environment(env, seed + index, picture=picture, episode=index + 1, greedy=greedy))
        except BaseException:
            self.close()
            raise
        self._is_over = [False] * count
        self.obs = self._stacked()

    def reset(self) -> None:
        count = len(self._envs)
        self._is_over = [False] * count
        for env in self._envs:
            env.reset(env.episode + count)
        self.obs = self._stacked()

    def step(self, actions: Actions) -> Outcome:
        outcomes: list[tuple[float, bool, bool]] = []
        for index, env in enumerate(self._envs):
            if self._is_over[index]:
                env.reset(env.episode)
                outcomes.append((0.0, False, False))
            else:
                outcomes.append(env.step(int(actions[index])))
            _reward, terminated, truncated = outcomes[-1]
            self._is_over[index] = terminated or truncated
        self.obs = self._stacked()
        rewards, terminated_all, truncated_all = zip(*outcomes, strict=True)
        return np.array(rewards, np.float64), np.array(terminated_all, bool), np.array(truncated_all, bool)

    def starts(self) -> tuple[EpisodeStart, ...]:
        return tuple(env.start for env in self._envs)

    def picture(self, shown: int) -> Picture | None:
        return self._envs[shown].picture()

    def close(self) -> None:
        for env in self._envs:
            env.close()

    def _stacked(self) -> Obs:
        return np.array([env.obs for env in self._envs], np.float32)


class _Vectorised:
    """The environment's own vectorised form, whose answers are checked and copied: some hand out their own buffer."""

    def __init__(self, envs: VectorEnv[Any, Any, Any], single: Environment, seed: int, *, greedy: bool) -> None:
        self._envs, self._single, self._greedy = envs, single, greedy
        self._count, self._episodes, self._steps = envs.num_envs, 0, 0
        self._first_action = single.shape.first_action
        self._limit = step_limit(registry.find(single.env_id).spec, single.choice) + 1
        self.obs = self._begin(seed)

    def reset(self) -> None:
        self._episodes += self._count
        self.obs = self._begin()

    def begin_at(self, state: tuple[float, ...]) -> None:
        self.reset()
        if len(state) != len(self.states):
            message = f"a state has {len(self.states)} numbers, not {len(state)}"
            raise ValueError(message)
        self.states[:] = np.array(state)[:, None]
        self.obs = self._observations(self.states.T)

    def _begin(self, seed: int | None = None) -> Obs:
        self._steps = 0
        try:
            return self._observations(outside.two_values(self._envs.reset(seed=seed)))
        except BaseException as error:
            raise self._failed("reset()", error) from error

    def step(self, actions: Actions) -> Outcome:
        self._steps += 1
        # first_action is mostly 0, and even adding that takes a hundredth of the step
        named = actions + self._first_action if self._first_action else actions
        try:
            obs, rewards, terminated, truncated = outside.five_values(self._envs.step(named))
            self.obs = self._observations(obs)
            outcome = self._rewards(rewards), self._flags(terminated, "terminated"), self._flags(truncated, "truncated")
        except BaseException as error:
            raise self._failed("step()", error) from error
        if self._steps >= self._limit:  # a form of others that does not know its own limit
            outcome[2][:] = True
        return outcome

    @property
    def states(self) -> npt.NDArray[np.float64]:
        """The states they are in, in the environment's own precision, (numbers, count)."""
        states: npt.NDArray[np.float64] = getattr(self._envs.unwrapped, "state")  # noqa: B009  typed nowhere
        return states

    def starts(self) -> tuple[EpisodeStart, ...]:
        return tuple(EpisodeStart(state=tuple(state)) for state in self.states.T.tolist())

    def picture(self, shown: int) -> Picture | None:
        """Return a picture of one of them, drawn by the ordinary environment that is put into its state."""
        single: Any = self._single.env.unwrapped
        single.state = tuple(self.states[:, shown].tolist())
        return self._single.picture()

    def close(self) -> None:
        self._envs.close()

    def _observations(self, raw: Any) -> Obs:
        with np.errstate(over="ignore"):
            obs = np.array(raw, dtype=np.float32)
        if obs.shape != (self._count, self._single.shape.n_obs):
            message = _("the observations have the shape {given}, not {needed}")
            raise ValueRefusedError(message.format(given=obs.shape, needed=(self._count, self._single.shape.n_obs)))
        if not np.isfinite(obs).all():
            copy = int(np.flatnonzero(~np.isfinite(obs).all(axis=1))[0])
            outside.observation(np.asarray(raw)[copy], (self._single.shape.n_obs,))  # which says which number it is
        return obs

    def _rewards(self, raw: Any) -> npt.NDArray[np.float64]:
        rewards = np.array(raw, dtype=np.float64)
        if rewards.shape != (self._count,):
            message = _("the rewards have the shape {given}, not {needed}")
            raise ValueRefusedError(message.format(given=rewards.shape, needed=(self._count,)))
        if not np.isfinite(rewards).all():
            outside.reward(float(rewards[~np.isfinite(rewards)][0]))  # which says what it is
        return rewards

    def _flags(self, raw: Any, name: str) -> npt.NDArray[np.bool_]:
        flags = np.array(raw)
        if flags.shape != (self._count,) or flags.dtype != np.bool_:
            message = _("{name} is {what}; {needed} is needed")
            needed = f"bool {(self._count,)}"
            raise ValueRefusedError(message.format(name=name, what=f"{flags.dtype} {flags.shape}", needed=needed))
        return flags

    def _failed(self, call: str, error: BaseException) -> EnvironmentFailedError:
        outside.pass_on_ctrl_c(error)
        words = (
            _("greedy episodes {first} to {last}, step {step}")
            if self._greedy
            else _("episodes {first} to {last}, step {step}")
        )
        first, last = self._episodes + 1, self._episodes + self._count
        return outside.failed(self._single.env_id, call, words.format(first=first, last=last, step=self._steps), error)


def _vectorised(count: int, single: Environment) -> VectorEnv[Any, Any, Any] | None:
    """Return the environment's own vectorised form, if it has one that can be looked into and be reset as ours are.

    One with wrappers of its own has none: what they do can't be had in one expression.
    """
    spec, choice = registry.find(single.env_id).spec, single.choice
    if spec.vector_entry_point is None or spec.additional_wrappers or not hasattr(single.env.unwrapped, "state"):
        return None
    given = choice.options
    if choice.max_episode_steps is not None:
        given["max_episode_steps"] = choice.max_episode_steps
    try:
        envs = gym.make_vec(spec, num_envs=count, vectorization_mode="vector_entry_point", **given)
    except Exception as error:  # the copies in turn do as well
        outside.pass_on_ctrl_c(error)
        return None
    has_state = hasattr(envs.unwrapped, "state")
    if has_state and envs.metadata.get("autoreset_mode") in (None, AutoresetMode.NEXT_STEP):
        if isinstance(envs.action_space, spaces.MultiDiscrete):
            envs.unwrapped.action_space = _OwnActions(envs.action_space.nvec, start=envs.action_space.start)
        return envs
    envs.close()
    return None
