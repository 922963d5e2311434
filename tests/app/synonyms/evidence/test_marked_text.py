"""Text with marks: what is cut, and what stands where."""

import pytest

from app.synonyms.evidence.marked_text import Mark, MarkedText
from tests.widgets import pixels_of


def test_rare_hanzi_do_not_shift_the_marks_behind_them(qtbot, look):
    plain, rare = MarkedText(look), MarkedText(look)
    for view in (plain, rare):
        qtbot.addWidget(view)
        view.resize(500, 40)
    plain.show_text("国国美丽的风景", (Mark(2, 4, "one"),))
    rare.show_text("𠮷𠮷美丽的风景", (Mark(2, 4, "one"),))
    ground = look.theme.theme.colours.selection
    spans = [{x for row in pixels_of(view, ground) for x in row} for view in (plain, rare)]
    assert spans[0]
    assert len(spans[0]) == pytest.approx(len(spans[1]), rel=0.1)


def test_text_of_so_many_lines_ends_in_an_ellipsis_and_keeps_its_room(qtbot, look):
    view = MarkedText(look, lines=2)
    qtbot.addWidget(view)
    view.resize(200, 60)
    room = view.sizeHint().height()
    view.show_text("短")
    assert view.sizeHint().height() == room
    view.show_text("很长的一句话" * 30)
    assert view.sizeHint().height() == room
    assert not view.grab().isNull()


def test_lines_of_latin_and_hanzi_have_their_whole_height(qtbot, look):
    view = MarkedText(look, lines=3)
    qtbot.addWidget(view)
    view.resize(160, 300)
    view.show_text("perhaps; CL:個|个[ge4] possible; probable 可能; may 也许 yes")
    lines = [height for _start, _length, height in view._broken(view._layout(), 160)][:3]
    assert len(lines) == 3
    assert sum(lines) <= view.sizeHint().height()


def test_free_text_is_as_tall_as_its_width_asks(qtbot, look):
    view = MarkedText(look)
    qtbot.addWidget(view)
    view.show_text("这是一个用来换行的句子。" * 6)
    assert view.heightForWidth(200) > 2 * view.heightForWidth(800) > 0
