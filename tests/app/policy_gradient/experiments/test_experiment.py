"""Run, stop, resume: each run is played once, whatever happens to its process."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.policy_gradient.experiments.experiment import Experiment, Phase
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.experiments.record import RunProgress
from core.policy_gradient.experiments.schedule import TRIES, Study
from core.policy_gradient.experiments.variants import Variant

TINY = replace(ARTICLE, episodes=2, eval_episodes=1, evaluate_every=None)
STUDY = Study((Variant("a", TINY), Variant("b", replace(TINY, gamma=1.0))), (0, 1))


@pytest.fixture
def experiment(background, tmp_path, qtbot):
    experiment = Experiment(background, tmp_path)
    yield experiment
    experiment.deleteLater()


def played(background):
    return [(run.job.arguments["config"].gamma, run.job.arguments["config"].seed) for run in background.waiting]


def test_it_comes_to_its_end(experiment, background):
    told = []
    experiment.summarised.connect(told.append)
    experiment.start(STUDY)
    assert played(background) == [(0.99, 0), (1.0, 0)], "a run in each process"
    background.go()
    assert experiment.phase is Phase.FINISHED
    assert [summary.name for summary in experiment.in_order] == ["a", "b"]
    assert [summary.runs for summary in experiment.in_order] == [2, 2]
    assert set(told) == {"a", "b"}
    assert experiment.share == 1.0
    assert all(summary.noise is not None for summary in experiment.in_order)


def test_what_was_stopped_goes_on_where_it_was(experiment, background):
    experiment.start(STUDY)
    background.go(1)
    left = list(background.waiting)
    experiment.stop()
    assert experiment.phase is Phase.STOPPED
    assert all(run.is_cancelled for run in left if run.lane.startswith("experiment ") and "statistics" not in run.lane)
    background.go()  # what is over is summarised all the same
    assert experiment.schedule.done == 1
    experiment.resume()
    background.go()
    assert (experiment.phase, experiment.schedule.done) == (Phase.FINISHED, 4)


@pytest.mark.long
def test_another_study_leaves_the_one_before_and_finds_what_it_had_finished(experiment, background, tmp_path):
    experiment.start(STUDY)
    background.go()
    kept = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    before = experiment.schedule.records
    experiment.start(STUDY)
    assert (experiment.in_order, experiment.schedule.done) == ([], 0)
    background.go()
    assert experiment.schedule.records == before
    assert {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == kept, "nothing was played again"


def test_a_dead_process_costs_its_run_only(experiment, background):
    experiment.start(STUDY)
    dead = background.waiting[0]
    background.runs.remove(dead)
    dead.die()
    assert experiment.is_working
    assert (0.99, 0) in played(background), "it is played again at once"
    background.go()
    assert (experiment.phase, experiment.schedule.done) == (Phase.FINISHED, 4)


def test_a_run_that_kills_every_process_ends_it_with_a_word(experiment, background):
    failures = []
    experiment.failed.connect(failures.append)
    experiment.start(Study(STUDY.variants[:1], (0,)))
    for _time in range(TRIES):
        background.runs.pop().die()
    assert experiment.phase is Phase.FAILED
    assert "died 3 times" in str(failures[0])


def test_an_environment_that_is_not_there_ends_it_with_a_word(experiment, background):
    failures = []
    experiment.failed.connect(failures.append)
    experiment.start(Study((Variant("nowhere", replace(TINY, env_id="NoSuchCart-v9")),), (0, 1)))
    background.go()
    assert experiment.phase is Phase.FAILED
    assert "NoSuchCart-v9" in str(failures[0])
    assert len(failures) == 1


def test_runs_under_way_count_in_part(experiment, background):
    experiment.start(STUDY)
    background.waiting[0].say(RunProgress(1, 2))
    assert experiment.share == 0.125
