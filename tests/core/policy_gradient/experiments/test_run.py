"""Experiments in real processes: all runs come, killed ones come again, finished ones are played once."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import replace

import pytest

from core.policy_gradient.config import ARTICLE
from core.policy_gradient.errors import PolicyGradientError
from core.policy_gradient.experiments.kept import MOST_KEPT, find_run, keep_run, let_oldest_go
from core.policy_gradient.experiments.play import play, play_or_find
from core.policy_gradient.experiments.record import RunRecord
from core.policy_gradient.experiments.run import run_study
from core.policy_gradient.experiments.schedule import Schedule, Study, StudyError
from core.policy_gradient.experiments.variants import PLAY, Variant
from core.policy_gradient.train import Training
from tests.core.policy_gradient.experiments.finish import finish

TINY = replace(ARTICLE, episodes=2, eval_episodes=1, evaluate_every=None)
LONG = replace(TINY, episodes=100_000)


def test_a_run_comes_to_what_training_comes_to():
    config = replace(TINY, episodes=13, seed=2, solved_at=15.0, solved_window=3)
    record = finish(play(config))
    training = Training(config)
    for _event in training:
        pass
    result = training.result()
    assert (record.durations, record.returns) == (result.durations, result.returns)
    assert record.solved_episode == result.solved_episode is not None
    assert 0 < record.solved_seconds <= record.seconds
    assert (record.threshold, record.error, record.config) == (15.0, "", config.to_dict())


def test_training_that_diverges_is_a_result(monkeypatch):
    def diverge(_agent):
        raise PolicyGradientError("The gradient of this update is no number")

    monkeypatch.setattr("core.policy_gradient.agent.CartAgent.learn", diverge)
    record = finish(play(replace(TINY, episodes=20)))
    assert len(record.durations) == 6, "the article's first batch"
    assert (record.error, record.solved_episode) == ("The gradient of this update is no number", None)


def test_a_kept_run_is_not_played_again(tmp_path, monkeypatch):
    config = replace(TINY, seed=5)
    first = finish(play_or_find(PLAY, config, tmp_path))
    assert finish(play_or_find(PLAY, config, tmp_path)) == first, "its seconds, too: it was found"
    assert find_run(tmp_path, PLAY, config) == first
    assert find_run(tmp_path, PLAY, replace(config, seed=6)) is None
    assert find_run(tmp_path, "another:task", config) is None
    monkeypatch.setattr("core.policy_gradient.experiments.kept.fingerprint", lambda: "another algorithm")
    assert find_run(tmp_path, PLAY, config) is None


RECORD = RunRecord({}, (3,), (3.0,), None, None, 0.1, 475.0)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"durations": [-1]}', "\x00", '{"config": {}, "durations": "x"}'])
def test_a_damaged_file_is_no_run(tmp_path, content):
    keep_run(tmp_path, PLAY, TINY, RECORD)
    (file,) = tmp_path.iterdir()
    file.write_text(content)
    assert find_run(tmp_path, PLAY, TINY) is None
    keep_run(tmp_path, PLAY, TINY, RECORD)
    assert find_run(tmp_path, PLAY, TINY) == RECORD


def test_a_folder_that_takes_nothing_costs_no_run(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    keep_run(tmp_path / "file", PLAY, TINY, RECORD)
    assert "can't be kept" in caplog.text


def test_the_oldest_runs_go(tmp_path, monkeypatch):
    assert MOST_KEPT >= 1000
    monkeypatch.setattr("core.policy_gradient.experiments.kept.MOST_KEPT", 2)
    for age, name in enumerate(["new", "middle", "old"]):
        (tmp_path / f"{name}.json").write_text("{}")
        os.utime(tmp_path / f"{name}.json", (1000 - age, 1000 - age))
    let_oldest_go(tmp_path)
    assert sorted(file.stem for file in tmp_path.iterdir()) == ["middle", "new"]


@pytest.mark.long
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_killed_run_is_repeated_the_others_are_kept_and_nothing_is_played_twice(tmp_path):
    short = Variant("short", TINY)
    schedule = Schedule(Study((short, Variant("long", replace(LONG, episodes=300))), (0, 1)))
    killed = set()
    for step in run_study(schedule, folder=tmp_path, processes=2):
        if step.run.variant.name == "long" and step.record is None and step.run.seed not in killed:
            killed.add(step.run.seed)
            for child in multiprocessing.active_children():
                os.kill(child.pid, signal.SIGKILL)
    assert killed
    assert schedule.is_over
    alone = finish(play(replace(LONG, episodes=300, seed=1)))
    assert schedule.records["long"][1].durations == alone.durations
    # What is kept is found: a study whose tasks can't be played any more comes to the same.
    again = Schedule(schedule.study)
    assert [step.record is not None for step in run_study(again, folder=tmp_path, processes=1)] == [True] * 4
    assert again.records == schedule.records


def test_an_environment_that_does_not_exist_ends_the_experiment_in_one_line():
    schedule = Schedule(Study((Variant("nowhere", replace(TINY, env_id="NoSuchCart-v9")),), (0,)))
    with pytest.raises(StudyError, match=r"^nowhere: .*NoSuchCart-v9") as caught:
        list(run_study(schedule, folder=None))
    assert "\n" not in str(caught.value)
