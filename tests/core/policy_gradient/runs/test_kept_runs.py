"""The shelf on the disk: what is kept is found again, what has no room is told, what can't be read is left alone."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest

from core.policy_gradient.config import ARTICLE
from core.policy_gradient.events import EpisodeFinished
from core.policy_gradient.runs import shelf_files
from core.policy_gradient.runs.history import RunHistory
from core.policy_gradient.runs.kept_runs import KeptRun, RunLetGo, RunNotOpened, has_runs, run_key
from core.policy_gradient.runs.shelf_files import keeping, reading


def finished(seed):
    run = RunHistory(replace(ARTICLE, seed=seed))
    run.episodes = [EpisodeFinished(1, 20, 20.0, True, False, 20, 20.0)]
    run.env_steps, run.ending = 20, "finished"
    return run


def keep(folder, seed, *, at=None):
    run = finished(seed)
    said = list(keeping(folder, run))
    if at is not None:
        os.utime(folder / run_key(run) / "config.json", (at, at))
    return said


def seeds(folder):
    return [payload.run.config.seed for payload in reading(folder) if isinstance(payload, KeptRun)]


def test_runs_are_found_again_in_the_order_they_ended(tmp_path):
    assert not has_runs(tmp_path / "runs")
    for seed, at in ((3, 100), (1, 200), (2, 300)):
        assert keep(tmp_path / "runs", seed, at=at) == []
    assert has_runs(tmp_path / "runs")
    assert seeds(tmp_path / "runs") == [3, 1, 2]
    (first, *_others) = reading(tmp_path / "runs")
    assert first.run == finished(3)
    keep(tmp_path / "runs", 3)
    assert sorted(seeds(tmp_path / "runs")) == [1, 2, 3], "the same run played again is one run"


@pytest.mark.parametrize("limit", ["MOST_RUNS", "MOST_BYTES"])
def test_the_oldest_makes_room_and_is_told(tmp_path, monkeypatch, limit):
    keep(tmp_path, 1, at=100)
    keep(tmp_path, 2, at=200)
    size = sum(file.stat().st_size for path in tmp_path.iterdir() for file in path.iterdir())
    monkeypatch.setattr(shelf_files, limit, 2 if limit == "MOST_RUNS" else size + 10)
    assert keep(tmp_path, 3) == [RunLetGo(replace(ARTICLE, seed=1))]
    assert seeds(tmp_path) == [2, 3]


def test_a_run_of_a_newer_version_is_told_and_never_let_go(tmp_path, monkeypatch):
    keep(tmp_path, 1, at=100)
    header = tmp_path / run_key(finished(1)) / "config.json"
    header.write_text(json.dumps(json.loads(header.read_text("utf-8")) | {"version": 99}), "utf-8")
    os.utime(header, (100, 100))
    keep(tmp_path, 2, at=200)
    told = [payload.reason for payload in reading(tmp_path) if isinstance(payload, RunNotOpened)]
    assert len(told) == 1
    assert "newer version" in told[0]
    monkeypatch.setattr(shelf_files, "MOST_RUNS", 1)
    keep(tmp_path, 3)
    assert header.is_file()
    assert seeds(tmp_path) == [3]
