"""A file is the old one or the whole new one."""

from __future__ import annotations

import gzip
import os
import stat
import sys

import pytest

from core.files import replacing, replacing_text


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
        with replacing(path) as beside:
            assert beside == path
            beside.write_text("through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert link.is_symlink()
    assert set(tmp_path.iterdir()) == {pipe, link}


def test_an_error_while_writing_to_a_pipe_leaves_it(tmp_path):
    folder = tmp_path / "folder"  # stands for anything that is no regular file, on every system
    folder.mkdir()

    def write():
        with replacing(folder) as beside:
            beside.write_text("no")

    with pytest.raises(OSError, match="folder"):
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
