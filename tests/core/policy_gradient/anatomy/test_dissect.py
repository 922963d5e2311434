"""An update taken apart: its parts make the loss of the curve, and lead to the very weights the run came to."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from core.policy_gradient.anatomy.dissect import dissect
from core.policy_gradient.anatomy.findings import ALL_CORRECTIONS, Anatomy, Corrections, Dissecting
from core.policy_gradient.config import ARTICLE, FAST
from core.policy_gradient.errors import PolicyGradientError
from core.policy_gradient.events import EpisodeFinished, PolicySnapshot, UpdateFinished
from core.policy_gradient.runs.recording import layers_of
from core.policy_gradient.train import Training

ONE = replace(ARTICLE, episodes=12, batch_episodes=3, eval_episodes=1, gamma=0.5)
MANY = replace(FAST, episodes=24, batch_episodes=8, eval_episodes=1)
SINGLE = replace(ONE, batch_episodes=1, episodes=5)
ACROBOT = replace(FAST, env_id="Acrobot-v1", episodes=2, batch_episodes=2, eval_episodes=1)
"""Three actions, rewards of −1."""


def anatomy_of(config, episode, learning_rates=()):
    *on_the_way, found = dissect(config, episode, learning_rates)
    assert all(isinstance(each, Dissecting) for each in on_the_way)
    assert isinstance(found, Anatomy)
    return found


def log_probabilities(weights, obs, actions, hidden, n_actions=2):
    """Return log π(a|s) worked out in float64, by nothing of the program's own."""
    x = obs.astype(np.float64)
    *inner, (weight, bias) = layers_of(np.asarray(weights), obs.shape[1], n_actions, hidden)
    for w, b in inner:
        x = np.maximum(x @ w.T + b, 0)
    logits = x @ weight.T + bias
    if n_actions == 2:
        right = 1 / (1 + np.exp(-logits[:, 0]))
        return np.log(np.where(actions == 1, right, 1 - right))
    return (logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)))[np.arange(len(actions)), actions]


def updates_of(training):
    return [payload for payload in training if isinstance(payload, UpdateFinished)]


@pytest.mark.parametrize(
    ("config", "episode"),
    [
        pytest.param(ONE, 6, id="article"),
        pytest.param(MANY, 13, id="fast"),
        pytest.param(replace(ONE, reduction="mean"), 7, id="mean of one"),
        pytest.param(replace(MANY, reduction="sum"), 1, id="sum of many"),
        pytest.param(replace(ONE, normalise=False, reward_to_go=False), 5, id="plain"),
        pytest.param(replace(ONE, baseline="value", zero_last_reward=False), 9, id="value network"),
        pytest.param(replace(MANY, baseline="step", entropy_bonus=0.1), 20, id="baseline by step"),
        pytest.param(ACROBOT, 2, id="three actions"),
    ],
)
def test_the_steps_add_up_to_the_loss_of_the_curve_and_lead_to_the_weights_of_the_run(config, episode):
    updates = updates_of(Training(config))
    found = anatomy_of(config, episode)
    said = updates[found.update - 1]
    assert found.episodes[0] <= episode <= found.episodes[1] == said.episode
    assert found.batch_steps == said.batch_steps
    assert found.loss == said.loss
    lesson = found.lesson(found.own)
    assert (lesson.products.sum() + lesson.rest) / found.batch_steps == pytest.approx(said.loss, rel=1e-4, abs=1e-6)
    assert lesson.products == pytest.approx(-found.log_probs * lesson.advantages)
    assert lesson.grad_norm == said.grad_norm
    assert lesson.agreement == pytest.approx(1)
    record, n_actions = found.record, 3 if config is ACROBOT else 2
    after = log_probabilities(said.weights, record.obs[:-1], record.actions, config.hidden, n_actions)
    assert np.log(lesson.after) == pytest.approx(after, abs=1e-4)
    assert found.before == pytest.approx(record.probabilities, abs=1e-5)
    assert np.exp(found.log_probs) == pytest.approx(found.before)


def test_every_strip_by_hand():
    found = anatomy_of(SINGLE, 4)  # the only episode of its batch
    steps = found.duration
    assert found.episodes == (4, 4)
    assert found.record.rewards.tolist() == [1] * steps
    assert found.rewards.tolist() == [1] * (steps - 1) + [0]
    assert found.is_last_zeroed
    to_go = [2 - 2.0 ** (2 - k) for k in range(steps, 1, -1)] + [0.0]  # …, 1.75, 1.5, 1, 0: γ is a half
    assert to_go[-5:] == [1.875, 1.75, 1.5, 1, 0]
    for credit, returns in (
        ("to_go", to_go), ("reward", [1.0] * (steps - 1) + [0.0]), ("episode", [to_go[0]] * steps),
    ):  # fmt: skip
        plain, normalised = found.lesson(Corrections(credit, False)), found.lesson(Corrections(credit, True))
        mean = sum(returns) / steps
        deviation = math.sqrt(sum((g - mean) ** 2 for g in returns) / steps)
        for lesson in (plain, normalised):
            assert lesson.returns == pytest.approx(returns)
            assert lesson.baselines.tolist() == [0] * steps
            assert (lesson.mean, lesson.deviation) == pytest.approx((mean, deviation))
            assert lesson.rest == pytest.approx(0)
            assert lesson.loss == pytest.approx(lesson.products.mean())
        assert plain.advantages == pytest.approx(returns)
        if credit != "episode":
            assert normalised.advantages == pytest.approx([(g - mean) / deviation for g in returns])
    same = found.lesson(Corrections("episode", True))  # of returns that are all alike, nothing is to be learned
    assert (same.advantages.tolist(), same.grad_norm, same.loss) == ([0] * steps, 0, 0)
    assert math.isnan(same.agreement)


def test_gradients_and_the_angle_between_them_by_finite_differences():
    config = replace(SINGLE, hidden=(3,))
    said = [payload for payload in Training(config) if isinstance(payload, (PolicySnapshot, UpdateFinished))]
    found = anatomy_of(config, 4)
    weights = said[found.update - 1].weights.astype(np.float64)  # those that played it
    record = found.record

    def gradient(lesson):
        def loss(moved):
            probabilities = log_probabilities(moved, record.obs[:-1], record.actions, config.hidden)
            return float(-(probabilities * lesson.advantages).sum())

        moves = 1e-6 * np.eye(len(weights))
        return np.array([(loss(weights + move) - loss(weights - move)) / 2e-6 for move in moves])

    own = gradient(found.lesson(found.own))
    for corrections in ALL_CORRECTIONS[:-2]:
        lesson = found.lesson(corrections)
        theirs = gradient(lesson)
        assert lesson.grad_norm == pytest.approx(np.linalg.norm(theirs), rel=1e-3)
        cosine = own @ theirs / (np.linalg.norm(own) * np.linalg.norm(theirs))
        assert lesson.agreement == pytest.approx(cosine, abs=1e-4)


@pytest.mark.parametrize("episode", [8, 9, 10])
def test_a_learning_rate_changed_by_hand_is_changed_again(episode):
    """The batch of episodes 8 to 10 is the first with another learning rate."""
    training, said = Training(ONE), []
    for payload in training:
        said.append(payload)
        if isinstance(payload, EpisodeFinished) and payload.episode == 9:
            training.control("learning_rate", 0.002)
    rates = training.result().learning_rates
    assert rates == ((3, 0.002),)
    found = anatomy_of(ONE, episode, rates)
    update = next(payload for payload in said if isinstance(payload, UpdateFinished) and payload.update == 3)
    after = log_probabilities(update.weights, found.record.obs[:-1], found.record.actions, ONE.hidden)
    assert np.log(found.lesson(found.own).after) == pytest.approx(after, abs=1e-5)


@pytest.mark.parametrize("episode", [12, 13])
def test_an_episode_from_which_no_update_has_learned_is_refused(episode):
    """The run's batches end with episodes 4, 7 and 10; its last two are learned from no more."""
    with pytest.raises(PolicyGradientError, match=f"No update has learned from episode {episode}: .*episode 12"):
        list(dissect(ONE, episode))


def test_it_says_how_far_it_is():
    said = [payload.episodes for payload in dissect(ONE, 6) if isinstance(payload, Dissecting)]
    assert said == [1, 2, 3, 4, 5, 6, 7]
