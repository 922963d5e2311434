"""``attention-train``, ``attention-report`` and ``attend`` with a model of ours, as they are typed."""

from __future__ import annotations

import argparse
import io
import json
import os
import signal

import pytest

from core.attention import cli
from core.attention.learned import folders
from core.attention.learned.catalogue import ROWS, find
from core.attention.learned.commands import report, train
from core.attention.learned.translation import variants


def typed(command, *words):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    return command.run(parser.parse_args(words), out=out, err=err), out.getvalue(), err.getvalue()


@pytest.fixture
def small_variants(monkeypatch, small_lesson, small_corpus):
    """Let every translation model be a small one."""
    monkeypatch.setattr(variants, "lesson", lambda _variant, seed, _pairs=None: small_lesson(seed=seed, steps=4))
    monkeypatch.setattr(variants, "_grammar", lambda: small_corpus)


def test_a_model_is_trained_kept_and_reported(small_variants, tmp_path):
    for seed in ("0", "3"):
        code, out, _err = typed(train, "--model", "seq2seq", "--seed", seed, "--out", str(tmp_path))
        assert code == 0
        assert f"seq2seq-additive-seed{seed}.safetensors" in out
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [f"seq2seq-additive-seed{seed}.{kind}" for seed in (0, 3) for kind in ("json", "safetensors")]
    code, out, _err = typed(report, "--models", str(tmp_path), "--json", str(tmp_path / "report.json"))
    assert code == 0
    table = json.loads((tmp_path / "report.json").read_text("utf-8"))["translation"]["additive"]
    assert {"bleu", "bleu_longest_quarter", "exact", "aer", "aer_shifted", "seeds"} <= set(table)
    assert table["seeds"] == [0, 3]
    records = [json.loads((tmp_path / f"seq2seq-additive-seed{seed}.json").read_text("utf-8")) for seed in (0, 3)]
    assert table["aer"] == pytest.approx(sum(record["scores"]["aer"] for record in records) / 2)
    assert "additive" in out


def test_ctrl_c_finishes_the_step_keeps_it_and_the_same_command_goes_on(small_variants, tmp_path, monkeypatch):
    shown = train._show

    def stop_after_two(step, progress):
        shown(step, progress)
        if step.step == 2:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(train, "_show", stop_after_two)
    code, _out, err = typed(train, "--model", "seq2seq-general", "--out", str(tmp_path))
    assert code == 130
    assert "Stopped after step 2 and kept" in err
    assert [path.name for path in tmp_path.iterdir()] == ["seq2seq-general-seed0.partial.safetensors"]
    monkeypatch.setattr(train, "_show", shown)
    code, out, err = typed(train, "--model", "seq2seq-general", "--out", str(tmp_path))
    assert code == 0
    assert "Going on after step 2" in err
    assert "4 steps" in out


def test_what_is_typed_wrong_is_said_in_a_line(tmp_path):
    code, _out, err = typed(train, "--model", "seq2sec")
    assert code == 2
    assert err.startswith("No model is called seq2sec. There are: seq2seq, ")
    assert typed(train)[0] == 2
    assert typed(train, "--model", "seq2seq", "--seed", "-1")[0] == 2
    code, _out, err = typed(train, "--model", "memory-two-3", "--pairs", "a.tsv")
    assert code == 1
    assert "learns from no sentence pairs" in err
    code, _out, err = typed(report, "--models", str(tmp_path))
    assert code == 1
    assert "no trained models" in err


def test_every_model_is_listed_with_what_is_special_about_it():
    code, out, _err = typed(train, "--list")
    assert code == 0
    lines = out.splitlines()
    assert len(lines) == len(ROWS) == len({row.name for row in ROWS})
    assert all(find(row.name) is row for row in ROWS)


def test_attend_translates_and_prints_the_map(trained, small_corpus):
    saved = trained(score="general")
    code, out, err = typed(cli, "".join(small_corpus.test[0].zh), "--model", str(saved.weights))
    assert code == 0
    assert "The model guesses" in err
    lines = out.splitlines()
    said = lines[0].split()
    assert len(lines) > len(said)
    assert [line.split()[0] for line in lines[-len(said) :]] == said


def test_attend_writes_every_picture_of_a_translation(trained, small_corpus, tmp_path):
    saved = trained(score="general")
    options = [word for kind in ("png", "svg", "csv", "json") for word in (f"--{kind}", str(tmp_path / f"m.{kind}"))]
    code, _out, _err = typed(cli, "".join(small_corpus.test[0].zh), "--model", str(saved.weights), *options)
    assert code == 0
    content = json.loads((tmp_path / "m.json").read_text("utf-8"))
    assert content["source"] == list(small_corpus.test[0].zh)
    assert len(content["weights"]) == len(content["target"])
    assert (tmp_path / "m.png").read_bytes().startswith(b"\x89PNG")


def test_attend_says_what_a_model_does_not_know(trained):
    code, out, err = typed(cli, "xyz", "--model", str(trained().weights))
    assert (code, out) == (1, "")
    assert '"xyz" is not one' in err


def test_attend_with_a_model_that_was_never_trained(monkeypatch, tmp_path):
    monkeypatch.setattr(folders, "SHIPPED", tmp_path)
    code, _out, err = typed(cli, "我买了书", "--model", "seq2seq")
    assert code == 1
    assert "attention-train --model seq2seq-additive" in err


def test_a_model_of_ours_says_the_other_sentence_itself(trained):
    code, _out, err = typed(cli, "我买了书", "--model", str(trained().weights), "--pair", "I bought")
    assert code == 1
    assert "leave --pair out" in err


@pytest.mark.parametrize(
    ("text", "question", "model", "told"),
    [
        ("约翰去了厨房。小明去了商店。小明拿起了书。", "书在哪里？", "memory-two-3", "商店"),
        ("小明在公园买了苹果。小红在公园卖了苹果。", "是____在公园卖了苹果。", "cloze-stories-aoa", "小红"),
        ("小明在公园买了苹果。小红在公园卖了苹果。", "是____在公园卖了苹果。", "cloze-stories-as", "小红"),
        ("房间很干净，服务员也很热情。", None, "reviews-han", "good "),
        ("房间很脏，服务员态度很差。", None, "reviews-hn-ave", "bad "),
    ],
)
def test_attend_asks_memories_readers_and_judges(text, question, model, told, tmp_path):
    asked = [] if question is None else ["--pair", question]
    code, out, err = typed(cli, text, *asked, "--model", model)
    assert (code, err) == (0, "")
    assert out.startswith(told)
    assert len(out.splitlines()) > 1
    code, _out, _err = typed(cli, text, *asked, "--model", model, "--csv", str(tmp_path / "shown.csv"))
    assert code == 0
    assert (tmp_path / "shown.csv").read_text("utf-8-sig").count("\n") > 2


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("小明去了厨房。", "--model", "memory-two-3"), "needs a question: --pair"),
        (("小明去了厨房。", "--pair", "小明在哪里？", "--model", "memory-two-3"), "this one is for memory-one-3"),
        (("小明去了北京。", "--pair", "书在哪里？", "--model", "memory-two-3"), '"北京" is not one'),
        (("房间很好。", "--pair", "房间很好。", "--model", "reviews-han"), "leave --pair out"),
        (("房间很好。", "--model", "reviews-multi"), "These do: reviews-han, reviews-hn-ave"),
        (("房间很好。", "--model", "reviews-han", "--png", "x.png"), "leave --png out"),
    ],
)
def test_attend_says_what_such_a_model_is_not_asked(options, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = typed(cli, *options)
    assert (code, out) == (1, "")
    assert told in err
    assert err.count("\n") == 1
