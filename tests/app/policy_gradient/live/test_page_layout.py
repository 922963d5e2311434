import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from app.policy_gradient.live.page_layout import PageLayout
from tests.widgets import take_turns


@pytest.fixture
def room(look, qtbot):
    stage, reading, evidence = QWidget(), QWidget(), QWidget()
    for part in (stage, evidence):
        part.setMinimumSize(look.scale.em(10), look.scale.em(10))
    reading.setFixedHeight(look.scale.em(2))
    room = PageLayout(look, stage, (reading,), (evidence,))
    qtbot.addWidget(room)
    room.show()
    qtbot.waitExposed(room)
    return room


def stand(room, qtbot, look, width, height):
    size = QSize(look.scale.em(width), look.scale.em(height))
    room.resize(size)
    room.arrange(size, size.width())
    take_turns()
    stage, evidence = room._stage, room._right.itemAt(0).widget()
    return stage.geometry(), evidence.geometry()


def test_the_evidence_stands_beside_the_stage_where_the_room_is_wide_and_below_it_where_not(room, qtbot, look):
    stage, evidence = stand(room, qtbot, look, 60, 30)
    assert evidence.left() > stage.right()
    assert evidence.top() == stage.top()
    stage, evidence = stand(room, qtbot, look, 30, 60)
    assert evidence.top() > stage.bottom()


def test_what_has_no_room_can_be_scrolled_to(room, qtbot, look):
    told = []
    room.range_changed.connect(lambda: told.append(room.can_scroll))
    stand(room, qtbot, look, 20, 40)
    assert not room.can_scroll
    stand(room, qtbot, look, 20, 12)
    assert room.can_scroll
    assert told[-1]
    room.scroll_on()
    assert room.verticalScrollBar().value() == room.verticalScrollBar().singleStep()
    room.scroll_back()
    assert room.verticalScrollBar().value() == 0


def test_in_presentation_the_stage_grows(room, qtbot, look):
    before, _evidence = stand(room, qtbot, look, 60, 30)
    room.present(True)
    after, _evidence = stand(room, qtbot, look, 60, 30)
    assert after.width() > before.width()
