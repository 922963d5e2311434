from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.widgets.click_guard import Shield


def test_it_takes_clicks_for_as_long_as_a_double_click_may_take(qtbot):
    QApplication.setDoubleClickInterval(100)
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(200, 100)
    button = QPushButton("a verdict", room)
    button.resize(room.size())
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    shield = Shield(room)
    room.show()
    shield.hold()

    def click():
        where = room.rect().center()
        QTest.mouseClick(room.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)

    click()
    assert pressed == []
    qtbot.waitUntil(lambda: not shield.isVisible())
    click()
    assert pressed == [1]
    shield.hold()
    for _another in range(4):  # a third and a fourth click of an impatient hand fall on it too
        QTest.qWait(60)
        click()
    assert pressed == [1]
    qtbot.waitUntil(lambda: not shield.isVisible())
    QApplication.setDoubleClickInterval(400)
