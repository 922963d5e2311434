"""A folder is the old one or the whole new one."""

from __future__ import annotations

import pytest

from core.folders import check_folder_replaceable, replacing_folder

NAMES = ("a", "b")


def content(folder):
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}


def write(folder, **files):
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_a_folder_is_made_and_replaced_as_a_whole(tmp_path):
    place = tmp_path / "place"
    with replacing_folder(place, NAMES) as folder:
        write(folder, a="1", b="2")
        assert not place.exists()
    with replacing_folder(place, NAMES) as folder:
        write(folder, a="3")
        assert content(place) == {"a": "1", "b": "2"}
    assert content(place) == {"a": "3"}
    assert list(tmp_path.iterdir()) == [place]


def test_what_goes_wrong_leaves_the_old_one(tmp_path):
    place = tmp_path / "place"
    with replacing_folder(place, NAMES) as folder:
        write(folder, a="1")
    with pytest.raises(TypeError), replacing_folder(place, NAMES) as folder:
        write(folder, a="2", b=3)
    assert content(place) == {"a": "1"}
    assert list(tmp_path.iterdir()) == [place]


def test_a_folder_of_others_is_never_replaced(tmp_path):
    write(tmp_path, a="1", mine="years")
    with pytest.raises(OSError, match="something else, such as mine"):
        check_folder_replaceable(tmp_path, NAMES)
    (tmp_path / "mine").unlink()
    check_folder_replaceable(tmp_path, NAMES)
    (tmp_path / "b").mkdir()
    with pytest.raises(OSError, match="such as b"), replacing_folder(tmp_path, NAMES):
        pass


def test_a_link_stays_one(tmp_path):
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real", target_is_directory=True)
    with replacing_folder(link, NAMES) as folder:
        write(folder, a="1")
    assert link.is_symlink()
    assert content(tmp_path / "real") == {"a": "1"}
