from __future__ import annotations

import argparse
import io

import pytest

from core.synonyms.commands import export, import_
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate


@pytest.fixture
def path(tmp_path):
    with Store(tmp_path / "a.db") as store:
        store.add([candidate("漂亮", "美丽", cosine=0.8), candidate("好看", "美丽"), candidate("好看", "漂亮")])
        store.decide([1, 2], Verdict.SYNONYM, "ann")
        store.decide(3, Verdict.NOT, "ann")
    return tmp_path / "a.db"


def run(command, *arguments):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    code = command.run(parser.parse_args([str(argument) for argument in arguments]), out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def test_export_and_import(path, tmp_path):
    code, said, _ = run(export, "--db", path, "--format", "csv", tmp_path / "x.csv")
    assert (code, said) == (0, f"3 records exported to {tmp_path / 'x.csv'}.\n")
    database = f"sqlite:///{tmp_path / 'b.db'}"
    code, said, _ = run(import_, "--db", database, "--format", "csv", tmp_path / "x.csv")
    assert code == 0
    assert said == (f"New store created: {tmp_path / 'b.db'}.\n3 records read (utf-8)\n3 new pairs\n3 new verdicts\n")
    code, said, _ = run(import_, "--db", database, "--format", "csv", tmp_path / "x.csv")
    assert (code, said) == (0, "3 records read (utf-8)\n3 verdicts unchanged\n")
    with Store(tmp_path / "b.db") as store:
        assert store.verdict_counts() == {None: 0, Verdict.SYNONYM: 2, Verdict.NOT: 1}


def test_chained_sets_are_warned_of_before_they_are_written(path, tmp_path):
    code, _, warned = run(export, "--db", path, "--format", "solr", "--chain", tmp_path / "s.txt")
    assert code == 0
    assert "Sets with implied pairs without a verdict: 1" in warned
    assert "Words: 3. Judged pairs: 2, implied: 1, contradicted: 1. 好看 漂亮 美丽 ≠好看/漂亮" in warned
    assert (tmp_path / "s.txt").read_text("utf-8") == "好看,漂亮,美丽\n"
    code, _, warned = run(export, "--db", path, "--format", "solr", tmp_path / "s.txt")
    assert (code, warned) == (0, "")
    assert (tmp_path / "s.txt").read_text("utf-8") == "好看,美丽\n漂亮,美丽\n"


def test_rejects_are_shown_and_kept(path, tmp_path):
    (tmp_path / "in.csv").write_text("word1,word2,label\n好,棒,synonym\n好,好,not\n", "utf-8")
    code, said, warned = run(import_, "--db", path, "--format", "csv", tmp_path / "in.csv")
    assert code == 0
    assert "1 row rejected" in said
    assert "line 3: A pair needs two different words" in warned
    assert f"All of them (1) are saved in {tmp_path / 'in.csv.rejects.csv'}." in warned


@pytest.mark.parametrize("command", [export, import_])
def test_a_failure_is_one_line_and_code_1(command, path, tmp_path):
    file = tmp_path / "no" / "x.csv"
    code, said, warned = run(command, "--db", path, "--format", "csv", file)
    assert (code, said) == (1, "")
    assert warned.count("\n") == 1
    code, _, warned = run(command, "--db", "mysql://x", "--format", "csv", path)
    assert code == 1
    assert warned.count("\n") == 1


@pytest.mark.parametrize(("command", "look", "ends"), [(export, (), 1), (import_, ("--preview",), 0)])
def test_a_store_that_is_not_there_is_said_and_not_made(command, look, ends, path, tmp_path):
    (tmp_path / "x.csv").write_text("word1,word2,label\n好,棒,synonym\n", "utf-8")
    before = sorted(tmp_path.iterdir())
    given = ("--db", f"sqlite:///{tmp_path / 'typo.db'}", "--format", "csv", *look, tmp_path / "x.csv")
    code, said, warned = run(command, *given)
    assert (code, bool(said)) == (ends, command is import_)
    assert warned.count("\n") == 1
    assert "typo.db" in warned
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "x.csv").read_text("utf-8").startswith("word1")


@pytest.mark.parametrize("command", [export, import_])
def test_wrong_usage_is_code_2(command, path):
    with pytest.raises(SystemExit) as caught:
        run(command, "--db", path, "--format", "xml", path)
    assert caught.value.code == 2


def test_a_guessed_encoding_is_said_with_the_first_words(path, tmp_path):
    file = tmp_path / "in.csv"
    file.write_bytes("word1,word2,label\n漂亮,美麗,synonym\n".encode("big5"))
    code, said, warned = run(import_, "--db", path, "--format", "csv", "--preview", file)
    assert (code, "big5" in said) == (0, True)
    assert "looks like big5" in warned
    assert "  漂亮 / 美麗" in warned
    code, said, warned = run(import_, "--db", path, "--format", "csv", "--encoding", "big5", file)
    assert (code, warned) == (0, "")


@pytest.mark.parametrize("name", ["solr", "cilin", "attract"])
def test_a_list_of_synonyms_without_any_says_so(name, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("word1,word2\n好,棒\n", "utf-8")
    run(import_, "--db", tmp_path / "new.db", "--format", "csv", file)
    code, said, _ = run(export, "--db", tmp_path / "new.db", "--format", name, tmp_path / "x")
    assert code == 0
    assert "The file is empty" in said
    assert "--known" in said


def test_a_table_of_nothing_says_so(path, tmp_path):
    with Store(tmp_path / "new.db"):
        pass
    code, said, _ = run(export, "--db", tmp_path / "new.db", "--format", "csv", tmp_path / "x.csv")
    assert code == 0
    assert "lists no pairs" in said
