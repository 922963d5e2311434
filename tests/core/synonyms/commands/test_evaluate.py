import argparse
import io
import json

import pytest
from PIL import Image

from core.synonyms.commands import evaluate as command
from core.synonyms.commands import synonyms
from core.synonyms.evaluation import run as evaluation
from tests.core.synonyms.evaluation.small_pairs import write_labelled


@pytest.fixture
def files(tmp_path):
    pairs, vectors = write_labelled(tmp_path)
    return ["--pairs", str(pairs), "--vectors", str(vectors)]


def call(*arguments):
    parser = argparse.ArgumentParser()
    synonyms.add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    args = parser.parse_args(["evaluate", *map(str, arguments)])
    assert args.verb == "evaluate"
    return command.run(args, out=out, err=err), out.getvalue(), err.getvalue()


def test_a_persons_own_pairs_are_measured_told_and_written(files, tmp_path):
    figures, picture = tmp_path / "figures.json", tmp_path / "curves.png"
    code, out, err = call(*files, "--methods", "cosine,characters", "--json", figures, "--png", picture)
    assert (code, err) == (0, "")
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert list(told["methods"]) == ["cosine", "characters"]
    assert told["interrupted"] is False
    assert f"{told['methods']['cosine']['open']['ap']:.3f}" in out
    assert "closure baseline, closed" in out
    with Image.open(picture) as image:
        assert image.width > 1500
        assert "Cosine: AP" in image.text["Description"]


def test_ctrl_c_keeps_what_was_measured(files, tmp_path, monkeypatch):
    whole = evaluation.evaluate

    def stopped(config):
        for event in whole(config):
            yield event
            if isinstance(event, evaluation.Measured):
                raise KeyboardInterrupt

    monkeypatch.setattr(evaluation, "evaluate", stopped)
    figures = tmp_path / "figures.json"
    code, out, err = call(*files, "--methods", "cosine,characters", "--json", figures)
    assert code == 130
    assert "Interrupted" in err
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert (list(told["methods"]), told["interrupted"]) == (["cosine"], True)
    assert "characters" not in out


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--methods", "magic"], "There is no method magic"),
        (["--methods", ","], "at least one method"),
        (["--seed", "-1"], "--seed"),
    ],
)
def test_wrong_use_is_said_in_one_line(files, wrong, said):
    code, _out, err = call(*files, *wrong)
    assert code == 2
    assert said in err
    assert err.count("\n") == 1


def test_files_of_its_own_are_not_written_over_and_a_bad_one_is_said(files, tmp_path):
    code, _out, err = call(*files, "--json", files[1])
    assert code == 2
    assert "would be lost" in err
    broken = tmp_path / "broken.tsv"
    broken.write_text("甲\t乙\n", encoding="utf-8")
    code, _out, err = call("--pairs", broken, *files[2:])
    assert code == 1
    assert "broken.tsv, line 1" in err


@pytest.mark.parametrize("line", ["增加 1 2\n", "增加 nan 1 2 3 4\n", ""])
def test_lines_of_vectors_that_are_not_as_they_should_be_are_told(files, tmp_path, line):
    whole = (tmp_path / "v.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    broken = tmp_path / "broken.txt"
    broken.write_text("".join([*whole, line or whole[0]]), encoding="utf-8")
    code, out, err = call(*files[:2], "--vectors", broken, "--methods", "cosine")
    assert code == 0
    assert "cosine" in out
    assert "Malformed lines in broken.txt: 1." in err
    assert f"line {len(whole) + 1}: " in err
