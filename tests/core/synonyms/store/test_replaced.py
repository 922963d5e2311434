"""A store whose file is replaced, overwritten or restored: no log of the former file is played into the new one."""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from app.doctor.data import store as doctor_store
from core.synonyms.commands import export
from core.synonyms.store import Store, StoreGoneError
from core.synonyms.store.sqlite_file import write_ahead_log
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate

S, N = Verdict.SYNONYM, Verdict.NOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no program can replace an open file there")

KILLED = """
import os, signal, sys
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
store = Store(sys.argv[1])
for pair in range(1, 5):
    store.decide(pair, Verdict.SYNONYM, "ann")
os.kill(os.getpid(), signal.SIGKILL)
"""

SECOND = """
import sys
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
with Store(sys.argv[1]) as store:
    store.decide(8, Verdict.SYNONYM, "cy")
    assert store.check() == []
"""


def label_and_be_killed(path):
    assert subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False).returncode == -9
    assert path.with_name(f"{path.name}-wal").stat().st_size > 0


def make(path, word="词", pairs=6):
    with Store(path) as store:
        store.add([candidate(f"{word}{i}", f"{word}{i}语") for i in range(pairs)])
    return path


@pytest.fixture
def path(tmp_path):
    return make(tmp_path / "a.db")


@pytest.fixture
def other(tmp_path):
    """Another store, with other pairs and a verdict."""
    made = make(tmp_path / "other.db", "土", pairs=40)
    with Store(made) as store:
        store.decide(7, N, "bob")
    return made


def laid_over(new, path):
    """As ``cp new path`` does it: the file stays the same, its content is another."""
    with path.open("r+b") as target:
        target.write(new.read_bytes())
        target.truncate()


def laid_anew(new, path):
    path.unlink()
    shutil.copyfile(new, path)


def moved_away(new, path):
    path.rename(path.with_name("moved.sqlite"))
    shutil.copyfile(new, path)


def replaced(new, path):
    new.replace(path)


WAYS = [replaced, laid_over, laid_anew, moved_away]


@pytest.fixture(params=WAYS, ids=["replaced", "laid over", "laid anew", "moved away"])
def put(request):
    return request.param


def content(path):
    """What another program reads in the file itself, and in the log that SQLite finds beside it."""
    with closing(sqlite3.connect(path)) as connection:
        (state,) = connection.execute("PRAGMA integrity_check").fetchone()
        words = {text[0] for (text,) in connection.execute("SELECT text FROM words")}
        return state, words, connection.execute("SELECT candidate_id, verdict FROM decisions ORDER BY id").fetchall()


THE_OTHERS = ("ok", {"土"}, [(7, "not")])


def test_what_was_replaced_while_open_is_as_it_was_put_there(path, other, put):
    with Store(path) as store:
        for pair in range(1, 5):
            store.decide(pair, S, "ann")
        put(other, path)
        with pytest.raises(StoreGoneError, match=r"a\.db was (deleted|overwritten)"):
            store.decide(5, S, "ann")
    with Store(path) as store:
        assert store.check() == []
    assert content(path) == THE_OTHERS


def test_what_was_replaced_while_open_and_closed_without_a_key(path, other, put, tmp_path):
    with Store(path) as store:
        for pair in range(1, 5):
            store.decide(pair, S, "ann")
        put(other, path)
    with Store(path) as store:
        assert store.check() == []
        assert put is laid_over or "saved" in store.notice
    assert content(path) == THE_OTHERS
    if put is not laid_over:
        (saved,) = tmp_path.glob("a-saved-*.db")
        assert content(saved) == ("ok", {"词"}, [(n, "synonym") for n in range(1, 5)])
        assert not list(tmp_path.glob("*-wal"))


def test_a_second_program_meets_the_new_file_before_the_first_notices(path, other, put):
    with Store(path) as first:
        for pair in range(1, 5):
            first.decide(pair, S, "ann")
        put(other, path)
        subprocess.run([sys.executable, "-c", SECOND, str(path)], check=True)
        with pytest.raises(StoreGoneError):
            first.decide(5, S, "ann")
    with Store(path) as store:
        assert store.check() == []
    assert content(path) == ("ok", {"土"}, [(7, "not"), (8, "synonym")])


def test_what_was_replaced_after_a_kill_is_as_it_was_put_there_and_the_entries_are_kept(path, other, put, tmp_path):
    label_and_be_killed(path)
    put(other, path)
    with Store(path) as store:
        assert store.check() == []
        (log,) = tmp_path.glob("a-saved-*-wal")
        assert log.name in store.notice
    assert content(path) == THE_OTHERS
    with Store(path) as store:
        assert store.notice == ""
    former = tmp_path / "moved.sqlite"
    if put is moved_away:  # what the notice says to do
        former.rename(log.with_name(log.name.removesuffix("-wal")))
        assert content(log.with_name(log.name.removesuffix("-wal")))[2] == [(n, "synonym") for n in range(1, 5)]


@pytest.mark.parametrize("put", [WAYS[0], laid_over, laid_anew], ids=["replaced", "laid over", "laid anew"])
def test_an_older_copy_of_the_same_store_is_restored_without_what_came_after_it(path, tmp_path, put):
    backup = tmp_path / "backup.db"
    shutil.copyfile(path, backup)
    label_and_be_killed(path)
    put(backup, path)
    with Store(path) as store:
        assert store.notice
        assert store.history() == []
        assert store.check() == []


def test_the_log_of_a_killed_program_is_played_into_its_own_file(path):
    label_and_be_killed(path)
    with Store(path) as store:
        assert store.notice == ""
        assert len(store.history()) == 4
        assert store.check() == []


def test_a_store_that_was_copied_with_its_log_has_everything(path, tmp_path):
    label_and_be_killed(path)
    for name in ("a.db", "a.db-wal"):
        shutil.copyfile(tmp_path / name, tmp_path / name.replace("a.", "copied."))
    with Store(tmp_path / "copied.db") as store:
        assert (store.notice, len(store.history())) == ("", 4)


def test_a_file_that_is_no_database_gets_nothing_played_in(path, tmp_path):
    label_and_be_killed(path)
    for content in (b"not a database at all" * 500, b""):
        path.write_bytes(content)
        if content:
            with pytest.raises(Exception, match="not a store"):
                Store(path)
            assert path.read_bytes() == content
    assert list(tmp_path.glob("a-saved-*-wal"))


def test_a_file_that_was_deleted_after_a_kill_leaves_its_entries(path, tmp_path):
    label_and_be_killed(path)
    path.unlink()
    with Store(path) as store:
        assert store.is_new
        assert next(tmp_path.glob("a-saved-*-wal")).name in store.notice


def test_a_store_of_before_that_has_no_marks_is_read_with_its_log(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=0")
        connection.execute("PRAGMA application_id=0")
    script = KILLED.replace("store = Store", "from core.synonyms.store import database\n"
                            "database.leave_marks = lambda _connection: 0\nstore = Store")  # fmt: skip
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == -9
    with Store(path) as store:
        assert (store.notice, len(store.history())) == ("", 4)


def test_what_other_programs_write_beside_us_is_played_in_too(path):
    label_and_be_killed(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE words SET rank = 5")
        connection.execute("VACUUM")
    with Store(path) as store:
        assert (store.notice, len(store.history()), store.row(1).ranks) == ("", 4, (5, 5))


def test_a_command_says_what_it_put_aside(path, other, tmp_path, capsys):
    label_and_be_killed(path)
    other.replace(path)
    assert doctor_store(path).level == "problem"
    assert not list(tmp_path.glob("a-saved-*"))  # who only looks changes nothing
    parser = argparse.ArgumentParser()
    export.add_arguments(parser)
    args = parser.parse_args(["--db", f"sqlite:///{path}", "--format", "csv", str(tmp_path / "out.csv")])
    assert export.run(args) == 0
    assert next(tmp_path.glob("a-saved-*-wal")).name in capsys.readouterr().err
    assert content(path) == THE_OTHERS


def test_a_log_that_is_begun_anew_while_it_is_read_is_nobody_elses(tmp_path, monkeypatch):
    file = tmp_path / "pairs.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:

        def write(pairs):
            connection.execute("BEGIN IMMEDIATE")
            write_ahead_log.leave_marks(connection)
            connection.executemany("INSERT INTO pairs VALUES (?)", [("词" * 1000,)] * pairs)
            connection.execute("COMMIT")

        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE pairs (words)")
        for _time in range(6):
            write(3)
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")  # all is in the file now: the next round may begin
        whole, rounds = write_ahead_log._read_frames, []

        def read_frames(*given):
            found = whole(*given)
            if not rounds:
                rounds.append(found)
                write(1)  # over the frames that are still to be read
                return found[:2]
            return found

        monkeypatch.setattr(write_ahead_log, "_read_frames", read_frames)
        assert write_ahead_log.continues(file)
        assert len(rounds[0]) > 2


def test_a_file_that_another_program_is_moving_its_log_into_is_still_the_same(path):
    with closing(sqlite3.connect(path)) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    whole = write_ahead_log.marks_of(path)
    with path.open("r+b") as opened:  # the first page is written first, and says how many there will be
        opened.truncate((pages - 2) * size)
    assert write_ahead_log.marks_of(path) == whole
    assert whole.now != 0


GROWING = """
import os, sqlite3, sys
from core.synonyms.store.sqlite_file.write_ahead_log import leave_marks
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
connection.execute("PRAGMA wal_autocheckpoint=0")
connection.execute("CREATE TABLE growing (x)")
print("begun", flush=True)
while True:
    connection.execute("BEGIN IMMEDIATE")
    leave_marks(connection)
    connection.executemany("INSERT INTO growing VALUES (?)", [(os.urandom(3000),)] * 2000)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
"""


@pytest.mark.long
def test_beside_a_program_that_makes_the_file_grow_every_entry_is_saved(path, tmp_path):
    with Store(path) as store:
        grower = subprocess.Popen([sys.executable, "-c", GROWING, str(path)], stdout=subprocess.PIPE)
        try:
            grower.stdout.readline()
            for turn in range(60):
                store.decide(1 + turn % 6, S, "ann")
                assert write_ahead_log.continues(path)
        finally:
            grower.kill()
            grower.communicate()
        assert len(store.history()) == 60
    assert not list(tmp_path.glob("a-saved-*"))


SHORT_OF_FILES = """
import resource, sqlite3, sys
from pathlib import Path
from core.synonyms.store.sqlite_file.write_ahead_log import continues
assert continues(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
try:
    print(continues(Path(sys.argv[1])))
except sqlite3.Error as error:
    print(error)
"""


def test_where_the_file_cant_be_looked_at_nobody_says_that_it_is_anothers(path):
    label_and_be_killed(path)
    done = subprocess.run([sys.executable, "-c", SHORT_OF_FILES, str(path)], check=True, capture_output=True, text=True)
    assert "unable to open" in done.stdout
    with Store(path) as store:
        assert (store.notice, len(store.history())) == ("", 4)
