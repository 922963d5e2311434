"""Where sentences are typed: each change is told once, a composition only when it is finished."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.attention.input.text_field import TextField
from app.attention.layout_rules import MOST_LINES


@pytest.fixture
def field(look, qtbot):
    made = TextField(look)
    qtbot.addWidget(made)
    made.resize(400, 40)
    made.show()
    made.setFocus()
    return made


@pytest.fixture
def typed(field):
    texts = []
    field.typed.connect(texts.append)
    return texts


def compose(field, preedit, commit=""):
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def test_each_key_is_told_once(field, typed):
    QTest.keyClicks(field, "hi")
    assert typed == ["h", "hi"]


def test_a_half_typed_composition_is_nobodys_business(field, typed):
    for preedit in ("n", "ni", "ni h", "ni hao"):
        compose(field, preedit)
    assert typed == []
    compose(field, "", "你好")
    assert typed == ["你好"]


def test_a_composition_that_is_given_up_leaves_no_trace(field, typed):
    compose(field, "yin hang")
    compose(field, "")
    assert typed == []
    assert field.text == ""


def test_showing_a_text_announces_nothing_and_keeps_the_cursor_of_the_same(field, typed):
    field.show_text("银行门口")
    assert typed == []
    field.moveCursor(field.textCursor().MoveOperation.Left)
    field.moveCursor(field.textCursor().MoveOperation.End)
    field.moveCursor(field.textCursor().MoveOperation.Left)
    place = field.textCursor().position()
    field.show_text("银行门口")
    assert field.textCursor().position() == place


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_gives_the_keys_back_to_the_tab(field, typed, qtbot, key):
    with qtbot.waitSignal(field.done):
        QTest.keyClick(field, key)
    assert typed == []


def test_shift_enter_begins_a_line(field, typed):
    QTest.keyClicks(field, "a")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert typed[-1] == "a\n"


@pytest.mark.parametrize(
    "key",
    [Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_1, Qt.Key.Key_Slash, Qt.Key.Key_Plus],
)
def test_keys_of_a_text_stay_with_the_text(field, key):
    text = chr(key) if key < 128 else ""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, text)
    event.ignore()
    QApplication.sendEvent(field, event)
    assert event.isAccepted()


@pytest.mark.parametrize("key", [Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_F1])
def test_a_clicker_works_even_while_typing(field, key):
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(field, event)
    assert not event.isAccepted()


def test_the_field_grows_with_its_text_and_then_scrolls(field):
    heights = []
    for lines in range(1, MOST_LINES + 4):
        field.show_text("\n".join("x" * lines))
        heights.append(field.height())
    assert heights[:MOST_LINES] == sorted(set(heights[:MOST_LINES]))
    assert set(heights[MOST_LINES:]) == {heights[MOST_LINES - 1]}


def test_half_a_character_pair_breaks_nothing(field):
    field.setPlainText("a\ud83d b")
    assert field.text.encode("utf-8").startswith(b"a")


def test_what_was_typed_comes_back_by_undo_after_another_text_was_shown(field, typed):
    QTest.keyClicks(field, "a long pasted text")
    field.show_text("他不去。\n第二行")
    assert field.text == "他不去。\n第二行"
    assert typed[-1] == "a long pasted text"
    field.undo()
    assert field.text == "a long pasted text"
    assert typed[-1] == "a long pasted text"
    typed.clear()
    field.redo()
    assert typed == ["他不去。\n第二行"]


def test_a_first_text_is_nothing_to_undo(field):
    field.show_text("银行门口")
    assert not field.document().isUndoAvailable()


def test_lines_ended_as_elsewhere_are_the_same_text(field):
    field.show_text("one\r\ntwo")
    assert field.text == "one\ntwo"
    QTest.keyClicks(field, "x")
    field.undo()
    field.moveCursor(field.textCursor().MoveOperation.End)
    field.show_text("one\r\ntwo")
    assert field.textCursor().atEnd()
