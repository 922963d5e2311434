"""The name asked for and the kind chosen make a file of that kind; what is copied leaves none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from app.attention.export.exporter import with_ending
from app.attention.tab import AttentionTab
from tests.app.attention.conftest import E5, end, map_of


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


@pytest.fixture
def tab(look, background, qtbot):
    made = AttentionTab(look, background)
    made.session.want(text="ab", layer=0)
    made.opened()
    made.show()
    background.last.answer(map_of("ab", np.full((2, 2), 0.5, np.float32), card=E5))
    yield made
    end(made, qtbot)


def copied(tab, background):
    """Ask for the numbers, and return the run that writes them and the file it writes."""
    assert tab.exporter.copy_numbers()
    return background.last, background.last.job.arguments["path"]


def test_numbers_that_were_copied_leave_no_file(tab, background):
    run, path = copied(tab, background)
    path.write_text('"",a\na,0.5\n', encoding="utf-8-sig")
    run.answer()
    assert QGuiApplication.clipboard().text() == "\ta\na\t0.5"
    assert not path.parent.exists()


def test_numbers_that_could_not_be_copied_leave_no_file(tab, background):
    said = []
    tab.exporter.message.connect(lambda kind, text: said.append((kind, str(text))))
    run, path = copied(tab, background)
    run.fail("ExportError", "There is no room.")
    assert [kind for kind, _text in said] == ["error"]
    assert not path.parent.exists()


def test_who_copies_again_before_it_is_done_leaves_no_file(tab, background):
    _run, first = copied(tab, background)
    run, second = copied(tab, background)
    assert not first.parent.exists()
    second.write_text("a\n", encoding="utf-8-sig")
    run.answer()
    assert not second.parent.exists()
