"""Plain keys belong to a control while it has the focus."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox

from app.key_routing import OwnKeys


@pytest.mark.parametrize("make", [QComboBox, QLineEdit, QSpinBox])
@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_Left, Qt.Key.Key_Space, Qt.Key.Key_Backspace])
def test_a_control_that_needs_plain_keys_claims_them(qtbot, make, key):
    keys, control = OwnKeys(), make()
    qtbot.addWidget(control)
    keys.keep(control)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(control, event)
    assert event.isAccepted()
    assert control.property("freeText")


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)],
)
def test_function_keys_and_commands_stay_the_windows(qtbot, key, modifier):
    keys, control = OwnKeys(), QComboBox()
    qtbot.addWidget(control)
    keys.keep(control)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
    event.ignore()
    QApplication.sendEvent(control, event)
    assert not event.isAccepted()


def test_escape_leaves_a_control(qtbot):
    keys, control = OwnKeys(), QLineEdit()
    qtbot.addWidget(control)
    keys.keep(control)
    with qtbot.waitSignal(keys.left):
        qtbot.keyClick(control, Qt.Key.Key_Escape)
