import importlib
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit

from app.action import is_offered
from app.actions import ACTIONS, key_name
from app.policy_gradient.pages import PAGES as POLICY_PAGES
from app.tabs import TABS
from app.widgets.fold_handle import FoldHandle
from core.language import LANGUAGES, _, set_language
from tests.widgets import open_synonyms, take_turns


def test_no_two_actions_share_a_key_where_both_are_offered():
    for context in {spec.context for spec in ACTIONS}:
        offered = [spec for spec in ACTIONS if spec.is_offered_in(context)]
        keys = Counter(QKeySequence(key).toString() for spec in offered for key in spec.keys)
        assert [key for key, times in keys.items() if times > 1] == []


def test_a_page_s_own_actions_are_offered_on_that_page_alone():
    assert is_offered("window", "synonyms.card")
    assert is_offered("synonyms", "synonyms.card")
    assert is_offered("synonyms.card", "synonyms.card")
    assert not is_offered("synonyms.card", "synonyms.table")
    assert not is_offered("synonyms.card", "synonyms")
    assert not is_offered("attention", "synonyms.card")


def test_every_key_is_one_that_qt_knows():
    for spec in ACTIONS:
        for key in spec.keys:
            assert QKeySequence(key).toString() != "", f"{spec.id}: {key}"


def test_ids_are_unique():
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)


def test_every_action_does_something(laboratory, qtbot):
    table = laboratory.window.actions_table
    synonyms = laboratory.window.tab("synonyms")
    synonyms.restore_settings({"mined": "finished"})  # nothing is to be gathered here
    for tab in TABS:
        laboratory.window.open(tab.id)
    laboratory.window.open("synonyms")
    qtbot.waitUntil(lambda: synonyms.workspace is not None)  # its pages, which act, are built after a painting
    laboratory.window.open("policy_gradient")
    for page in POLICY_PAGES:  # each is built when it is first opened
        table[page.action].trigger()
    for spec in ACTIONS:
        signal = "2toggled(bool)" if spec.checkable else "2triggered(bool)"
        assert table[spec.id].receivers(signal) > 0, spec.id


def test_keys_are_written_as_on_a_keyboard():
    assert [key_name(f"{held}Right") for held in ("", "Shift+", "Ctrl+")] == ["→", "Shift+→", "Ctrl+→"]
    assert [key_name(key) for key in ("PgUp", "PgDown", "Up", "Ctrl++")] == ["PgUp", "PgDn", "↑", "Ctrl++"]
    set_language("zh_CN")
    assert key_name("Space") == "空格"


@pytest.mark.parametrize("field", ["preset_fast", "until_solved", "play"])
def test_a_tabs_keys_work_while_a_button_has_the_focus(laboratory, qtbot, field):
    window = laboratory.window
    window.activateWindow()
    widget = window.findChild(object, field)
    widget.setFocus()
    assert widget.hasFocus()
    heard = []
    window.actions_table["pg_play"].triggered.disconnect()
    window.actions_table["pg_step"].triggered.disconnect()
    window.actions_table["pg_reset"].triggered.disconnect()
    for name in ("pg_play", "pg_step", "pg_reset"):
        window.actions_table[name].triggered.connect(lambda _checked, name=name: heard.append(name))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_R):
        qtbot.keyClick(widget, key)
    assert heard == ["pg_step", "pg_reset"]
    with qtbot.waitSignal(widget.clicked):
        qtbot.keyClick(widget, Qt.Key.Key_Space)  # the one key that is its own


def test_a_tabs_keys_are_silent_on_another_tab(laboratory):
    laboratory.window.open("attention")
    assert not laboratory.window.actions_table["pg_play"].isEnabled()
    laboratory.window.open("policy_gradient")
    assert laboratory.window.actions_table["pg_play"].isEnabled()


def focused(laboratory, name):
    window = laboratory.window
    window.activateWindow()
    widget = window.findChild(object, name)
    widget.setFocus()
    assert widget.hasFocus()
    return widget


def listen(window):
    """Hear which actions of the tab are triggered, in place of what they do."""
    heard = []
    for spec in ACTIONS:
        if is_offered(spec.context, "policy_gradient.live") and spec.context != "window":
            action = window.actions_table[spec.id]
            (action.toggled if spec.checkable else action.triggered).disconnect()
            action.triggered.connect(lambda _checked, name=spec.id: heard.append(name))
    return heard


@pytest.mark.sweep(2)
@pytest.mark.parametrize("name", ["seed", "learning_rate", "gamma", "batch_episodes", "episodes", "hidden"])
def test_a_focused_field_gets_its_own_characters(laboratory, qtbot, name):
    box = focused(laboratory, name)
    heard = listen(laboratory.window)
    box.clear()
    qtbot.keyClicks(box, "0123456789.,eE+-")
    assert box.text() == "0123456789.,eE+-"
    assert heard == []


def test_a_field_that_nobody_told_the_table_of_keeps_its_letters(laboratory, qtbot):
    box = QLineEdit(laboratory.window.centralWidget())
    box.setObjectName("duck")
    box.show()
    heard = listen(laboratory.window)
    qtbot.keyClicks(focused(laboratory, "duck"), "a clear [l] R C")
    assert box.text() == "a clear [l] R C"
    assert heard == []


def test_an_action_that_yields_has_no_shortcut_and_is_away_until_it_is_wanted(laboratory):
    action = laboratory.window.actions_table["present_end"]
    assert action.shortcuts() == []
    assert action.text() == "Exit presentation\tEsc"  # as a menu shows a key
    assert not action.isEnabled()
    assert not action.isVisible()


@pytest.mark.parametrize("tab", ["policy_gradient", "attention", "synonyms"])
def test_the_rows_of_a_tab_stand_in_its_folder(tab):
    rows = importlib.import_module(f"app.{tab}.actions").ROWS
    assert rows == tuple(spec for spec in ACTIONS if spec.context.partition(".")[0] == tab)


def test_what_the_window_does_stands_below_what_the_tab_does(laboratory):
    laboratory.window.open("attention")
    file = [a.objectName() for a in laboratory.window._menus["file"].actions() if a.isVisible() and a.objectName()]
    assert file.index("at_export") < file.index("save_picture")
    assert file[-1] == "quit"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_things_that_can_be_done_on_a_page_share_a_name(language):
    set_language(language)
    for tab in TABS:
        for page in tab.pages:
            names = Counter(_(spec.text) for spec in ACTIONS if spec.is_offered_in(page))
            assert [name for name, count in names.items() if count > 1] == [], page


@pytest.mark.long
def test_every_column_that_folds_leaves_a_handle_that_brings_it_back(laboratory, qtbot):
    window = laboratory.window
    window.resize(1600, 900)
    columns = {"policy_gradient": "pg_choices", "attention": "at_sidebar", "synonyms": "syn_choices"}
    for tab, name in columns.items():
        window.open(tab)
        if tab == "synonyms":
            open_synonyms(laboratory, qtbot, 60_000)
            window.resize(1600, 900)
        take_turns()
        handle = window.tab(tab).findChild(FoldHandle, f"handle_{name}")
        action = window.actions_table[name]
        assert action.isChecked()
        assert not handle.isVisible()
        action.trigger()
        assert handle.isVisible(), tab
        assert handle.width() >= laboratory.look.scale.line, "it can be hit"
        handle.click()
        assert action.isChecked()
        assert not handle.isVisible()
