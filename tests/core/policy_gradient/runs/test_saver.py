"""``train --save`` and ``--resume``: a run that goes on is the one that was never stopped."""

from __future__ import annotations

import argparse
import errno
import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from core.policy_gradient.commands import train
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.events import UpdateFinished
from core.policy_gradient.runs.folder import load_run
from core.policy_gradient.runs.saver import RunSaver
from core.policy_gradient.train import Training
from tests.core.policy_gradient.commands.test_train import run

FEW = ("--batch", "3", "--eval-episodes", "3", "--evaluate-every", "2", "--seed", "4")
TABLES = ("episodes.csv", "updates.csv", "evaluations.csv", "weights.safetensors", "episodes.npz")


def equal(one, other):
    for name in TABLES[:4]:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
    assert [e.record for e in load_run(one).episodes] == [e.record for e in load_run(other).episodes]


@pytest.mark.parametrize("more", [(), ("--preset", "fast", "--batch", "4", "--no-until-solved")], ids=["one", "many"])
def test_a_run_that_goes_on_equals_one_that_was_not_stopped(tmp_path, more):
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    assert run(*FEW, *more, "--episodes", 16, "--save", whole)[0] == 0
    assert run(*FEW, *more, "--episodes", 8, "--save", parts)[0] == 0
    assert len(load_run(parts).episodes) == 8
    assert run("--resume", parts, "--episodes", 16)[0] == 0
    equal(parts, whole)


def test_learning_rates_changed_by_hand_are_changed_again(tmp_path):
    config = replace(ARTICLE, episodes=12, batch_episodes=3, eval_episodes=2)
    training = Training(config)
    saver = RunSaver(tmp_path / "run", training)
    for event in training:
        saver.take(event)
        if isinstance(event, UpdateFinished) and event.update == 1:
            training.control("learning_rate", 0.003)
    saver.save("interrupted")
    before = load_run(tmp_path / "run")
    assert before.learning_rates == [(2, 0.003)]
    assert run("--resume", tmp_path / "run")[0] == 0
    after = load_run(tmp_path / "run")
    assert after.updates == before.updates
    assert np.array_equal(after.weights(3), before.weights(3))
    assert after.ending == "finished"


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_an_interrupted_run_is_kept_and_gone_on_with(tmp_path):
    folder = tmp_path / "run"
    command = [sys.executable, "main.py", "train", *FEW, "--episodes", "100000", "--save", folder]
    training = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    read = b""
    while b"mean" not in read:  # the bar has seen an episode
        read += os.read(training.stderr.fileno(), 4096)
    training.send_signal(signal.SIGINT)
    training.communicate(timeout=60)
    assert training.returncode == 130
    stopped = load_run(folder)
    assert stopped.ending == "interrupted"
    episodes = len(stopped.episodes) + 3
    assert run("--resume", folder, "--episodes", episodes)[0] == 0
    assert run(*FEW, "--episodes", episodes, "--save", tmp_path / "whole")[0] == 0
    equal(folder, tmp_path / "whole")


def test_a_run_is_not_gone_on_with_as_another(tmp_path):
    folder = tmp_path / "run"
    assert run(*FEW, "--episodes", 4, "--save", folder)[0] == 0
    for options, words in [
        ((), "came to its end after 4 episodes"),
        (("--gamma", 0.5), "--gamma: A saved run goes on"),
        (("--seed", 4), "--seed: A saved run goes on"),
    ]:
        code, _out, err = run("--resume", folder, *options)
        assert code == 2
        assert words in err
    rows = (folder / "episodes.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1].startswith("1,")
    (folder / "episodes.npz").unlink()
    (folder / "episodes.csv").write_text(
        "\n".join([rows[0], rows[1].replace("1,", "1,9", 1), *rows[2:]]) + "\n", "utf-8"
    )
    code, _out, err = run("--resume", folder, "--episodes", 6)
    assert code == 1
    assert "episode 1 is another one here" in err
    assert json.loads((folder / "progress.json").read_text(encoding="utf-8"))["place"]["episodes"] == 4


def test_a_place_that_is_no_runs_is_refused_before_anything_is_trained(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    code, _out, err = run("--episodes", 2, "--save", tmp_path)
    assert code != 0
    assert "notes.txt" in err
    assert "episodes/s" not in err


@pytest.mark.parametrize("option", ["--json", "--checkpoint", "--csv"])
def test_no_other_file_is_put_into_the_folder_of_a_run(tmp_path, option):
    folder = tmp_path / "run"
    assert run(*FEW, "--episodes", 4, "--save", folder)[0] == 0
    (tmp_path / "link").symlink_to(folder)
    name = "episode.csv" if option == "--csv" else "other"
    code, _out, err = run("--resume", folder, "--episodes", 6, option, tmp_path / "link" / name)
    assert code == 2
    assert f"{name} lies in the folder of a run" in err
    assert len(load_run(folder).episodes) == 4
    assert run("--resume", folder, "--episodes", 6)[0] == 0


@pytest.mark.parametrize("option", ["--json", "--checkpoint", "--csv", "--csv folder", "--tensorboard folder"])
def test_a_training_that_is_saved_nowhere_writes_into_no_run_either(tmp_path, option):
    folder = tmp_path / "run"
    assert run(*FEW, "--episodes", 4, "--save", folder)[0] == 0
    target = folder if option.endswith("folder") else folder / ("episodes.csv" if option == "--csv" else "config.json")
    code, _out, err = run("--episodes", 2, option.split()[0], target)
    assert code == 2
    assert "lies in the folder of a run" in err
    assert len(load_run(folder).episodes) == 4


def test_the_tables_of_a_run_do_not_go_where_it_is_saved(tmp_path):
    code, _out, err = run("--episodes", 2, "--save", tmp_path / "run", "--csv", tmp_path / "run")
    assert code == 2
    assert "lies in the folder of a run" in err
    assert not (tmp_path / "run").exists()


def test_what_was_learnt_is_kept_where_nothing_can_be_said(tmp_path):
    class Full(io.StringIO):
        def write(self, _text):
            raise OSError(errno.ENOSPC, "No space left on device")

    parser = argparse.ArgumentParser()
    train.add_arguments(parser)
    to = ["--save", str(tmp_path / "run"), "--json", str(tmp_path / "all.json")]
    args = parser.parse_args([*FEW, "--episodes", "4", *to])
    with pytest.raises(OSError, match="No space"):
        train.run(args, out=Full(), err=io.StringIO())
    assert len(load_run(tmp_path / "run").episodes) == 4
    assert (tmp_path / "all.json").exists()


def test_what_is_written_on_the_standard_output_lies_in_no_run(tmp_path, monkeypatch):
    folder = tmp_path / "run"
    assert run(*FEW, "--episodes", 4, "--save", folder)[0] == 0
    monkeypatch.chdir(folder)
    code, out, _err = run("--episodes", 2, "--json", "-")
    assert code == 0
    assert len(json.loads(out)["durations"]) == 2


def test_a_saved_run_is_not_replaced_by_another(tmp_path):
    folder = tmp_path / "run"
    assert run(*FEW, "--episodes", 4, "--save", folder)[0] == 0
    for more in (("--save", folder), ("--save", folder, "--seed", 9)):
        code, _out, err = run(*FEW, "--episodes", 2, *more)
        assert code == 2
        assert f"{folder} is a saved run, which would be lost" in err
        assert f"train --resume {folder}" in err
    other = tmp_path / "other"
    assert run("--resume", folder, "--episodes", 6, "--save", other)[0] == 0
    assert run("--resume", folder, "--episodes", 6, "--save", other)[0] == 2
    assert run("--resume", folder, "--episodes", 6, "--save", folder)[0] == 0
    assert len(load_run(folder).episodes) == 6


@pytest.mark.parametrize("content", ['{"model_type": "bert"}', "no JSON", None])
def test_files_that_only_have_the_names_of_a_runs_are_kept(tmp_path, content):
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "weights.safetensors").write_text("precious", encoding="utf-8")
    if content is not None:
        (folder / "config.json").write_text(content, encoding="utf-8")
    code, _out, err = run(*FEW, "--episodes", 2, "--save", folder)
    assert code != 0
    assert str(folder) in err
    assert (folder / "weights.safetensors").read_text(encoding="utf-8") == "precious"


def test_tables_and_curves_of_another_run_are_kept(tmp_path):
    tables, curves = tmp_path / "tables", tmp_path / "curves"
    tables.mkdir()
    (tables / "updates.csv").write_text("precious", encoding="utf-8")
    code, _out, err = run(*FEW, "--episodes", 2, "--csv", tables)
    assert (code, (tables / "updates.csv").read_text(encoding="utf-8")) == (2, "precious")
    assert "updates.csv is there already" in err
    pytest.importorskip("tensorboardX")
    assert run(*FEW, "--episodes", 2, "--tensorboard", curves)[0] == 0
    code, _out, err = run(*FEW, "--episodes", 2, "--tensorboard", curves)
    assert (code, len(list(curves.iterdir()))) == (2, 1)
    assert "would mix" in err
