"""Who gets a key, held for every widget of the real window that can have the focus."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from app.actions import ACTIONS
from app.key_routing import is_field
from app.synonyms.pages import PAGES as SYNONYMS_PAGES
from core.paths import data_folder
from tests.app.synonyms.small_store import make_store, verdicts_in
from tests.widgets import take_turns

Key, Held = Qt.Key, Qt.KeyboardModifier

PLAIN = (
    *((key, Held.NoModifier) for key in (
        Key.Key_Space, Key.Key_C, Key.Key_R, Key.Key_B, Key.Key_1, Key.Key_2, Key.Key_0, Key.Key_Slash, Key.Key_Comma,
        Key.Key_Period, Key.Key_BracketLeft, Key.Key_BracketRight, Key.Key_Plus, Key.Key_Minus, Key.Key_Left,
        Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_Backspace, Key.Key_Delete,
        Key.Key_PageUp, Key.Key_PageDown,
    )),
    (Key.Key_2, Held.KeypadModifier),
    (Key.Key_Right, Held.ShiftModifier),
)  # fmt: skip
"""Keys that the table of actions would like to have, and a field needs."""

EDITING = tuple(
    (key, Held.ControlModifier) for key in (Key.Key_A, Key.Key_C, Key.Key_V, Key.Key_X, Key.Key_Z, Key.Key_Right)
)

PAGES = (
    "policy_gradient",
    *(f"attention.{view}" for view in ("map", "heads", "links", "steps", "comparison", "alignment")),
    *(spec.id for spec in SYNONYMS_PAGES),
)


def override(widget, key, held=Held.NoModifier, text=""):
    """Return whether ``widget`` claims a key before the table of actions sees it."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, held, text)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def focusable(root):
    """Every widget in view that can have the focus."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and widget.window() is root
    ]


def go(window, qtbot, page):
    """Bring a page to the front, the window active and everything in its columns in view."""
    window.activateWindow()
    tab_id, _dot, name = page.partition(".")
    if tab_id == "synonyms":
        window.tab(tab_id).restore_settings({"mined": "finished"})  # nothing is to be gathered here
    window.open(tab_id)
    tab = window.open_tab
    if tab_id == "synonyms":
        qtbot.waitUntil(lambda: tab.workspace is not None)
        tab.open_page(page)
        qtbot.waitUntil(tab.stages.isVisible)
    elif tab_id == "attention":
        tab.session.want(view=name, paired=True)
        qtbot.waitUntil(lambda: tab.page.page_id == page)
    qtbot.waitUntil(tab.isVisible)
    return tab


@pytest.fixture
def wide(laboratory, qtbot):
    """The window, wide enough for every column, its actions doing nothing but being counted."""
    window = laboratory.window
    window.resize(1600, 1100)
    return window


def test_what_goes_while_another_window_has_the_keyboard_leaves_it_to_the_page(wide, qtbot):
    tab = go(wide, qtbot, "policy_gradient")
    field = wide.findChild(QLineEdit, "gamma")
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is other)
    wide.actions_table["pg_choices"].trigger()
    wide.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is wide)
    assert QApplication.focusWidget() is tab.page


def test_every_widget_claims_what_is_its_own_and_nothing_else(wide, qtbot):
    for page in PAGES:
        go(wide, qtbot, page)
        assert widgets_that_claim_their_own(wide) > 5, page


def widgets_that_claim_their_own(window):
    """Look at every widget in view that takes the focus, and return how many they are."""
    seen = 0
    for widget in focusable(window):
        widget.setFocus()
        if not widget.hasFocus():
            continue
        seen += 1
        name = f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()}"
        claimed = {(key, held) for key, held in PLAIN if override(widget, key, held)}
        edited = {(key, held) for key, held in EDITING if override(widget, key, held)}
        if is_field(widget):
            assert claimed == set(PLAIN), name
            writes = isinstance(widget, (QLineEdit, QPlainTextEdit, QAbstractSpinBox)) or (
                isinstance(widget, QComboBox) and widget.isEditable()
            )
            assert edited == (set(EDITING) if writes else set()), name
        elif isinstance(widget, QAbstractButton):
            assert claimed == {(Key.Key_Space, Held.NoModifier)}, name
        elif isinstance(widget, QAbstractSlider):
            assert {key for key, _held in claimed} >= {Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End}, name
            assert not any(key in (Key.Key_Space, Key.Key_C, Key.Key_1) for key, _held in claimed), name
        elif isinstance(widget, QTabBar):
            assert {key for key, _held in claimed} <= {Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down}, name
        else:
            assert not any(key in (Key.Key_Space, Key.Key_C, Key.Key_1, Key.Key_B) for key, _held in claimed), name
        for key, held in (
            (Key.Key_F2, Held.NoModifier),
            (Key.Key_S, Held.ControlModifier),
            (Key.Key_2, Held.ControlModifier),
        ):
            assert not override(widget, key, held), name
    return seen


@pytest.mark.long
def test_escape_leaves_every_field_to_the_page(wide, qtbot):
    for page in PAGES:
        tab = go(wide, qtbot, page)
        for field in [widget for widget in focusable(wide) if is_field(widget)]:
            field.setFocus()
            assert field.hasFocus(), (page, field)
            qtbot.keyClick(field, Key.Key_Escape)
            focus = QApplication.focusWidget()
            assert not field.hasFocus(), (page, field)
            assert focus is not None, (page, field)
            assert not is_field(focus), (page, field, focus)
            assert tab.isAncestorOf(focus), (page, field, focus)


@pytest.mark.long
def test_no_field_gets_the_focus_by_itself(wide, laboratory, qtbot):
    dressed = set()  # the whole window is dressed anew for a hall and for a language: once with each tab in front
    for page in PAGES:
        tab = go(wide, qtbot, page)
        no_field_gets_the_focus(wide, tab, page)
        if tab not in dressed:
            dressed.add(tab)
            no_field_gets_the_focus_from_a_new_look(wide, laboratory, page)


def no_field_gets_the_focus_from_a_new_look(wide, laboratory, page):
    for name in ("present", "present"):
        wide.actions_table[name].trigger()
        no_field_has_the_focus(page)
    for language in ("zh_CN", "en"):
        laboratory.use_language(language)
        no_field_has_the_focus(page)


def no_field_has_the_focus(page):
    assert not is_field(QApplication.focusWidget()), (page, QApplication.focusWidget())


def no_field_gets_the_focus(wide, tab, page):
    no_field_has_the_focus(page)
    for other in (1, 2, 3):
        wide.actions_table[f"tab_{other}"].trigger()
        no_field_has_the_focus(page)
    wide.open(tab.context)
    no_field_has_the_focus(page)
    choices = {"policy_gradient": "pg_choices", "attention": "at_sidebar", "synonyms": "syn_choices"}[tab.context]
    for field in [widget for widget in focusable(wide) if is_field(widget)]:
        field.setFocus()
        wide.actions_table[choices].setChecked(False)
        if not field.isVisible():
            no_field_has_the_focus(page)
        wide.actions_table[choices].setChecked(True)


def test_keys_after_walking_through_the_tabs_are_keys_of_the_tab(wide, qtbot):
    tab = go(wide, qtbot, "attention.map")
    before = tab.text_bar.first.text
    for number in (Key.Key_3, Key.Key_2):
        qtbot.keyClick(QApplication.focusWidget(), number, Held.ControlModifier)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_2)
    assert tab.text_bar.first.text == before
    assert tab.page.page_id == "attention.heads"


def test_a_click_beside_a_field_leaves_it(wide, qtbot):
    tab = go(wide, qtbot, "policy_gradient")
    field = wide.findChild(QLineEdit, "learning_rate")
    handle = wide.windowHandle()
    for place in (
        tab.page,
        wide.findChild(QAbstractButton, "speed_fast"),
        wide.findChild(QAbstractButton, "preset_article"),
    ):
        field.setFocus()
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=place.mapTo(wide, place.rect().center()))
        qtbot.waitUntil(lambda: not field.hasFocus())
        assert not isinstance(QApplication.focusWidget(), QAbstractButton)


def test_what_is_typed_into_a_list_of_numbers_is_no_command(wide, qtbot):
    go(wide, qtbot, "policy_gradient")
    field = wide.findChild(QLineEdit, "hidden")
    heard = []
    for spec in ACTIONS:
        wide.actions_table[spec.id].triggered.connect(lambda _on, name=spec.id: heard.append(name))
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "24, 36 c")
    qtbot.keyClick(field, Key.Key_Home)
    for _press in range(3):
        qtbot.keyClick(field, Key.Key_Right)
    assert field.text() == "24, 36 c"
    assert field.cursorPosition() == 3
    assert heard == []
    field.setText("24, 36")
    qtbot.keyClick(field, Key.Key_Return)
    assert not field.hasFocus()
    assert wide.open_tab.session.wanted.hidden == (24, 36)


def test_what_a_key_chooses_leaves_the_keyboard_where_it_is(own_home, wide, qtbot):
    data_folder().mkdir(parents=True, exist_ok=True)
    store = make_store(data_folder() / "synonyms.db")
    for spec in SYNONYMS_PAGES:
        go(wide, qtbot, spec.id)
        for box in [each for each in focusable(wide) if isinstance(each, (QComboBox, QCheckBox))]:
            if not box.isVisible():  # what was chosen before has no use for it
                continue
            box.setFocus(Qt.FocusReason.TabFocusReason)
            for key in (Key.Key_Space, Key.Key_Space) if isinstance(box, QCheckBox) else (Key.Key_Down, Key.Key_Down):
                qtbot.keyClick(QApplication.focusWidget(), key)
                take_turns()
            assert box.hasFocus(), (spec.id, box.objectName(), box.accessibleName())
    assert verdicts_in(store) == {}


def test_what_is_picked_from_a_list_gives_the_keyboard_to_the_card(own_home, wide, qtbot):
    tab = go(wide, qtbot, "synonyms.card")
    box = wide.findChild(QComboBox, "order")
    box.setFocus()
    box.activated.emit(1)  # as the open list does, and the mouse's wheel
    assert QApplication.focusWidget() is tab.pages["card"]


@pytest.mark.parametrize("sign", ["、", "\uff0f"])
def test_a_chinese_sign_on_the_page_is_the_key_it_stands_on(wide, qtbot, sign):
    tab = go(wide, qtbot, "attention.map")
    event = QKeyEvent(QEvent.Type.KeyPress, ord(sign), Held.NoModifier, sign)
    QApplication.sendEvent(QApplication.focusWidget(), event)
    assert tab.text_bar.first.hasFocus()


def test_a_key_held_down_does_what_may_not_repeat_once(wide, qtbot):
    go(wide, qtbot, "attention.map")
    heard = []
    wide.actions_table["at_text"].triggered.disconnect()
    wide.actions_table["at_text"].triggered.connect(lambda: heard.append(1))
    for again in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, ord("、"), Held.NoModifier, "、", again)
        QApplication.sendEvent(QApplication.focusWidget(), event)
    assert heard == [1]


def test_the_numbers_block_has_the_keys_of_the_row_above(wide, qtbot):
    tab = go(wide, qtbot, "attention.map")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_2, Held.KeypadModifier)
    assert tab.page.page_id == "attention.heads"


def test_no_letter_acts_while_a_list_is_open(wide, qtbot):
    go(wide, qtbot, "policy_gradient")
    box = wide.findChild(QComboBox, "optimizer")
    box.setFocus()
    box.showPopup()
    qtbot.waitUntil(lambda: box.view().isVisible())
    popup = QApplication.focusWidget()
    folded = wide.actions_table["pg_choices"].isChecked()
    qtbot.keyClick(popup, Key.Key_C)
    box.hidePopup()
    assert wide.actions_table["pg_choices"].isChecked() == folded
