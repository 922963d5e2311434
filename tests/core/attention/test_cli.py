"""The command ``attend``."""

from __future__ import annotations

import argparse
import io
import json

import numpy as np
import pytest

from core.attention.cli import add_arguments, run


def attend(*words):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    return run(parser.parse_args(words), out=out, err=err), out.getvalue(), err.getvalue()


def test_every_file_at_once(desk, tmp_path):
    kinds = ("png", "svg", "csv", "npz", "json")
    wish = [word for kind in kinds for word in (f"--{kind}", str(tmp_path / f"map.{kind}"))]
    code, out, _err = attend("银行门口", "--layer", "-1", *wish)
    assert code == 0
    for kind in kinds:
        assert (tmp_path / f"map.{kind}").stat().st_size > 100
        assert f"map.{kind}" in out
    content = json.loads((tmp_path / "map.json").read_text("utf-8"))
    assert content["model"] == "e5"
    assert np.array(content["weights"]).shape == (12, 12, len(content["tokens"]), len(content["tokens"]))
    assert content["map"]["layer"] == 11


def test_without_a_file_the_strongest_links_are_printed(desk):
    code, out, _err = attend("the cat sat", "--model", "minilm", "--unit", "word")
    assert code == 0
    lines = out.splitlines()
    assert [line.split(" → ")[0] for line in lines] == ["the", "cat", "sat"]
    for line in lines:
        weights = [float(part.rsplit(" ", 1)[1]) for part in line.split(" → ")[1].split("   ")]
        assert weights == sorted(weights, reverse=True)
        assert sum(weights) == pytest.approx(1, abs=2e-3)


def test_the_text_may_come_from_standard_input(desk, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("你好"))
    code, out, _err = attend("-")
    assert code == 0
    assert out.startswith("你 → ")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["  "], "type a sentence"),
        (["a", "--layer", "99"], "from 0 to 11"),
        (["a", "--stack", "cross"], "no cross attention"),
        (["字" * 9000], "at most 1200"),
    ],
)
def test_failures_are_one_line_and_exit_1(desk, words, message):
    code, out, err = attend(*words)
    assert (code, out) == (1, "")
    assert message in err.splitlines()[-1]
    assert "Traceback" not in err


def test_a_missing_folder_is_told_before_any_work(desk, tmp_path):
    code, _out, err = attend("a", "--png", str(tmp_path / "no" / "map.png"))
    assert code == 2
    assert "no folder" in err


def test_interruption_exits_130(desk, monkeypatch):
    def interrupted(_request):
        raise KeyboardInterrupt

    monkeypatch.setattr("core.attention.live.attend", interrupted)
    assert attend("a")[0] == 130
