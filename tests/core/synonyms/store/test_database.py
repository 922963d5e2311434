"""Locks, full and read-only disks, wrong files and addresses: said in one line, and nothing lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress

import pytest
from sqlalchemy import text

from core.runtime.inline import run_inline
from core.runtime.task import Job
from core.synonyms.exchange.config import ExportConfig
from core.synonyms.store import (
    Store,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreGoneError,
    StoreLockedError,
    StoreReadOnlyError,
    StoreUnreachableError,
)
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate

S, N = Verdict.SYNONYM, Verdict.NOT


@pytest.fixture
def address(tmp_path):
    """The files' own troubles; a server's are its administrator's."""
    return f"sqlite:///{tmp_path / 'pairs.db'}"


def pragma(store, name):
    with store.database.reading() as connection:
        return connection.execute(text(f"PRAGMA {name}")).scalar()


def test_a_decision_is_on_the_disk_when_it_returns(three):
    assert pragma(three, "journal_mode") == "wal"
    assert pragma(three, "synchronous") == 2  # FULL
    assert pragma(three, "foreign_keys") == 1
    three.decide(1, S, "ann")
    with closing(sqlite3.connect(three.where)) as other:
        assert other.execute("SELECT verdict FROM decisions").fetchall() == [("synonym",)]


def test_a_store_that_another_program_keeps_for_itself_is_said_as_soon_as_was_asked(three):
    path = three.where
    three.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE info SET value = value")
    other.execute("COMMIT")
    begun = time.monotonic()
    try:
        with pytest.raises(StoreLockedError, match="Another program has locked"):
            Store(path, patience=0.05)
        assert time.monotonic() - begun < 2  # and not a hundred times a second
    finally:
        other.close()
    with Store(path, patience=0.05) as store:
        assert store.row(1).id == 1


def test_a_store_locked_for_long_is_said_and_works_again_afterwards(three):
    three.database.patience = 0.05
    with closing(sqlite3.connect(three.where, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLockedError, match=r"Another program has locked .*nothing was lost") as caught:
            three.decide(1, S, "ann")
        assert "\n" not in str(caught.value)
        # Readers do not wait for the writer.
        assert three.row(1).verdict is None
        other.execute("ROLLBACK")
    three.decide(1, S, "ann")
    assert [entry.verdict for entry in three.history()] == [S]


def test_a_short_lock_is_waited_for(three):
    held, release = threading.Event(), threading.Event()

    def hold():
        with closing(sqlite3.connect(three.where, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            held.set()
            release.wait(10)
            other.execute("ROLLBACK")

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(10)
    timer = threading.Timer(1.5, release.set)  # longer than SQLite itself waits
    timer.start()
    three.decide(1, S, "ann")
    holder.join()
    timer.join()
    assert len(three.history()) == 1


def test_a_full_disk_is_said_and_earlier_decisions_are_safe(tmp_path):
    path = tmp_path / "small.db"
    with Store(path) as store:
        store.add([candidate("漂亮", "美丽"), candidate("医生", "医师")])
        store.decide(1, S, "ann")
        # SQLite's own limit on pages fails with the same code as a full disk.
        pages = pragma(store, "page_count")
        with store.database.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        note = "长" * 9_999
        with pytest.raises(StoreFullError, match=r"full.*earlier verdicts are saved"):  # noqa: PT012  the nth fills it
            for _ in range(100):
                store.decide(2, N, "ann", note=note)
        kept = len(store.history())
        assert store.check() == []
    with Store(path) as store:
        assert len(store.history()) == kept
        assert store.row(1).verdict is S
        store.decide(2, S, "ann")
        assert store.check() == []


def test_a_read_only_store_can_be_read_and_says_so_when_written(tmp_path):
    path = tmp_path / "a.db"
    with Store(path) as store:
        store.add([candidate("漂亮", "美丽")])
        store.decide(1, S, "ann")
    with Store(f"sqlite:///file:{path}?mode=ro&uri=true") as store:
        assert store.row(1).verdict is S
        with pytest.raises(StoreReadOnlyError, match="can't be written"):
            store.decide(1, N, "ann")
        assert store.row(1).verdict is S


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4096, b"\x00" * 5000]
)
def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "picture.db"
    path.write_bytes(content)
    with pytest.raises(StoreDamagedError, match=r"picture\.db"):
        Store(path)
    assert path.read_bytes() == content


def overwrite_by_other_tables(path):
    """Lay another program's database over the store: tables of the same names, and columns of others."""
    other = path.with_name("other.db")
    with closing(sqlite3.connect(other)) as connection:
        for table in ("candidates", "decisions", "words"):
            connection.execute(f"CREATE TABLE {table} (pond TEXT)")
        connection.execute("CREATE TABLE info (key TEXT, value TEXT)")
        connection.execute("INSERT INTO info VALUES ('schema_version', '2')")
        connection.commit()
    path.write_bytes(other.read_bytes())


def spoil_schema(path):
    """Change one byte of what the file says of a table, so that SQLite's own error is no text."""
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE words", b"CREATE T\xffBLE words"))


def cut_short(path):
    """Leave the first two pages."""
    path.write_bytes(path.read_bytes()[:8192])


@pytest.mark.parametrize("happens", [overwrite_by_other_tables, spoil_schema, cut_short])
def test_what_was_done_to_a_file_is_one_sentence_and_no_traceback(three, happens):
    path = three.database.file
    three.close()
    happens(path)
    config = ExportConfig(str(path), path.with_name("pairs.csv"), "csv")
    failed = list(run_inline(Job("core.synonyms.exchange.exporting:preview_export", {"config": config})))[-1]
    assert failed.kind == "StoreDamagedError"
    assert path.name in failed.message
    assert "Open another file" in failed.message
    assert failed.traceback == ""


def lose(path):
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="no program can delete an open file there")
def test_a_file_that_has_gone_takes_no_decision_and_its_last_state_is_saved(tmp_path):
    path = tmp_path / "a.db"
    with Store(path) as store:
        store.add([candidate("漂亮", "美丽"), candidate("医生", "医师")])
        store.decide(1, S, "ann")
        lose(path)
        for _ in range(2):
            with pytest.raises(StoreGoneError, match=r"a\.db") as caught:
                store.decide(2, S, "ann")
            assert not path.exists()
        (saved,) = tmp_path.iterdir()
        assert saved.name in str(caught.value)
    with Store(saved, create=False) as store:
        assert [row.verdict for row in store.table_query().rows([1, 2])] == [S, None]
        assert store.check() == []


@pytest.mark.skipif(sys.platform == "win32", reason="no program can delete an open file there")
def test_what_was_in_a_file_that_has_gone_is_saved_when_the_store_is_looked_at(tmp_path):
    path = tmp_path / "a.db"
    with Store(path) as store:
        store.add([candidate("漂亮", "美丽")])
        store.decide(1, S, "ann")
        mark, _pairs = store.news((0, 0))
        lose(path)
        with pytest.raises(StoreGoneError, match=r"a\.db"):
            store.news(mark)
        (saved,) = tmp_path.iterdir()
        with Store(saved, create=False) as copy:  # while the other is still open: nobody knows how that one ends
            assert [row.verdict for row in copy.table_query().rows([1])] == [S]


@pytest.mark.skipif(sys.platform == "win32", reason="no program can replace an open file there")
def test_a_file_that_was_replaced_by_another_takes_no_decision(tmp_path):
    path, other = tmp_path / "a.db", tmp_path / "b.db"
    with Store(other) as store:
        store.add([candidate("土豆", "马铃薯")])
    with Store(path) as store:
        store.add([candidate("漂亮", "美丽")])
        lose(path)
        other.replace(path)
        with pytest.raises(StoreGoneError), store.database.writing():
            pass
        with pytest.raises(StoreGoneError):
            store.decide(1, S, "ann")
    with Store(path) as store:
        assert store.row(1).word2 == "马铃薯"
        assert store.history() == []


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "bookmarks.db"
    for schema in ("CREATE TABLE moz_bookmarks (id)", "CREATE TABLE info (a, b)"):
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as other:
            other.execute(schema)
        with pytest.raises(StoreDamagedError, match="another program"):
            Store(path)
        with closing(sqlite3.connect(path)) as other:
            assert len(other.execute("SELECT name FROM sqlite_master").fetchall()) == 1


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite:////no/such/folder/a.db", "does not exist"),
        ("mysql://me:secret@host/db", "not the address of a store"),
        ("://", "not the address of a store"),
        ("postgresql://me:secret@127.0.0.1:1/db", "can't be opened"),
    ],
)
def test_a_wrong_address_is_one_clear_line_without_the_password(address, said):
    with pytest.raises(StoreUnreachableError, match=said) as caught:
        Store(address)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_server_is_shown_as_it_was_typed_and_says_one_thing():
    with pytest.raises(StoreUnreachableError) as caught:
        Store("postgresql://me:secret@127.0.0.1:1/db")
    assert "postgresql://me:***@127.0.0.1:1/db" in str(caught.value)
    assert "Connection refused" in str(caught.value)
    assert "Is the server running" not in str(caught.value)  # the driver's second line, a question


@pytest.mark.parametrize("address", ["a\0b", "sqlite:///a\0b", "\ud800", "sqlite:///\ud800"])
@pytest.mark.parametrize("create", [True, False])
def test_a_name_no_file_can_have_is_one_clear_line(address, create):
    with pytest.raises(StoreUnreachableError, match="is not the address of a store") as refused:
        Store(address, create=create)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("name", ["x" * 5000, "x" * 5000 + "/a.db"])
def test_a_name_that_is_too_long_is_said(tmp_path, name):
    with pytest.raises(StoreUnreachableError, match="can't be opened"):
        Store(tmp_path / name)


def test_a_folder_is_no_store(tmp_path):
    with pytest.raises(StoreError):
        Store(tmp_path)


def test_two_programs_may_make_the_same_new_store_at_once(tmp_path):
    script = "import sys; from core.synonyms.store import Store; Store(sys.argv[1]).close()"
    command = [sys.executable, "-c", script, str(tmp_path / "new.db")]
    programs = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    for program in programs:
        _, said = program.communicate(timeout=60)
        assert program.returncode == 0, said.decode()
    with Store(tmp_path / "new.db") as store:
        assert store.check() == []


def test_several_threads_of_one_program_share_a_store(tmp_path):
    with Store(tmp_path / "a.db") as store:
        store.add([candidate(f"词{i}", f"語{i}") for i in range(10)])
        failures = []

        def label(name):
            try:
                for pair in range(1, 11):
                    store.decide(pair, S, name)
            except StoreError as error:
                failures.append(error)

        threads = [threading.Thread(target=label, args=(name,)) for name in ("ann", "bob", "cy")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert len(store.history()) == 30
        assert store.check() == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 1 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="no disk can be mounted here")
@pytest.mark.parametrize("is_there", [False, True])
def test_a_disk_that_is_full_at_opening(small_disk, tmp_path, is_there):
    with Store(tmp_path / "a.db") as store:
        store.add([candidate("漂亮", "美丽")])
    if is_there:
        (small_disk / "a.db").write_bytes((tmp_path / "a.db").read_bytes())
    with suppress(OSError):
        (small_disk / "rest").write_bytes(bytes(1 << 20))
    with pytest.raises(StoreFullError, match="is full"):
        Store(small_disk / "a.db")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a folder nobody may write in")
def test_a_folder_nobody_may_write_in():
    with pytest.raises(StoreReadOnlyError, match="can't be written"):
        Store("/sys/kernel/a.db")


def test_a_question_mark_in_a_name_never_opens_another_file(tmp_path):
    with pytest.raises(StoreUnreachableError, match='the file name ends at the "\\?"'):
        Store(f"sqlite:///{tmp_path}/what?.db")
    with Store(tmp_path / "what?.db") as store:
        store.add([candidate("漂亮", "美丽")])
        store.decide(1, S, "ann")
        assert store.where == str(tmp_path / "what?.db")
    assert [file.name for file in tmp_path.iterdir()] == ["what?.db"]
