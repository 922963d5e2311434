"""The ``anatomy`` command: strips and sum of a saved run, equal to what the run said and the page shows."""

from __future__ import annotations

import argparse
import csv
import io
import json
from pathlib import Path

import pytest

from core.policy_gradient.anatomy.dissect import dissect
from core.policy_gradient.anatomy.findings import Corrections
from core.policy_gradient.commands import anatomy
from core.policy_gradient.runs.folder import load_run
from tests.core.policy_gradient.commands import test_train


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "run"
    assert test_train.run("--episodes", 6, "--batch", 3, "--eval-episodes", 1, "--save", folder)[0] == 0
    return folder


def run(*arguments):
    parser = argparse.ArgumentParser()
    anatomy.add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    code = anatomy.run(parser.parse_args(list(map(str, arguments))), out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def test_the_strips_make_the_loss_that_the_run_said(folder, tmp_path):
    code, out, _err = run(folder, "--json", tmp_path / "a.json")
    assert code == 0
    content = json.loads((tmp_path / "a.json").read_text("utf-8"))
    saved = load_run(folder)
    last = saved.updates[-1]
    assert (content["episode"], content["update"]) == (last.episode, last.update), "the newest that was learned from"
    assert content["batch_episodes"][1] == last.episode
    products = content["strips"]["product"]
    assert len(products) == content["duration"] == saved.record(last.episode).duration
    for product, log_prob, advantage in zip(
        products, content["strips"]["log_prob"], content["strips"]["advantage"], strict=True
    ):
        assert product == pytest.approx(-log_prob * advantage)
    assert (sum(products) + content["rest"]) / content["batch_steps"] == pytest.approx(content["loss"])
    assert content["loss"] == pytest.approx(last.loss, rel=1e-4, abs=1e-7)
    assert f"the loss, {content['loss']:.6g}" in out
    assert content["config"]["seed"] == saved.config.seed


def test_the_numbers_are_those_of_the_page(folder, tmp_path):
    """The page shows what ``dissect`` finds, under the corrections that are chosen there."""
    *_way, found = dissect(load_run(folder).config, 2)
    lesson = found.lesson(Corrections("reward", False))
    file = tmp_path / "a.csv"
    assert run(folder, "--episode", 2, "--credit", "reward", "--no-normalise", "--csv", file)[0] == 0
    lines = file.read_text("utf-8").splitlines()
    comments = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert [float(row["product"]) for row in rows] == lesson.products.tolist()
    assert [float(row["after"]) for row in rows] == lesson.after.tolist()
    assert [int(row["step"]) for row in rows] == list(range(1, found.duration + 1))
    assert float(comments["loss"]) == lesson.loss
    assert json.loads(comments["corrections"]) == {"credit": "reward", "normalise": False}


@pytest.mark.parametrize(("options", "words"), [
    (("--episode", 99), "No update has learned from episode 99: choose one from 1 to"),
    (("--episode", 0), "No update has learned from episode 0"),
])  # fmt: skip
def test_what_it_refuses(folder, options, words):
    code, _out, err = run(folder, *options)
    assert code == 1
    assert words in err


def test_what_is_no_run_is_said_in_a_line(tmp_path):
    code, _out, err = run(tmp_path)
    assert code == 1
    assert "is no saved run" in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
@pytest.mark.parametrize(("full", "other"), [("--json", "--csv"), ("--csv", "--json")])
def test_the_file_for_which_the_disk_is_full_is_named(folder, tmp_path, full, other):
    code, _out, err = run(folder, full, "/dev/full", other, tmp_path / "other")
    assert code == 1
    assert "/dev/full can't be written (No space left on device). Choose another place." in err
