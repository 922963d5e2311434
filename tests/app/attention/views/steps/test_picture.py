"""The three steps: their numbers on screen are those of the model."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtTest import QTest

from app.attention.drawing.vector_strip import strip_edges
from app.attention.views.steps.formulas import FORMULAS, formulas_for, score_equation, score_formula
from app.attention.views.steps.picture import StepsPicture
from app.attention.views.steps.table import number
from app.attention.views.steps.view import StepsView
from app.explain.symbols import LATEX
from core.formulas import INK, SIZE, typeset
from core.language import set_language
from tests.app.attention.conftest import map_of, steps_of, tokens_of
from tests.widgets import take_turns


@pytest.fixture
def view(look, qtbot):
    made = StepsPicture(look)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(view, steps, temperature=1.0, masked=()):
    view.show_steps(steps, map_of("abc", unit="piece"), temperature, masked)
    view.grab()


def test_numbers_are_written_as_a_column_of_numbers_wants_them():
    assert [number(value) for value in (1.234, -0.5, float("-inf"))] == ["1.23", "−0.50", "−∞"]


def test_the_formula_is_the_one_of_the_model():
    assert score_formula(steps_of()) == "score_factor"  # ½, and not 1/√3
    four = replace(steps_of(), query=np.zeros(4, np.float32))
    assert score_formula(four) == "score"
    assert "0.5" in formulas_for(steps_of())["score_factor"]
    assert formulas_for(four) == FORMULAS
    assert score_formula(replace(steps_of(), scale=1.0)) == "score_plain"
    assert score_formula(replace(steps_of(), scale=1.0, bias=np.array([0.5, 0, 0], np.float32))) == "score_plain_bias"
    masked = np.array([0, 0, -np.inf], np.float32)
    assert score_formula(replace(four, bias=masked)) == "score"


def test_the_equation_of_a_score_is_true_in_every_variant():
    # q·k = 2, 0, −2 and scale ½ in the sample; √4 = 2 where there are four numbers.
    assert score_equation(steps_of(), 0) == "2.000 × 0.5 = 1.000"
    four = replace(steps_of(), query=np.zeros(4, np.float32))
    assert score_equation(four, 2) == "−2.000 / √4 = −1.000"
    biased = replace(steps_of(), scale=1.0, bias=np.array([0.5, 0, -0.25], np.float32))
    assert score_equation(biased, 0) == "2.000 + 0.500 = 2.500"
    assert score_equation(biased, 2) == "−2.000 − 0.250 = −2.250"
    assert score_equation(replace(four, temperature=2.0), 0) == "2.000 / √4 = 1.000, e / T = 0.500"
    hidden = replace(four, temperature=2.0, scores=np.array([-np.inf, 0, -1], np.float32))
    assert score_equation(hidden, 0) == "2.000 / √4 = 1.000"
    assert {score_formula(four), "softmax", "softmax_t", "sum"} <= set(FORMULAS)


def test_every_formula_can_be_typeset_and_drawn(look, qtbot):
    from app.attention.views.steps.formula_label import Formula

    (typed,) = typeset(FORMULAS, LATEX)
    assert set(typed.pictures) == set(FORMULAS)
    for svg in typed.pictures.values():
        assert INK in svg
        formula = Formula(look, 2.5, "e")
        qtbot.addWidget(formula)
        formula.show_picture(svg)
        formula.resize(formula.sizeHint())
        picture = formula.grab().toImage()
        inked = sum(
            QColor(picture.pixel(x, y)).lightness() < 100
            for x in range(picture.width())
            for y in range(picture.height())
        )
        assert inked > 20


def test_pointing_at_a_row_says_its_numbers(view):
    steps = steps_of()
    show(view, steps)
    middle = view.table.row_rect(1).center().toPoint()
    QTest.mouseMove(view.table, QPoint(int(view.table.columns.score.left) + 2, middle.y()))
    assert "e = 0.000 × 0.5 = 0.000" in view._detail.text()
    assert f"α {number(float(steps.weights[1]), 4)}" in view._detail.text()


def test_pointing_at_a_cell_of_a_vector_says_that_dimension(view):
    show(view, steps_of())
    column, row = view.table.columns.key, view.table.row_rect(2)
    QTest.mouseMove(view.table, QPoint(int(column.left + column.width * 0.25), int(row.center().y())))
    assert "dimension 0: q 1.000 × k −2.000 = −2.000" in view._detail.text()


def test_a_clicked_disc_hides_its_key(view, qtbot):
    show(view, steps_of())
    spot = QPoint(int(view.table.columns.eye.left) + 6, int(view.table.row_rect(1).center().y()))
    with qtbot.waitSignal(view.mask_chosen) as chosen:
        QTest.mouseClick(view.table, Qt.MouseButton.LeftButton, pos=spot)
    assert chosen.args == [(1,)]
    show(view, steps_of(), masked=(1,))
    with qtbot.waitSignal(view.mask_chosen) as chosen:
        QTest.mouseClick(view.table, Qt.MouseButton.LeftButton, pos=spot)
    assert chosen.args == [()]


def test_the_last_key_cannot_be_hidden(view, qtbot):
    show(view, steps_of(), masked=(0, 1))
    spot = QPoint(int(view.table.columns.eye.left) + 6, int(view.table.row_rect(2).center().y()))
    with qtbot.assertNotEmitted(view.mask_chosen):
        QTest.mouseClick(view.table, Qt.MouseButton.LeftButton, pos=spot)


def test_the_slider_is_logarithmic_and_one_lies_in_its_middle(view, qtbot):
    show(view, steps_of())
    assert view.temperature.value() == 0
    with qtbot.waitSignal(view.temperature_chosen) as chosen:
        view.temperature.setValue(100)
    assert chosen.args == [10.0]
    show(view, steps_of(), temperature=0.1)
    assert view.temperature.value() == -100


def test_a_token_clicked_in_the_sentence_becomes_the_query(view, qtbot):
    show(view, steps_of())
    third = view.sentence.rooms_of(2)[0]
    with qtbot.waitSignal(view.query_chosen) as chosen:
        QTest.mouseClick(view.sentence, Qt.MouseButton.LeftButton, pos=third.center().toPoint())
    assert chosen.args == [tokens_of("abc")[2]]


@pytest.mark.parametrize("height", [420, 437, 455, 470, 600])
def test_no_row_of_the_table_is_cut_by_its_edge(view, height):
    view.resize(700, height)
    many = 40
    numbers = {name: np.resize(getattr(steps_of(), name), many) for name in ("products", "bias", "scores", "weights")}
    vectors = {name: np.resize(getattr(steps_of(), name), (many, 2)) for name in ("keys", "values")}
    tokens = tokens_of("ab" * (many // 2))
    steps = replace(steps_of(), key_tokens=tokens, model_weights=numbers["weights"], **numbers, **vectors)
    view.show_steps(steps, map_of("ab" * (many // 2), unit="piece"), 1.0, ())
    view.grab()
    room = view._scroll.viewport().height()
    assert room in [view.table.row_rect(row).bottom() for row in range(many)]
    assert min(view.table.row_rect(row).height() for row in range(many)) >= view.look.scale.em(1.375)


def test_every_title_of_the_three_steps_is_whole_on_the_narrowest_stage(view):
    em = view.look.scale.em
    view.resize(em(StepsView.least_width), em(17))
    show(view, steps_of())
    columns = view.table.columns
    metrics = QFontMetricsF(view.look.scale.font("body", bold=True))
    assert metrics.horizontalAdvance("3  Weighted sum") <= view.header.width() - columns.value.left
    small = QFontMetricsF(view.look.scale.font("caption"))
    assert small.horizontalAdvance("Key vector  ±5.14") <= columns.key.width


def test_strips_share_their_width_evenly():
    assert strip_edges(4, 10).tolist() == [0, 2, 5, 8, 10]


def ink_of(image):
    """Return how many pixels are not the ground's, which the last one is."""
    ground = image.pixel(image.width() - 1, image.height() - 1)
    return sum(image.pixel(x, y) != ground for x in range(image.width()) for y in range(image.height()))


FRAME = (
    f'<svg xmlns="http://www.w3.org/2000/svg" width="{5 * SIZE}" height="{2.5 * SIZE}" viewBox="0 0 20 10">'
    f'<rect x="0.5" y="0.5" width="19" height="9" fill="none" stroke="{INK}"/></svg>'
)
"""A formula as large as the fractions are, that reaches to all its edges."""


def press(view, key, times=40):
    for _press in range(times):
        QTest.keyClick(view, key)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(("width", "height"), [(947, 360), (461, 357)], ids=["alone", "beside the explanation"])
def test_formulas_are_whole_on_a_small_projector_and_the_arrows_reach_the_rest(view, language, width, height):
    set_language(language)
    view.look.theme.choose("projector")
    view.look.scale.set_zoom(1.25)  # 1024 × 768, two steps larger
    view.resize(width, height)
    view.show_formulas(dict.fromkeys(formulas_for(steps_of()), FRAME))
    show(view, steps_of())
    take_turns()
    parts = [view._text_area, view._reset, view.header, view._scroll, view.footer]
    rooms = [part.geometry() for part in parts]
    assert all(upper.bottom() < lower.top() for upper, lower in pairwise(rooms)), rooms
    assert all(view._content.rect().contains(part.geometry()) for part in parts)
    assert view._reset.width() >= view._reset.sizeHint().width()
    for formula, key in zip(view.header.formulas, (Qt.Key.Key_Left, None, Qt.Key.Key_Right), strict=True):
        if key is not None:
            press(view, key)
        assert formula.visibleRegion().boundingRect() == formula.rect() or width < 500
        if formula.visibleRegion().boundingRect() == formula.rect():
            there = view.grab(QRect(formula.mapTo(view, QPoint()), formula.size())).toImage()
            assert ink_of(there) == ink_of(formula.grab().toImage()) > 20
    assert view._detail.visibleRegion().boundingRect() == view._detail.rect()
    press(view, Qt.Key.Key_Down)
    assert view.footer.visibleRegion().boundingRect().bottom() == view.footer.rect().bottom()
    kept = view.scrolled
    assert kept[2] > 0
    press(view, Qt.Key.Key_Up)
    press(view, Qt.Key.Key_Left)
    assert view.scrolled == (0, 0, 0, 0)
    view.scroll_to(kept)
    assert view.scrolled == kept
