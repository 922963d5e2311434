"""The ``ablate`` command: what it takes, writes, says and refuses."""

from __future__ import annotations

import argparse
import io
import json

import pytest

from core.policy_gradient.experiments import cli
from core.policy_gradient.experiments.schedule import StudyError
from core.policy_gradient.experiments.variants import NAMED
from tests.core.policy_gradient.experiments.test_report import RECORDS

TINY = "article:eval_episodes=1:evaluate_every="


def ablate(*words):
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    code = cli.run(parser.parse_args(words), out=out, err=err)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("YAYA_LAB_HOME", str(tmp_path / "home"))


def test_the_named_variants_are_listed():
    code, out, err = ablate("--list")
    assert (code, err) == (0, "")
    assert all(any(line.startswith(row.name) and row.meaning in line for line in out.splitlines()) for row in NAMED)


def test_a_whole_study_in_real_processes(tmp_path):
    files = ("--json", str(tmp_path / "a.json"), "--png", str(tmp_path / "a.png"))
    variants = f"{TINY},{TINY}:gamma=1"
    code, out, err = ablate("--variants", variants, "--seeds", "2", "--first-seed", "7", "--episodes", "3", *files)
    assert code == 0, err
    content = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert list(content["variants"]) == variants.split(",")
    assert content["seeds"] == [7, 8]
    for told in content["variants"].values():
        assert [len(durations) for durations in told["durations"]] == [3, 3]
    assert len(out.splitlines()) == 2
    assert "0 of 2 solved" in out
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--variants: Nothing is compared"),
        (("--variants", "quick"), "--variants: There is no variant quick"),
        (("--variants", "fast", "--seeds", "0"), "--seeds: Number of seeds must be a whole number from 1"),
        (("--variants", "fast", "--seeds", "x"), "--seeds: "),
        (("--variants", "fast", "--first-seed", "-1"), "--first-seed: First seed must be"),
        (("--variants", "fast", "--episodes", "0"), "--episodes: Episodes must be"),
        (("--variants", "fast", "--json", "/no/such/folder/x.json"), "--json: There is no folder"),
    ],
)
def test_wrong_use_is_one_line(words, said):
    code, out, err = ablate(*words)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert err.startswith(said)


def some_runs(error):
    def run_study(schedule, *, folder):
        run = schedule.next()
        schedule.finished(run, RECORDS[0])
        yield cli_step(run)
        raise error

    return run_study


def cli_step(run):
    from core.policy_gradient.experiments.run import StudyProgress

    return StudyProgress(run, RECORDS[0])


@pytest.mark.parametrize(
    ("error", "code", "said"), [(KeyboardInterrupt(), 130, ""), (StudyError("it broke"), 1, "it broke\n")]
)
def test_what_was_finished_is_written_however_it_ends(tmp_path, monkeypatch, error, code, said):
    monkeypatch.setattr("core.policy_gradient.experiments.run.run_study", some_runs(error))
    file = tmp_path / "a.json"
    ended, out, err = ablate("--variants", "fast", "--seeds", "3", "--json", str(file))
    assert ended == code
    assert err.endswith(said)
    content = json.loads(file.read_text("utf-8"))
    assert content["interrupted"] == (code == 130)
    assert content["variants"]["fast"]["seeds"] == [0]
    assert "1 of 1 solved" in out


def test_a_cluster_that_is_not_there_is_said_in_one_line():
    code, _out, err = ablate("--variants", "fast", "--cluster", "tcp://127.0.0.1:9")
    assert code == 1
    assert "luster" in err.splitlines()[-1]
