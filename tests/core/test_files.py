"""A file is the old one or the whole new one."""

from __future__ import annotations

import gzip
import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from core.files import (
    STANDARD_OUTPUT,
    check_plain,
    database_logs,
    folder_named,
    is_open_database,
    is_standard_output,
    note_open_database,
    read_whole,
    replacing,
    replacing_text,
)


def test_a_written_file_takes_the_place_of_the_old(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("old")
    with replacing(path) as beside:
        assert (beside.parent, beside.suffix) == (tmp_path, ".json")
        beside.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_after_an_error_the_old_file_is_there_and_nothing_else(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("old")

    def write_half():
        with replacing(path) as beside:
            beside.write_text("ne")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_and_what_it_points_at_is_replaced(tmp_path):
    target, link = tmp_path / "far" / "a.json", tmp_path / "link.json"
    target.parent.mkdir()
    target.write_text("old")
    link.symlink_to(target)
    with replacing(link) as beside:
        assert beside.parent == target.parent
        beside.write_text("new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert not target.is_symlink()


def test_a_link_to_nothing_yet_is_filled(tmp_path):
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "later.json")
    with replacing(link) as beside:
        beside.write_text("new")
    assert link.is_symlink()
    assert (tmp_path / "later.json").read_text() == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes with a path")
@pytest.mark.parametrize("linked", [False, True])
def test_what_is_no_regular_file_is_written_to_and_stays(tmp_path, linked):
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    path = link if linked else pipe
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with replacing(path) as written:
            written.write_text("through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert link.is_symlink()
    assert set(tmp_path.iterdir()) == {pipe, link}


def test_a_folder_is_refused_before_anything_is_written(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()

    def write():
        with replacing(folder) as beside:
            beside.write_text("no")

    with pytest.raises(IsADirectoryError):
        write()
    assert folder.is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of this kind")
def test_who_may_read_a_file_stays_as_it_was(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o664)
    with replacing(path) as beside:
        beside.write_text("new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o664


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no umask of this kind")
def test_a_new_file_has_what_the_umask_gives(tmp_path):
    before = os.umask(0o027)
    try:
        with replacing_text(tmp_path / "a.txt") as file:
            file.write("new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_text_is_packed_by_its_ending_and_the_same_text_to_the_same_bytes(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        with replacing_text(tmp_path / folder / "a.csv.gz", "utf-8-sig") as file:
            file.write("鸭\r\n")
    assert gzip.decompress((tmp_path / "one" / "a.csv.gz").read_bytes()) == "\ufeff鸭\r\n".encode()
    assert (tmp_path / "one" / "a.csv.gz").read_bytes() == (tmp_path / "two" / "a.csv.gz").read_bytes()


def test_after_an_error_in_the_text_the_old_file_stands(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError), replacing_text(path, "ascii") as file:
        file.write("鸭")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def write(path, content="new"):
    with replacing(path) as written:
        written.write_text(content)


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE words (text)")
    return path


@pytest.mark.parametrize("way", ["itself", "link", "second name", "log"])
def test_a_database_is_never_replaced(database, tmp_path, way):
    before = database.read_bytes()
    path = {"itself": database, "log": database_logs(database)[0]}.get(way, tmp_path / "other.csv")
    if way == "link":
        path.symlink_to(database)
    elif way == "second name":
        path.hardlink_to(database)
    names = set(tmp_path.iterdir())
    with pytest.raises(FileExistsError, match="database"):
        write(path)
    assert database.read_bytes() == before
    assert set(tmp_path.iterdir()) == names


def test_a_database_that_appears_while_a_file_is_written_stays(tmp_path):
    path = tmp_path / "a.csv"

    def meanwhile():
        with replacing(path) as written:
            written.write_text("new")
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("CREATE TABLE words (text)")

    with pytest.raises(FileExistsError, match="database"):
        meanwhile()
    assert path.read_bytes().startswith(b"SQLite")
    assert list(tmp_path.iterdir()) == [path]


def test_both_names_of_a_file_get_the_new_content(tmp_path):
    path, second = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_text("old")
    second.hardlink_to(path)
    write(path)
    assert second.read_text() == "new"


def test_a_name_as_long_as_may_be_is_written(tmp_path):
    path = tmp_path / f"{'词' * 80}.txt"
    write(path)
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such device")
def test_a_disk_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(Path, "is_block_device", lambda self: self.name == "sda")
    (tmp_path / "sda").touch()
    with pytest.raises(PermissionError, match="disk"):
        write(tmp_path / "sda")


def test_what_is_written_to_the_standard_output_follows_what_was_printed(capfdbinary):
    print("before", flush=False)
    write(STANDARD_OUTPUT, "new\n")
    print("after")
    assert capfdbinary.readouterr().out.splitlines() == [b"before", b"new", b"after"]
    assert is_standard_output(STANDARD_OUTPUT)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no names for open files")
@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1"])
def test_a_redirected_standard_output_is_added_to(tmp_path, name):
    code = (
        "import sys\nfrom pathlib import Path\nfrom core.files import replacing\nprint('before')\n"
        "with replacing(Path(sys.argv[1])) as written:\n    written.write_text('new\\n')\nprint('after')\n"
    )
    target = tmp_path / "out.txt"
    with target.open("wb") as file:
        subprocess.run([sys.executable, "-c", code, name], stdout=file, check=True)
    assert target.read_text().split() == ["before", "new", "after"]


def test_nothing_reaches_the_standard_output_after_an_error(capfd):
    def fail():
        with replacing(STANDARD_OUTPUT) as written:
            written.write_text("half")
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  it is the block's own
        fail()
    assert not capfd.readouterr().out


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_what_is_read_only_is_not_replaced(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(PermissionError):
        write(path)
    assert path.read_text() == "old"


@pytest.mark.parametrize("name", ["x" * 5000, "x" * 5000 + "/a", "~nobody_here/x", "a\0b", "\ud800", "", " "])
def test_a_name_that_no_folder_can_have_names_none(name):
    assert folder_named(name) is None


def test_a_folder_is_found_by_its_name_and_from_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "model").mkdir()
    assert folder_named("~/model") == folder_named(str(tmp_path / "model")) == tmp_path / "model"


def test_what_never_ends_is_read_no_further_than_it_may_be(tmp_path):
    device = Path("/dev/zero")
    if not device.exists():
        pytest.skip("no such device here")
    with pytest.raises(OSError, match="larger than 3 MB"):
        read_whole(device, 3 << 20)
    path = tmp_path / "a"
    path.write_bytes(bytes(3 << 20))
    assert read_whole(path, 3 << 20) == path.read_bytes()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_comes_out_of_a_pipe_is_read_once(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(OSError, match="pipe or a device"):
        check_plain(path)
    with ThreadPoolExecutor() as pool:
        writing = pool.submit(path.write_bytes, b"x" * 100_000)
        assert read_whole(path, 1 << 20) == b"x" * 100_000
        writing.result()


def test_the_standard_input_is_told_from_a_file_of_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OSError, match="standard input"):
        check_plain(Path("-"))
    Path("-").touch()
    check_plain(Path("-"))


def test_a_database_that_is_open_here_is_not_opened_like_another_file(tmp_path):
    path = tmp_path / "pairs.db"
    note_open_database(path, is_open=True)
    path.write_bytes(b"SQLite format 3\x00")
    (tmp_path / "pairs.db-wal").touch()
    (tmp_path / "link").symlink_to(path)
    try:
        for name in (path, tmp_path / "pairs.db-wal", tmp_path / "link"):
            assert is_open_database(name)
            for ask in (check_plain, lambda file: read_whole(file, 1 << 20)):
                with pytest.raises(OSError, match="it is a database that is open here"):
                    ask(name)
        assert not is_open_database(tmp_path / "other.db")
        assert not is_open_database(tmp_path / "pairs.db-shm")
        with pytest.raises(FileExistsError), replacing(path):
            pass
    finally:
        note_open_database(path, is_open=False)
    assert not is_open_database(path)
    assert read_whole(path, 1 << 20)
