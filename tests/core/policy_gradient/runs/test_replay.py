"""A recorded episode is played again in the environment, the same to the last bit, or it is said where it parts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.policy_gradient.config import ARTICLE, FAST
from core.policy_gradient.errors import ReplayError
from core.policy_gradient.events import EpisodeFinished
from core.policy_gradient.runs.history import RunHistory
from core.policy_gradient.runs.replay import replay
from core.policy_gradient.runs.saver import RunSaver, resumed
from core.policy_gradient.train import Training
from tests.core.policy_gradient.hostile import drawing_from_everywhere, registered

ONE = replace(ARTICLE, episodes=6, batch_episodes=2, eval_episodes=2)
MANY = replace(FAST, episodes=32, batch_episodes=16, eval_episodes=2)


def records_of(config):
    return [event.record for event in Training(config) if isinstance(event, EpisodeFinished)]


@pytest.mark.parametrize(
    "config",
    [
        ONE,
        MANY,
        replace(ONE, episodes=2, batch_episodes=1).for_environment("MountainCar-v0"),
        replace(MANY, episodes=2, batch_episodes=2).for_environment("MountainCar-v0"),
    ],
    ids=["one", "many at once", "another", "many in turn"],
)
def test_every_training_episode_is_played_again_as_it_was(config):
    for record in records_of(config):
        moments = list(replay(config, record))
        assert [moment.step for moment in moments] == list(range(record.duration + 1))
        assert np.array_equal([moment.obs for moment in moments], record.obs)


@pytest.mark.parametrize("config", [ONE, MANY], ids=["one", "many"])
def test_its_pictures_are_the_environments_own(config):
    record = records_of(replace(config, episodes=1))[0]
    pictures = [moment.picture for moment in replay(config, record, pictures=range(record.duration + 1))]
    assert len(pictures) == record.duration + 1
    assert all(picture.shape == (400, 600, 3) for picture in pictures)
    assert not np.array_equal(pictures[0], pictures[-1])


@pytest.mark.parametrize("config", [ONE, MANY], ids=["one", "many"])
def test_where_it_parts_from_the_record_is_said(config):
    record = records_of(replace(config, episodes=1))[0]
    obs = record.obs.copy()
    obs[5, 0] += 1e-6
    with pytest.raises(ReplayError, match="at step 5") as caught:
        list(replay(config, replace(record, obs=obs)))
    assert caught.value.step == 5
    rewards = record.rewards.copy()
    rewards[2] = 7.0
    with pytest.raises(ReplayError, match=r"at step 3 .*7"):
        list(replay(config, replace(record, rewards=rewards)))
    with pytest.raises(ReplayError, match=f"at step {record.duration}"):
        list(replay(config, replace(record, truncated=True, terminated=False)))


def test_playing_again_disturbs_no_run():
    undisturbed = Training(ONE)
    for _event in undisturbed:
        pass
    training = Training(ONE)
    for event in training:
        if isinstance(event, EpisodeFinished):
            list(replay(ONE, event.record))
    assert training.result() == undisturbed.result()


def test_an_environment_that_draws_from_elsewhere_is_found_out():
    with registered(step=drawing_from_everywhere) as env_id:
        config = replace(ONE, episodes=3, batch_episodes=1).for_environment(env_id)
        records = records_of(config)
        with pytest.raises(ReplayError, match=r"Episode 3 can.t be played again: at step 1 .* its own generator"):
            list(replay(config, records[2]))


def test_its_run_goes_on_exactly_all_the_same(tmp_path):
    with registered(step=drawing_from_everywhere) as env_id:
        config = replace(ONE, episodes=3, batch_episodes=1).for_environment(env_id)
        former = RunHistory(config)
        former.apply(Training(config))
        whole = records_of(replace(config, episodes=6))
        training = resumed(former, replace(config, episodes=6))
        saver = RunSaver(tmp_path / "run", training, former)
        for event in training:
            saver.take(event)
        assert [episode.record for episode in saver.run.episodes] == whole
