"""The run: play a batch, learn from it, again, until the episodes are used up or the environment is solved.

``train(config)`` is a generator of events, ``Training`` the same with handles: the learning rate can be
changed, a picture asked for. Neither knows a clock or a thread: who advances the generator decides on the
pace.
"""

from __future__ import annotations

import contextlib
import weakref
from collections import deque
from collections.abc import Generator

import numpy as np
import torch

from core.language import _
from core.policy_gradient.advantages import credit_assignment
from core.policy_gradient.agent import CartAgent, UpdateStats
from core.policy_gradient.collectors import collector_for, solved_rule
from core.policy_gradient.config import HYPERPARAMETERS, TrainConfig
from core.policy_gradient.environments.chance import ProcessGenerators
from core.policy_gradient.environments.description import describe
from core.policy_gradient.environments.trial import examine
from core.policy_gradient.errors import ConfigError, EnvironmentFailedError
from core.policy_gradient.evaluation import Evaluation
from core.policy_gradient.events import (
    EpisodeFinished,
    Evaluated,
    Frame,
    PolicySnapshot,
    Result,
    Solved,
    UpdateFinished,
    Weights,
)
from core.policy_gradient.place import Place, PlaceReached, ReturnTo
from core.policy_gradient.policy import NumpyPolicy, Obs, PolicyNetwork
from core.policy_gradient.rollout import Episode
from core.policy_gradient.runs.recording import MOST_WEIGHTS, Budget
from core.runtime.events import Payload


def train(config: TrainConfig) -> Generator[Payload, None, Result]:
    """Train an agent.

    Args:
        config: every hyperparameter, with the seed. The same config gives the same events, on the same
            machine and versions.

    Yields:
        ``PolicySnapshot`` first, then ``Transition``, ``EpisodeFinished``, ``UpdateFinished``, ``Evaluated`` and
        ``Solved`` as they happen.

    Returns:
        What the run came to.

    Raises:
        EnvironmentRefusedError: the environment can't be made or learned.
        PolicyGradientError: training has diverged.
    """
    return (yield from Training(config))


class Training:
    """One run of training, to be iterated once.

    Args:
        config: every hyperparameter, with the seed.
        return_to: a place it was at before. The run then plays there again, saying all it said on the way, and
            yields ``PlaceReached``; who drives it need not look on until then.

    Attributes:
        config: the same.
        policy: the network as it is now.
        agent: who learns.
        rule: when the run counts as solved.

    Raises:
        EnvironmentRefusedError: the environment can't be made or learned.
    """

    def __init__(self, config: TrainConfig, return_to: ReturnTo | None = None) -> None:
        # Two threads add float32 numbers in another order than one, and a sum of this size gains nothing by
        # them.
        torch.set_num_threads(1)
        self.config = config
        examine(config.environment)
        # Training and evaluation each have the process's generators to themselves: neither notices the other.
        self._generators = ProcessGenerators(np.random.SeedSequence(config.seed, spawn_key=(3,)))
        with self._generators.in_use():
            self._collector = collector_for(config)
        try:
            self._evaluation = Evaluation(config)  # now: after a long run it would be late to learn that it can't be
        except BaseException:
            self._collector.environment.close()
            raise
        shape = self._collector.environment.shape
        self.rule = solved_rule(config, shape)
        # The article seeds one generator, builds the network from it, then draws actions from it. So does
        # this, without disturbing the generator of the process.
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            self.policy = PolicyNetwork(
                shape.n_obs, shape.n_actions, config.hidden, is_scaled=config.scale_observations
            )
            generator = torch.Generator()
            generator.set_state(torch.random.get_rng_state())
        self.agent = CartAgent(
            config.learning_rate,
            config.gamma,
            network=self.policy,
            optimizer=config.optimizer,
            reduction=config.reduction,
            credit=credit_assignment(config, shape.n_obs),
            entropy_bonus=config.entropy_bonus,
        )
        self._numpy_policy = NumpyPolicy(self.policy)
        self._collector.begin(self.agent, self._numpy_policy, generator)
        # No more than a hint at it: in a circle of references it would be closed, and the process's generators given
        # back, whenever the collector comes by.
        self._running: weakref.ref[Generator[Payload, None, Result]] | None = None
        self._closed = False
        self._was_watched = False
        self._last_frame: Frame | None = None
        self._next_learning_rate: float | None = None
        self._place_to_reach = None if return_to is None else return_to.place
        self._learning_rates = {} if return_to is None else dict(return_to.learning_rates)
        self._durations: list[int] = []
        self._returns: list[float] = []
        self._window: deque[float] = deque(maxlen=config.solved_window)
        self._updates = 0
        self._env_steps = 0
        self._solved_episode: int | None = None
        self._changed_rates: list[tuple[int, float]] = []
        self._no_picture = ""
        self._framed_update = -1  # the newest update whose weights a frame has had
        self._has_copies = False
        self._has_own_frame = describe(config.env_id).cart is None
        self._episodes_budget, self._weights_budget = Budget(), Budget()

    def __iter__(self) -> Generator[Payload, None, Result]:
        """Run. See ``train``.

        Raises:
            RuntimeError: it has run before.
        """
        if self._running is not None:
            message = "a training runs once; make another for another run"
            raise RuntimeError(message)
        place = self._place_to_reach
        running = self._run() if place is None else self._run_past(place)
        self._running = weakref.ref(running)
        return running

    def control(self, name: str, value: object) -> None:
        """Change ``learning_rate`` from the next update on, or what a snapshot holds from the next one on.

        Args:
            name: a hyperparameter that can change live; or ``own_frame``: whether an environment that the window can
                paint itself is drawn by its own renderer all the same; or ``copies``: whether a snapshot holds all
                copies of an environment that is played many times at once.
            value: what it shall be.

        Raises:
            ConfigError: the value is not allowed, or ``name`` can't be changed during a run.
        """
        if name == "own_frame":
            self._has_own_frame = bool(value) or describe(self.config.env_id).cart is None
            return
        if name == "copies":
            self._has_copies = bool(value)
            return
        spec = HYPERPARAMETERS.get(name)
        if spec is None or not spec.live:
            raise ConfigError(name, _("{name} can't be changed during a run.").format(name=name))
        checked = spec.check(value)
        assert isinstance(checked, float)
        self._next_learning_rate = checked

    def snapshot(self) -> Frame | None:
        """Return the environment on display as it stands, drawn by its own renderer where it needs that.

        Drawing costs the run nothing but the time, and only when asked for: the curve stays the same. An environment
        that the window paints itself from the numbers is not drawn, unless ``control`` said ``own_frame``.

        Returns:
            A frame without an image where the environment has none. When the run is over, its last, if it was watched,
            else None.
        """
        if self._closed:
            return self._last_frame
        self._was_watched = True
        environment = self._collector.environment
        image = None
        if self._has_own_frame and not self._no_picture:  # an environment that failed to draw once is not asked again
            try:
                image = environment.picture()
            except EnvironmentFailedError as error:
                self._no_picture = str(error)
        obs = environment.shown_obs
        shares = self._numpy_policy.probabilities(obs)
        return Frame(
            image,
            tuple(obs.tolist()),
            shares[1],
            environment.last,
            self._no_picture,
            () if len(shares) == 2 else tuple(shares),
            environment.facts,
            self._changed_weights(),
            environment.copies if self._has_copies else None,
        )

    def _changed_weights(self) -> Obs | None:
        """Return a copy of the policy's weights, if they are few enough and no frame has had them."""
        if self._framed_update == self._updates or self._numpy_policy.size > MOST_WEIGHTS:
            return None
        self._framed_update = self._updates
        return self._numpy_policy.weights

    @property
    def place(self) -> Place:
        """Where the run is."""
        last = self._collector.environment.last
        return Place(
            env_steps=0 if last is None else last.env_steps,
            episodes=len(self._durations),
            updates=self._updates,
            evaluations=self._evaluation.count,
            solved=self._solved_episode is not None,
        )

    def result(self) -> Result:
        """Return what the run has come to so far."""
        last, best = self._evaluation.last, self._evaluation.best
        return Result(
            config=self.config,
            durations=tuple(self._durations),
            returns=tuple(self._returns),
            updates=self._updates,
            solved_episode=self._solved_episode,
            training_mean=self._training_mean() if self._window else None,
            greedy_mean=None if last is None else last.greedy_mean,
            best_greedy_mean=None if best is None else best.greedy_mean,
            env_steps=self._env_steps,
            rule=self.rule,
            weights=self._weights(),
            learning_rates=tuple(self._changed_rates),
        )

    def _weights(self) -> Weights:
        """Return what ``best_policy`` gives."""
        best = self._evaluation.best
        if best is None:
            return Weights("last", len(self._durations), self._updates, None)
        return Weights("best", best.episode, best.update, best.greedy_mean)

    def best_policy(self) -> PolicyNetwork:
        """Return a copy of the network as it was at its best evaluation; as it is now if there was none."""
        copy = self.policy.new()
        copy.load_state_dict(self._evaluation.best_weights or self.policy.state_dict())
        return copy

    def close(self) -> None:
        """End the run where it is, and let go of the environments. A run does so itself when it ends."""
        running = None if self._running is None else self._running()
        if running is not None:
            running.close()
        self._let_go()

    def _let_go(self) -> None:
        self._closed = True
        self._collector.environment.close()
        self._evaluation.close()

    def _run(self) -> Generator[Payload, None, Result]:
        """Play and learn; let go of the environments however the run ends."""
        with self._generators.in_use():
            try:
                yield PolicySnapshot(self._handed_out_weights())
                yield from self._play_and_learn()
                last = self._evaluation.last
                if last is None or last.update != self._updates:
                    yield from self._evaluate()
                if self._was_watched:
                    self._last_frame = self.snapshot()
            finally:
                self._let_go()
        return self.result()

    def _run_past(self, place: Place) -> Generator[Payload, None, Result]:
        """Run, and say when ``place`` is reached."""
        with contextlib.closing(self._run()) as running:
            while not place.is_reached_by(self.place):
                try:
                    payload = next(running)
                except StopIteration as stop:  # there is no such place in this run
                    result: Result = stop.value
                    return result
                yield payload
            yield PlaceReached(self.place)
            return (yield from running)

    def _play_and_learn(self) -> Generator[Payload, None, None]:
        """Play a round of episodes, learn once there are enough, see whether that was it; again."""
        config, collector = self.config, self._collector
        while len(self._durations) < config.episodes:
            round_of_episodes = yield from collector.play(len(self._durations) + 1, self._env_steps, self._updates)
            for episode in round_of_episodes:
                yield self._finish_episode(episode)
            is_due = False
            if collector.is_full:
                self._apply_controls()
                yield self._update_finished(collector.learn())
                is_due = config.evaluate_every is not None and self._updates % config.evaluate_every == 0
            may_be_solved = self._solved_episode is None and collector.is_worth_evaluating(self._running_mean())
            if not (may_be_solved or is_due):
                continue
            evaluated = yield from self._evaluate()
            if may_be_solved and collector.passes(evaluated.greedy_mean):
                self._solved_episode = len(self._durations)
                yield Solved(self._solved_episode, self._training_mean(), evaluated.greedy_mean)
                if config.until_solved:
                    return

    def _apply_controls(self) -> None:
        """Let the next update have the learning rate that was asked for, now or when the run was first played."""
        changed_before = self._learning_rates.get(self._updates + 1)
        chosen = changed_before if self._next_learning_rate is None else self._next_learning_rate
        self._next_learning_rate = None
        if chosen is not None and chosen != self.agent.learning_rate:
            self.agent.learning_rate = chosen
            self._changed_rates.append((self._updates + 1, chosen))

    def _training_mean(self) -> float:
        return sum(self._window) / len(self._window)

    def _running_mean(self) -> float | None:
        """Return the mean return of the last ``solved_window`` training episodes; None while there are fewer."""
        return self._training_mean() if len(self._window) == self.config.solved_window else None

    def _finish_episode(self, played: Episode) -> EpisodeFinished:
        self._durations.append(played.duration)
        self._returns.append(played.episode_return)
        self._window.append(played.episode_return)
        self._env_steps += played.duration
        is_recorded = self._episodes_budget.takes(played.record.nbytes)
        return EpisodeFinished(
            episode=len(self._durations),
            duration=played.duration,
            episode_return=played.episode_return,
            terminated=played.terminated,
            truncated=played.truncated,
            env_steps=self._env_steps,
            mean_100=self._training_mean(),
            record=played.record if is_recorded else None,
            no_record=self._episodes_budget.sentence,
        )

    def _handed_out_weights(self) -> Obs | None:
        """Return a copy of the policy's weights, if they are few enough."""
        count = self._numpy_policy.size
        if count > MOST_WEIGHTS or not self._weights_budget.takes(4 * count):
            return None
        return self._numpy_policy.weights

    def _update_finished(self, stats: UpdateStats) -> UpdateFinished:
        self._updates += 1
        return UpdateFinished(
            update=self._updates,
            episode=len(self._durations),
            loss=stats.loss,
            entropy=stats.entropy,
            grad_norm=stats.grad_norm,
            learning_rate=self.agent.learning_rate,
            batch_steps=stats.steps,
            env_steps=self._env_steps,
            weights=self._handed_out_weights(),
        )

    def _evaluate(self) -> Generator[Payload, None, Evaluated]:
        """Play greedy episodes with the weights as they are now."""
        return self._evaluation.play(self._numpy_policy, self.policy, len(self._durations), self._updates)
