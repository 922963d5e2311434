"""The command ``attend``."""

from __future__ import annotations

import argparse
import io
import json
import re

import numpy as np
import pytest

from core.attention.cli import add_arguments, run


def attend(*words):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    return run(parser.parse_args(words), out=out, err=err), out.getvalue(), err.getvalue()


def test_every_file_at_once(cache, tmp_path):
    kinds = ("png", "svg", "csv", "npz", "json")
    options = [word for kind in kinds for word in (f"--{kind}", str(tmp_path / f"map.{kind}"))]
    code, out, _err = attend("银行门口", "--layer", "-1", *options)
    assert code == 0
    for kind in kinds:
        assert (tmp_path / f"map.{kind}").stat().st_size > 100
        assert f"map.{kind}" in out
    content = json.loads((tmp_path / "map.json").read_text("utf-8"))
    assert content["model"] == "e5"
    assert np.array(content["weights"]).shape == (12, 12, len(content["tokens"]), len(content["tokens"]))
    assert content["map"]["layer"] == 11


@pytest.mark.parametrize("fails", ["write_npz", "write_json"])
def test_what_cannot_be_written_leaves_none_of_the_other_files(cache, tmp_path, monkeypatch, fails):
    (tmp_path / "map.csv").write_text("old", encoding="utf-8")

    def full_disk(path, *_content):
        path.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"core.attention.export.map_files.{fails}", full_disk)
    options = [word for kind in ("csv", "npz", "json") for word in (f"--{kind}", str(tmp_path / f"map.{kind}"))]
    code, out, err = attend("银行", "--model", "minilm", *options)
    assert (code, out) == (1, "")
    place = tmp_path / f"map.{fails.removeprefix('write_')}"
    assert err.endswith(f"{place} can't be written (No space left on device). Choose another place.\n")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["map.csv"]
    assert (tmp_path / "map.csv").read_text(encoding="utf-8") == "old"


@pytest.mark.long
def test_a_long_text_that_has_no_json_gets_no_other_file_either(cache, tmp_path):
    options = [word for kind in ("json", "csv", "png") for word in (f"--{kind}", str(tmp_path / f"map.{kind}"))]
    code, out, err = attend("我昨天去银行取了一些钱。" * 80, "--model", "minilm", *options)
    assert (code, out) == (1, "")
    assert "CSV or NPZ" in err
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


@pytest.mark.parametrize(("kind", "start"), [("csv", "\ufeff,银"), ("json", "{"), ("svg", "<svg")])
def test_the_standard_output_gets_the_file_and_nothing_else(cache, capsys, kind, start):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    assert run(parser.parse_args(["银行", "--model", "minilm", f"--{kind}", "-"])) == 0
    said = capsys.readouterr()
    assert said.out.startswith(start)
    assert "Written: -" in said.err


def test_without_a_file_the_strongest_links_are_printed(cache):
    code, out, _err = attend("the cat sat", "--model", "minilm", "--unit", "word")
    assert code == 0
    lines = out.splitlines()
    assert [line.split(" → ")[0] for line in lines] == ["the", "cat", "sat"]
    for line in lines:
        weights = [float(part.rsplit(" ", 1)[1]) for part in line.split(" → ")[1].split("   ")]
        assert weights == sorted(weights, reverse=True)
        assert sum(weights) == pytest.approx(1, abs=2e-3)


def test_the_mean_over_a_set_says_which_it_is(cache, tmp_path):
    options = ("--model", "minilm", "--mean-of", "L3-5, H1,4", "--npz", str(tmp_path / "map.npz"))
    code, _out, err = attend("the cat", *options, "--json", str(tmp_path / "map.json"))
    assert code == 0
    assert "mean of L3-5 H1,4 of layers 0–5, heads 0–11" in err
    assert json.loads((tmp_path / "map.json").read_text("utf-8"))["map"]["chosen"] == "L3-5 H1,4"
    with np.load(tmp_path / "map.npz", allow_pickle=False) as file:
        assert str(file["chosen"]) == "L3-5 H1,4"
    with pytest.raises(SystemExit):
        attend("the cat", "--mean-of", "K9")


def test_only_what_one_sentence_gives_the_other(cache):
    code, out, err = attend(
        "the cat", "--pair", "it slept", "--model", "minilm", "--unit", "word", "--across", "first-second"
    )
    assert code == 0
    assert [line.split(" → ")[0] for line in out.splitlines()] == ["the", "cat"]
    assert "the" not in out.split(" → ", 1)[1].split("\n")[0].split()
    assert "first sentence looks at the second" in err


def test_a_file_of_arrays_brings_its_own_sentence(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text('{"weights": [[0.75, 0.25], [0.5, 0.5]], "tokens": ["你", "好"]}', "utf-8")
    code, out, err = attend("--model", str(path), "--unit", "piece")
    assert (code, out.splitlines()[0]) == (0, "你 → 你 0.750   好 0.250")
    assert err.startswith("mine.json")
    assert attend("--model", "minilm")[0] == 2
    path.write_text('{"weights": [[0.75, 0.5], [0.5, 0.5]], "tokens": ["你", "好"]}', "utf-8")
    code, _out, err = attend("--model", str(path))
    assert (code, "sums to 1.250, not to 1" in err) == (1, True)


def test_heads_are_switched_off_and_words_masked(cache):
    options = ("the cat sat", "--model", "minilm", "--unit", "word", "--without", "L0 H1", "--mask", "cat")
    code, out, err = attend(*options)
    assert code == 0
    assert "cat 0.000" in out
    assert "switched off: L0 H1 · masked: cat" in err
    assert attend("the cat", "--mask", "dog")[0] == 1


def test_heads_are_listed_by_the_weight_between_two_tokens(cache):
    options = ("--model", "minilm", "--unit", "word")
    code, out, _err = attend("the cat sat", *options, "--heads-for", "sat", "1")
    lines = out.splitlines()
    assert (code, lines[0], len(lines)) == (0, "sat → cat", 1 + 6 * 12)
    weights = [float(line.rsplit(" ", 1)[1]) for line in lines[1:]]
    assert weights == sorted(weights, reverse=True)
    layer, head = re.findall(r"\d+", lines[1])[:2]
    _code, out, _err = attend("the cat sat", *options, "--layer", layer, "--head", head)
    assert f"cat {weights[0]:.3f}" in out.splitlines()[2]
    code, out, err = attend("the cat sat", *options, "--heads-for", "dog", "1")
    assert (code, out) == (1, "")
    assert 'no "dog"; it has: the cat sat' in err


def test_what_commands_a_terminal_is_shown_and_not_obeyed(cache):
    code, out, err = attend("a\u202eb \x1b[2J \x9bc 银\u2067行", "--model", "minilm")
    assert code == 0
    assert not any(sign in out + err for sign in "\x1b\x9b\u202e\u2067")


def test_the_text_may_come_from_standard_input(cache, monkeypatch):
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
def test_failures_are_one_line_and_exit_1(cache, words, message):
    code, out, err = attend(*words)
    assert (code, out) == (1, "")
    assert message in err.splitlines()[-1]
    assert "Traceback" not in err


def test_a_missing_folder_is_told_before_any_work(cache, tmp_path):
    code, _out, err = attend("a", "--png", str(tmp_path / "no" / "map.png"))
    assert code == 2
    assert "no folder" in err


def test_a_folder_is_no_file(cache, tmp_path):
    for kind in ("png", "json"):
        code, out, err = attend("a", f"--{kind}", str(tmp_path))
        assert (code, out) == (2, "")
        assert err == f"--{kind}: {tmp_path} is a folder. Name a file in it.\n"


def test_a_sentence_may_begin_with_a_minus(cache):
    assert attend("-5度很冷")[1].startswith("- → ")
    assert attend("--", "-x")[1].startswith("- → ")


class Terminal(io.StringIO):
    """A screen that shows what was written, line by line, as a terminal does."""

    def isatty(self):
        return True

    @property
    def lines(self):
        return [line.rsplit("\r", 1)[-1] for line in self.getvalue().rstrip("\n").split("\n")]


LONG = "他在银行门口行走，" * 110


@pytest.mark.long
@pytest.mark.parametrize("terminal", [True, False])
def test_a_long_text_is_counted_in_one_line_that_leaves(cache, terminal):
    err = Terminal() if terminal else io.StringIO()
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    assert run(parser.parse_args([LONG, "--model", "minilm", "--unit", "word"]), out=io.StringIO(), err=err) == 0
    if terminal:
        assert re.search(r"Reading a long text ….* 1/[23] ", err.getvalue())
        assert not any("Reading" in line for line in err.lines)
    else:
        assert err.getvalue().count("Reading a long text …\n") == 1


@pytest.mark.long
def test_an_error_begins_on_a_line_of_its_own(cache):
    err = Terminal()
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    assert run(parser.parse_args([LONG, "--model", "minilm", "--layer", "99"]), out=io.StringIO(), err=err) == 1
    assert "Reading a long text" in err.getvalue()
    assert err.lines == ["There is no layer 99: this model counts them from 0 to 5."]


def test_it_says_where_the_numbers_come_from(cache, tmp_path):
    _code, _out, err = attend("the cat", "--model", "minilm", "--layer", "-1", "--reading", "norms")
    assert err.endswith("weighted by vector norms · layer 5 of 0–5 · mean of heads 0–11 · by character\n")
    attend("你", "--prefix", "--json", str(tmp_path / "map.json"))
    content = json.loads((tmp_path / "map.json").read_text("utf-8"))
    assert (content["counted_from"], content["prefix"]) == (0, True)


def test_interruption_exits_130(cache, monkeypatch):
    def interrupted(_request):
        raise KeyboardInterrupt

    monkeypatch.setattr("core.attention.tasks.attention_map.attend", interrupted)
    assert attend("a")[0] == 130
