"""Promises of ``mine``, ``export`` and ``import``, kept as a person starts them: ``python main.py …``."""

import csv
import json
import signal
import sys
import time

import pytest

from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests import program
from tests.app.synonyms.small_store import PAIRS, make_store

pytestmark = pytest.mark.timeout(150)

no_ctrl_c = pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be sent Ctrl-C alone")

FEW = ("--limit", "300", "--max-rank", "2000", "--no-sentences")
"""A mining of some seconds."""


@pytest.fixture
def run(own_home, tmp_path):
    def run_here(*arguments):
        return program.run(*arguments, home=own_home, cwd=tmp_path)

    return run_here


@pytest.fixture
def judged(tmp_path):
    """A store of a dozen pairs; three of them are judged."""
    path = make_store(tmp_path / "judged.db")
    with Store(path) as store:
        ids = store.table_query().ids().tolist()
        store.decide(ids[0], Verdict.SYNONYM, "甲", note="a, “b”")
        store.decide(ids[3], Verdict.ANTONYM, "甲")
        store.decide(ids[3], Verdict.NOT, "乙")
    return path


def url(path):
    return f"sqlite:///{path}"


def only_line(text):
    assert "Traceback" not in text
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    return lines[0]


def pairs_of(path):
    with Store(path) as store:
        query = store.table_query()
        return [(row.word1, row.word2) for row in query.rows(query.ids())]


def wait_for_pairs(process, path):
    """Wait until mining has brought the first pairs, and no longer than it runs."""
    while not path.exists() or not pairs_of(path):
        assert process.poll() is None, process.stdout.read().decode()
        time.sleep(0.02)


def test_mining_makes_a_store_and_says_what_it_brought(run, tmp_path):
    done = run("mine", "--db", url("mined.db"), *FEW, "--json", "mined.json")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "mined.json").read_text(encoding="utf-8"))
    pairs = pairs_of(tmp_path / "mined.db")
    assert 0 < len(pairs) <= 300
    assert report["added"] == report["proposed"] == len(pairs)
    assert sum(stage["added"] for stage in report["stages"]) == len(pairs)
    assert f"New pairs: {len(pairs)};" in only_line(done.stdout)
    assert len(set(pairs)) == len(pairs)
    assert all(one < other for one, other in pairs)


def test_mining_the_same_again_adds_nothing(parsed, run, tmp_path):
    arguments = ("mine", "--db", url("mined.db"), *FEW, "--sources", "reference,gloss")
    assert run(*arguments).returncode == 0
    before = pairs_of(tmp_path / "mined.db")
    assert before
    again = run(*arguments)
    assert again.returncode == 0, again.stderr
    assert "nothing to mine" in only_line(again.stdout)
    assert pairs_of(tmp_path / "mined.db") == before


@pytest.mark.long
@no_ctrl_c
def test_ctrl_c_ends_mining_and_the_same_command_goes_on(own_home, parsed, run, tmp_path):
    arguments = ("mine", "--db", url("mined.db"), *FEW, "--limit", "3000", "--max-rank", "12000")
    process = program.start(*arguments, home=own_home, cwd=tmp_path)
    try:
        wait_for_pairs(process, tmp_path / "mined.db")
        process.send_signal(signal.SIGINT)
        rest, _nothing = process.communicate(timeout=program.PATIENCE)
    finally:
        process.kill()
    assert process.returncode == 130, rest.decode()
    assert "run the same command to continue" in rest.decode()
    kept = pairs_of(tmp_path / "mined.db")
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    after = pairs_of(tmp_path / "mined.db")
    assert len(set(after)) == len(after) > len(kept)
    assert set(kept) <= set(after)


def test_a_store_is_written_and_read_back_the_same(run, judged, tmp_path):
    done = run("export", "--db", url(judged), "--format", "csv", "out.csv")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # One record for each answer, one for each pair nobody has judged.
    assert f"{len(PAIRS) + 1} records exported" in only_line(done.stdout)
    assert len(rows) == len(PAIRS) + 1
    assert [(row["label"], row["annotator"], row["note"]) for row in rows if row["label"]] == [
        ("synonym", "甲", "a, “b”"), ("antonym", "甲", ""), ("not", "乙", ""),
    ]  # fmt: skip
    done = run("import", "--db", url("copy.db"), "--format", "csv", "out.csv")
    assert done.returncode == 0, done.stderr
    assert f"{len(PAIRS)} new pairs" in done.stdout
    assert "3 new verdicts" in done.stdout
    assert run("export", "--db", url("copy.db"), "--format", "csv", "again.csv").returncode == 0
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "out.csv").read_bytes()


def test_an_import_can_be_looked_at_first(run, judged, tmp_path):
    (tmp_path / "pairs.csv").write_text("word1,word2,label\n高兴,愉快,synonym\n", encoding="utf-8")
    arguments = ("import", "--db", url(judged), "--format", "csv", "pairs.csv")
    before = pairs_of(judged)
    looked = run(*arguments, "--preview")
    assert looked.returncode == 0, looked.stderr
    assert "1 new pair" in looked.stdout
    assert pairs_of(judged) == before
    assert run(*arguments).returncode == 0
    assert pairs_of(judged) == [*before, ("愉快", "高兴")]


def test_what_is_not_understood_is_told_by_its_line_and_kept_in_a_file(run, judged, tmp_path):
    text = "word1,word2,label\n高兴,愉快,synonym\n高兴,,synonym\n快乐,欢乐,maybe\n"
    (tmp_path / "pairs.csv").write_text(text, encoding="utf-8")
    done = run("import", "--db", url(judged), "--format", "csv", "--rejects", "rejects.txt", "pairs.csv")
    assert done.returncode == 0
    assert "2 rows rejected" in done.stdout
    assert [line.partition(":")[0] for line in done.stderr.splitlines()][:2] == ["line 3", "line 4"]
    rejects = (tmp_path / "rejects.txt").read_text(encoding="utf-8")
    assert "高兴,,synonym" in rejects
    assert "快乐,欢乐,maybe" in rejects


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("mine", "--db", "sqlite:///m.db", "--limit", "0"), 2, "Total pairs"),
        (("mine", "--db", "sqlite:///m.db", "--sources", "dreams"), 2, "cosine"),
        (("mine", "--db", "sqlite:///nowhere/m.db", *FEW), 1, "nowhere"),
        (("mine", "--db", "sqlite:///m.db", "--vectors", "none.vec", *FEW), 1, "none.vec"),
        (("import", "--db", "sqlite:///m.db", "--format", "csv", "none.csv"), 1, "none.csv"),
        (("export", "--db", "sqlite:///nowhere/m.db", "--format", "csv", "out.csv"), 1, "nowhere"),
    ],
)
def test_what_cannot_be_is_one_line_and_an_exit_code(run, arguments, code, said):
    done = run(*arguments)
    assert done.returncode == code, done.stderr
    assert said in done.stderr.replace("\r", "\n").strip().splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", ["export", "import"])
def test_a_format_that_is_not_known_is_wrong_usage(run, command):
    done = run(command, "--db", "sqlite:///m.db", "--format", "papyrus", "file")
    assert done.returncode == 2
    assert "papyrus" in done.stderr
    assert "usage: python main.py" in done.stderr


def test_a_file_that_is_no_store_is_left_alone(run, tmp_path):
    (tmp_path / "letter.db").write_text("Dear duck, " * 1000, encoding="utf-8")
    before = (tmp_path / "letter.db").read_bytes()
    done = run("export", "--db", url("letter.db"), "--format", "csv", "out.csv")
    assert done.returncode == 1
    assert "letter.db" in only_line(done.stderr)
    assert (tmp_path / "letter.db").read_bytes() == before
    assert not (tmp_path / "out.csv").exists()
