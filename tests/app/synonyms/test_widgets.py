"""What is drawn and typed, widget by widget."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox

from app.key_routing import OwnKeys
from app.synonyms.card.model_probability import ModelProbability
from app.synonyms.card.pair_view import PairView
from app.synonyms.card.recent_decisions import fitting_pair
from app.synonyms.card.verdict_buttons import VerdictButtons
from app.synonyms.evidence.neighbours import ROWS, NeighbourList
from app.synonyms.evidence.score_bars import ScoreBars
from app.synonyms.verdict_style import DISPUTED, VERDICT_LOOKS, text_colour_of
from app.theme import THEME_NAMES, contrast, theme_of
from app.widgets.marked_text import Mark, MarkedText
from app.widgets.sidebar import ChoiceBox
from core.synonyms.queue.config import Only
from core.synonyms.vectors.neighbours import Neighbour
from core.synonyms.verdicts import Verdict


def pixels_of(widget, colour):
    """The columns in which ``colour`` stands, in each row of the widget's picture."""
    image = widget.grab().toImage()
    wanted = QColor(colour).rgb()
    return [[x for x in range(image.width()) if image.pixel(x, y) == wanted] for y in range(image.height())]


def test_no_two_verdicts_share_a_sign_and_every_sign_reads_on_its_ground(look):
    looks = list(VERDICT_LOOKS.values())
    assert list(VERDICT_LOOKS) == list(Verdict)
    assert len({each.sign for each in looks}) == len(looks)
    colours = look.theme.theme.colours
    for each in looks:
        ground = getattr(colours, each.ink) if each.filled else colours.button
        ink = colours.on_verdict if each.filled else getattr(colours, each.ink)
        assert contrast(ink, ground) >= 3, each.word


@pytest.mark.parametrize("name", THEME_NAMES)
def test_every_verdict_can_be_read_in_the_rows_of_a_table(name):
    colours = theme_of(name).colours
    for each in (*VERDICT_LOOKS.values(), DISPUTED):
        for ground in (colours.surface, colours.window):
            assert contrast(text_colour_of(each, colours), ground) >= 4.5, each.word


@pytest.mark.parametrize("make", [QComboBox, QLineEdit, QSpinBox])
@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_Left, Qt.Key.Key_Space, Qt.Key.Key_Backspace])
def test_a_control_that_needs_plain_keys_claims_them(qtbot, make, key):
    keys, control = OwnKeys(), make()
    qtbot.addWidget(control)
    keys.keep(control)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(control, event)
    assert event.isAccepted()
    assert control.property("freeText")


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)],
)
def test_function_keys_and_commands_stay_the_windows(qtbot, key, modifier):
    keys, control = OwnKeys(), QComboBox()
    qtbot.addWidget(control)
    keys.keep(control)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
    event.ignore()
    QApplication.sendEvent(control, event)
    assert not event.isAccepted()


def test_escape_leaves_a_control(qtbot):
    keys, control = OwnKeys(), QLineEdit()
    qtbot.addWidget(control)
    keys.keep(control)
    with qtbot.waitSignal(keys.left):
        qtbot.keyClick(control, Qt.Key.Key_Escape)


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


def test_a_bar_is_as_long_as_its_score(qtbot, look):
    bars = ScoreBars(look)
    qtbot.addWidget(bars)
    bars.resize(600, bars.sizeHint().height())
    bars.show_scores({"cosine": 0.5, "characters": 1.0}, ("cosine",))
    colours = look.theme.theme.colours
    middles = [round(bars.look.scale.em(1.25) * (row + 0.5)) for row in range(2)]
    filled = pixels_of(bars, colours.muted)
    half, whole = filled[middles[0]], filled[middles[1]]
    assert len(whole) > 300
    assert len(half) == pytest.approx(len(whole) / 2, abs=2)
    assert "Cosine of the vectors 0.50" in bars.accessibleDescription()
    assert "Identical glosses –" in bars.accessibleDescription()


def test_the_model_says_how_sure_it_is(qtbot, look):
    guess = ModelProbability(look)
    qtbot.addWidget(guess)
    assert guess.words == ""
    guess.show_lacking("The model has not learnt yet")
    assert guess.words == "The model has not learnt yet"
    guess.show_guess(0.83, 0.71, 0.91)
    assert guess.words == "Synonym with 83% (model: 71% to 91%)"


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


def test_free_text_is_as_tall_as_its_width_asks(qtbot, look):
    view = MarkedText(look)
    qtbot.addWidget(view)
    view.show_text("这是一个用来换行的句子。" * 6)
    assert view.heightForWidth(200) > 2 * view.heightForWidth(800) > 0


def test_the_other_word_stands_out_among_the_neighbours(qtbot, look):
    view = NeighbourList(look)
    qtbot.addWidget(view)
    view.resize(300, view.sizeHint().height())
    view.show_neighbours((Neighbour("护士", 0.79, 5), Neighbour("医师", 0.83, 9)), "医师")
    marked = [y for y, row in enumerate(pixels_of(view, look.theme.theme.colours.selection)) if len(row) > 100]
    row = look.scale.em(1.125)
    assert marked
    assert row <= min(marked) < max(marked) <= 2 * row
    assert view.accessibleDescription() == "护士 0.79, 医师 0.83"


@pytest.mark.parametrize("zoom", [0.7, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75])
def test_the_last_neighbour_has_its_bar_at_every_size(qtbot, look, zoom):
    look.scale.set_zoom(zoom)
    view = NeighbourList(look)
    qtbot.addWidget(view)
    view.resize(300, view.sizeHint().height())
    view.show_neighbours(tuple(Neighbour(f"词{n}", 0.5, n) for n in range(ROWS)))
    outline = look.theme.theme.colours.outline
    assert len([row for row in pixels_of(view, outline) if len(row) >= 100]) == ROWS


def test_of_two_long_words_something_is_left(qtbot, look):
    metrics = QFontMetricsF(look.scale.font())
    em = metrics.horizontalAdvance("国")
    assert fitting_pair("印地安纳州", "印第安纳州", metrics, 12 * em) == "印地安纳州 印第安纳州"
    first, second = fitting_pair("印地安纳州", "印第安纳州", metrics, 8 * em).split(" ")
    assert first.startswith("印地")
    assert second.startswith("印第")
    assert fitting_pair("台视", "中国电视公司", metrics, 6.5 * em).startswith("台视 中国")


def test_a_negative_score_has_a_true_minus(qtbot, look):
    view = ScoreBars(look)
    qtbot.addWidget(view)
    view.show_scores({"cosine": -0.031}, ())
    assert "−0.03" in view.accessibleDescription()


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


def test_a_button_says_its_verdict_and_its_keys(qtbot, look):
    buttons = VerdictButtons(look)
    qtbot.addWidget(buttons)
    assert buttons.buttons[Verdict.SYNONYM].accessibleName() == "Synonym"
    assert "(1, →)" in buttons.buttons[Verdict.SYNONYM].toolTip()
    assert "(6, Space)" in buttons.buttons[Verdict.SKIP].toolTip()
    with qtbot.waitSignal(buttons.chosen) as caught:
        buttons.buttons[Verdict.ANTONYM].click()
    assert caught.args == [Verdict.ANTONYM]
    assert not buttons.buttons[Verdict.ANTONYM].isChecked()  # what stands is said by the store, not by a click
