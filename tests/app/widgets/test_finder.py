"""F1: everything there is to do is found by typing, with its keys, and done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.actions import ACTIONS
from app.widgets.keys.cap import KeyCaps
from app.widgets.keys.findable import matches, sections
from app.widgets.keys.finder import ActionFinder
from core.language import set_language
from tests.app.test_key_routing import go
from tests.widgets import take_turns

Key = Qt.Key


@pytest.fixture
def finder(laboratory, qtbot):
    """Return a way to press F1: the dialog over a page."""

    def press(page="policy_gradient.live"):
        window = laboratory.window
        window.resize(1280, 800)
        go(window, qtbot, page)
        window.actions_table["keys"].trigger()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ActionFinder)
        return dialog

    yield press
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        dialog.reject()


def _spec(action_id):
    return next(spec for spec in ACTIONS if spec.id == action_id)


def test_everything_is_listed_with_its_keys_and_what_is_at_hand_comes_first(finder):
    dialog = finder()
    assert {spec.text for spec in ACTIONS} == {spec.text for spec in dialog.found}
    shown = {key for caps in dialog.findChildren(KeyCaps) for key in caps.keys}
    assert all(set(spec.keys) <= shown for spec in ACTIONS)
    assert dialog.found[0].is_offered_in("policy_gradient.live")


@pytest.mark.parametrize(("page", "verdicts"), [("card", ("1", "Right")), ("table", ("1",)), ("sources", None)])
def test_what_keys_do_on_the_page_in_front_comes_before_the_other_pages(page, verdicts):
    at_hand = [spec.keys for spec in sections(f"synonyms.{page}")[0].rows if spec.text == "Synonym"]
    assert at_hand == ([] if verdicts is None else [verdicts])
    everywhere = [spec for section in sections(f"synonyms.{page}") for spec in section.rows if spec.text == "Synonym"]
    assert len(everywhere) == 1, "what several pages offer is listed once"


@pytest.mark.parametrize(
    ("typed", "action"),
    [("start go", "pg_reset"), ("f9", "theme_next"), ("THEME next", "theme_next"), ("ctrl+q", "quit")],
)
def test_words_in_any_order_and_keys_find(typed, action):
    assert matches(_spec(action), typed)
    assert not matches(_spec(action), f"{typed} duck")


def test_both_languages_find_in_both_languages():
    for language in ("zh_CN", "en"):
        set_language(language)
        assert matches(_spec("quit"), "quit")
    set_language("zh_CN")
    assert matches(_spec("quit"), "退出")
    set_language("en")


def test_arrows_walk_and_enter_does_it(finder, laboratory):
    dialog = finder()
    done = []
    QTest.keyClicks(dialog.field, "stage")
    names = [spec.id for spec in dialog.found]
    assert len(names) >= 3
    laboratory.window.actions_table.on(names[1], lambda: done.append(names[1]))
    QTest.keyClick(dialog.field, Key.Key_Down)
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert done == [names[1]]
    assert not dialog.isVisible()


def test_what_cannot_be_done_now_is_grey_and_is_not_done(finder, laboratory):
    laboratory.window.actions_table["pg_bring_back"].setEnabled(False)
    dialog = finder()
    dialog.field.setText("bring back run")
    assert [spec.id for spec in dialog.found] == ["pg_bring_back"]
    label = next(each for each in dialog.findChildren(QLabel) if each.text() == "Bring back the run before")
    assert not label.isEnabled()
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert dialog.isVisible()


def test_a_click_does_it_and_nothing_found_is_said(finder, laboratory, qtbot):
    dialog = finder()
    dialog.field.setText("xyzzy")
    assert dialog.found == []
    assert any("Nothing is called that" in each.text() for each in dialog.findChildren(QLabel) if each.isVisible())
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert dialog.isVisible()
    dialog.field.setText("explain")
    was_on = laboratory.window.actions_table["explain"].isChecked()
    label = next(each for each in dialog.findChildren(QLabel) if each.text().startswith("Explain this page"))
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert laboratory.window.actions_table["explain"].isChecked() is not was_on


def test_what_another_tab_offers_is_done_there(finder, laboratory, qtbot):
    dialog = finder()
    dialog.field.setText("previous head")
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert laboratory.window.open_tab.context == "attention"


def test_what_another_page_offers_is_done_on_it(finder, laboratory):
    window = laboratory.window
    spec = next(spec for spec in ACTIONS if spec.context.startswith("policy_gradient.") and "play" in spec.context)
    done = []
    window.actions_table.on(spec.id, lambda: done.append(window.open_tab.page.page_id))
    dialog = finder("policy_gradient")
    window.do(spec.id)
    assert done == [spec.context]
    dialog.reject()


@pytest.mark.parametrize(("wide", "columns"), [(1280, 2), (600, 1)])
def test_the_columns_are_as_many_as_there_is_room_for(laboratory, qtbot, wide, columns):
    window = laboratory.window
    window.resize(wide, 800)
    finder = ActionFinder(laboratory.look, "policy_gradient.live", window.actions_table, window)
    qtbot.addWidget(finder)
    finder.show()
    rows = [label for label in finder.findChildren(QLabel) if label.buddy() is not None]
    assert len({label.mapTo(finder, label.rect().topLeft()).x() for label in rows}) == columns


def _places(dialog):
    """Where the rows in sight, and what says whose they are, begin and end in the dialog."""
    rows = [row for row in dialog._rows if row.isVisible()]
    left = {row.mapTo(dialog, row.rect().topLeft()).x() for row in rows}
    where = {row.where.mapTo(dialog, row.where.rect().topLeft()).x() for row in rows if row.where.isVisible()}
    return rows, left, where


def test_what_is_found_is_one_list_as_wide_as_the_dialog_that_says_whose_each_row_is(finder):
    dialog = finder()
    take_turns()
    rows, left, where = _places(dialog)
    assert len(left) == 2, "to look around in: two columns"
    assert not where
    QTest.keyClicks(dialog.field, "lay")
    take_turns()
    rows, left, where = _places(dialog)
    assert len(rows) > 3
    assert len(left) == 1
    assert len(where) == 1, "whose they are stands in a column of its own"
    assert all(row.width() > 0.9 * dialog._scroll.viewport().width() for row in rows)
    assert {row.where.text() for row in rows} >= {"Policy gradient", "Attention"}
    assert not any(view._heading.isVisible() for view in dialog._sections)
    assert [row.spec.id for row in rows] == [spec.id for spec in dialog.found]
    dialog.field.clear()
    take_turns()
    assert len(_places(dialog)[1]) == 2
