"""The ``watch`` command: what it says of a saved run, its videos, and what it refuses."""

from __future__ import annotations

import argparse
import io

import pytest
from PIL import Image

from core.policy_gradient.runs import watch
from core.policy_gradient.runs.folder import load_run
from tests.core.policy_gradient.commands import test_train


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "run"
    assert test_train.run("--episodes", 7, "--batch", 3, "--eval-episodes", 2, "--save", folder)[0] == 0
    return folder


def run(*arguments):
    parser = argparse.ArgumentParser()
    watch.add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    code = watch.run(parser.parse_args(list(map(str, arguments))), out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def test_an_episode_is_played_again_and_compared(folder):
    record = load_run(folder).record(5)
    code, out, _err = run(folder, "--episode", 5)
    assert code == 0
    assert f"Episode 5 again: {record.duration} steps, return {record.duration}" in out
    assert "as they were recorded" in out


def test_the_best_weights_play_and_are_evaluated(folder):
    code, out, _err = run(folder)
    assert code == 0
    assert "A greedy episode of the best weights" in out
    code, out, _err = run(folder, "--evaluate", 3)
    assert code == 0
    assert "3 greedy episodes of the best weights: mean " in out
    assert "A greedy episode" not in out
    code, out, _err = run(folder, "--evaluate", 1)
    assert "A greedy episode of the best weights: return " in out
    assert "1 " not in out.splitlines()[-1].partition(":")[0]


def test_an_episode_becomes_a_video(folder, tmp_path):
    record = load_run(folder).record(2)
    assert run(folder, "--episode", 2, "--video", tmp_path / "two.gif")[0] == 0
    with Image.open(tmp_path / "two.gif") as gif:
        assert gif.size == (600, 400)
        assert 1 < gif.n_frames <= record.duration + 1
    assert run(folder, "--best", "--video", tmp_path / "best.mp4")[0] == 0
    assert (tmp_path / "best.mp4").read_bytes()[4:8] == b"ftyp"


def test_an_mp4_without_an_encoder_is_told_with_the_remedy(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "none"))
    code, _out, err = run(folder, "--episode", 1, "--video", tmp_path / "one.mp4")
    assert code == 1
    assert "write a .gif" in err
    assert not (tmp_path / "one.mp4").exists()


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--episode", 99), 1, "There is no episode 99: this run has 7"),
        (("--video", "a.avi"), 2, "must end in .mp4, .gif"),
        (("--evaluate", 0), 2, "from 1 to"),
        (("--evaluate", 3, "--episode", 1), 2, "leave out --episode"),
    ],
)
def test_what_it_refuses(folder, options, code, words):
    given, _out, err = run(folder, *options)
    assert given == code
    assert words in err


def test_a_folder_that_is_no_run_is_refused(tmp_path):
    code, _out, err = run(tmp_path)
    assert code == 1
    assert "no saved run" in err
