"""Text with marks: what is cut, and what stands where."""

import pytest

from app.synonyms.evidence.marked_text import Mark, MarkedText
from tests.pictures import extent, inked, runs, seen, where


def test_rare_hanzi_do_not_shift_the_marks_behind_them(qtbot, look):
    plain, rare = MarkedText(look), MarkedText(look)
    for view in (plain, rare):
        qtbot.addWidget(view)
        view.resize(500, 40)
    plain.show_text("国国美丽的风景", (Mark(2, 4, "one"),))
    rare.show_text("𠮷𠮷美丽的风景", (Mark(2, 4, "one"),))
    ground = look.theme.theme.colours.selection
    widths = [where(seen(view), ground).any(axis=0).sum() for view in (plain, rare)]
    assert widths[0]
    assert widths[0] == pytest.approx(widths[1], rel=0.1)


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


def test_each_word_of_the_pair_is_marked_where_it_stands_and_the_two_differ_without_colour(worn, qtbot):
    view = MarkedText(worn)
    qtbot.addWidget(view)
    view.resize(600, 60)
    view.show_text("国国国国国国国国", (Mark(1, 3, "one"), Mark(5, 8, "two")))
    pixels, colours = seen(view), worn.theme.theme.colours
    high = extent(where(pixels, colours.selection))
    grounds = runs(where(pixels, colours.selection)[high.top + 1])
    assert len(grounds) == 2
    (first, after_first), (second, after_second) = grounds
    wide = (after_second - second) / 3  # of a letter
    assert (first, after_first, second) == pytest.approx((wide, 3 * wide, 5 * wide), abs=4)
    # The first word has one line below it, the second a broken one.
    lines = where(pixels, colours.text, near=60)[high.top : high.bottom]
    one, two = (lines[:, left + 1 : right - 1] for left, right in grounds)
    assert one.mean(axis=1).max() > 0.95
    dashed = max((row for row in two), key=lambda row: len(runs(row)) if row.mean() > 0.4 else 0)
    assert two[-6:].mean(axis=1).max() < 0.95
    assert len(runs(dashed)) >= 3


def test_what_is_only_bold_has_no_ground(worn, qtbot):
    view = MarkedText(worn)
    qtbot.addWidget(view)
    view.resize(600, 60)
    view.show_text("国国国国", (Mark(2, 4, "bold"),))
    pixels, colours = seen(view), worn.theme.theme.colours
    assert not where(pixels, colours.selection).any()
    ink = inked(pixels, colours.window)
    whole = extent(ink)
    middle = round(whole.x)
    assert ink[:, middle:].sum() > 1.1 * ink[:, :middle].sum()
