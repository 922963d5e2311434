"""``synonyms why``: the reasons in words and as JSON, and what goes wrong in one line."""

import argparse
import io
import json

import pytest

from core.synonyms.asking import ask as asking
from core.synonyms.commands import why
from tests.core.synonyms.evaluation.small_pairs import write_labelled


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """A function that gives the command words and returns its exit code, what it said, and its errors."""
    monkeypatch.setattr(asking, "_oracles", {})
    _pairs, vectors = write_labelled(tmp_path)

    def run(*words):
        parser = argparse.ArgumentParser()
        why.add_arguments(parser)
        out, err = io.StringIO(), io.StringIO()
        args = parser.parse_args([*words, "--vectors", str(vectors)])
        return why.run(args, out=out, err=err), out.getvalue(), err.getvalue()

    return run


def test_what_goes_wrong_is_one_line(ask, tmp_path):
    code, _out, err = ask("医生", "医生")
    assert code == 1
    assert "two different words" in err.splitlines()[-1]
    code, _out, err = ask("医生", "医师", "--methods", "cosine")
    assert code == 1
    assert "can't say why" in err.splitlines()[-1]
    code, _out, _err = ask("医生", "医师", "--seed", "-1")
    assert code == 2
    code, _out, _err = ask("医生", "医生们", "--json", str(tmp_path / "why.json"))
    assert code == 0
    assert json.loads((tmp_path / "why.json").read_text(encoding="utf-8"))["methods"] == {}
