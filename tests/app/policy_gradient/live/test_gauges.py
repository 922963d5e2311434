import pytest
from PySide6.QtWidgets import QWidget

from app.explain.symbols import SYMBOLS
from app.policy_gradient.live.gauges import MOST_SHOWN, Gauge, RunNumbers, StateNumbers
from core.language import N_
from core.policy_gradient.environments.description import EnvironmentFacts, ObservationField, describe
from tests.pictures import across, extent, seen, strokes, where, within


def test_a_number_and_its_gauge_have_name_and_value(look, qtbot):
    numbers = StateNumbers(look)
    qtbot.addWidget(numbers)
    numbers.show_state((0.5, -1.0, 0.1, 0.0))
    assert [gauge.accessibleName() for gauge in numbers._gauges] == [
        "Position: +0.50 m", "Velocity: −1.00 m/s", "Angle: +5.73°", "Angular velocity: +0.00°/s",
    ]  # fmt: skip
    assert [value.accessibleName() for value in numbers._values] == [g.accessibleName() for g in numbers._gauges]


def test_figures_take_as_few_rows_as_they_fit_into(look, qtbot):
    names = [(N_("Episode"), N_("Steps taken in this episode"))] * 6
    holder = QWidget()
    qtbot.addWidget(holder)
    figures = RunNumbers(look, tuple(names), holder)
    holder.show()
    qtbot.waitExposed(holder)
    one = figures._width_of(1)
    gap = look.scale.em(1)
    assert figures.columns_for(6 * one + 5 * gap) == 6
    assert figures.columns_for(6 * one + 5 * gap - 1) == 3
    assert figures.columns_for(3 * one + 2 * gap - 1) == 2
    assert figures.columns_for(one) == 1
    figures.resize(3 * one + 2 * gap, look.scale.em(8))
    qtbot.waitUntil(lambda: figures._cells[5].y() > 0)
    tops = [cell.y() for cell in figures._cells]
    assert tops[0] == tops[1] == tops[2] < tops[3] == tops[4] == tops[5]


def test_their_height_follows_from_the_room_that_is_offered_and_not_from_how_they_stand(look, qtbot):
    figures = RunNumbers(look, tuple([(N_("Episode"), N_("Steps taken in this episode"))] * 6))
    qtbot.addWidget(figures)
    figures.show()
    qtbot.waitExposed(figures)
    one_row = figures.sizeHint().width()
    cell, gap = figures.cell(0).minimumSizeHint().height(), look.scale.em(0.25)
    for present in (one_row, one_row - 1):
        figures.resize(present, look.scale.em(8))
        assert figures.layout().totalHeightForWidth(one_row) == cell
        assert figures.layout().totalHeightForWidth(one_row - 1) == 2 * cell + gap
        assert figures.minimumSizeHint().height() == cell


def test_next_to_nothing_is_not_less_than_nothing(look, qtbot):
    numbers = StateNumbers(look)
    qtbot.addWidget(numbers)
    numbers.show_state((-0.001, -0.004, -1e-5, -0.0))
    assert [value.text for value in numbers._values] == ["+0.00 m", "+0.00 m/s", "+0.00°", "+0.00°/s"]


def test_another_environment_has_its_own_numbers(look, qtbot):
    numbers = StateNumbers(look)
    qtbot.addWidget(numbers)
    numbers.show_environment(describe("Acrobot-v1"))
    numbers.show_state((0.5, -1.0, 2.0))
    assert [value.accessibleName() for value in numbers._values] == ["s1: +0.50", "s2: −1.00", "s3: +2.00"]
    numbers.show_environment(describe("CartPole-v1"))
    numbers.show_state((0.5, -1.0, 0.1, 0.0))
    assert [value.text for value in numbers._values] == ["+0.50 m", "−1.00 m/s", "+5.73°", "+0.00°/s"]
    assert len(numbers._cells) == 4


def disc_in(pixels, look):
    return extent(where(pixels, SYMBOLS["s"].colour(look.theme.theme.colours)))


@pytest.mark.parametrize("value", [-9.0, -4.0, -2.0, 0.0, 1.0, 3.0, 9.0])
def test_a_number_stands_as_far_right_of_the_middle_as_it_is_above_zero(worn, qtbot, value):
    gauge = Gauge(worn, 4.0, None)
    qtbot.addWidget(gauge)
    gauge.resize(200, gauge.sizeHint().height())
    gauge.show_value(value)
    disc = disc_in(seen(gauge), worn)
    half = 100 - worn.scale.em(0.25)
    assert disc.x == pytest.approx(100 + half * max(-1, min(1, value / 4)), abs=1)
    assert disc.y == pytest.approx(gauge.height() / 2, abs=1)


def test_the_limits_stand_in_red_on_both_sides_as_far_as_they_are(worn, qtbot):
    gauge = Gauge(worn, 4.0, 3.0)
    qtbot.addWidget(gauge)
    gauge.resize(200, gauge.sizeHint().height())
    half = 100 - worn.scale.em(0.25)
    colours = worn.theme.theme.colours
    limits = across(strokes(seen(gauge), colours.no, colours.window, 0.2))
    assert [sum(limit) / 2 for limit in limits] == pytest.approx([100 - half * 0.75, 100 + half * 0.75], abs=1)


@pytest.mark.parametrize("place", range(4))
def test_each_number_of_the_state_moves_its_own_gauge_and_to_its_side(look, qtbot, place):
    numbers = StateNumbers(look)
    qtbot.addWidget(numbers)
    numbers.resize(numbers.sizeHint().width() + 40, look.scale.em(4))
    numbers.show()
    qtbot.waitExposed(numbers)
    middles = []
    for value in (0.0, 0.1, -0.1):
        numbers.show_state(tuple(value if at == place else 0.0 for at in range(4)))
        hue = where(seen(numbers), SYMBOLS["s"].colour(look.theme.theme.colours))
        low = within(hue, top=numbers.height() / 2)
        middles.append([(left + right) / 2 for left, right in across(low) if right - left > look.scale.em(0.25)])
    at_zero, above, below = middles
    assert len(at_zero) == len(above) == len(below) == 4
    moved = [at for at in range(4) if above[at] != at_zero[at]]
    assert moved == [at for at in range(4) if below[at] != at_zero[at]] == [place]
    assert below[place] < at_zero[place] < above[place]


def test_a_state_is_one_number_and_fields_have_their_own_names(look, qtbot):
    numbers = StateNumbers(look)
    qtbot.addWidget(numbers)
    numbers.show_environment(describe("FrozenLake-v1"))
    numbers.show_state(tuple(float(place == 14) for place in range(16)))
    assert [(title.text(), value.text) for title, value in zip(numbers._titles, numbers._values, strict=True)] == [
        ("Square", "14")
    ]
    facts = EnvironmentFacts((ObservationField("at", 3, is_one_hot=True, first=1), ObservationField("hand.0", 2)), 2)
    numbers.show_environment(describe("own:Thing-v0").completed(facts))
    numbers.show_state((0.0, 0.0, 1.0, 0.5, -2.0))
    assert [(title.text(), value.text) for title, value in zip(numbers._titles, numbers._values, strict=True)] == [
        ("at", "3"), ("hand.0 1", "+0.50"), ("hand.0 2", "−2.00"),
    ]  # fmt: skip


def test_of_very_many_numbers_as_many_are_shown_as_can_be_read(look, qtbot):
    numbers = StateNumbers(look)
    qtbot.addWidget(numbers)
    numbers.show_state((0.5,) * 500)
    assert len(numbers._values) == MOST_SHOWN
    numbers.show_state((0.25,) * 500)
    assert {value.text for value in numbers._values} == {"+0.25"}
