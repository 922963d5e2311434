"""Formulas live: every symbol has its hue, its place and its link."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from app.explain.formula_view import FormulaView, room_for, spoken
from app.explain.symbols import SYMBOLS
from app.explain.texts import page_text
from app.theme import THEME_NAMES
from core.formulas import SIZE, occurrences, symbols_of
from tests.app.explain.conftest import PAGES

FORMULAS = {
    f"{page} {number}": formula
    for page in PAGES
    for number, formula in enumerate(page_text(page, "en").formulas)
}  # fmt: skip


@pytest.fixture
def shown(look, qtbot, pictures):
    def show(formula):
        view = FormulaView(look, formula)
        qtbot.addWidget(view)
        view.resize(look.scale.em(17), view.sizeHint().height())
        view.show_picture(pictures[formula])
        view.show()
        return view

    return show


def colours_in(view, place):
    image = view.grab().toImage()
    ratio = image.devicePixelRatio()
    inside = image.copy(
        round(place.x() * ratio), round(place.y() * ratio), round(place.width() * ratio), round(place.height() * ratio)
    )
    return {inside.pixelColor(x, y).name() for x in range(inside.width()) for y in range(inside.height())}


def hue_is_near(colour, hue):
    one, other = QColor(colour), QColor(hue)
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue())) < 40


@pytest.mark.sweep(24)
@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_every_symbol_of_every_formula_has_its_hue_and_its_link(formula, shown, look, pictures, qtbot):
    assert symbols_of(formula), "a formula without a symbol explains nothing"
    view = shown(formula)
    assert [symbol for _group, symbol in occurrences(pictures[formula])] == symbols_of(formula)
    for name in THEME_NAMES[:2]:  # the projector's has another size, which other tests see
        look.theme.choose(name)
        for stop, symbol in enumerate(symbols_of(formula)):
            hue = SYMBOLS[symbol].colour(look.theme.theme.colours)
            assert view.fill_of(stop) == hue
            assert any(hue_is_near(colour, hue) for colour in colours_in(view, view.place_of(stop))), (symbol, name)
            heard = []
            view.pointed.connect(heard.append)
            QTest.mouseMove(view, QPoint(0, view.height() - 1))
            QTest.mouseMove(view, view.place_of(stop).center())
            view.pointed.disconnect(heard.append)
            assert heard[-1] == symbol


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_the_room_kept_for_a_formula_is_the_one_it_needs(formula, pictures, look, shown):
    view = shown(formula)
    empty = FormulaView(look, formula)
    assert empty.sizeHint() == view.sizeHint(), "nothing moves when the picture comes"
    height = float(pictures[formula].split('height="')[1].split('"')[0]) / SIZE * look.scale.line * 0.9
    room = view.sizeHint().height()
    assert height <= room + 1, "it is not shrunk"
    assert room - height < look.scale.line * 0.75, "and no hole is left"
    empty.deleteLater()


def test_room_grows_with_what_is_stacked():
    assert room_for("a=b") < room_for(r"\frac{a}{b}") < room_for(r"\sqrt{b}") < room_for(r"\frac{a}{\sum_i b}")


def test_until_the_picture_comes_a_quiet_bar_stands_there(look, qtbot, pictures):
    formula = FORMULAS["attention.links 0"]
    view = FormulaView(look, formula)
    qtbot.addWidget(view)
    view.resize(300, 60)
    assert not view.has_picture
    assert look.theme.theme.colours.border in colours_in(view, view.rect())
    assert view.stop_at(QPoint(10, 30)) == -1
    view.show_picture(pictures[formula])
    assert view.has_picture


def test_a_lit_symbol_has_a_ground_wherever_it_stands(shown):
    view = shown(FORMULAS["attention.map 2"])
    before = [colours_in(view, view.place_of(stop)) for stop in range(len(view.stops))]
    view.light("alpha")
    changed = {
        stop.symbol
        for number, stop in enumerate(view.stops)
        if colours_in(view, view.place_of(number)) != before[number]
    }
    assert changed == {"alpha"}
    view.light("")
    assert [colours_in(view, view.place_of(stop)) for stop in range(len(view.stops))] == before


def test_arrows_step_from_symbol_to_symbol(shown, qtbot):
    view = shown(FORMULAS["attention.links 0"])
    heard = []
    view.pointed.connect(heard.append)
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_End,
        Qt.Key.Key_Left,
        Qt.Key.Key_Home,
        Qt.Key.Key_Escape,
    ):
        QTest.keyClick(view, key)
    assert heard == ["c", "alpha", "v", "alpha", "c", ""]


def test_a_formula_has_words_for_who_does_not_see_it():
    assert spoken(r"\sym{c}=\sum_j\sym{alpha}_j\sym{v}_j") == r"c=\sum_jα_jv_j"


def test_where_it_is_too_narrow_the_drawing_shrinks(shown):
    view = shown(FORMULAS["attention.steps 1"])
    view.resize(120, view.height())
    assert all(view.rect().contains(view.place_of(stop).center()) for stop in range(len(view.stops)))
