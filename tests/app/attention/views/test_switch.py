"""The row of views follows the stage, and costs nothing while the stage stays."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.attention.views import VIEWS
from app.attention.views.switch import ViewSwitch


class Paints(QObject):
    """Counts how often what it watches is painted."""

    count = 0

    def eventFilter(self, _watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def switch(look, qtbot):
    made = ViewSwitch(look)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.show_view("map")
    QApplication.processEvents()
    return made


def test_the_view_that_is_marked_already_is_not_painted_again(switch):
    paints = Paints()
    for button in switch.buttons.values():
        button.installEventFilter(paints)
    switch.show_view("map")
    QApplication.processEvents()
    assert paints.count == 0
    switch.show_view("heads")
    QApplication.processEvents()
    assert paints.count > 0


def test_mechanisms_share_one_button_that_names_the_one_on_the_stage(switch, qtbot):
    button = switch.mechanisms
    assert not button.isChecked()
    titles = [entry.text().split("\t")[0] for entry in button.menu().actions()]
    assert titles == [spec.title for spec in VIEWS if not spec.has_button]
    with qtbot.waitSignal(switch.chosen) as chosen:
        button.menu().actions()[2].trigger()
    assert chosen.args == ["multi_dimensional"]
    switch.resize(1400, switch.height())
    switch.show_view("local")
    assert button.isChecked()
    assert button.text() == "Mechanism: Global and local"
    assert [entry.isChecked() for entry in button.menu().actions()].index(True) == titles.index("Global and local")
    switch.show_view("report")
    assert button.text() == "Report", "it is no mechanism"
    switch.show_view("map")
    assert (button.isChecked(), button.text()) == (False, "Mechanisms")


def test_a_view_that_a_model_cannot_fill_is_grey_and_says_why(switch):
    switch.refuse({"steps": "This model gives maps only."})
    assert not switch.buttons["steps"].isEnabled()
    assert switch.buttons["steps"].toolTip() == "This model gives maps only."
    assert all(button.isEnabled() for view, button in switch.buttons.items() if view != "steps")
    switch.refuse({})
    assert switch.buttons["steps"].isEnabled()
    assert "maps only" not in switch.buttons["steps"].toolTip()


def test_views_keep_their_names_longer_than_the_mechanisms_button_does(switch, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    switch.setParent(page)
    page.show()
    switch.show()
    switch.show_view("local")
    seen = []
    for width in range(1400, 100, -20):
        switch.resize(width, switch.height())
        named = all(button.text() for button in switch.buttons.values())
        if (named, switch.mechanisms.text()) not in seen:
            seen.append((named, switch.mechanisms.text()))
    assert seen == [
        (True, "Mechanism: Global and local"),
        (True, "Global and local"),
        (True, "Mechanisms"),
        (False, "Global and local"),
    ]
    switch.setParent(None)
