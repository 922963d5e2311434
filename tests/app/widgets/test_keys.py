"""A key stands beside words as a cap, everywhere the same, and never as a word among words."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QLabel, QMenu, QMessageBox, QWidget

from app.actions import ACTIONS, key_name
from app.widgets.fold_handle import FoldHandle
from app.widgets.keys.button import KeyPushButton, KeyToolButton
from app.widgets.keys.cap import KeyCaps, caps_width
from tests.app.test_key_routing import PAGES, go


@pytest.mark.parametrize("make", [KeyToolButton, KeyPushButton])
def test_a_button_keeps_room_for_the_cap_right_of_its_words(look, qtbot, make):
    plain, keyed = make(look), make(look)
    for button in (plain, keyed):
        qtbot.addWidget(button)
        button.setText("Reset")
    keyed.show_key("R")
    assert keyed.text() == "Reset"
    assert keyed.sizeHint().width() > plain.sizeHint().width() + look.scale.em(0.75)
    keyed.resize(keyed.sizeHint())
    with_cap = keyed.grab().toImage()
    keyed.show_key("")
    without = keyed.grab().toImage()
    changed = [
        x
        for x in range(with_cap.width())
        if any(with_cap.pixelColor(x, y) != without.pixelColor(x, y) for y in range(with_cap.height()))
    ]
    assert changed, "the cap is drawn"
    assert min(changed) >= plain.sizeHint().width() - look.scale.em(0.5)  # right of the words
    assert max(changed) < with_cap.width() - 2  # and inside the button


def test_a_cap_without_words_stands_alone(look, qtbot):
    button = KeyPushButton(look)
    qtbot.addWidget(button)
    button.show_key("3")
    button.resize(button.sizeHint())
    assert not button.grab().isNull()


def test_a_drawing_without_words_stands_left_of_its_cap(look, qtbot):
    button = KeyToolButton(look)
    qtbot.addWidget(button)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    red = QPixmap(button.iconSize())
    red.fill(QColor("#ff0000"))
    button.setIcon(QIcon(red))
    button.show_key("Shift+Right")
    button.resize(button.sizeHint())
    picture = button.grab().toImage()
    drawn = [x for x in range(picture.width()) if picture.pixelColor(x, picture.height() // 2) == QColor("#ff0000")]
    assert len(drawn) == red.width(), "the drawing is whole"
    assert max(drawn) < picture.width() - caps_width(look, ("Shift+Right",))


def test_the_caps_of_two_keys_stand_beside_each_other(look, qtbot):
    one, two = KeyCaps(look, ("B",)), KeyCaps(look, ("B", "."))
    for caps in (one, two):
        qtbot.addWidget(caps)
    assert two.sizeHint().width() > 2 * one.sizeHint().width()
    assert two.accessibleName() == "B, ."


@pytest.mark.long
def test_no_words_of_the_window_end_in_a_key(laboratory, qtbot):
    window = laboratory.window
    window.resize(1600, 1000)
    keys = {key_name(spec.keys[0]) for spec in ACTIONS if spec.keys}
    alone = {*"123456780", "/"}  # numbers of a page, and what stands between the two words of a pair
    for page in PAGES:
        go(window, qtbot, page)
        for widget in window.findChildren(QWidget):
            if isinstance(widget, (QLabel, QAbstractButton)) and widget.isVisible():
                words = re.split(r"\s{2,}", widget.text())
                assert len(words) < 2 or words[-1] not in keys, (page, widget.text())
                assert len(words) > 1 or words[0] not in keys - alone, (page, widget.text())


def test_menus_spell_keys_as_buttons_do(laboratory):
    for menu in laboratory.window.findChildren(QMenu):
        for action in menu.actions():
            spec = next((spec for spec in ACTIONS if spec.id == action.objectName()), None)
            if spec is not None and spec.keys:
                assert action.text().partition("\t")[2] == key_name(spec.keys[0])


@pytest.mark.parametrize("tab", ["policy_gradient", "attention", "synonyms"])
def test_no_two_things_to_do_share_a_name_on_a_tab(laboratory, qtbot, tab):
    window = laboratory.window
    window.resize(1900, 1000)
    go(window, qtbot, {"attention": "attention.map", "synonyms": "synonyms.card"}.get(tab, tab))
    names = [(spec.context, spec.text) for spec in ACTIONS]
    assert len(names) == len(set(names))
    keyed = [b for b in window.open_tab.findChildren(QAbstractButton) if b.isVisible() and getattr(b, "key", "")]
    words = [button.text() or button.accessibleName() for button in keyed]
    assert len(words) > 3
    assert len(words) == len(set(words))


@pytest.mark.sweep(1)
@pytest.mark.parametrize("page", ["policy_gradient", "attention.map", "synonyms.card"])
def test_a_folded_column_leaves_a_handle_that_brings_it_back(laboratory, qtbot, page):
    window = laboratory.window
    window.resize(1600, 1000)
    tab = go(window, qtbot, page)
    choices = {"policy_gradient": "pg_choices", "attention": "at_sidebar", "synonyms": "syn_choices"}[tab.context]
    action = window.actions_table[choices]
    handle = next(each for each in tab.findChildren(FoldHandle))
    assert not handle.isVisible()
    action.trigger()
    assert handle.isVisible()
    qtbot.waitUntil(lambda: handle.height() > window.height() / 2)
    assert handle.mapTo(tab, handle.rect().topLeft()).x() == 0
    assert "(C)" in handle.toolTip()
    window.actions_table["present"].trigger()
    assert not handle.isVisible()
    window.actions_table["present"].trigger()
    if action.isChecked():
        action.trigger()
    assert handle.isVisible()
    qtbot.mouseClick(handle, Qt.MouseButton.LeftButton)
    assert action.isChecked()
    assert not handle.isVisible()


def test_dialogs_have_no_pictures_on_their_buttons(laboratory):
    buttons = QMessageBox.StandardButton
    box = QMessageBox(
        QMessageBox.Icon.Question, "Duck", "Duck?",
        buttons.Yes | buttons.No | buttons.Save | buttons.Cancel | buttons.Discard, laboratory.window,
    )  # fmt: skip
    box.ensurePolished()
    found = box.findChildren(QDialogButtonBox)
    box.show()
    assert found
    for button in found[0].buttons():
        assert button.icon().isNull(), button.text()
    box.close()
    box.deleteLater()
