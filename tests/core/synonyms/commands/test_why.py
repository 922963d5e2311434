"""``synonyms why``: the reasons in words and as JSON, and what goes wrong in one line."""

import argparse
import io
import json

import pytest

from core.synonyms.asking import ask as asking
from core.synonyms.asking.ask import Oracle
from core.synonyms.asking.candidates import Candidates
from core.synonyms.asking.relations import Relations
from core.synonyms.commands import why
from core.synonyms.labelled import LabelledPairs
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.methods.space import Space
from core.synonyms.pairs import word_pair
from core.synonyms.vectors import load_vectors
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


def test_the_reasons_are_told_in_words_and_written_as_json(ask, tmp_path, monkeypatch):
    vectors = load_vectors(tmp_path / "v.txt")
    one, other, third = vectors.words[0], vectors.words[1], vectors.words[2]
    oracle = Oracle(
        vectors, tmp_path / "v.txt", Candidates(vectors), Relations((Cilin({"Aa01A01=": (one, other)}),)), 0
    )
    oracle.scorers["attract_repel"] = Space(vectors, {other: vectors.vector(one)})
    oracle.learn_from(LabelledPairs.of([(word_pair(one, other), True, ""), (word_pair(one, third), False, "")]))
    monkeypatch.setattr(asking, "_oracles", {(tmp_path / "v.txt", (), 0): oracle})
    file = tmp_path / "why.json"
    code, out, _err = ask(one, other, "--methods", "attract_repel,classifier", "--json", str(file))
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == f"{one} / {other}: synonym"
    assert any(line.endswith("1.000 after") for line in lines)
    assert lines[-1].split()[1:3] == ["a", "usual"]
    told = json.loads(file.read_text(encoding="utf-8"))
    assert set(told["methods"]) == {"attract_repel", "classifier"}
    assert told["methods"]["attract_repel"]["after"] == pytest.approx(1, abs=1e-4)
    shares = told["methods"]["classifier"]
    assert shares["base"] + sum(part["share"] for part in shares["parts"]) == pytest.approx(shares["score"], abs=1e-3)


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
