"""What sidebars are made of."""

from app.widgets.sidebar import ChoiceBox
from core.synonyms.queue.config import Only


def test_a_choice_keeps_enums_and_tuples_as_they_are(qtbot):
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.offer([("open", (Only.OPEN, False)), ("settle", (Only.DISPUTED, True))])
    box.choose((Only.DISPUTED, True))
    assert box.currentText() == "settle"
    assert box.value == (Only.DISPUTED, True)
    assert isinstance(box.value[0], Only)
    box.offer([("打开", (Only.OPEN, False)), ("裁定", (Only.DISPUTED, True))])
    assert box.currentText() == "裁定"
