"""The pair on the stage."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from app.synonyms.card.pair_view import PairView
from app.synonyms.verdict_style import VERDICT_LOOKS
from core.synonyms.verdicts import Verdict


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
    _above, _at, below = view._tops(view._word_fonts()[0])
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
    if len(words[0]) < 40:  # forty characters reach the smallest type there is, and end in an ellipsis
        assert set(edge) == {ground}


def test_a_word_too_long_is_told_whole_and_a_mark_of_direction_is_seen(qtbot, look):
    view = PairView(look)
    qtbot.addWidget(view)
    view.resize(600, 200)
    long = "很" * 60
    view.show_pair((long, "漂亮"), (None, None))
    assert long in view.toolTip()
    view.show_pair(("漂\u202e亮", "漂亮"), (None, None))
    assert view.words == ("漂<U+202E>亮", "漂亮")
    assert view.toolTip() == ""
