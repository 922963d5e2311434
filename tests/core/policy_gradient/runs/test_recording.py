"""What a run keeps of its episodes is what was played, and it can be told what they were played with."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest
import torch

from core.policy_gradient import train
from core.policy_gradient.config import ARTICLE, FAST
from core.policy_gradient.events import EpisodeFinished, PolicySnapshot, Transition, UpdateFinished
from core.policy_gradient.runs import recording
from core.policy_gradient.runs.recording import Budget, layers_of
from core.policy_gradient.train import Training

ONE = replace(ARTICLE, episodes=12, batch_episodes=3, eval_episodes=2)
MANY = replace(FAST, episodes=16, batch_episodes=8, eval_episodes=2)


def only(kind, events):
    return [event for event in events if isinstance(event, kind)]


def test_an_episode_is_recorded_step_for_step():
    events = list(Training(ONE))
    for finished in only(EpisodeFinished, events):
        steps = [step for step in only(Transition, events) if step.episode == finished.episode]
        record = finished.record
        assert record.episode == finished.episode
        assert record.obs.dtype == np.float32
        assert [tuple(obs) for obs in record.obs.tolist()] == [s.obs for s in steps] + [steps[-1].next_obs]
        assert record.actions.tolist() == [s.action for s in steps]
        assert record.rewards.tolist() == [s.reward for s in steps], "as paid, the last not set to 0"
        rights = [s.probability_right for s in steps]
        assert record.probabilities.tolist() == [
            right if s.action else 1.0 - right for s, right in zip(steps, rights, strict=True)
        ]
        assert (record.terminated, record.truncated) == (finished.terminated, finished.truncated)
        assert (record.duration, record.episode_return) == (finished.duration, finished.episode_return)


def test_episodes_played_at_once_are_recorded_each_with_its_own_end():
    events = list(Training(MANY))
    finished = only(EpisodeFinished, events)
    assert [e.record.episode for e in finished] == list(range(1, 17))
    assert [e.record.duration for e in finished] == [e.duration for e in finished]
    for event in finished:
        obs = event.record.obs
        assert len(obs) == event.duration + 1
        inside = (np.abs(obs[:, 0]) < 2.4) & (np.abs(obs[:, 2]) < 0.2095)
        assert inside[:-1].all(), "no state of the episode after it"
        assert inside[-1] != event.terminated
    shown = only(Transition, events)[0]
    assert shown.obs == tuple(finished[0].record.obs[0].tolist())
    right = shown.probability_right
    assert finished[0].record.probabilities[0] == (right if shown.action else 1.0 - right)


@pytest.mark.parametrize("config", [ONE, MANY], ids=["one", "many"])
def test_the_weights_said_after_an_update_are_those_that_play_the_next_episodes(config):
    events = list(Training(config))
    weights = {0: only(PolicySnapshot, events)[0].weights} | {u.update: u.weights for u in only(UpdateFinished, events)}
    assert isinstance(events[0], PolicySnapshot)
    for event in only(EpisodeFinished, events):
        x = event.record.obs[:-1]
        *inner, (weight, bias) = layers_of(weights[event.record.update], 4, 2, config.hidden)
        for w, b in inner:
            x = np.maximum(x @ w.T + b, 0)
        right = 1 / (1 + np.exp(-(x @ weight.T + bias)[:, 0].astype(np.float64)))
        taken = np.where(event.record.actions == 1, right, 1 - right)
        np.testing.assert_allclose(event.record.probabilities, taken, atol=1e-6)
    assert {event.record.update for event in only(EpisodeFinished, events)} >= {0, 1}


def test_a_softmax_is_recorded_with_the_chance_of_what_was_done():
    events = list(Training(replace(ONE, episodes=1).for_environment("Acrobot-v1")))
    record = only(EpisodeFinished, events)[0].record
    steps = only(Transition, events)
    assert record.probabilities.tolist() == [step.probabilities[step.action] for step in steps]


def test_a_network_in_a_row_is_taken_apart_as_torch_has_it():
    training = Training(replace(ONE, hidden=(3, 2)))
    layers = layers_of(training._numpy_policy.weights, 4, 2, (3, 2))
    for (weight, bias), layer in zip(layers, training.policy.layers, strict=True):
        assert torch.equal(torch.from_numpy(weight), layer.weight.detach())
        assert torch.equal(torch.from_numpy(bias), layer.bias.detach())
    training.close()
    with pytest.raises(ValueError, match="no network"):
        layers_of(np.zeros(7, np.float32), 4, 2, (3, 2))


def test_a_run_that_would_fill_its_readers_memory_stops_keeping_and_says_so(monkeypatch):
    first = next(e for e in Training(ONE) if isinstance(e, EpisodeFinished))
    monkeypatch.setattr(train, "Budget", lambda: Budget(first.record.nbytes))
    finished = only(EpisodeFinished, Training(ONE))
    assert finished[0].record == first.record
    assert finished[0].no_record == ""
    assert all(e.record is None and "not kept" in e.no_record for e in finished[1:])


def test_large_networks_are_not_handed_out(monkeypatch):
    monkeypatch.setattr(train, "MOST_WEIGHTS", 1056)
    events = list(Training(ONE))
    assert only(PolicySnapshot, events)[0].weights is None
    assert all(u.weights is None for u in only(UpdateFinished, events))
    assert recording.MOST_WEIGHTS > 1057


def test_records_travel_and_come_apart_from_the_batch_they_are_part_of():
    record = only(EpisodeFinished, Training(MANY))[3].record
    assert record.obs.base is not None
    own = record.compact()
    assert own.obs.base is None
    assert pickle.loads(pickle.dumps(record)) == own == record
    other = replace(own, rewards=own.rewards + 1)
    assert other != own
    assert own != "a record"
