"""The command: what it writes, what it shows, and how it ends."""

from __future__ import annotations

import argparse
import json

import pytest

from tests.benchmarks import cli, report
from tests.benchmarks.plan import Measurement
from tests.benchmarks.process import ProbeError
from tests.benchmarks.row import Row, at_least, at_most, at_most_over_peer, at_most_times_peer, times_better


def run(*words):
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    return cli.run(parser.parse_args([str(word) for word in words]))


def missed(_options):
    yield Row(name="slow", unit="s", value=2.0, budget=at_most(1), peer="them", peer_value=4.0)
    yield Row(name="other", unit="s", value=0.5)


def broken(_options):
    yield Row(name="first", unit="s", value=1.0)
    raise ProbeError("the window fell over")


def interrupted(_options):
    yield Row(name="before", unit="s", value=1.0)
    raise KeyboardInterrupt


@pytest.fixture
def measurements(monkeypatch):
    given = (
        Measurement("one", ("slow", "other"), missed),
        Measurement("two", ("first", "second"), broken),
        Measurement("three", ("before",), interrupted, when_asked=True),
    )
    monkeypatch.setattr(cli, "MEASUREMENTS", given)


def test_a_missed_budget_is_shown_and_changes_nothing_else(measurements, tmp_path, capsys):
    file = tmp_path / "bench.json"
    assert run("--json", file, "--only", "one", "--quick") == 0
    written = json.loads(file.read_text(encoding="utf-8"))
    assert [row["name"] for row in written["rows"]] == ["slow", "other"]
    slow = written["rows"][0]
    assert (slow["value"], slow["budget"], slow["ok"], slow["ratio"]) == (2.0, 1, False, 2.0)
    assert written["quick"] is True
    assert written["interrupted"] is False
    assert {"python", "platform", "cpu", "cores", "load", "versions"} <= set(written["machine"])
    assert written["load_before"].keys() == {"one"}
    shown = capsys.readouterr().out.splitlines()
    (line,) = [line for line in shown if line.startswith("slow ")]
    assert "missed" in line
    assert "≤ 1 s" in line


def test_what_could_not_be_measured_says_why(measurements, tmp_path, capsys):
    file = tmp_path / "bench.json"
    assert run("--json", file) == 0
    rows = {row["name"]: row for row in json.loads(file.read_text(encoding="utf-8"))["rows"]}
    assert rows.keys() == {"slow", "other", "first", "second"}
    assert rows["first"]["value"] == 1.0
    assert rows["second"]["error"] == "the window fell over"
    assert rows["second"]["ok"] is None
    assert "second: the window fell over" in capsys.readouterr().out


def test_only_the_rows_asked_for_are_given(measurements, tmp_path):
    file = tmp_path / "bench.json"
    assert run("--json", file, "--only", "other") == 0
    assert [row["name"] for row in json.loads(file.read_text(encoding="utf-8"))["rows"]] == ["other"]


def test_ctrl_c_keeps_what_was_measured(measurements, tmp_path):
    file = tmp_path / "bench.json"
    assert run("--json", file, "--only", "three") == 130
    written = json.loads(file.read_text(encoding="utf-8"))
    assert [row["name"] for row in written["rows"]] == ["before"]
    assert written["interrupted"] is True


@pytest.mark.parametrize(
    "words",
    [
        ("--only", "nothing"),
        ("--json", "no/such/folder/bench.json"),
        ("--seconds", "0"),
        ("--seconds", "nan"),
        ("--peer-limit", "inf"),
        ("--peer-seeds", "-1"),
    ],
)
def test_wrong_use_is_said_in_one_line_before_anything_is_measured(measurements, words, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(*words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


def test_a_file_that_cannot_be_written_is_a_failure(measurements, tmp_path, monkeypatch, capsys):
    def full(*_given):
        raise OSError("the disk is full")

    monkeypatch.setattr(report, "write", full)
    assert run("--json", tmp_path / "bench.json", "--only", "one") == 1
    said = capsys.readouterr()
    assert "the disk is full" in said.err
    assert "slow" in said.out


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (30, "30"), (0.5541, "0.554"), (1.234, "1.23"), (14.03, "14.0"), (1536, "1,536"), (56604.2, "56,604"),
     (-17.96, "-18.0")],
)  # fmt: skip
def test_figures_have_three_digits_that_count(value, text):
    assert report.figure(value) == text


def test_columns_stand_below_each_other_in_chinese_too():
    rows = [Row(name="a", unit="次", value=3.0), Row(name="b", unit="s", value=12345.0, budget=at_most(1))]
    _head, _rule, chinese, latin = report.table(rows).splitlines()
    assert chinese == "a    3 次"
    assert latin.startswith("b    12,345 s  ≤ 1 s")


@pytest.mark.parametrize(
    ("budget", "better", "text"),
    [
        (times_better(8), "lower", "0.500 ×"),
        (at_most_times_peer(1.35), "lower", "2 × peer"),
        (at_most_over_peer(35), "lower", "+10.0 ms"),
        (at_least(55, or_share=0.9), "higher", "2 × peer"),
        (None, "lower", "2 × peer"),
    ],
)
def test_how_a_figure_stands_to_its_peer_is_said_as_its_budget_is(budget, better, text):
    row = Row(name="a", unit="ms", value=20.0, budget=budget, better=better, peer="them", peer_value=10.0)
    assert f"10 ms them  {text}" in report.table([row])
