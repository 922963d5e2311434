from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.widgets.click_guard import ClickGuard


def test_it_takes_clicks_for_as_long_as_a_double_click_may_take(qtbot):
    QApplication.setDoubleClickInterval(100)
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(200, 100)
    button = QPushButton("a verdict", parent)
    button.resize(parent.size())
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    click_guard = ClickGuard(parent)
    parent.show()
    click_guard.hold()

    def click():
        where = parent.rect().center()
        QTest.mouseClick(parent.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)

    click()
    assert pressed == []
    qtbot.waitUntil(lambda: not click_guard.isVisible())
    click()
    assert pressed == [1]
    click_guard.hold()
    for _another in range(4):  # a third and a fourth click of an impatient hand fall on it too
        QTest.qWait(60)
        click()
    assert pressed == [1]
    qtbot.waitUntil(lambda: not click_guard.isVisible())
    QApplication.setDoubleClickInterval(400)
