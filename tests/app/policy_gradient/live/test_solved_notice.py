from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.policy_gradient.live.solved_notice import SolvedNotice
from core.language import set_language
from core.policy_gradient.events import Solved
from tests.widgets import follow_language


def test_a_solved_run_is_told_with_both_scores_and_a_new_one_is_not(look, qtbot):
    notice = SolvedNotice(look)
    qtbot.addWidget(notice)
    assert notice.isHidden()
    notice.show_solved(Solved(640, 266.7, 500.0))
    assert not notice.isHidden()
    assert notice.text.startswith("Solved after 640 episodes")
    assert "266.7" in notice.text
    assert "500.0" in notice.text
    set_language("zh_CN")
    follow_language(notice)
    assert "640" in notice.text
    assert "Solved" not in notice.text
    notice.show_solved(None)
    assert notice.isHidden()


def test_the_words_have_the_room_they_need_and_take_none_from_what_can_shrink(look, qtbot):
    class Plot(QWidget):
        def sizeHint(self):
            return self.minimumSize() * 2

    notice, plot, page, room = SolvedNotice(look), Plot(), QWidget(), QScrollArea()
    plot.setMinimumSize(look.scale.em(10), look.scale.em(10))
    column = QVBoxLayout(page)
    column.addWidget(notice)
    column.addWidget(plot, 1)
    room.setWidgetResizable(True)
    room.setWidget(page)
    qtbot.addWidget(room)
    room.resize(look.scale.em(20), look.scale.em(18))
    room.show()
    qtbot.waitExposed(room)
    notice.show_solved(Solved(640, 266.7, 500.0))
    narrow = look.scale.em(12)
    for width in (look.scale.em(20), narrow, look.scale.em(40)):
        room.resize(width, room.height())
        qtbot.waitUntil(lambda: notice.height() == notice.layout().totalHeightForWidth(notice.width()))
        qtbot.waitUntil(lambda: notice._label.height() >= notice._label.heightForWidth(notice._label.width()))
        assert room.verticalScrollBar().maximum() == 0 or width == narrow
    set_language("zh_CN")
    follow_language(notice)
    qtbot.waitUntil(lambda: notice.height() == notice.layout().totalHeightForWidth(notice.width()))
