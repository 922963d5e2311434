"""The pair on the stage."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from app.synonyms.card.pair_view import PairView
from app.synonyms.verdict_style import VERDICT_LOOKS, colour_of
from core.synonyms.verdicts import Verdict
from tests.pictures import across, down, extent, inked, seen, strokes, where, within


def test_strokes_that_cross_leave_no_hole(qtbot, look):
    view = PairView(look)
    qtbot.addWidget(view)
    view.show_pair(("十", "可"), (1, 2))
    font = view._word_fonts()[0]
    assert view._outline(0, font).fillRule() == view._outline(1, font).fillRule() == Qt.FillRule.WindingFill


def test_what_others_said_stands_below_the_pair(qtbot, look):
    view = PairView(look)
    qtbot.addWidget(view)
    view.resize(800, look.scale.em(7))
    view.show_pair(("可能", "有可能"), (77, 1698))
    look_of = VERDICT_LOOKS[Verdict.SYNONYM]
    view.show_annotator_answers(((look_of, "Yaya"), (look_of, "Lin")))
    _above, _at, below = view._tops(*view._word_fonts())
    assert below + look.scale.em(1.25) <= view.height() - look.scale.em(1.75)


def test_late_pinyin_moves_nothing(qtbot, look):
    view = PairView(look)
    qtbot.addWidget(view)
    view.resize(700, 300)
    view.show_pair(("美丽", "漂亮"), (10, 20))
    before = view.grab().toImage()
    view.show_pinyin(("měi lì",), ("piào liang",))
    after = view.grab().toImage()
    changed = [y for y in range(300) if any(before.pixel(x, y) != after.pixel(x, y) for x in range(0, 700, 2))]
    assert changed
    assert max(changed) - min(changed) < look.scale.em(2)  # only the line above the words


@pytest.mark.sweep(4)
@pytest.mark.parametrize("words", [("英文", "英语"), ("好", "坏"), ("文化大革命", "文革"), ("数" * 20, "据")])
@pytest.mark.parametrize("size", [(565, 436), (700, 300), (1400, 900)])
def test_pinyin_stands_clear_above_the_words_and_the_words_in_the_middle(qtbot, look, words, size):
    view = PairView(look)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show_pair(words, (518, 435))
    before = view.grab().toImage()
    view.show_pinyin(("yīng wén",), ("yīng yǔ",))
    after = view.grab().toImage()
    width, height = size
    above, at, below = view._tops(*view._word_fonts())
    changed = [y for y in range(height) if any(before.pixel(x, y) != after.pixel(x, y) for x in range(width))]
    ground = QColor(look.theme.theme.colours.stage).rgb()
    rows = range(int(above), int(below))
    letters = [y for y in rows if any(before.pixel(x, y) != ground for x in range(int(width * 0.45)))]
    assert max(changed) < min(letters)
    assert abs((min(letters) + max(letters)) / 2 - (at + below) / 2) < look.scale.em(0.5)


@pytest.mark.parametrize("words", [("好", "坏"), ("中华人民共和国国务院", "国务院"), ("数" * 40, "据")])
@pytest.mark.parametrize("width", [300, 1400])
def test_words_of_any_length_fit_the_stage(qtbot, look, words, width):
    view = PairView(look)
    qtbot.addWidget(view)
    view.resize(width, 260)
    view.show_pair(words, (None, 7))
    image = view.grab().toImage()
    ground = QColor(look.theme.theme.colours.stage).rgb()
    edge = [image.pixel(x, y) for x in (0, 1, width - 2, width - 1) for y in range(0, 260, 3)]
    assert set(edge) == {ground}


LONG = "".join(chr(0x4E00 + number) for number in range(60))


@pytest.mark.parametrize(
    "words", [(LONG, "漂亮"), ("漂亮", LONG), (LONG, LONG[::-1]), ("🦆𠮷" * 20, LONG), ("pneumono" * 9, "好")]
)
@pytest.mark.parametrize("size", [(600, 200), (500, 160), (1400, 500)])
def test_sixty_hanzi_are_read_whole_on_the_card(qtbot, look, words, size):
    view = PairView(look)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show_pair(words, (None, None))
    _usual, own = view._word_fonts()
    above, at, below = view._tops(*view._word_fonts())
    for index, word in enumerate(words):
        lines = view._lines(index, own)
        assert "".join(lines) == word
        box, room = view._outline(index, own).boundingRect(), view._room(index)
        assert room.left() - 2 <= box.left() <= box.right() <= room.right() + 4
        assert box.height() <= below - at + 1
    assert own.pointSizeF() >= look.scale.point_size("body")
    assert view.toolTip() == ""
    assert 0 <= above < at < below < view.height()


def test_what_no_stage_holds_ends_in_an_ellipsis_and_is_told_on_pointing(qtbot, look):
    view = PairView(look)
    qtbot.addWidget(view)
    view.resize(300, 120)
    view.show_pair((LONG * 10, "漂亮"), (None, None))
    assert LONG * 10 in view.toolTip()
    assert view._lines(0, view._word_fonts()[1])[-1].endswith("…")
    view.resize(3000, 1200)
    view.show_pair((LONG * 10, "漂亮"), (None, None))
    assert view.toolTip() == ""


@pytest.mark.parametrize("sign", "\u202e\u202d\u2066\u2067\u2069\u200f\u061c")
def test_a_mark_of_direction_is_seen_and_not_obeyed(qtbot, look, sign):
    view = PairView(look)
    qtbot.addWidget(view)
    view.show_pair((f"漂{sign}亮", "漂亮"), (None, None))
    assert view.words == (f"漂<U+{ord(sign):04X}>亮", "漂亮")
    assert sign not in view.accessibleName()


def test_words_that_look_alike_say_under_each_what_it_is(qtbot, look):
    view = PairView(look)
    qtbot.addWidget(view)
    view.resize(700, 300)

    def rows_below():
        image, below = view.grab().toImage(), view._tops(*view._word_fonts())[2]
        wanted = QColor(look.theme.theme.colours.warning).rgb()
        return [y for y in range(300) if y >= below and any(image.pixel(x, y) == wanted for x in range(700))]

    view.show_pair(("Ａ股", "A股"), (1, 2))
    assert rows_below()
    view.show_pair(("漂亮", "美丽"), (1, 2))
    assert not rows_below()


@pytest.fixture
def stage(worn, qtbot):
    made = PairView(worn)
    qtbot.addWidget(made)
    made.resize(900, 320)
    return made


def test_the_first_word_stands_left_of_the_axis_and_the_second_right_and_both_begin_at_it(stage, worn):
    stage.show_pair(("国国国", "国"), (1, 2))
    ink = where(seen(stage), worn.theme.theme.colours.text)
    first, second = extent(within(ink, right=450)), extent(within(ink, left=450))
    assert first.width > 2.5 * second.width
    assert 450 - first.right == pytest.approx(second.left - 450, abs=12)
    assert first.y == pytest.approx(second.y, abs=3)


def test_how_a_word_is_read_stands_above_it_and_how_frequent_it_is_below(stage, worn):
    stage.show_pair(("国国", "回回"), (7, 1_234_567))
    colours = worn.theme.theme.colours
    words = extent(where(seen(stage), colours.text))
    before = seen(stage)
    stage.show_pinyin(("mmmmmm",), ("i",))
    readings = extent((before != seen(stage)).any(axis=-1))
    assert readings.bottom <= words.top + 4
    changed = (before != seen(stage)).any(axis=-1)
    assert extent(within(changed, right=450)).width > 8 * extent(within(changed, left=450)).width
    lesser = strokes(before, colours.muted, colours.stage)
    ranks = [extent(within(lesser, top=words.bottom + 8, **side)) for side in ({"right": 450}, {"left": 450})]
    assert ranks[0].width < ranks[1].width - 20  # 7 and 1,234,567
    assert ranks[0].right <= 450 <= ranks[1].left


@pytest.mark.parametrize("verdict", [Verdict.SYNONYM, Verdict.NOT])
def test_the_verdict_that_stands_stands_between_the_words(stage, worn, verdict):
    stage.show_pair(("国国", "国国"), (1, 2))
    colours = worn.theme.theme.colours
    line = extent(within(strokes(seen(stage), colours.border, colours.stage, 0.8), left=430, right=470))
    assert (line.x, line.width) == (pytest.approx(450, abs=1.5), pytest.approx(worn.scale.em(0.125), abs=2))
    stage.show_verdict(verdict)
    sign = extent(strokes(seen(stage), colour_of(VERDICT_LOOKS[verdict], colours), colours.stage, 0.8))
    assert (sign.x, sign.width) == pytest.approx((450, worn.scale.em(1.75)), abs=2)
    words = extent(within(where(seen(stage), colours.text), right=sign.left))
    assert sign.y == pytest.approx(words.y, abs=worn.scale.em(0.5))


def test_each_annotators_answer_stands_before_its_name_in_their_order(stage, worn):
    stage.show_pair(("国国", "国国"), (1, 2))
    stage.show_annotator_answers(((VERDICT_LOOKS[Verdict.SYNONYM], "i"), (VERDICT_LOOKS[Verdict.ANTONYM], "wwwww")))
    pixels, colours = seen(stage), worn.theme.theme.colours
    foot = {"top": stage.height() - worn.scale.em(2)}
    yes, no = (
        extent(within(strokes(pixels, colour, colours.stage, 0.9), **foot)) for colour in (colours.yes, colours.no)
    )
    assert yes.right < no.left
    names = within(strokes(pixels, colours.text, colours.stage, 0.9), **foot)
    short, long = extent(within(names, left=yes.right, right=no.left)), extent(within(names, left=no.right))
    assert long.width > 4 * short.width
    assert yes.y == pytest.approx(no.y, abs=1)
    assert down(within(inked(pixels, colours.stage), **foot))
    assert len(across(names)) >= 2
    assert np.abs((yes.left + long.right) / 2 - 450) < worn.scale.em(1)  # in the middle of the stage
