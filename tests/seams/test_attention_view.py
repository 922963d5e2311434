"""A new view of the attention tab costs its own file, a row of the views, and a row of the tasks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from app.action import ActionSpec
from app.actions import ACTIONS
from app.attention.views import VIEWS, ViewSpec
from tests.seams.rows import replace_everywhere

PATIENCE = 60_000
SPEC = ViewSpec("letters", "Letters", "7", "book", "tests.seams.letters_view:LettersView")


@pytest.fixture
def tab(monkeypatch, start, qtbot):
    """The tab of the real window with one more view."""
    row = ActionSpec(SPEC.action, SPEC.title, (SPEC.key,), "attention", "view", SPEC.icon, group="at")
    assert row == replace(
        next(one for one in ACTIONS if one.id == VIEWS[0].action),
        id=SPEC.action, text=SPEC.title, keys=(SPEC.key,), icon=SPEC.icon,
    ), "the row of the view is all that its action needs"  # fmt: skip
    replace_everywhere(monkeypatch, VIEWS, (*VIEWS, SPEC))
    replace_everywhere(monkeypatch, ACTIONS, (*ACTIONS, row))
    window = start().window
    window.resize(1400, 900)
    window.open("attention")
    tab = window.tab("attention")
    tab.session.want(text="banana", view="letters")
    qtbot.waitUntil(lambda: not tab.session.is_busy, timeout=PATIENCE)
    return tab


def test_it_is_found_wherever_views_are(tab, qtbot, tmp_path):
    view = tab.views["letters"]
    assert tab.page is view
    assert view.widget.text() == "b 1, a 3, n 2"
    assert tab.stage.page is view.widget
    button = tab.stage.switch.buttons["letters"]
    assert button.isChecked()
    assert (button.text(), button.key) == ("Letters", "7")

    QTest.keyClick(tab.stage, Qt.Key.Key_4)
    assert tab.session.options.view == "steps"
    assert not view.own_controls.isVisible()
    with qtbot.waitSignal(tab.page_changed):
        QTest.keyClick(tab.stage, Qt.Key.Key_7)
    assert tab.window().actions_table[SPEC.action].isVisible()
    assert view.own_controls.isVisible()
    assert tab.sidebar.unit_buttons["word"].isVisible()
    assert not tab.sidebar.layer.isVisible()
    assert not tab.evidence.isVisible()
    qtbot.waitUntil(lambda: not tab.session.is_busy, timeout=PATIENCE)

    assert tab.page.explain().page == "attention.letters"
    assert tab.page.explain().values == {"d_k": "3"}

    tab.exporter.export(tmp_path / "letters.png")
    assert QImage(str(tmp_path / "letters.png")).text("Description") == "banana\nletters counted"
    with qtbot.waitSignal(tab.session.exported, timeout=PATIENCE) as told:
        tab.exporter.export(tmp_path / "letters.csv")
    assert told.args[1] is None
    assert (tmp_path / "letters.csv").read_text("utf-8-sig").splitlines() == ["letter,times", "b,1", "a,3", "n,2"]

    tab.exporter.save_session(tmp_path / "lecture.json")
    tab.session.want(text="other", view="steps")
    tab.exporter.open_session(tmp_path / "lecture.json")
    qtbot.waitUntil(lambda: view.widget.text() == "b 1, a 3, n 2", timeout=PATIENCE)
    assert tab.page is view


def test_its_name_is_remembered(tab):
    remembered = tab.save_settings()
    tab.session.want(view="map")
    tab.restore_settings(remembered)
    assert tab.session.options.view == "letters"
