"""What a person has is never written over by a command, however it is named, and nothing is done before that is known.

The commands run in this process, as ``main.py`` calls them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest

from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate

pytestmark = pytest.mark.usefixtures("own_home")

LEXICON = "Aa01A01= 漂亮 美丽\n"
TABLE = "word1,word2,label\n漂亮,美丽,synonym\n好,好,not\n"
MODULES = {
    "train": "core.policy_gradient.commands.train",
    "attend": "app.attention.command",
    "mine": "core.synonyms.commands.mine",
    "export": "core.synonyms.commands.export",
    "import": "core.synonyms.commands.import_",
    "tour": "app.tour",
    "bench": "tests.benchmarks.cli",
    "doctor": "app.doctor",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a store and files that commands read; it is the current one."""
    place = tmp_path / "work"
    (place / "model").mkdir(parents=True)
    (place / "model" / "config.json").write_text("{}", encoding="utf-8")
    with Store(place / "a.db") as store:
        store.add([candidate("漂亮", "美丽")])
        store.decide([1], Verdict.SYNONYM, "ann")
    for name, text in {"in.csv": TABLE, "words.txt": "漂亮\n", "own.txt": LEXICON, "v.vec": "猫 1 2\n"}.items():
        (place / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def call(capfd):
    """Run a command; return its exit code and what it said on both streams."""

    def call_here(*words):
        module = import_module(MODULES[words[0]])
        parser = argparse.ArgumentParser()
        parser.add_argument("--debug", action="store_true")
        module.add_arguments(parser)
        code = module.run(parser.parse_args(list(map(str, words[1:]))))
        said = capfd.readouterr()
        return code, said.out, said.err

    return call_here


def contents(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def linked(folder, name):
    """Return another path of the file ``name``: a link to a link."""
    Path("first").symlink_to(folder / name)
    Path("other.json").symlink_to("first")
    return "other.json"


def second_name(folder, name):
    os.link(folder / name, "second.json")
    return "second.json"


WAYS = {
    "as it is called": lambda _folder, name: name,
    "from the root": lambda folder, name: folder / name,
    "around a corner": lambda _folder, name: f"model/../{name}",
    "by a link": linked,
    "by a second name": second_name,
}
"""What a file may be called on the command line."""

STORES = ("a.db", "{folder}/a.db", "sqlite:///a.db", "sqlite:///{folder}/a.db", "sqlite+pysqlite:///a.db",
          "sqlite:///file:a.db?uri=true", "sqlite:///file:%61.db?mode=rw&uri=true")  # fmt: skip
"""What a store may be called."""

COMMANDS = {
    "export": (("export", "--db", "a.db", "--format", "csv"), "a.db"),
    "import": (("import", "--db", "a.db", "--format", "csv", "in.csv", "--rejects"), "in.csv"),
    "mine": (("mine", "--db", "a.db", "--words", "words.txt", "--json"), "words.txt"),
    "mine, lexicon": (("mine", "--db", "a.db", "--lexicon", "own.txt", "--json"), "own.txt"),
    "mine, vectors": (("mine", "--db", "a.db", "--vectors", "v.vec", "--json"), "v.vec"),
    "mine, corpus": (("mine", "--db", "a.db", "--corpus", "in.csv", "--json"), "in.csv"),
    "attend": (("attend", "好", "--model", "model", "--json"), "model/config.json"),
    "attend, table": (("attend", "好", "--model", "model", "--png", "x.png", "--csv"), "model/config.json"),
    "train": (("train", "--episodes", "1", "--json"), "a.db"),
    "train, weights": (("train", "--episodes", "1", "--checkpoint"), "a.db"),
    "bench": (("bench", "--json"), "a.db"),
    "doctor": (("doctor", "--json"), "a.db"),
}
"""Commands up to the name of a file they write, and a file that it must not be."""


@pytest.mark.sweep(20)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_command_reads_or_works_on_is_not_written_over(folder, call, command, way):
    words, kept = COMMANDS[command]
    output = WAYS[way](folder, kept)
    before = contents(folder)
    code, out, err = call(*words, output)
    assert code in (1, 2)
    assert out == ""
    assert len(err.strip().splitlines()) == 1, err
    assert str(output) in err
    assert contents(folder) == before


@pytest.mark.parametrize("name", ["tour.json", "start.png"])
def test_a_tour_writes_over_no_store_that_lies_in_its_folder(folder, call, name):
    Path("pictures").mkdir()
    os.link("a.db", f"pictures/{name}")
    before = contents(folder)
    code, out, err = call("tour", "--only", "start", "--out", "pictures")
    assert (code, out) == (2, "")
    assert name in err
    assert contents(folder) == before


@pytest.mark.parametrize("address", STORES)
@pytest.mark.parametrize("name", ["a.db", "a.db-wal", "a.db-shm", "a.db-journal"])
def test_a_store_and_its_logs_are_known_by_any_address(folder, call, address, name):
    before = contents(folder)
    for words in (
        ("export", "--format", "csv"),
        ("mine", "--json"),
        ("import", "--format", "csv", "in.csv", "--rejects"),
    ):
        code, out, _err = call(*words[:1], "--db", address.format(folder=folder), *words[1:], name)
        assert (code != 0, out) == (True, "")
    assert contents(folder) == before


@pytest.mark.parametrize("name", ["new.db", "new.db-wal", "./new.db"])
def test_a_store_that_is_only_to_be_made_is_kept_as_well(folder, call, name):
    code, _out, err = call("mine", "--db", "sqlite:///new.db", "--json", name)
    assert code == 2
    assert "would be lost" in err
    assert not list(folder.glob("new*"))


def test_the_text_that_is_read_from_the_standard_input_is_kept(folder, call, monkeypatch):
    before = contents(folder)
    with Path("in.csv").open(encoding="utf-8") as given:
        monkeypatch.setattr(sys, "stdin", given)
        code, _out, err = call("attend", "-", "--csv", "in.csv")
    assert code == 2
    assert "would be lost" in err
    assert contents(folder) == before


@pytest.mark.parametrize(
    "words",
    [
        ("attend", "好", "--csv", "x.out", "--json", "model/../x.out"),
        ("attend", "好", "--png", "-", "--npz", "/dev/stdout"),
        ("train", "--json", "x.out", "--checkpoint", "./x.out"),
        ("train", "--json", "-", "--checkpoint", "-"),
        ("train", "--json", "x.gif", "--video", "x.gif"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_two_outputs_to_one_file_are_refused_with_both_options(call, words):
    code, _out, err = call(*words)
    assert code == 2
    assert all(word in err for word in words if word.startswith("--"))
    assert len(err.strip().splitlines()) == 1


def test_an_earlier_file_of_rejects_stays(folder, call):
    first = ("import", "--db", "a.db", "--format", "csv", "in.csv")
    assert call(*first)[0] == 0
    kept = Path("in.csv.rejects.csv").read_bytes()
    code, _out, err = call(*first)
    assert code == 0
    assert "in.csv.rejects-2.csv" in err
    Path("mine.csv").write_text("years of work", encoding="utf-8")
    assert call(*first, "--rejects", "mine.csv")[0] == 0
    assert Path("mine.csv").read_text(encoding="utf-8") == "years of work"
    assert Path("in.csv.rejects.csv").read_bytes() == kept
    assert "好" in (folder / "mine-2.csv").read_text(encoding="utf-8-sig")


TO_STANDARD_OUTPUT = {
    "export": (("export", "--db", "a.db", "--format", "csv"), lambda out: out.splitlines()[0].startswith("word1")),
    "import": (
        ("import", "--db", "a.db", "--format", "csv", "in.csv", "--rejects"),
        lambda out: out.removeprefix("\ufeff").startswith("line,reason,text"),
    ),
    "train": (("train", "--episodes", "1", "--eval-episodes", "1", "--json"), json.loads),
    "train, weights": (
        ("train", "--episodes", "1", "--eval-episodes", "1", "--checkpoint"),
        lambda out: "yaya-lab policy" in out and "episodes" not in out.partition("}}")[2],
    ),
}


@pytest.mark.parametrize("command", TO_STANDARD_OUTPUT)
@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1"])
@pytest.mark.usefixtures("folder")
def test_the_standard_output_gets_the_file_and_nothing_else(call, command, name):
    words, is_the_file = TO_STANDARD_OUTPUT[command]
    code, out, err = call(*words, name)
    assert code == 0
    assert is_the_file(out)
    assert err
    assert not Path("-").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files")
@pytest.mark.parametrize("command", ["export", "train"])
@pytest.mark.usefixtures("folder")
def test_a_device_is_written_to_and_stays_one(call, command):
    words, _is_the_file = TO_STANDARD_OUTPUT[command]
    assert call(*words, os.devnull)[0] == 0
    assert Path(os.devnull).is_char_device()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("command", ["export", "train", "train, weights"])
@pytest.mark.usefixtures("folder")
def test_a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own_through_links(call, command):
    words, _is_the_file = TO_STANDARD_OUTPUT[command]
    new, old, link = Path("new.out"), Path("old.out"), Path("link.out")
    old.write_bytes(b"old")
    old.chmod(0o664)
    link.symlink_to(old)
    umask = os.umask(0o027)
    try:
        assert [call(*words, path)[0] for path in (new, link)] == [0, 0]
    finally:
        os.umask(umask)
    assert (new.stat().st_mode & 0o777, old.stat().st_mode & 0o777) == (0o640, 0o664)
    assert link.is_symlink()
    assert old.stat().st_size > len(b"old")
    assert not list(Path().glob(".*"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files")
@pytest.mark.parametrize("command", ["export", "train"])
@pytest.mark.usefixtures("folder")
def test_a_pipe_gets_the_file_and_stays_a_pipe(call, command):
    words, is_the_file = TO_STANDARD_OUTPUT[command]
    os.mkfifo("pipe")
    with ThreadPoolExecutor(1) as other:
        read = other.submit(Path("pipe").read_text, encoding="utf-8")
        assert call(*words, "pipe")[0] == 0
        assert is_the_file(read.result(timeout=60))
    assert Path("pipe").is_fifo()
