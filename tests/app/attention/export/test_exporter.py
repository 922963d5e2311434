"""The name asked for and the kind chosen make a file of that kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.attention.export.exporter import with_ending


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("/a/weights", ".csv", "/a/weights.csv"),
        ("/a/map v1.2", ".png", "/a/map v1.2.png"),
        ("/a/map.SVG", ".png", "/a/map.SVG"),
        ("/a.b/map", ".npz", "/a.b/map.npz"),
        ("/a/.hidden", ".json", "/a/.hidden.json"),
        ("/a/notes.txt", ".csv", "/a/notes.txt.csv"),
    ],
)
def test_a_name_without_an_ending_of_ours_takes_the_chosen_kinds(name, kind, expected):
    assert with_ending(name, kind) == Path(expected)


def test_a_session_is_json_whatever_stands_behind_a_dot():
    assert with_ending("/a/lecture v1.2", ".json", (".json",)) == Path("/a/lecture v1.2.json")
