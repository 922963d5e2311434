"""A run keeps its promises: the same seed, the same curve, whoever looks on."""

from __future__ import annotations

import pickle
from dataclasses import replace

import gymnasium as gym
import numpy as np
import pytest
import torch

from core.policy_gradient.collectors import steps_of
from core.policy_gradient.config import ARTICLE, FAST
from core.policy_gradient.environments.vector import VectorEnvironment
from core.policy_gradient.errors import ConfigError, EnvironmentRefusedError
from core.policy_gradient.evaluation import play_greedy
from core.policy_gradient.events import (
    EpisodeFinished,
    Evaluated,
    Frame,
    Result,
    Solved,
    SolvedRule,
    Transition,
    UpdateFinished,
    Weights,
)
from core.policy_gradient.policy import NumpyPolicy
from core.policy_gradient.returns import normalise
from core.policy_gradient.rollout import Batch
from core.policy_gradient.runs.recording import EpisodeStart
from core.policy_gradient.train import Training, train
from core.runtime.task import Job, Steerable, Watchable

SHORT = replace(ARTICLE, episodes=23, eval_episodes=10)
QUICK = replace(FAST, episodes=48, batch_episodes=16, until_solved=False, eval_episodes=10)


def finish(generator):
    events = []
    while True:
        try:
            events.append(next(generator))
        except StopIteration as stop:
            return events, stop.value


def only(kind, events):
    return [event for event in events if isinstance(event, kind)]


def plain(events):
    """Return events in a form that compares: arrays as lists."""
    return [
        (
            type(e).__name__,
            *(v.tolist() if isinstance(v, np.ndarray) else v for v in map(e.__getattribute__, e.__slots__)),
        )
        for e in events
    ]


@pytest.mark.parametrize("config", [SHORT, QUICK], ids=["article", "fast"])
def test_the_same_seed_gives_the_same_events_twice_and_another_seed_others(config):
    first, result = finish(train(config))
    second, again = finish(train(config))
    assert plain(first) == plain(second)
    assert result == again
    assert finish(train(replace(config, seed=1)))[1].durations != result.durations


@pytest.mark.parametrize("config", [SHORT, QUICK], ids=["article", "fast"])
def test_looking_on_changes_nothing(config):
    unwatched, _result = finish(train(config))
    training = Training(config)
    training.control("own_frame", True)
    watched, frames = [training.snapshot()], []
    for event in training:
        watched.append(event)
        if len(watched) % 9 == 0:
            frames.append((training.snapshot(), event))
    assert plain(watched[1:]) == plain(unwatched)
    assert len(frames) > 10
    for frame, event in frames:
        assert isinstance(frame, Frame)
        assert frame.image.shape == (400, 600, 3)
        if isinstance(event, Transition):
            assert frame.transition is event
            assert frame.obs == event.next_obs


@pytest.mark.parametrize("config", [SHORT, QUICK], ids=["article", "fast"])
def test_the_events_add_up(config):
    events, result = finish(train(config))
    episodes, updates = only(EpisodeFinished, events), only(UpdateFinished, events)
    assert [e.episode for e in episodes] == list(range(1, len(result.durations) + 1))
    assert tuple(e.duration for e in episodes) == result.durations
    assert tuple(e.episode_return for e in episodes) == result.returns == tuple(map(float, result.durations))
    assert [e.env_steps for e in episodes] == np.cumsum(result.durations).tolist()
    assert [e.mean_100 for e in episodes] == pytest.approx(
        [np.mean(result.durations[: i + 1]) for i in range(len(episodes))]
    )
    assert all(e.terminated != e.truncated for e in episodes)
    assert [u.update for u in updates] == list(range(1, result.updates + 1))
    assert [u.env_steps for u in updates] == np.cumsum([u.batch_steps for u in updates]).tolist()
    assert all(0 < u.entropy <= np.log(2) + 1e-6 and u.grad_norm > 0 for u in updates)
    assert {u.learning_rate for u in updates} == {0.01}
    assert result.env_steps == sum(result.durations)
    assert result.training_mean == pytest.approx(np.mean(result.durations))
    assert result.config is config


def test_the_article_updates_after_episodes_6_11_16():
    # `if i_episode > 0 and i_episode % BATCH_SIZE == 0`, with episodes counted from 0.
    events, result = finish(train(SHORT))
    updates = only(UpdateFinished, events)
    assert [u.episode for u in updates] == [6, 11, 16, 21]
    assert updates[0].batch_steps == sum(result.durations[:6])
    assert updates[1].batch_steps == sum(result.durations[6:11])
    assert len(only(Transition, events)) == result.env_steps


def test_fast_plays_a_batch_an_update_and_ends_with_the_batch_that_reaches_the_limit():
    events, result = finish(train(replace(QUICK, episodes=33)))
    assert [u.episode for u in only(UpdateFinished, events)] == [16, 32, 48]
    assert len(result.durations) == 48
    batches = np.array(result.durations).reshape(3, 16)
    assert len(only(Transition, events)) == batches.max(axis=1).sum()
    assert [u.batch_steps for u in only(UpdateFinished, events)] == batches.sum(axis=1).tolist()


def test_fast_learns_from_a_batch_what_the_article_would_by_hand():
    # Two copies: actions 1, 0, 1 and 1, 0 (its third step, 9, is filling). The first observation numbers copy and step.
    alive = np.array([[True, True], [True, True], [True, False]])
    obs = np.zeros((3, 2, 4), np.float32)
    obs[:, :, 0] = [[0, 10], [1, 11], [2, 12]]
    batch = Batch(
        obs,
        np.array([[1, 1], [0, 0], [1, 9]]),
        np.ones((3, 2)),
        alive,
        np.array([True, True]),
        np.array([False, False]),
        np.zeros((2, 4), np.float32),
        np.full((3, 2), 0.5),
        (EpisodeStart(), EpisodeStart()),
        first_episode=1,
        updates=0,
    )
    for zeroed, advantages in [
        (True, [4 / 3, 1 / 2, -7 / 6, 1 / 2, -7 / 6]),
        (False, normalise([1.75, 1.5, 1, 1.5, 1])),
    ]:
        states, actions, to_go, ends = steps_of(batch, 0.5, zero_last_reward=zeroed)
        assert states[:, 0].tolist() == [0, 1, 2, 10, 11]
        assert actions.tolist() == [1, 0, 1, 1, 0]
        np.testing.assert_allclose(normalise(to_go), advantages)
        assert ends.tolist() == [False, False, True, False, True]
    assert batch.rewards.tolist() == [[1, 1]] * 3, "the rewards as paid stay as they are"


def test_a_run_ends_with_a_greedy_score_of_its_last_weights():
    events, result = finish(train(SHORT))
    evaluated = events[-1]
    assert isinstance(evaluated, Evaluated)
    assert (evaluated.episode, evaluated.update, evaluated.best) == (23, 4, True)
    assert evaluated.durations.shape == evaluated.returns.shape == (10,)
    assert evaluated.greedy_mean == evaluated.returns.mean() == result.greedy_mean == result.best_greedy_mean
    assert len(only(Evaluated, events)) == 1


def test_an_evaluation_disturbs_no_training():
    undisturbed = finish(train(SHORT))[1]
    events, result = finish(train(replace(SHORT, solved_at=12.0, solved_window=3)))
    assert len(only(Evaluated, events)) == 2
    assert result.durations == undisturbed.durations


def test_the_article_counts_as_solved_by_its_training_episodes():
    config = replace(SHORT, solved_at=25.0, solved_window=4)
    events, result = finish(train(config))
    (solved,) = only(Solved, events)
    means = [np.mean(result.durations[max(0, n - 4) : n]) for n in range(1, 24)]
    first = next(n for n in range(4, 24) if means[n - 1] >= 25)
    assert solved.episode == result.solved_episode == first
    assert solved.training_mean == pytest.approx(means[first - 1])
    # The greedy score was made for the occasion, and is another number.
    evaluated = events[events.index(solved) - 1]
    assert isinstance(evaluated, Evaluated)
    assert solved.greedy_mean == evaluated.greedy_mean
    assert solved.greedy_mean != solved.training_mean

    stopped = finish(train(replace(config, until_solved=True)))[1]
    assert len(stopped.durations) == stopped.solved_episode == first
    assert stopped.durations == result.durations[:first]


def test_fast_counts_as_solved_by_greedy_episodes_tried_only_after_a_good_batch():
    config = replace(QUICK, episodes=480, evaluate_from=30.0, solved_at=150.0, until_solved=True)
    events, result = finish(train(config))
    (solved,) = only(Solved, events)
    assert events[-1] is solved
    assert solved.greedy_mean >= 150.0
    assert solved.episode == len(result.durations) == result.solved_episode
    tried = {e.episode: e for e in only(Evaluated, events)}
    for update in only(UpdateFinished, events):
        mean = np.mean(result.durations[update.episode - 16 : update.episode])
        assert (update.episode in tried) == (mean >= 30.0)
    assert all(e.greedy_mean < 150 for e in list(tried.values())[:-1])


def test_the_best_weights_are_kept():
    training = Training(replace(QUICK, episodes=320, evaluate_from=0.0, solved_at=1e6))
    events, weights = [], {}
    for event in training:
        events.append(event)
        if isinstance(event, Evaluated):
            weights[event.update] = {k: v.clone() for k, v in training.policy.state_dict().items()}
    evaluated = only(Evaluated, events)
    best = max(evaluated, key=lambda e: e.greedy_mean)
    assert training.result().best_greedy_mean == best.greedy_mean
    assert best.best
    record = -1.0
    for e in evaluated:
        assert e.best == (e.greedy_mean > record)
        record = max(record, e.greedy_mean)
    kept = training.best_policy().state_dict()
    assert all(torch.equal(kept[name], tensor) for name, tensor in weights[best.update].items())
    assert len(evaluated) == 20


def test_a_new_learning_rate_holds_from_the_next_update():
    training = Training(SHORT)
    rates, durations = [], []
    for event in training:
        if isinstance(event, UpdateFinished):
            rates.append(event.learning_rate)
            if event.update == 2:
                training.control("learning_rate", 0.002)
        elif isinstance(event, EpisodeFinished):
            durations.append(event.duration)
    assert rates == [0.01, 0.01, 0.002, 0.002]
    assert durations[:16] == list(finish(train(SHORT))[1].durations[:16])
    assert training.result().config.learning_rate == 0.01


@pytest.mark.parametrize(
    ("name", "value"),
    [("learning_rate", 0.0), ("learning_rate", float("nan")), ("learning_rate", "0.1"), ("gamma", 0.5), ("x", 1)],
)
def test_what_can_not_be_steered_is_refused(name, value):
    training = Training(SHORT)
    with pytest.raises(ConfigError):
        training.control(name, value)
    training.close()


def test_a_training_is_what_the_runtime_asks_for():
    training = Job("core.policy_gradient.train:Training", {"config": SHORT}).open()
    assert isinstance(training, Training)
    assert isinstance(training, Steerable)
    assert isinstance(training, Watchable)
    iter(training)
    with pytest.raises(RuntimeError, match="once"):
        iter(training)
    training.close()


def test_the_first_picture_is_there_before_the_first_step():
    training = Training(SHORT)
    frame = training.snapshot()
    assert frame.transition is None
    env = gym.make("CartPole-v1")
    assert frame.obs == tuple(env.reset(seed=0)[0].tolist())
    env.close()
    first = next(payload for payload in training if isinstance(payload, Transition))
    assert first.obs == frame.obs
    assert first.probability_right == pytest.approx(frame.probability_right)
    training.close()
    assert training.snapshot() is None


@pytest.mark.parametrize("config", [SHORT, QUICK], ids=["article", "fast"])
def test_what_the_window_paints_itself_is_drawn_only_when_asked_for(config):
    training = Training(config)
    assert training.snapshot().image is None
    training.control("own_frame", True)
    drawn = training.snapshot()
    assert drawn.image.shape == (400, 600, 3)
    training.control("own_frame", False)
    assert training.snapshot() == replace(drawn, image=None)
    training.close()


def test_all_copies_are_shown_to_whoever_looks_at_them():
    training = Training(QUICK)
    assert training.snapshot().copies is None
    training.control("copies", True)
    running, last, batches = iter(training), None, 0
    for event in running:
        copies = training.snapshot().copies
        if not isinstance(event, Transition):
            continue
        if event.step == 1:
            batches += 1
            last = None
        assert (copies.step, copies.first_episode) == (event.step, 1 + (batches - 1) * QUICK.envs_at_once)
        shown = event.episode - copies.first_episode
        np.testing.assert_array_equal(copies.obs[shown], np.float32(event.next_obs))
        if last is not None:  # what is over stays as it was, though the copy itself is reset
            np.testing.assert_array_equal(copies.obs[~last.alive], last.obs[~last.alive])
            np.testing.assert_array_equal(copies.ended[~last.alive], last.ended[~last.alive])
            assert (copies.ended[last.alive & ~copies.alive] == event.step).all()
        last = copies
        if batches == 2 and not copies.alive.any():
            break
    finished = [next(running) for _copy in range(QUICK.envs_at_once)]
    assert [event.duration for event in finished] == last.durations.tolist() == last.ended.tolist()
    training.control("copies", False)
    assert training.snapshot().copies is None
    training.close()
    one = Training(SHORT)
    one.control("copies", True)
    assert one.snapshot().copies is None, "there is one environment"
    one.close()


def test_a_run_abandoned_lets_go_and_keeps_what_it_did():
    training = Training(SHORT)
    running = iter(training)
    while not isinstance(next(running), EpisodeFinished):
        pass
    running.close()
    assert training.snapshot() is None
    result = training.result()
    assert len(result.durations) == 1
    assert (result.greedy_mean, result.best_greedy_mean, result.updates) == (None, None, 0)
    assert training.best_policy()(torch.zeros(4)).shape == (1,)


def test_nothing_happened_yet_is_a_result_too():
    training = Training(SHORT)
    result = training.result()
    training.close()
    assert result == Result(
        SHORT,
        durations=(),
        returns=(),
        updates=0,
        solved_episode=None,
        training_mean=None,
        greedy_mean=None,
        best_greedy_mean=None,
        env_steps=0,
        rule=SolvedRule(475.0, "training", 100, "environment"),
        weights=Weights("last", 0, 0, None),
    )


def test_the_random_numbers_of_the_process_are_left_alone():
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    training = Training(SHORT)
    iterator = iter(training)
    for _ in range(300):
        next(iterator)
    training.best_policy()
    training.close()
    assert torch.equal(torch.rand(3), expected)


def test_events_and_results_travel():
    for config in (SHORT, QUICK):
        events, result = finish(train(config))
        assert plain(pickle.loads(pickle.dumps(events))) == plain(events)
        assert pickle.loads(pickle.dumps(result)) == result


@pytest.mark.parametrize("preset", [SHORT, replace(QUICK, batch_episodes=2)], ids=["article", "fast"])
def test_three_actions_are_played_with_a_softmax(preset):
    config = replace(preset, episodes=2, eval_episodes=2).for_environment("Acrobot-v1")
    training = Training(replace(config, batch_episodes=1 if preset is SHORT else 2))
    events = list(training)
    transitions = only(Transition, events)
    assert {t.action for t in transitions} == {0, 1, 2}
    assert all(len(t.probabilities) == 3 and sum(t.probabilities) == pytest.approx(1) for t in transitions[:50])
    assert all(t.probability_right == t.probabilities[1] for t in transitions[:50])
    assert all(t.episode_return == -t.step for t in transitions if not t.terminated)
    (update,) = only(UpdateFinished, events)
    assert 0 < update.entropy <= np.log(3) + 1e-6
    # A step costs 1 and the last is free: the return of a whole episode is its negative length.
    assert all(e.episode_return in (-e.duration, 1 - e.duration) for e in only(EpisodeFinished, events))


def test_an_environment_we_can_not_play_is_refused_before_anything_runs():
    with pytest.raises(EnvironmentRefusedError):
        Training(SHORT.for_environment("Pendulum-v1"))


def test_article_plays_markedly_longer_after_150_episodes():
    result = finish(train(replace(ARTICLE, episodes=150)))[1]
    assert np.mean(result.durations[-20:]) >= 5 * np.mean(result.durations[:10])


@pytest.mark.parametrize("seed", range(5))
def test_fast_solves_cartpole(seed):
    result = finish(train(replace(FAST, seed=seed)))[1]
    assert result.solved_episode is not None
    assert result.greedy_mean >= 475
    assert result.env_steps < 300_000


def test_a_run_that_was_watched_ends_with_the_picture_of_its_last_state():
    training, unwatched = Training(SHORT), Training(SHORT)
    training.snapshot()
    last = only(Transition, list(training))[-1]
    assert training.snapshot().transition == last
    assert training.snapshot().obs == last.next_obs
    list(unwatched)
    assert unwatched.snapshot() is None


def test_a_run_that_collapses_keeps_the_weights_it_had_at_its_best():
    config = replace(ARTICLE, learning_rate=0.02, seed=3, episodes=300, eval_episodes=20)
    training = Training(config)
    evaluated = only(Evaluated, list(training))
    result = training.result()
    scores = [e.greedy_mean for e in evaluated]
    assert [e.update for e in evaluated][:5] == [10, 20, 30, 40, 50]
    assert result.best_greedy_mean == max(scores) == result.weights.greedy_mean
    assert result.weights.kind == "best"
    assert result.greedy_mean == scores[-1]
    best = VectorEnvironment(config.env_id, 20, 7)
    said, played = finish(play_greedy(best, NumpyPolicy(training.best_policy()), 20))
    best.close()
    assert said
    assert played.returns.mean() > 0.5 * max(scores)


def test_evaluating_often_or_never_changes_no_curve():
    curves = {
        every: only(EpisodeFinished, list(Training(replace(config, evaluate_every=every))))
        for config in (SHORT, QUICK)
        for every in (None, 1, 2)
    }
    assert curves[None] == curves[1] == curves[2]


def test_learning_rates_changed_by_hand_are_part_of_what_the_run_came_to():
    training = Training(SHORT)
    for event in training:
        if isinstance(event, UpdateFinished) and event.update == 2:
            training.control("learning_rate", 0.002)
    assert training.result().learning_rates == ((3, 0.002),)


def test_a_score_chosen_below_what_is_tried_from_is_tried_from_there():
    config = replace(QUICK, episodes=160, solved_at=30.0, until_solved=True, evaluate_every=None)
    events, result = finish(train(config))
    assert result.solved_episode is not None
    assert result.solved_episode < 160
    assert only(Solved, events)[0].greedy_mean >= 30
