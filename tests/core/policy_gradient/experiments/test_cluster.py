"""A study on a Dask cluster, a real one of this machine, where Dask is installed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.policy_gradient.config import ARTICLE
from core.policy_gradient.experiments.cluster import run_on_cluster
from core.policy_gradient.experiments.play import play
from core.policy_gradient.experiments.schedule import Schedule, Study, StudyError
from core.policy_gradient.experiments.variants import Variant
from tests.core.policy_gradient.experiments.finish import finish

TINY = Variant("tiny", replace(ARTICLE, episodes=3, eval_episodes=1, evaluate_every=None))


@pytest.fixture(scope="module")
def address():
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def test_every_run_comes_back_and_is_kept_here(address, tmp_path):
    study = Study((TINY,), (0, 1))
    schedule = Schedule(study)
    assert len(list(run_on_cluster(schedule, address, folder=tmp_path))) == 2
    assert schedule.records["tiny"][1].durations == finish(play(replace(TINY.config, seed=1))).durations
    again = Schedule(study)
    list(run_on_cluster(again, "tcp://127.0.0.1:9", folder=tmp_path))
    assert again.records == schedule.records, "found here, without the cluster"


def test_a_run_that_fails_there_is_said_here(address):
    nowhere = Schedule(Study((replace(TINY, config=replace(TINY.config, env_id="NoSuchCart-v9")),), (0,)))
    with pytest.raises(StudyError, match="NoSuchCart-v9"):
        list(run_on_cluster(nowhere, address, folder=None))
