"""Nothing is overwritten that the work itself needs, and every refusal comes before the work."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from core.outputs import OutputRefusedError, check_outputs, free_name, same_file


@pytest.fixture
def kept(tmp_path):
    path = tmp_path / "kept.txt"
    path.write_text("mine")
    return path


def refused(outputs, kept=()):
    with pytest.raises(OutputRefusedError) as caught:
        check_outputs(outputs, kept)
    return caught.value


@pytest.mark.parametrize("way", ["itself", "another way to it", "link", "link to a link", "second name"])
def test_an_output_that_is_an_input_is_refused(kept, tmp_path, way):
    path = tmp_path / "other.txt"
    if way == "itself":
        path = kept
    elif way == "another way to it":
        (tmp_path / "folder").mkdir()
        path = tmp_path / "folder" / ".." / kept.name
    elif way == "second name":
        path.hardlink_to(kept)
    else:
        (tmp_path / "first").symlink_to(kept)
        path.symlink_to(tmp_path / "first" if way == "link to a link" else kept)
    error = refused({"--json": path}, [kept])
    assert error.output == "--json"
    assert "would be lost" in str(error)


def test_a_log_that_is_not_there_yet_is_kept_as_well(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)
    assert "lost" in str(refused({"FILE": tmp_path / "link" / "a.db-wal"}, [tmp_path / "a.db-wal"]))


def test_every_file_of_a_folder_that_is_read_is_kept(kept, tmp_path):
    assert "lost" in str(refused({"--json": kept}, [tmp_path]))


def test_two_outputs_to_one_file_are_refused(tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    for one, other in ((tmp_path / "a.csv", tmp_path / "link.csv"), (Path("-"), Path("-"))):
        error = refused({"--csv": one, "--json": other})
        assert "--csv" in str(error)
        assert "--json" in str(error)


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no such device")
def test_what_takes_anything_may_be_named_twice():
    check_outputs({"--csv": Path("/dev/null"), "--json": Path("/dev/null")})


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="there is no such name")
def test_two_names_of_the_standard_output_are_one(kept):
    assert same_file(Path("-"), Path("/dev/stdout"))
    assert not same_file(Path("-"), kept)


def test_names_that_differ_in_case_are_one_where_the_folder_takes_them_so(tmp_path, monkeypatch):
    one, other = tmp_path / "A.csv", tmp_path / "a.csv"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert same_file(one, other)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not same_file(one, other)


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "is a folder"), ("no/a.csv", "no folder"), ("x" * 300, "can't be written"), ("a\0b", "no file has such")],
)
def test_a_place_that_takes_no_file_is_refused_in_one_sentence(tmp_path, name, said):
    message = str(refused({"FILE": tmp_path / name}))
    assert said in message
    assert "\n" not in message


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes with a path")
def test_a_pipe_is_taken_at_its_word(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    check_outputs({"FILE": tmp_path / "pipe"})


def test_a_check_leaves_nothing_behind(tmp_path):
    check_outputs({"FILE": tmp_path / "a.csv"})
    assert not list(tmp_path.iterdir())


def test_the_next_free_name_is_found(tmp_path):
    path = tmp_path / "a.rejects.csv"
    assert free_name(path) == path
    path.touch()
    (tmp_path / "a.rejects-2.csv").symlink_to(tmp_path / "nowhere")
    assert free_name(path) == tmp_path / "a.rejects-3.csv"
    assert free_name(Path("-")) == Path("-")
