import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.widgets.live_label import LiveLabel


@pytest.fixture
def row(qtbot):
    row = QWidget()
    reading = LiveLabel("0000", row)
    QHBoxLayout(row).addWidget(reading)
    qtbot.addWidget(row)
    row.show()
    qtbot.waitExposed(row)
    return row, reading


def test_a_change_of_text_moves_nothing(row, qtbot):
    window, reading = row
    size = window.sizeHint()
    for number in (1, 22, 333, 99999999):
        reading.show_text(str(number))
        assert reading.text == str(number)
    assert window.sizeHint() == size


def test_there_is_room_for_the_widest_text(row):
    _window, reading = row
    assert reading.room_for("0000")
    assert not reading.room_for("0" * 200)


def test_those_who_do_not_see_it_can_read_it(row):
    _window, reading = row
    reading.show_text("42")
    assert reading.accessibleDescription() == "42"


def test_a_reading_with_a_name_says_name_and_text(row):
    _window, reading = row
    reading.call("Angle")
    assert reading.accessibleName() == "Angle: –"
    reading.show_text("+1.00 °")
    assert reading.accessibleName() == "Angle: +1.00 °"
