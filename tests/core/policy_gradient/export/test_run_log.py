"""What is written while a run goes on: whole rows, there at once, and of everything that happened."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.policy_gradient.config import ARTICLE, TrainConfig
from core.policy_gradient.errors import ConfigError
from core.policy_gradient.events import EpisodeFinished, Evaluated, UpdateFinished
from core.policy_gradient.export.run_log import (
    TABLES,
    CsvFile,
    CsvFolder,
    RunLogs,
    TensorBoardFolder,
    check_tensorboard,
)
from core.policy_gradient.train import Training

CONFIG = replace(ARTICLE, episodes=8, batch_episodes=3, eval_episodes=2, evaluate_every=1)
EPISODE = EpisodeFinished(7, 21, 21.0, True, False, 150, 20.5)
EVALUATED = Evaluated(7, 2, np.array([10, 30]), np.array([10.0, 30.0]), 20.0, True)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_event_of_a_run_is_a_row_of_its_table(tmp_path):
    logs = RunLogs()
    logs.add(tmp_path / "run", CsvFolder(tmp_path / "run"))
    logs.add(tmp_path / "all.csv", CsvFile(tmp_path / "all.csv", sys.stdout))
    events = []
    for event in Training(CONFIG):
        logs.take(event)
        events.append(event)
    logs.close()
    for table, kind in zip(
        ("episodes", "updates", "evaluations"), (EpisodeFinished, UpdateFinished, Evaluated), strict=True
    ):
        happened = [event for event in events if isinstance(event, kind)]
        written = rows(tmp_path / "run" / f"{table}.csv")
        assert len(written) == len(happened) >= 2
        assert [int(row["episode"]) for row in written] == [event.episode for event in happened]
    assert [float(row["return"]) for row in rows(tmp_path / "run" / "episodes.csv")] == [
        event.episode_return for event in events if isinstance(event, EpisodeFinished)
    ]
    together = rows(tmp_path / "all.csv")
    assert [row["row"] for row in together] == [
        {EpisodeFinished: "episode", UpdateFinished: "update", Evaluated: "evaluation"}[type(event)]
        for event in events
        if isinstance(event, (EpisodeFinished, UpdateFinished, Evaluated))
    ]
    assert logs.problems == []


def test_a_row_by_hand_is_on_the_disk_before_the_file_is_closed(tmp_path):
    folder = CsvFolder(tmp_path)
    logs = RunLogs()
    logs.add(tmp_path, folder)
    logs.take(EPISODE)
    logs.take(EVALUATED)
    assert (tmp_path / "episodes.csv").read_text("utf-8").splitlines() == [
        "episode,duration,return,terminated,truncated,env_steps,mean_100", "7,21,21.0,1,0,150,20.5",
    ]  # fmt: skip
    assert rows(tmp_path / "evaluations.csv") == [{
        "episode": "7", "update": "2", "greedy_mean": "20.0", "greedy_deviation": "10.0", "greedy_lowest": "10.0",
        "greedy_highest": "30.0", "best": "1",
    }]  # fmt: skip
    logs.close()


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="a process is killed otherwise there")
def test_a_run_that_is_killed_leaves_its_rows(tmp_path):
    command = [sys.executable, "main.py", "train", "--episodes", "100000", "--csv", str(tmp_path / "run.csv")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stderr:  # the bar, which goes on after each episode
            if "episodes" in line and (tmp_path / "run.csv").exists():
                break
        process.send_signal(signal.SIGKILL)
        process.communicate()
    text = (tmp_path / "run.csv").read_text("utf-8")
    assert text.endswith("\n")
    assert text.startswith("row,episode,duration,return")


class Full:
    """A file on a disk that has no room left."""

    def __init__(self):
        self.taken = 0

    def take(self, _table, _cells):
        self.taken += 1
        raise OSError(28, "No space left on device")

    def close(self):
        raise OSError(28, "No space left on device")


def test_a_full_disk_is_said_once_and_ends_nothing(tmp_path):
    logs, full = RunLogs(), Full()
    logs.add(Path("full.csv"), full)
    logs.add(tmp_path, CsvFolder(tmp_path))
    for _ in range(3):
        logs.take(EPISODE)
    logs.close()
    assert full.taken == 1
    assert len(rows(tmp_path / "episodes.csv")) == 3
    assert logs.problems == [
        "full.csv could not be written to its end (No space left on device); the rows until then are there."
    ]


def scalars(folder):
    """Return what an event file holds: (tag, step, value) in its order, and the tags of texts."""
    pytest.importorskip("tensorboardX")
    from tensorboardX.proto.event_pb2 import Event

    (file,) = folder.iterdir()
    data, at, points, texts = file.read_bytes(), 0, [], []
    while at < len(data):
        length = int.from_bytes(data[at : at + 8], "little")
        event = Event.FromString(data[at + 12 : at + 12 + length])  # behind the length and its checksum
        at += 12 + length + 4
        for value in event.summary.value:
            if value.HasField("simple_value"):
                points.append((value.tag, event.step, value.simple_value))
            else:
                texts.append(value.tag)
    return points, texts


def test_tensorboard_gets_a_point_for_each_number_at_once(tmp_path):
    pytest.importorskip("tensorboardX")
    folder = TensorBoardFolder(tmp_path, TrainConfig())
    logs = RunLogs()
    logs.add(tmp_path, folder)
    logs.take(EPISODE)
    logs.take(EVALUATED)
    points, texts = scalars(tmp_path)  # though nothing was closed
    assert ("episode/return", 7, 21.0) in points
    assert ("episode/mean_100", 7, 20.5) in points
    assert ("evaluation/greedy_mean", 7, 20.0) in points
    assert len(points) == sum(len(table.columns) - 1 for table in TABLES if table.name != "updates")
    assert len(texts) == 1
    logs.close()


def test_without_its_package_tensorboard_is_refused_in_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorboardX", None)
    with pytest.raises(ConfigError, match=r"pip install 'yaya-lab\[tensorboard\]'"):
        check_tensorboard()
