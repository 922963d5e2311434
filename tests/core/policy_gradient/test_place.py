"""A run goes back to any place it was at, and goes on from there as if it had never left."""

from __future__ import annotations

import itertools
import json
from dataclasses import asdict, replace

import pytest

from core.decode import DecodeError, decode
from core.policy_gradient.config import ARTICLE, FAST
from core.policy_gradient.events import EpisodeFinished, Evaluating, Frame, PolicySnapshot, Transition, UpdateFinished
from core.policy_gradient.place import Place, PlaceReached, ReturnTo
from core.policy_gradient.train import Training
from tests.core.policy_gradient.test_train import plain

ONE = replace(ARTICLE, episodes=12, batch_episodes=3, eval_episodes=3, solved_at=12.0, solved_window=3)
MANY = replace(FAST, episodes=24, batch_episodes=8, evaluate_from=0.0, solved_at=1.0, eval_episodes=3)


def look(training):
    frame = training.snapshot()
    assert isinstance(frame, Frame)
    return frame.obs, frame.probability_right, frame.transition


@pytest.mark.parametrize("config", [ONE, MANY], ids=["one", "many"])
def test_every_place_of_a_run_is_found_again_and_is_the_same(config):
    whole = list(Training(config))
    training = Training(config)
    running = iter(training)
    for index, _payload in enumerate(itertools.islice(running, 0, len(whole) - 1)):
        if index % 7 and not isinstance(whole[index], (EpisodeFinished, UpdateFinished)):
            continue
        if isinstance(whole[index], (Evaluating, PolicySnapshot)):  # the place is still that of the payload before
            continue
        again = Training(config, ReturnTo(training.place))
        running_again = iter(again)
        on_the_way = list(itertools.islice(running_again, index + 2))
        assert plain(on_the_way[:-1]) == plain(whole[: index + 1])
        assert on_the_way[-1] == PlaceReached(training.place)
        assert look(again) == look(training)
        again.close()


def test_a_run_that_came_back_goes_on_as_it_would_have():
    whole, training = list(Training(ONE)), Training(ONE)
    running = iter(training)
    seventh = next(p for p in running if isinstance(p, Transition) and (p.episode, p.step) == (7, 5))
    again = Training(ONE, ReturnTo(training.place))
    gone_on = list(again)
    assert [p for p in gone_on if isinstance(p, PlaceReached)] == [PlaceReached(training.place)]
    assert plain(p for p in gone_on if not isinstance(p, PlaceReached)) == plain(whole)
    assert gone_on[gone_on.index(seventh) + 1] == PlaceReached(training.place)
    assert again.result().durations == tuple(p.duration for p in whole if isinstance(p, EpisodeFinished))


def test_learning_rates_changed_by_hand_come_back_at_the_update_they_held_from():
    training, said = Training(ONE), []
    for payload in training:
        said.append(payload)
        if isinstance(payload, UpdateFinished) and payload.update == 1:
            training.control("learning_rate", 0.001)
    rates = [p.learning_rate for p in said if isinstance(p, UpdateFinished)]
    assert rates == [0.01, 0.001, 0.001]
    again = Training(ONE, ReturnTo(training.place, ((2, 0.001),)))
    assert plain(p for p in again if not isinstance(p, PlaceReached)) == plain(said)


def test_a_place_the_run_never_comes_by_ends_with_the_run():
    payloads = list(Training(replace(ONE, episodes=2), ReturnTo(Place(env_steps=10**9))))
    assert not any(isinstance(p, PlaceReached) for p in payloads)


def test_a_place_survives_json_and_what_is_none_is_refused():
    place = Place(321, 7, 1, 0, True)
    assert decode(Place, json.loads(json.dumps(asdict(place)))) == place
    for wrong in ({"env_steps": -1}, {"episodes": "7"}, {"updates": 1.5}, {"solved": 3}):
        with pytest.raises(DecodeError):
            decode(Place, wrong)
