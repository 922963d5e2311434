"""What fails leaves no empty store behind, and no name of a file is an uncaught error."""

from __future__ import annotations

import argparse
import io

import pytest

from core.synonyms.commands import export, import_, mine
from core.synonyms.store import Store
from core.synonyms.store.opening.filling import store_to_fill
from tests.core.synonyms.store.conftest import candidate

COMMANDS = {"export": export, "import": import_, "mine": mine}


def run(name, *words):
    parser = argparse.ArgumentParser()
    COMMANDS[name].add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    code = COMMANDS[name].run(parser.parse_args([str(word) for word in words]), out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def test_an_error_leaves_no_store_that_was_made_for_it(address):
    with pytest.raises(RuntimeError), store_to_fill(address):
        raise RuntimeError
    with pytest.raises(Exception, match="no store"):
        Store(address, create=False)


def test_a_store_that_got_something_stays_though_an_error_follows(address):
    def fill():
        with store_to_fill(address) as store:
            store.add([candidate("漂亮", "美丽")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fill()
    with Store(address, create=False) as store:
        assert store.row(1).word1 == "漂亮"


def test_an_empty_store_that_was_there_stays(address):
    Store(address).close()
    with store_to_fill(address):
        pass
    Store(address, create=False).close()


def test_a_store_that_another_has_open_stays(tmp_path):
    path = tmp_path / "a.db"
    with store_to_fill(str(path)):
        other = Store(path)
    other.add([candidate("漂亮", "美丽")])
    other.close()
    with Store(path, create=False) as store:
        assert store.row(1).id == 1


def test_mining_that_fails_leaves_no_store(tmp_path):
    (tmp_path / "bad.vec").write_text("no vectors at all\n")
    for words in (["--vectors", tmp_path / "none.vec"], ["--vectors", tmp_path / "bad.vec"]):
        code, _, err = run("mine", "--db", tmp_path / "new.db", *words)
        assert (code, err.count("\n")) == (1, 1)
    assert not list(tmp_path.glob("new.db*"))


@pytest.mark.parametrize("content", ["", "word1,word2,label\n好,好,synonym\n大,小,opposite\n", "a\n", "\x00\x01"])
def test_an_import_that_brings_nothing_leaves_no_store(tmp_path, content):
    file = tmp_path / "in.csv"
    file.write_text(content, encoding="utf-8")
    _, out, _ = run("import", "--db", tmp_path / "new.db", "--format", "csv", file)
    assert "new store" not in out
    assert not list(tmp_path.glob("new.db*"))


LONG = "x" * 5000


@pytest.mark.sweep(20)
@pytest.mark.parametrize("long", [LONG, f"{LONG}/a", "a/" * 3000 + "b", "\ud800", "a\0b"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("export", ["--db", "{long}", "--format", "csv", "{there}/out.csv"]),
        ("export", ["--db", "{there}/a.db", "--format", "csv", "{long}"]),
        ("import", ["--db", "{long}", "--format", "csv", "{there}/in.csv"]),
        ("import", ["--db", "{there}/a.db", "--format", "csv", "{long}"]),
        ("import", ["--db", "{there}/a.db", "--format", "csv", "--preview", "{long}"]),
        ("import", ["--db", "{there}/a.db", "--format", "csv", "--rejects", "{long}", "{there}/in.csv"]),
        ("mine", ["--db", "{long}"]),
        ("mine", ["--db", "{there}/new.db", "--vectors", "{long}"]),
        ("mine", ["--db", "{there}/new.db", "--lexicon", "{long}"]),
        ("mine", ["--db", "{there}/new.db", "--words", "{long}"]),
        ("mine", ["--db", "{there}/new.db", "--corpus", "{long}", "--sources", "characters"]),
        ("mine", ["--db", "{there}/new.db", "--json", "{long}"]),
    ],
)
def test_a_name_no_file_can_have_is_one_line_in_every_command(tmp_path, name, words, long):
    with Store(tmp_path / "a.db") as store:
        store.add([candidate("漂亮", "美丽")])
    (tmp_path / "in.csv").write_text("word1,word2,label\n漂亮,美丽,synonym\n大,小,opposite\n", encoding="utf-8")
    code, _, err = run(name, *(word.format(long=long, there=tmp_path) for word in words))
    assert code in (1, 2)
    assert (err.count("\n"), len(err) > 20) == (1, True)
    assert not (tmp_path / "new.db").exists()
