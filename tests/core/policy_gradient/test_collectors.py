"""The number of environments decides how episodes are played, and nothing else does."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from core.policy_gradient.config import ARTICLE, FAST
from core.policy_gradient.events import EpisodeFinished, Evaluated, Solved, UpdateFinished
from core.policy_gradient.train import Training

ONE = replace(ARTICLE, episodes=14, eval_episodes=2)


def events_of(config, *kinds):
    return [event for event in Training(config) if isinstance(event, kinds)]


def test_a_preset_is_a_set_of_values_and_decides_nothing():
    renamed = replace(ONE, preset="fast")
    assert events_of(renamed, EpisodeFinished, UpdateFinished) == events_of(ONE, EpisodeFinished, UpdateFinished)


def test_every_round_plays_an_episode_in_each_environment_until_the_batch_is_full():
    config = replace(FAST, n_envs=4, batch_episodes=10, episodes=24, until_solved=False, eval_episodes=2)
    updates = events_of(config, UpdateFinished)
    episodes = events_of(config, EpisodeFinished)
    assert [update.episode for update in updates] == [12, 24]  # three rounds of four hold the ten that are wanted
    assert updates[0].batch_steps == sum(episode.duration for episode in episodes[:12])
    more = replace(config, n_envs=16, batch_episodes=10, episodes=32)
    assert [update.episode for update in events_of(more, UpdateFinished)] == [16, 32]


def test_a_batch_that_was_played_in_rounds_is_tried_by_its_mean_over_all_of_them():
    config = replace(FAST, n_envs=4, batch_episodes=8, episodes=32, evaluate_from=0.0, solved_at=1e6, eval_episodes=2)
    assert [event.episode for event in events_of(config, Evaluated)] == [8, 16, 24, 32]


@pytest.mark.filterwarnings("ignore:.*out of date.*")
def test_cartpole_v0_is_solved_by_its_own_threshold():
    config = replace(FAST.for_environment("CartPole-v0"), eval_episodes=20)
    *_evaluations, solved = events_of(config, Evaluated, Solved)
    assert isinstance(solved, Solved)
    assert 195 <= solved.greedy_mean <= 200


# Recorded from the version in which the preset's name chose between two loops.
RECORDED = {
    "article": (replace(ARTICLE, episodes=60, eval_episodes=10), "a66bc28015622e19"),
    "fast": (FAST, "774c8595c1eddc5e"),
}


@pytest.mark.parametrize("name", RECORDED)
def test_episodes_and_updates_are_those_of_the_version_before(name):
    config, digest = RECORDED[name]
    numbers = [
        (event.duration, event.env_steps)
        if isinstance(event, EpisodeFinished)
        else (event.episode, event.batch_steps, event.env_steps)
        for event in events_of(config, EpisodeFinished, UpdateFinished)
    ]
    assert hashlib.sha256(repr(numbers).encode()).hexdigest()[:16] == digest
